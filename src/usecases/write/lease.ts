import { sleep } from '../../clock';
import { type LedgerEntry, type WriteStop, ok, err, type Result } from '../../contract';
import {
  isUnfinished,
  missingWitnesses,
  settle,
  settlesAtMs,
  unreadableEnd,
  type RequestIdentity,
} from '../../domain/segments';
import {
  readEntries,
  readLease,
  recordOutcome,
  deleteLease,
  endLeaseAt,
  storeLease,
  type Lease,
} from '../../adapters/store';
import { logFailure } from '../result';
import { invocationEndMs } from '../connection';
import type { WriteReading } from './readBack';
import { judgeStrays } from './strays';
import { takenIdProblem } from './takenId';

/**
 * How much longer than its invocation a lease lasts: a request that left just before the end is
 * decided by Shorter Loop before anyone else may write about the member.
 */
const LEASE_MARGIN_MS = 10_000;
/** How long a lease lasts after a request that got no answer: it may be applied that much later. */
const LINGER_MS = 15_000;
/** How long to wait for someone else's write about the same member to end; a usual one takes two seconds. */
const WAITS_MS = [250, 500, 1_000, 1_500];
/** When to try again after all these waits. */
const BUSY_RETRY_MS = 3_000;

/** The sole right to write about one member, for the rest of this invocation. */
export type HeldLease = {
  /** A write about the member that never came to its end, which has to be settled before another is sent. */
  readonly unfinished: LedgerEntry | null;
  readonly lease: Lease;
};

/**
 * Waits for the sole right to write about a member, does the work, and gives the right back. Whatever
 * the work leaves unfinished stays marked, so that the next one to come settles it.
 * @param work answers, beside its value, what it leaves behind
 * @returns the work's answer, or the problem `busy`, or `duplicateRequest` when this very operation has the lease.
 *   Throws ForgeKvsError when storage fails.
 */
export async function withLease<T>(
  memberId: number,
  operationId: string,
  work: (held: HeldLease) => Promise<LeasedWork<T>>,
): Promise<Result<T>> {
  const held = await waitForLease(memberId, operationId);
  if (held.kind === 'problem') return held;
  let disposition: LeaseDisposition = 'unfinished';
  try {
    const worked = await work(held.value);
    ({ disposition } = worked);
    return worked.answer;
  } finally {
    await releaseLease(held.value.lease, disposition);
  }
}

/**
 * What a lease leaves behind: `nothing` when every write about the member is settled, `unfinished` when
 * one has to be read back, `pending` when one may even still be applied, so that nobody else should write yet.
 */
export type LeaseDisposition = 'nothing' | 'unfinished' | 'pending';

/** What came of the work of a lease. */
export type LeasedWork<T> = { readonly answer: Result<T>; readonly disposition: LeaseDisposition };

/** What the work comes to whose operation id has a row already: whoever comes next settles a row that is unfinished. */
export function duplicateWork(entry: LedgerEntry, request: RequestIdentity): LeasedWork<never> {
  return {
    answer: err(takenIdProblem(entry, request)),
    disposition: entry.state === 'finished' ? 'nothing' : 'unfinished',
  };
}

/**
 * Takes a member's lease if nobody has it now; `held` tells whose it is.
 * Throws ForgeKvsError when storage fails.
 */
export async function acquireLease(memberId: number, operationId: string): Promise<Acquisition> {
  const standing = await readLease(memberId);
  if (standing !== null && standing.untilMs > Date.now()) return { kind: 'leaseHeld', by: standing.operationId };
  const unfinished = standing === null ? null : await unfinishedOf(standing);
  const untilMs = invocationEndMs() + LEASE_MARGIN_MS;
  const lease = await storeLease(memberId, standing, {
    operationId,
    earlier: unfinished?.operationId ?? null,
    untilMs,
  });
  return lease === null ? { kind: 'leaseHeld', by: null } : { kind: 'acquired', held: { unfinished, lease } };
}

/** A lease, or by which operation it is held; null when someone was faster just now. */
export type Acquisition =
  { readonly kind: 'acquired'; readonly held: HeldLease } | { readonly kind: 'leaseHeld'; readonly by: string | null };

/** An unfinished write as it was settled, null where there was none; and whether its kind rests since then. */
export type Settled = { readonly entry: LedgerEntry | null; readonly stop: WriteStop | null };

/**
 * Settles what an earlier holder left unfinished, from a reading made in this lease.
 * @returns the problem of a segment that can't be read, or `busy` where the reading contradicts the write and it is too
 *   early for that to say anything: then the write is left as it is, and nothing new may be sent about its member.
 *   Throws ForgeKvsError when it can't be recorded: then nothing new may be sent either.
 */
export async function settleUnfinished(
  { unfinished }: HeldLease,
  { segments, live }: Pick<WriteReading, 'segments' | 'live'>,
): Promise<Result<Settled>> {
  if (unfinished === null) return ok({ entry: null, stop: null });
  const segmentId = unreadableEnd(unfinished, segments);
  if (segmentId !== null) return err({ code: 'segmentUnreadable', segmentId });
  const settled = settle(unfinished, segments, Date.now());
  if (settled === null) return err({ code: 'busy', retryAfterMs: waitToSettle(unfinished) });
  const memberIds = settled.members.map(({ memberId }) => memberId);
  const { strays, stop } = await judgeStrays(missingWitnesses(unfinished, segments, live), {
    ...settled,
    memberIds,
    isUnchanged: false,
  });
  const entry = { ...settled, strays: settled.strays ?? strays };
  await recordOutcome(entry);
  return ok({ entry, stop });
}

/** How long until any reading settles a write, in milliseconds. */
function waitToSettle(entry: LedgerEntry): number {
  return Math.max(BUSY_RETRY_MS, settlesAtMs(entry) - Date.now());
}

/** Gives a lease back, or leaves its mark when something is left to settle. Never throws. */
export async function releaseLease(lease: Lease, disposition: LeaseDisposition): Promise<void> {
  const untilMs = disposition === 'pending' ? lingerUntilMs() : Date.now();
  await (disposition === 'nothing' ? deleteLease(lease) : endLeaseAt(lease, untilMs)).catch((error: unknown) => {
    // The lease ends by itself a little later: until then others wait.
    logFailure('lease', error);
  });
}

/** Until when nobody else should write about a member whose last request got no answer. */
export function lingerUntilMs(): number {
  return Date.now() + LINGER_MS;
}

async function waitForLease(memberId: number, operationId: string): Promise<Result<HeldLease>> {
  for (const waitMs of [0, ...WAITS_MS]) {
    if (waitMs > 0) await sleep(waitMs);
    const taken = await acquireLease(memberId, operationId);
    if (taken.kind === 'acquired') return ok(taken.held);
    // The same click once more, while the first one is still being carried out.
    if (taken.by === operationId) return err({ code: 'duplicateRequest', state: 'intended' });
  }
  return err({ code: 'busy', retryAfterMs: BUSY_RETRY_MS });
}

async function unfinishedOf({ operationId, earlier }: Lease): Promise<LedgerEntry | null> {
  // At most one of the two is unfinished: a write is recorded only after the earlier one was settled.
  const entries = await readEntries(earlier === null ? [operationId] : [operationId, earlier]);
  return entries.find((entry) => entry !== null && isUnfinished(entry)) ?? null;
}
