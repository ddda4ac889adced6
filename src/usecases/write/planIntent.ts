import { planWrite, type WriteRequest } from '../../domain/segments';
import { ok, problem } from '../result';
import type { WriteCommand } from './executeWrite';

/** The plan of a move or a removal, made from the segments as they are read under the member's lease. */
export function planOf(wanted: WriteRequest): WriteCommand['plan'] {
  return ({ segments }) => {
    const planned = planWrite(segments, wanted);
    return planned.kind === 'plan' ? ok(planned.plan) : problem({ code: 'stale', reason: planned.reason });
  };
}
