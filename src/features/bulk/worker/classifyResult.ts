import type { BulkResult, LedgerEntry, Problem, ShorterLoopCause } from '../../../contract';
import type { BatchResult, WrittenBatch } from '../../../usecases/write';
import type { RunPerson, SizeVerdict } from '../../../domain/runs';

/**
 * A person of a run who is not done yet: `attempt` counts writes, `answered` those of them whose process lived to
 * hear of it, `tries` the looks at one of them, and `isWritten` says whether it was made and is only looked at.
 */
export type Pending = {
  readonly person: RunPerson;
  readonly attempt: number;
  readonly answered: number;
  readonly tries: number;
  readonly isWritten: boolean;
  readonly notBeforeMs: number;
};

/** What follows from a batch's result for one person. */
export type Disposition =
  | {
      readonly kind: 'result';
      readonly result: BulkResult;
      readonly reason: string | null;
      readonly operationId: string | null;
    }
  | { readonly kind: 'retry'; readonly pending: Pending };

/**
 * How often a write about someone is answered at most; each is made only once the one before is known to have done
 * nothing.
 */
const MAX_ANSWERED = 5;
/** How often one is made at most in all: a process that dies on the way says nothing about its members. */
const MAX_ATTEMPTS = 25;
/** How long to leave someone alone about whom others write, or whose write is not decided yet; and how often. */
const HELD_WAIT_MS = 5_000;
const MAX_TRIES = 50;
/** How long to wait before a write is made once more. */
const AGAIN_WAIT_MS = 2_000;

/** Classifies what a batch came to for one person. */
export function classifyResult(pending: Pending, result: BatchResult | undefined, nowMs: number): Disposition {
  if (result === undefined || result.kind === 'leaseHeld') return retryLater(pending, 'busy', null, nowMs);
  if (result.kind === 'stale') return { kind: 'result', result: 'changed', reason: result.reason, operationId: null };
  // Someone else's write has this attempt's id: of ours nothing was done, and the next attempt has another id.
  if (result.kind === 'idTaken') return retryWithNextId(pending, nowMs);
  const { entry } = result;
  if (entry.state !== 'finished') return retryLater(pending, 'unknown', entry.operationId, nowMs);
  const [member] = entry.members;
  const outcome = member?.outcome ?? 'unknown';
  const answered = pending.answered + (entry.recoveredAtMs === null ? 1 : 0);
  if (outcome !== 'confirmed' && didNothing(entry) && answered < MAX_ANSWERED && pending.attempt < MAX_ATTEMPTS) {
    return {
      kind: 'retry',
      pending: {
        ...pending,
        attempt: pending.attempt + 1,
        answered,
        tries: 0,
        isWritten: false,
        notBeforeMs: nowMs + AGAIN_WAIT_MS,
      },
    };
  }
  return { kind: 'result', result: outcome, reason: member?.reason ?? null, operationId: entry.operationId };
}

function retryLater(
  pending: Pending,
  otherwise: 'busy' | 'unknown',
  operationId: string | null,
  nowMs: number,
): Disposition {
  if (pending.tries >= MAX_TRIES) return { kind: 'result', result: otherwise, reason: null, operationId };
  const isWritten = operationId !== null;
  return {
    kind: 'retry',
    pending: { ...pending, tries: pending.tries + 1, isWritten, notBeforeMs: nowMs + HELD_WAIT_MS },
  };
}

function retryWithNextId(pending: Pending, nowMs: number): Disposition {
  if (pending.attempt >= MAX_ATTEMPTS)
    return { kind: 'result', result: 'notConfirmed', reason: 'operationIdTaken', operationId: null };
  return { kind: 'retry', pending: { ...pending, attempt: pending.attempt + 1, tries: 0, notBeforeMs: nowMs } };
}

/** Whether a finished write is known to have left its member where they were. */
function didNothing({ members: [member] }: LedgerEntry): boolean {
  return member?.outcome === 'refused' || member?.reason === 'unchanged';
}

/** Causes that stop a run: every further batch would fail in the same way until someone mends it. */
const STOPPING: readonly ShorterLoopCause[] = ['unauthorized', 'forbidden', 'wrongDialect', 'notFound'];

/** The problem that stops the whole run after a batch; null when it may go on. */
export function stoppingProblem({ receipt }: Pick<WrittenBatch, 'receipt'>): Problem | null {
  if (receipt?.kind !== 'problem' || !STOPPING.includes(receipt.problem.cause)) return null;
  return { code: 'shorterLoop', cause: receipt.problem.cause, status: receipt.problem.status, retryAfterMs: null };
}

/** Whether a problem stands until someone mends it. */
export function isStopping(what: Problem): boolean {
  return what.code === 'shorterLoop' && STOPPING.includes(what.cause);
}

/** The problem with which a run rests when batch after batch gets no answer; null after a batch that got one. */
export function transientProblem({ receipt }: Pick<WrittenBatch, 'receipt'>): Problem | null {
  if (receipt?.kind !== 'problem' || receipt.problem.cause === 'rateLimited' || receipt.problem.cause === 'invalid')
    return null;
  return { code: 'shorterLoop', cause: receipt.problem.cause, status: receipt.problem.status, retryAfterMs: null };
}

/** What a batch tells of its size. */
export function sizeVerdict({
  receipt,
  results,
  claim,
}: Pick<WrittenBatch, 'receipt' | 'results' | 'claim'>): SizeVerdict {
  if (receipt === null) return 'nothing';
  const entries = [...results.values()].flatMap((result) => (result.kind === 'written' ? [result.entry] : []));
  if (entries.every(({ members: [member] }) => member?.outcome === 'confirmed')) return 'confirmed';
  if (receipt.kind === 'problem' && (claim === 'never' || claim === 'notSent') && receipt.problem.cause !== 'invalid')
    return 'nothing';
  return 'trouble';
}
