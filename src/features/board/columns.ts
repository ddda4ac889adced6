import { type BoardSegment, ok, err, type Result } from '../../contract';
import { type Connected } from '../../usecases/connection';
import { readSegments } from '../../usecases/lookup';
import { shorterLoopProblem } from '../../usecases/result';
import { readableSegments, toSegmentRef } from '../../domain/segments';
import { isOf, readDirectory } from '../../adapters/store';

/** Every segment, with counts where they are known, and when those were read (milliseconds since the epoch). */
export type Columns = { readonly segments: readonly BoardSegment[]; readonly countedAtMs: number | null };

/**
 * The segments as the directory knows them, which costs nothing; read from Shorter Loop where there is no directory
 * yet.
 */
export async function readColumns(connected: Connected): Promise<Result<Columns>> {
  const directoryMeta = await readDirectory();
  if (directoryMeta?.complete == null || !isOf(directoryMeta, connected.settings)) return readColumnsLive(connected);
  const { segments, asOfMs } = directoryMeta.complete;
  return ok({
    segments: segments.map(({ id, name, members, unreadable }) => ({
      id,
      name,
      members: unreadable === true ? null : members,
    })),
    countedAtMs: asOfMs,
  });
}

/**
 * {@link readColumns} from Shorter Loop: the list alone, unless the site reads everything at once. Then the counts
 * come with it.
 */
export async function readColumnsLive(connected: Connected): Promise<Result<Columns>> {
  const { client, rateLimiter, settings } = connected;
  if (settings.profile.readPlan === 'all-at-once') {
    const read = await readSegments(connected, 'look');
    if (read.kind === 'problem') return read;
    return ok({
      segments: readableSegments(read.value).map((segment) => ({
        ...toSegmentRef(segment),
        members: segment.members.length,
      })),
      countedAtMs: Date.now(),
    });
  }
  const admitted = await rateLimiter.reserveLook(1);
  if (admitted.kind === 'problem') return admitted;
  const list = await client.listSegments();
  if (list.kind === 'problem') return err(shorterLoopProblem(list.problem));
  return ok({
    segments: list.value.map((segment) => ({ ...toSegmentRef(segment), members: null })),
    countedAtMs: null,
  });
}
