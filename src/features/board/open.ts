import { labelledSegments, type Result, type BoardView, ok } from '../../contract';
import { inviteRefusal } from '../../usecases/connection';
import { readSyncSummary } from '../../usecases/identity';
import { admitOpening } from './admitted';
import { readColumns } from './columns';
import type { BoardRequest } from './request';

/** The columns of the board, and what the viewer may do on it. Members follow segment by segment. */
export async function open(request: BoardRequest): Promise<Result<BoardView>> {
  const admitted = await admitOpening(request);
  if (admitted.kind === 'problem') return admitted;
  const [columns, sync] = await Promise.all([readColumns(admitted.value.connected), readSyncSummary()]);
  if (columns.kind === 'problem') return columns;
  const { segments, countedAtMs } = columns.value;
  const { connected, refusals } = admitted.value;
  return ok({
    segments: labelledSegments(segments),
    countedAtMs,
    refusals,
    inviteRefusal: inviteRefusal(connected.proofs),
    sync,
  });
}
