import { EMPTY_STRETCH, partOf, withoutLeaving, type MemberRecord } from '../../domain/people';
import {
  deleteMembers,
  deleteRoster,
  inGroupsOf,
  KEYS_AT_ONCE,
  updatedMembers,
  readMembers,
  readStarts,
  readStretch,
  writeMembers,
  writeStretch,
} from '../../adapters/store';
import { STRETCH_UNITS } from './gather';
import { ROWS_UNITS, type StorageRateLimiter } from './storageRateLimiter';

/** A segment that members have left. `isGone`: Shorter Loop no longer has it, so that everybody has. */
export type Left = { readonly segmentId: number; readonly isGone: boolean; readonly askedAtMs: number };

/** What came of it: `timeOver` when there is more to do for the next slice. */
export type Retired = { readonly kind: 'done' | 'timeOver'; readonly changed: number };

/**
 * Tells the rows of everyone who left a segment; who is in none any more is forgotten. Only for a refresh
 * that has read every segment: whoever was moved meanwhile is in their new one already. Like gathering it
 * can end anywhere and be done again. Throws ForgeKvsError when storage fails.
 */
export async function retire(left: Left, storageLimiter: StorageRateLimiter): Promise<Retired> {
  const { segmentId, isGone } = left;
  await storageLimiter.spend('read', 1);
  const starts = await readStarts(segmentId);
  let changed = 0;
  for (const [place, start] of starts.entries()) {
    await storageLimiter.spend('read', STRETCH_UNITS);
    const stretch = partOf(await readStretch(segmentId, start), start, starts[place + 1] ?? Number.POSITIVE_INFINITY);
    const leaving = isGone ? [...stretch.told.keys()] : [...stretch.leaving];
    if (leaving.length === 0) continue;
    const told = await tell(left, leaving, storageLimiter);
    changed += told.changed;
    if (told.kind === 'timeOver') return { kind: 'timeOver', changed };
    await storageLimiter.spend('write', STRETCH_UNITS);
    await writeStretch(segmentId, start, isGone ? EMPTY_STRETCH : withoutLeaving(stretch));
  }
  if (isGone) {
    await storageLimiter.spend('write', starts.length + 1);
    await deleteRoster(segmentId, starts);
  }
  return { kind: 'done', changed };
}

async function tell(left: Left, memberIds: readonly number[], storageLimiter: StorageRateLimiter): Promise<Retired> {
  let changed = 0;
  for (const batch of inGroupsOf(memberIds, KEYS_AT_ONCE)) {
    if (!storageLimiter.hasTime()) return { kind: 'timeOver', changed };
    await storageLimiter.spend('read', ROWS_UNITS);
    const next = [...(await readMembers(batch)).values()].flatMap((row) => parted(row, left) ?? []);
    await store(next, storageLimiter);
    changed += next.length;
  }
  return { kind: 'done', changed };
}

/** A row with a segment less; null when it says so already, or was looked at after the segment was read. */
function parted(row: MemberRecord, { segmentId, askedAtMs }: Left): MemberRecord | null {
  if (!row.segmentIds.includes(segmentId) || (row.updatedAtMs !== null && row.updatedAtMs >= askedAtMs)) return null;
  return { ...row, segmentIds: row.segmentIds.filter((id) => id !== segmentId) };
}

/**
 * Takes the mark off those who were looked at before a time: a whole refresh has looked at them since.
 * Throws ForgeKvsError when storage fails.
 */
export async function unmark(beforeMs: number, storageLimiter: StorageRateLimiter): Promise<Retired> {
  const noted = await updatedMembers(beforeMs);
  for (let from = 0; from < noted.length; from += KEYS_AT_ONCE) {
    if (!storageLimiter.hasTime()) return { kind: 'timeOver', changed: from };
    const batch = noted.slice(from, from + KEYS_AT_ONCE).map(({ memberId }) => memberId);
    await storageLimiter.spend('read', ROWS_UNITS);
    const rows = [...(await readMembers(batch)).values()].filter(
      ({ updatedAtMs }) => updatedAtMs !== null && updatedAtMs < beforeMs,
    );
    await store(
      rows.map((row) => ({ ...row, updatedAtMs: null })),
      storageLimiter,
    );
  }
  return { kind: 'done', changed: noted.length };
}

async function store(rows: readonly MemberRecord[], storageLimiter: StorageRateLimiter): Promise<void> {
  // Those who stay and those who go are a batch each.
  if (rows.length > 0) await storageLimiter.spend('write', 2 * ROWS_UNITS);
  const isNowhere = ({ segmentIds, updatedAtMs }: MemberRecord): boolean =>
    segmentIds.length === 0 && updatedAtMs === null;
  await writeMembers(rows.filter((row) => !isNowhere(row)));
  await deleteMembers(rows.filter(isNowhere).map(({ memberId }) => memberId));
}
