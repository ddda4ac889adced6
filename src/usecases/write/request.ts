import { formText, type LedgerEntry } from '../../contract';
import type { ResponseClaim, WritePlan } from '../../domain/segments';
import {
  DEFAULT_WAIT_MS,
  type ShorterLoopResult,
  type ShorterLoopError,
  type WriteReceipt,
} from '../../adapters/shorterloop';
import type { Connected, Writable } from '../connection';

/** Sends one planned write. A move and a removal are different calls, chosen by the plan's kind alone. */
export function send(writes: Writable['writes'], plan: WritePlan): Promise<ShorterLoopResult<WriteReceipt>> {
  const users = plan.memberIds;
  switch (plan.kind) {
    case 'move':
      return writes.move({ from: plan.from.id, to: plan.to.id, users });
    case 'remove':
      return writes.remove({ from: plan.from.id, users });
    case 'add':
      return writes.add({ to: plan.to.id, users });
  }
}

/** The form in which a write is sent, in one line. */
export function formOf({ kind }: Pick<WritePlan, 'kind'>, { profile }: Connected['settings']): string {
  return formText(profile.writes[kind]);
}

/** What the request's own answer claims. */
export function responseClaimOf(receipt: ShorterLoopResult<WriteReceipt>): ResponseClaim {
  if (receipt.kind === 'ok') return receipt.value.claim === 'accepted' ? 'yes' : 'unclear';
  const { cause, status, mayHaveBeenApplied } = receipt.problem;
  if (!mayHaveBeenApplied) return status === null ? 'notSent' : 'never';
  switch (cause) {
    case 'invalid':
      return 'no';
    case 'server':
    case 'network':
    case 'timeout':
      return 'silent';
    default:
      return 'unclear';
  }
}

/** How long Shorter Loop asks to wait, in milliseconds; null when it did not refuse for that reason. */
export function waitAskedBy(receipt: ShorterLoopResult<WriteReceipt>): number | null {
  return receipt.kind === 'problem' && receipt.problem.cause === 'rateLimited'
    ? (receipt.problem.retryAfterMs ?? DEFAULT_WAIT_MS)
    : null;
}

/** What the ledger keeps of an answer. */
export function answerOf(receipt: ShorterLoopResult<WriteReceipt>): LedgerEntry['answer'] {
  if (receipt.kind === 'ok') return { status: receipt.value.status, cause: null, count: receipt.value.count };
  const error: ShorterLoopError = receipt.problem;
  return { status: error.status, cause: error.cause, count: null };
}
