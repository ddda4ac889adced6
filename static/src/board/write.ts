import { BOARD_WRITES, type Result, type BoardWritten } from '@contract';
import { ask, type Asked } from '../shared/ask';
import { MAX_WAITS, waitOf } from '../shared/waits';
import { invoke } from './api';
import type { Pending } from './state';

/** Writes that one call takes: all the same change. */
export type Part = readonly Pending[];

/** The calls that it takes to write about so many. */
export function partsOf(writes: readonly Pending[]): Part[] {
  return Array.from({ length: Math.ceil(writes.length / BOARD_WRITES) }, (_, nth) =>
    writes.slice(nth * BOARD_WRITES, (nth + 1) * BOARD_WRITES),
  );
}

/**
 * Sends one part. What says that nothing was recorded or sent is waited out and asked again, a few times.
 * An answer that never came is asked for once more under the same operation ids: nothing happens twice.
 */
export async function sendPart(part: Part): Promise<Asked<BoardWritten>> {
  let isSecond = false;
  for (let waits = 0; ;) {
    const answer = await ask(sent(part));
    if (answer.kind === 'ok') return answer;
    const waitMs = waitOf(answer.problem);
    if (waitMs !== null && waits < MAX_WAITS) {
      waits += 1;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    } else if (answer.problem.code === 'noAnswer' && !isSecond) isSecond = true;
    else return answer;
  }
}

function sent(part: Part): Promise<Result<BoardWritten>> {
  const [first] = part;
  if (first === undefined)
    return Promise.resolve({ kind: 'ok', value: { results: [], retryAfterMs: null, counts: [], strays: null } });
  const writes = part.map(({ operationId, member: [memberId] }) => ({ operationId, memberId }));
  const { kind, from, to } = first;
  if (kind === 'remove') return invoke('board.remove', { fromSegmentId: from.id, writes });
  const input = { fromSegmentId: from.id, toSegmentId: to.id, writes };
  return kind === 'add' ? invoke('board.add', input) : invoke('board.move', input);
}
