import {
  compare,
  cutsOf,
  EMPTY_STRETCH,
  partOf,
  unknownMember,
  type FreshMember,
  type MemberRecord,
  type Stretch,
} from '../../domain/people';
import {
  inGroupsOf,
  KEYS_AT_ONCE,
  MOST_IN_STRETCH,
  readMembers,
  readStarts,
  readStretch,
  writeMembers,
  writeStarts,
  writeStretch,
} from '../../adapters/store';
import { ROWS_UNITS, type StorageRateLimiter } from './storageRateLimiter';

/** What a stretch costs to read or write, in units of 10 KB. */
export const STRETCH_UNITS = 8;

/** A segment as it was just read: members ascending, and when it was asked for (milliseconds since the epoch). */
export type Reading = {
  readonly segmentId: number;
  readonly members: readonly FreshMember[];
  readonly askedAtMs: number;
};

/** What came of a segment: `timeOver` when there is more to do for the next slice. */
export type Gathered = { readonly kind: 'done' | 'timeOver'; readonly changed: number; readonly hasLeaving: boolean };

/**
 * Tells the rows of everyone who joined a segment or has another e-mail, stretch by stretch, and marks
 * who left. A stretch is stored only after its rows were told: what is told twice changes nothing, so that
 * this can end anywhere and be done again. Throws ForgeKvsError when storage fails.
 * @param noted members who were looked at for themselves, see {@link compare}
 */
export async function gather(
  reading: Reading,
  noted: readonly MemberRecord[],
  storageLimiter: StorageRateLimiter,
): Promise<Gathered> {
  await storageLimiter.spend('read', 1);
  const queue = await readStarts(reading.segmentId);
  let starts = [...queue];
  let changed = 0;
  let hasLeaving = false;
  for (let start = queue.shift(); start !== undefined; start = queue.shift()) {
    if (!storageLimiter.hasTime()) return { kind: 'timeOver', changed, hasLeaving };
    const before = queue[0] ?? Number.POSITIVE_INFINITY;
    await storageLimiter.spend('read', STRETCH_UNITS);
    const stretch = partOf(await readStretch(reading.segmentId, start), start, before);
    const fresh = reading.members.filter(({ memberId }) => memberId >= start && memberId < before);
    const cuts = cutsOf(stretch, fresh, MOST_IN_STRETCH);
    if (cuts.length > 0) {
      starts = await cut(reading.segmentId, starts, stretch, cuts, before, storageLimiter);
      queue.unshift(start, ...cuts);
      continue;
    }
    const here = noted.filter(
      ({ memberId, updatedAtMs }) => memberId >= start && memberId < before && (updatedAtMs ?? 0) < reading.askedAtMs,
    );
    const { next, toTell, isChanged } = compare(reading.segmentId, stretch, fresh, here);
    const told = await tell(reading, toTell, storageLimiter);
    changed += told.changed;
    if (told.kind === 'timeOver') return { kind: 'timeOver', changed, hasLeaving };
    hasLeaving ||= next.leaving.size > 0;
    if (!isChanged) continue;
    await storageLimiter.spend('write', STRETCH_UNITS);
    await writeStretch(reading.segmentId, start, next);
  }
  return { kind: 'done', changed, hasLeaving };
}

/** Cuts a stretch in parts. The further parts are stored first and named next: until then the whole still counts. */
async function cut(
  segmentId: number,
  starts: readonly number[],
  stretch: Stretch,
  cuts: readonly number[],
  before: number,
  storageLimiter: StorageRateLimiter,
): Promise<number[]> {
  for (const [place, from] of cuts.entries()) {
    const part = partOf(stretch, from, cuts[place + 1] ?? before);
    await storageLimiter.spend('write', part.told.size === 0 ? 1 : STRETCH_UNITS);
    await writeStretch(segmentId, from, part.told.size === 0 ? EMPTY_STRETCH : part);
  }
  const next = [...starts, ...cuts].sort((a, b) => a - b);
  await storageLimiter.spend('write', 1);
  await writeStarts(segmentId, next);
  return next;
}

async function tell(
  { segmentId, askedAtMs }: Reading,
  members: readonly FreshMember[],
  storageLimiter: StorageRateLimiter,
): Promise<Pick<Gathered, 'kind' | 'changed'>> {
  let changed = 0;
  for (const batch of inGroupsOf(members, KEYS_AT_ONCE)) {
    if (!storageLimiter.hasTime()) return { kind: 'timeOver', changed };
    await storageLimiter.spend('read', ROWS_UNITS);
    const rows = await readMembers(batch.map(({ memberId }) => memberId));
    const next = batch.flatMap(
      (member) =>
        joined(rows.get(member.memberId) ?? unknownMember(member.memberId), segmentId, member.emailKey, askedAtMs) ??
        [],
    );
    if (next.length > 0) await storageLimiter.spend('write', ROWS_UNITS);
    await writeMembers(next);
    changed += next.length;
  }
  return { kind: 'done', changed };
}

/** A row with a segment more; null when it says so already, or was looked at after the segment was read. */
function joined(row: MemberRecord, segmentId: number, emailKey: string | null, askedAtMs: number): MemberRecord | null {
  if (row.updatedAtMs !== null && row.updatedAtMs >= askedAtMs) return null;
  const isIn = row.segmentIds.includes(segmentId);
  if (isIn && row.emailKey === emailKey) return null;
  return { ...row, emailKey, segmentIds: isIn ? row.segmentIds : [...row.segmentIds, segmentId].sort((a, b) => a - b) };
}
