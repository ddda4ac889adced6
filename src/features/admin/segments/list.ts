import { fittingSegments, MANAGE_ROUTES, type Result, type SegmentsView, ok } from '../../../contract';
import { openConnection, type Connected } from '../../../usecases/connection';
import { readSegments } from '../../../usecases/lookup';
import { readableSegments } from '../../../domain/segments';

/** The segments with how many members each has. */
export async function listSegments(): Promise<Result<SegmentsView>> {
  const connected = await openConnection();
  return connected.kind === 'ok' ? segmentsViewOf(connected.value) : connected;
}

/** The view of a connection, read now. */
export async function segmentsViewOf(connected: Connected): Promise<Result<SegmentsView>> {
  const read = await readSegments(connected, 'look');
  if (read.kind === 'problem') return read;
  return ok({
    segments: fittingSegments(
      readableSegments(read.value).map(({ id, name, members }) => ({ id, name, members: members.length })),
    ),
    proven: MANAGE_ROUTES.filter((route) => connected.proofs[route] !== undefined),
    writesOn: connected.writes !== null,
  });
}
