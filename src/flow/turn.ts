import { sleep } from '../clock';
import type { LedgerEntry } from '../contract';
import { isUnfinished, settle, type SegmentMembers } from '../segments';
import { lapseLease, readEntries, readLease, recordOutcome, releaseLease, takeLease, type Lease } from '../store';
import { ok, problem, type Step } from './answer';
import { invocationEndMs } from './deadline';
import { logFailure } from './log';

/**
 * How much longer than its invocation a lease lasts: a request that left just before the end is
 * decided by Shorter Loop before anyone else may write about the member.
 */
const LEASE_MARGIN_MS = 5_000;
/** How long to wait for someone else's write about the same member to end; a usual one takes two seconds. */
const WAITS_MS = [250, 500, 1_000, 1_500];
/** When to try again after all these waits. */
const BUSY_RETRY_MS = 3_000;

/** The sole right to write about one member, for the rest of this invocation. */
export type Turn = {
  /** A write about the member that never came to its end, which has to be settled before another is sent. */
  readonly unfinished: LedgerEntry | null;
  readonly lease: Lease;
};

/**
 * Waits for the sole right to write about a member, does the work, and gives the right back. Whatever
 * the work leaves unfinished stays marked, so that the next one to come settles it.
 * @param work answers, beside its value, whether every write about the member is settled
 * @returns the work's answer, or the problem `busy`. Throws ForgeKvsError when storage fails.
 */
export async function inTurn<T>(memberId: number, operationId: string, work: (turn: Turn) => Promise<Worked<T>>): Promise<Step<T>> {
  const turn = await waitForTurn(memberId, operationId);
  if (turn.kind === 'problem') return turn;
  let isSettled = false;
  try {
    const worked = await work(turn.value);
    ({ isSettled } = worked);
    return worked.answer;
  } finally {
    await endTurn(turn.value.lease, isSettled);
  }
}

/** What came of the work of a turn. */
export type Worked<T> = { readonly answer: Step<T>; readonly isSettled: boolean };

/**
 * Takes a member's turn if nobody else has it now; null when somebody does.
 * Throws ForgeKvsError when storage fails.
 */
export async function takeTurn(memberId: number, operationId: string): Promise<Turn | null> {
  const standing = await readLease(memberId);
  if (standing !== null && standing.untilMs > Date.now()) return null;
  const unfinished = standing === null ? null : await unfinishedOf(standing);
  const untilMs = invocationEndMs() + LEASE_MARGIN_MS;
  const lease = await takeLease(memberId, standing, { operationId, earlier: unfinished?.operationId ?? null, untilMs });
  return lease === null ? null : { unfinished, lease };
}

/**
 * Settles what an earlier holder left unfinished, from a reading made in this turn.
 * Throws ForgeKvsError when it can't be recorded: then nothing new may be sent.
 */
export async function settleEarlier({ unfinished }: Turn, segments: readonly SegmentMembers[]): Promise<void> {
  if (unfinished !== null) await recordOutcome(settle(unfinished, segments, Date.now()));
}

/** Gives a turn back, or leaves its mark when something is left to settle. Never throws. */
export async function endTurn(lease: Lease, isSettled: boolean): Promise<void> {
  await (isSettled ? releaseLease(lease) : lapseLease(lease, Date.now())).catch((error: unknown) => {
    // The lease ends by itself a little later: until then others wait.
    logFailure('lease', error);
  });
}

async function waitForTurn(memberId: number, operationId: string): Promise<Step<Turn>> {
  for (const waitMs of [0, ...WAITS_MS]) {
    if (waitMs > 0) await sleep(waitMs);
    const turn = await takeTurn(memberId, operationId);
    if (turn !== null) return ok(turn);
  }
  return problem({ code: 'busy', retryAfterMs: BUSY_RETRY_MS });
}

async function unfinishedOf({ operationId, earlier }: Lease): Promise<LedgerEntry | null> {
  // At most one of the two is unfinished: a write is recorded only after the earlier one was settled.
  const entries = await readEntries(earlier === null ? [operationId] : [operationId, earlier]);
  return entries.find((entry) => entry !== null && isUnfinished(entry)) ?? null;
}
