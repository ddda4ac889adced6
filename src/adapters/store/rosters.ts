import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { MARK_LENGTH, type RosterChunk } from '../../domain/people';
import { deleteAll } from './batch';
import { inGroupsOf, KEYS_AT_ONCE } from './groups';

/**
 * Rosters: of each segment, which members' rows were synchronized with it. Only a refresh reads and writes them.
 * One is kept in chunks of ascending ids, each below Forge's limit for a value.
 */

/** The most members of a chunk: with the longest ids half of what Forge takes in a value. */
export const MAX_IN_CHUNK = 4_000;

const startsSchema = z.object({ starts: z.array(z.int().nonnegative()).min(1) });
const chunkSchema = z.object({
  ids: z.array(z.int().positive()),
  marks: z.string(),
  leaving: z.array(z.int().positive()),
});

const rosterKey = (segmentId: number): string => `roster:${segmentId}`;
const chunkKey = (segmentId: number, start: number): string => `roster:${segmentId}:${start}`;

/**
 * The least id of each chunk, ascending; a segment without a roster has one chunk, of everyone. Throws
 * ForgeKvsError when storage fails.
 */
export async function readStarts(segmentId: number): Promise<number[]> {
  const stored = await kvs.get<unknown>(rosterKey(segmentId));
  return stored === undefined ? [0] : startsSchema.parse(stored).starts;
}

/** Stores where the chunks begin; each must be stored already. Throws ForgeKvsError when storage fails. */
export async function writeStarts(segmentId: number, starts: readonly number[]): Promise<void> {
  await kvs.set(rosterKey(segmentId), { starts });
}

/**
 * One chunk, empty when there is none. It may hold ids beyond its end: those are a later chunk's. Throws
 * ForgeKvsError when storage fails.
 */
export async function readChunk(segmentId: number, start: number): Promise<RosterChunk> {
  const stored = await kvs.get<unknown>(chunkKey(segmentId, start));
  const { ids, marks, leaving } =
    stored === undefined ? { ids: [], marks: '', leaving: [] } : chunkSchema.parse(stored);
  return {
    synced: new Map(ids.map((id, place) => [id, marks.slice(place * MARK_LENGTH, (place + 1) * MARK_LENGTH)])),
    leaving: new Set(leaving),
  };
}

/** Stores a chunk. Throws ForgeKvsError when storage fails. */
export async function writeChunk(segmentId: number, start: number, { synced, leaving }: RosterChunk): Promise<void> {
  const sorted = [...synced].sort(([a], [b]) => a - b);
  await kvs.set(chunkKey(segmentId, start), {
    ids: sorted.map(([id]) => id),
    marks: sorted.map(([, mark]) => mark).join(''),
    leaving: [...leaving],
  });
}

/** Forgets a whole roster. Throws ForgeKvsError when storage fails; then it can be done once more. */
export async function deleteRoster(segmentId: number, starts: readonly number[]): Promise<void> {
  const keys = starts.map((start) => chunkKey(segmentId, start));
  for (const some of inGroupsOf(keys, KEYS_AT_ONCE)) await deleteAll(some.map((key) => ({ key })));
  await deleteAll([{ key: rosterKey(segmentId) }]);
}
