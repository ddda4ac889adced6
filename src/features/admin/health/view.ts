import {
  type Result,
  type FailedChange,
  type Headroom,
  type HealthView,
  type WaitingCount,
  ok,
} from '../../../contract';
import { BURST_CALLS, FULL_BUCKET, spend, type TokenBucket } from '../../../adapters/shorterloop';
import {
  failedChanges,
  lapsedLeases,
  readFailures,
  readTokenBucket,
  queuedChanges,
  type QueuedChange,
} from '../../../adapters/store';

/** How many of a kind are counted: where there are more, the page says so. */
const MAX_SHOWN = 100;
/** A lease that lapsed so lately may belong to a write that is just coming to its end. */
const REST_MS = 30_000;

/** How the app is: what failed, how fast it may go, what is unfinished and what waits. */
export async function health(): Promise<Result<HealthView>> {
  return ok(await healthView());
}

/**
 * The view, as it is after a change that was just retried or dismissed.
 * @param settled the request whose row a query may still show as it was
 */
export async function healthView(settled: string | null = null): Promise<HealthView> {
  const nowMs = Date.now();
  const [failures, tokenBucket, leases, waiting, failed] = await Promise.all([
    readFailures(nowMs),
    readTokenBucket(),
    lapsedLeases(nowMs - REST_MS, MAX_SHOWN),
    queuedChanges(MAX_SHOWN),
    failedChanges(MAX_SHOWN),
  ]);
  return {
    failures,
    headroom: headroomOf(tokenBucket ?? FULL_BUCKET, nowMs),
    unfinished: tally(leases.map(({ untilMs }) => untilMs)),
    waiting: tally(waiting.map(({ askedAtMs }) => askedAtMs)),
    failed: failed.filter(({ requestId }) => requestId !== settled).map(failedOf),
  };
}

function headroomOf(tokenBucket: TokenBucket, nowMs: number): Headroom {
  const { tokens, intervalMs, closedUntilMs } = spend(tokenBucket, 0, nowMs);
  return {
    callsPerSecond: 1_000 / intervalMs,
    callsNow: Math.max(0, Math.floor(tokens)),
    mostCalls: BURST_CALLS,
    closedUntilMs: closedUntilMs > nowMs ? closedUntilMs : null,
  };
}

function tally(timesMs: readonly number[]): WaitingCount {
  return {
    count: timesMs.length,
    isAll: timesMs.length < MAX_SHOWN,
    oldestMs: timesMs.length === 0 ? null : Math.min(...timesMs),
  };
}

function failedOf({
  requestId,
  kind,
  source,
  target,
  entryPoint,
  reporterAccountId,
  issueKey,
  askedAtMs,
  attempt,
  failure,
}: QueuedChange): FailedChange {
  return {
    requestId,
    kind,
    source,
    target,
    entryPoint,
    reporterAccountId,
    issueKey,
    askedAtMs,
    attempts: attempt,
    failure: failure ?? 'unknown',
  };
}
