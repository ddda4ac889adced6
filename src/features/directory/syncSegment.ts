import {
  compareChunk,
  splitsOf,
  EMPTY_CHUNK,
  sliceOf,
  unknownMember,
  type FreshMember,
  type MemberRecord,
  type RosterChunk,
} from '../../domain/people';
import {
  inGroupsOf,
  KEYS_AT_ONCE,
  MAX_IN_CHUNK,
  readMembers,
  readStarts,
  readChunk,
  writeMembers,
  writeStarts,
  writeChunk,
} from '../../adapters/store';
import type { NoteChanges } from './changes';
import { unitsOfRows, type StorageRateLimiter } from '../../usecases/connection';

/** What a chunk costs to read or write, in units of 10 KB. */
export const CHUNK_UNITS = 8;

/** A segment as it was just read: members ascending, and when it was asked for (milliseconds since the epoch). */
export type SegmentReading = {
  readonly segmentId: number;
  readonly members: readonly FreshMember[];
  readonly askedAtMs: number;
};

/** What came of a segment: `timeOver` when there is more to do for the next slice. */
export type SegmentSync = {
  readonly kind: 'done' | 'timeOver';
  readonly changed: number;
  readonly hasLeaving: boolean;
};

/**
 * Synchronizes the rows of everyone who joined a segment or has another e-mail, chunk by chunk, and marks who left. A
 * chunk is stored only after its rows were synchronized: what is synchronized twice changes nothing, so that this can
 * end anywhere and be done again. Throws ForgeKvsError when storage fails.
 * @param noted members who were looked at for themselves, see {@link compareChunk}
 */
export async function syncSegment(
  reading: SegmentReading,
  noted: readonly MemberRecord[],
  storageLimiter: StorageRateLimiter,
  noteChanges: NoteChanges,
): Promise<SegmentSync> {
  await storageLimiter.spend('read', 1);
  const queue = await readStarts(reading.segmentId);
  let starts = [...queue];
  let changed = 0;
  let hasLeaving = false;
  for (let start = queue.shift(); start !== undefined; start = queue.shift()) {
    if (!storageLimiter.hasTime()) return { kind: 'timeOver', changed, hasLeaving };
    const before = queue[0] ?? Number.POSITIVE_INFINITY;
    await storageLimiter.spend('read', CHUNK_UNITS);
    const chunk = sliceOf(await readChunk(reading.segmentId, start), start, before);
    const fresh = reading.members.filter(({ memberId }) => memberId >= start && memberId < before);
    const splits = splitsOf(chunk, fresh, MAX_IN_CHUNK);
    if (splits.length > 0) {
      starts = await splitChunk(reading.segmentId, starts, { chunk, splits, before }, storageLimiter);
      queue.unshift(start, ...splits);
      continue;
    }
    const here = noted.filter(
      ({ memberId, updatedAtMs }) => memberId >= start && memberId < before && (updatedAtMs ?? 0) < reading.askedAtMs,
    );
    const { next, toSync, isChanged } = compareChunk(reading.segmentId, chunk, fresh, here);
    const synced = await syncRows(reading, toSync, storageLimiter, noteChanges);
    changed += synced.changed;
    if (synced.kind === 'timeOver') return { kind: 'timeOver', changed, hasLeaving };
    hasLeaving ||= next.leaving.size > 0;
    if (!isChanged) continue;
    await storageLimiter.spend('write', CHUNK_UNITS);
    await writeChunk(reading.segmentId, start, next);
  }
  return { kind: 'done', changed, hasLeaving };
}

/** A chunk that is too long, the ids with which its further parts begin, and before which id it ends. */
type Split = { readonly chunk: RosterChunk; readonly splits: readonly number[]; readonly before: number };

/** Cuts a chunk in parts. The further parts are stored first and named next: until then the whole still counts. */
async function splitChunk(
  segmentId: number,
  starts: readonly number[],
  { chunk, splits, before }: Split,
  storageLimiter: StorageRateLimiter,
): Promise<number[]> {
  for (const [place, from] of splits.entries()) {
    const part = sliceOf(chunk, from, splits[place + 1] ?? before);
    await storageLimiter.spend('write', part.synced.size === 0 ? 1 : CHUNK_UNITS);
    await writeChunk(segmentId, from, part.synced.size === 0 ? EMPTY_CHUNK : part);
  }
  const next = [...starts, ...splits].sort((a, b) => a - b);
  await storageLimiter.spend('write', 1);
  await writeStarts(segmentId, next);
  return next;
}

async function syncRows(
  { segmentId, askedAtMs }: SegmentReading,
  members: readonly FreshMember[],
  storageLimiter: StorageRateLimiter,
  noteChanges: NoteChanges,
): Promise<Pick<SegmentSync, 'kind' | 'changed'>> {
  let changed = 0;
  for (const batch of inGroupsOf(members, KEYS_AT_ONCE)) {
    if (!storageLimiter.hasTime()) return { kind: 'timeOver', changed };
    const rows = await readMembers(batch.map(({ memberId }) => memberId));
    // After the reading, which alone tells how much there was: whatever follows waits for it.
    await storageLimiter.spend('read', unitsOfRows([...rows.values()]));
    const next = batch.flatMap(
      (member) =>
        joined(rows.get(member.memberId) ?? unknownMember(member.memberId), segmentId, member.emailKey, askedAtMs) ??
        [],
    );
    await noteChanges(next.map((after) => ({ before: rows.get(after.memberId) ?? null, after })));
    if (next.length > 0) await storageLimiter.spend('write', unitsOfRows(next));
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
