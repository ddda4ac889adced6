import { EMPTY_CHUNK, sliceOf, withoutLeaving, type MemberRecord } from '../../domain/people';
import {
  deleteMembers,
  deleteRoster,
  inGroupsOf,
  KEYS_AT_ONCE,
  updatedMembers,
  readMembers,
  readStarts,
  readChunk,
  writeMembers,
  writeChunk,
} from '../../adapters/store';
import type { NoteChanges } from './changes';
import { CHUNK_UNITS } from './syncSegment';
import { ROWS_UNITS, type StorageRateLimiter } from '../../usecases/connection';

/** A segment that members have left. `isGone`: Shorter Loop no longer has it, so that everybody has. */
export type Departures = { readonly segmentId: number; readonly isGone: boolean; readonly askedAtMs: number };

/** What came of it: `timeOver` when there is more to do for the next slice. */
export type Removal = { readonly kind: 'done' | 'timeOver'; readonly changed: number };

/**
 * Synchronizes the rows of everyone who left a segment; who is in none any more is forgotten. Only for a refresh
 * that has read every segment: whoever was moved meanwhile is in their new one already. Like gathering it
 * can end anywhere and be done again. Throws ForgeKvsError when storage fails.
 */
export async function removeDepartures(
  left: Departures,
  storageLimiter: StorageRateLimiter,
  noteChanges: NoteChanges,
): Promise<Removal> {
  const { segmentId, isGone } = left;
  await storageLimiter.spend('read', 1);
  const starts = await readStarts(segmentId);
  let changed = 0;
  for (const [place, start] of starts.entries()) {
    await storageLimiter.spend('read', CHUNK_UNITS);
    const chunk = sliceOf(await readChunk(segmentId, start), start, starts[place + 1] ?? Number.POSITIVE_INFINITY);
    const leaving = isGone ? [...chunk.synced.keys()] : [...chunk.leaving];
    if (leaving.length === 0) continue;
    const synced = await syncRows(left, leaving, { storageLimiter, noteChanges });
    changed += synced.changed;
    if (synced.kind === 'timeOver') return { kind: 'timeOver', changed };
    await storageLimiter.spend('write', CHUNK_UNITS);
    await writeChunk(segmentId, start, isGone ? EMPTY_CHUNK : withoutLeaving(chunk));
  }
  if (isGone) {
    await storageLimiter.spend('write', starts.length + 1);
    await deleteRoster(segmentId, starts);
  }
  return { kind: 'done', changed };
}

async function syncRows(
  left: Departures,
  memberIds: readonly number[],
  { storageLimiter, noteChanges }: { readonly storageLimiter: StorageRateLimiter; readonly noteChanges: NoteChanges },
): Promise<Removal> {
  let changed = 0;
  for (const batch of inGroupsOf(memberIds, KEYS_AT_ONCE)) {
    if (!storageLimiter.hasTime()) return { kind: 'timeOver', changed };
    await storageLimiter.spend('read', ROWS_UNITS);
    const rows = await readMembers(batch);
    const next = [...rows.values()].flatMap((row) => parted(row, left) ?? []);
    await noteChanges(next.map((after) => ({ before: rows.get(after.memberId) ?? null, after })));
    await store(next, storageLimiter);
    changed += next.length;
  }
  return { kind: 'done', changed };
}

/** A row with a segment less; null when it says so already, or was looked at after the segment was read. */
function parted(row: MemberRecord, { segmentId, askedAtMs }: Departures): MemberRecord | null {
  if (!row.segmentIds.includes(segmentId) || (row.updatedAtMs !== null && row.updatedAtMs >= askedAtMs)) return null;
  return { ...row, segmentIds: row.segmentIds.filter((id) => id !== segmentId) };
}

/**
 * Takes the mark off those who were looked at before a time: a whole refresh has looked at them since.
 * Throws ForgeKvsError when storage fails.
 */
export async function clearUpdated(
  beforeMs: number,
  storageLimiter: StorageRateLimiter,
  noteChanges: NoteChanges,
): Promise<Removal> {
  const noted = await updatedMembers(beforeMs);
  for (let from = 0; from < noted.length; from += KEYS_AT_ONCE) {
    if (!storageLimiter.hasTime()) return { kind: 'timeOver', changed: from };
    const batch = noted.slice(from, from + KEYS_AT_ONCE).map(({ memberId }) => memberId);
    await storageLimiter.spend('read', ROWS_UNITS);
    const rows = [...(await readMembers(batch)).values()].filter(
      ({ updatedAtMs }) => updatedAtMs !== null && updatedAtMs < beforeMs,
    );
    const gone = rows.filter(({ segmentIds }) => segmentIds.length === 0);
    await noteChanges(gone.map((before) => ({ before, after: null })));
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
