import type { AnswerClaim, BulkResult, LedgerEntry, Problem, ShorterLoopCause } from '../../../contract';
import type { BatchResult, WrittenBatch } from '../../../usecases/write';
import { answerClaimOf, type DecidedResult, type RunPerson, type SizeVerdict } from '../../../domain/runs';

/**
 * A person of a run who is not done yet: `attempt` counts writes, `answered` those of them whose process lived to
 * hear of it, `waited` those whose answer decided nothing and that are known to have done nothing since their time is
 * over, and `tries` the looks at one of them. `written` is what the answer to the attempt said, where it was made and
 * is only looked at; null where it is still to be made. `isPartial`: others of the same request were confirmed at once;
 * `wasAlone`: its request was about nobody else; `hasStrays`: its row names others who were changed.
 */
export type Pending = {
  readonly person: RunPerson;
  readonly attempt: number;
  readonly answered: number;
  readonly waited: number;
  readonly tries: number;
  readonly written: AnswerClaim | null;
  readonly isPartial: boolean;
  readonly wasAlone: boolean;
  readonly hasStrays: boolean;
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
/** How often one is made once more that had to be waited for, and did nothing for good. */
const MAX_AFTER_WAITED = 2;
/** How long to wait before a write is made once more. */
const AGAIN_WAIT_MS = 2_000;

/**
 * How long to leave someone alone about whom others write, or whose write is not decided yet: short at first, because
 * most is decided within seconds.
 * @param tries how often they were looked at before
 */
export function heldWaitMs(tries: number): number {
  return tries < 6 ? 5_000 : 20_000;
}

/** How often someone is looked at: longer than an accepted write may stay unseen. */
export const MAX_TRIES = 24;

/** A person of a run, not done yet and with nothing behind them. */
export function newPending(person: RunPerson): Pending {
  return {
    person,
    attempt: 1,
    answered: 0,
    waited: 0,
    tries: 0,
    written: null,
    isPartial: false,
    wasAlone: false,
    hasStrays: false,
    notBeforeMs: 0,
  };
}

/**
 * Classifies what a batch came to for one person.
 * @param operationId of the attempt that the batch was about
 */
export function classifyResult(
  pending: Pending,
  operationId: string,
  result: BatchResult | undefined,
  nowMs: number,
): Disposition {
  if (result === undefined || result.kind === 'leaseHeld') return lookLater(pending, operationId, nowMs);
  if (result.kind === 'stale') return { kind: 'result', result: 'changed', reason: result.reason, operationId: null };
  // Someone else's write has this attempt's id: of ours nothing was done, and the next attempt has another id.
  if (result.kind === 'idTaken') return retryWithNextId(pending, nowMs);
  const { entry } = result;
  if (entry.state !== 'finished') {
    const written = answerClaimOf(entry);
    return lookLater({ ...pending, written, hasStrays: entry.strays !== null }, entry.operationId, nowMs);
  }
  const [member] = entry.members;
  const outcome = member?.outcome ?? 'unknown';
  const next = nextAttempt(pending, entry);
  if (didNothing(entry) && mayFollow(next))
    return { kind: 'retry', pending: { ...next, notBeforeMs: nowMs + AGAIN_WAIT_MS } };
  return { kind: 'result', result: outcome, reason: member?.reason ?? null, operationId: entry.operationId };
}

/** Someone whose attempt is over, before the next one. */
function nextAttempt(pending: Pending, entry: LedgerEntry): Pending {
  // A request that was not even looked at, because there were too many, is none that was answered.
  const isAnswered = entry.recoveredAtMs === null && !isLimit(entry);
  return {
    ...pending,
    attempt: pending.attempt + 1,
    answered: pending.answered + (isAnswered ? 1 : 0),
    waited: pending.waited + (hadToWait(entry) ? 1 : 0),
    tries: 0,
    written: null,
    isPartial: false,
    wasAlone: false,
    hasStrays: false,
  };
}

/** Whether only the end of its time has shown that a write did nothing, although it was answered. */
function hadToWait(entry: LedgerEntry): boolean {
  const claim = answerClaimOf(entry);
  return claim === 'accepted' || (claim === 'refused' && entry.recoveredAtMs !== null);
}

function mayFollow({ attempt, answered, waited }: Pending): boolean {
  return answered < MAX_ANSWERED && attempt <= MAX_ATTEMPTS && waited <= MAX_AFTER_WAITED;
}

function lookLater(pending: Pending, operationId: string, nowMs: number): Disposition {
  const { tries, written } = pending;
  if (tries >= MAX_TRIES)
    return written === null
      ? { kind: 'result', result: 'busy', reason: null, operationId: null }
      : { kind: 'result', result: 'unknown', reason: null, operationId };
  return { kind: 'retry', pending: { ...pending, tries: tries + 1, notBeforeMs: nowMs + heldWaitMs(tries) } };
}

function retryWithNextId(pending: Pending, nowMs: number): Disposition {
  if (pending.attempt >= MAX_ATTEMPTS)
    return { kind: 'result', result: 'notConfirmed', reason: 'operationIdTaken', operationId: null };
  return { kind: 'retry', pending: { ...pending, attempt: pending.attempt + 1, tries: 0, notBeforeMs: nowMs } };
}

/**
 * What the brake is told of a batch's result for one person; null where no write about them was decided. One that is
 * tried again is told as well where what came is about them and not about the size of the request: it was accepted and
 * did nothing for anybody, or they were asked for alone and it was refused.
 */
export function decidedResult(
  { person: { group, place }, isPartial, wasAlone }: Pending,
  disposition: Disposition,
  result: BatchResult | undefined,
  sent: number,
): DecidedResult | null {
  if (result?.kind !== 'written' || result.entry.state !== 'finished') return null;
  const { entry } = result;
  const claim = answerClaimOf(entry);
  const isAboutThem =
    (claim === 'accepted' && !isPartial) || (claim === 'refused' && (sent === 1 || wasAlone) && !isLimit(entry));
  if (disposition.kind === 'retry' && !isAboutThem) return null;
  const [member] = entry.members;
  return { at: { group, place }, result: member?.outcome ?? 'unknown', reason: member?.reason ?? null, claim };
}

function isLimit({ answer }: LedgerEntry): boolean {
  return answer?.cause === 'rateLimited';
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

/** That this kind of write rests for the whole site since a batch; null where it does not. */
export function stoppedProblem({ compared: { stop } }: Pick<WrittenBatch, 'compared'>): Problem | null {
  return stop === null ? null : { code: 'writesStopped', kind: stop.kind, operationId: stop.operationId };
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
  // What was accepted and does not show yet says nothing; once all of it does, it is told as confirmed.
  if (receipt.kind === 'ok' && entries.every(isConfirmedOrOpen)) return 'nothing';
  if (receipt.kind === 'problem' && (claim === 'never' || claim === 'notSent') && receipt.problem.cause !== 'invalid')
    return 'nothing';
  return 'trouble';
}

function isConfirmedOrOpen({ state, members: [member] }: LedgerEntry): boolean {
  return state !== 'finished' || member?.outcome === 'confirmed';
}

/** What a look at writes that were made before tells of their size, once it is decided. */
export function lateVerdict(pending: readonly Pending[], results: Iterable<BatchResult>): SizeVerdict {
  if (pending.some(({ written }) => written !== 'accepted')) return 'nothing';
  const entries = [...results].flatMap((result) => (result.kind === 'written' ? [result.entry] : []));
  if (entries.some((entry) => !isConfirmedOrOpen(entry))) return 'trouble';
  return entries.length === pending.length && entries.every(({ state }) => state === 'finished')
    ? 'confirmed'
    : 'nothing';
}

/** Whether a request was applied to some of those whom it was about. */
export function isPartial({ receipt, results }: Pick<WrittenBatch, 'receipt' | 'results'>): boolean {
  return (
    receipt !== null &&
    [...results.values()].some(
      (result) => result.kind === 'written' && result.entry.members[0]?.outcome === 'confirmed',
    )
  );
}
