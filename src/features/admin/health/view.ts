import {
  type Result,
  type FailedChange,
  type Headroom,
  type HealthView,
  type QueuedChangeView,
  type WaitingCount,
  ok,
} from '../../../contract';
import { BURST_CALLS, FULL_BUCKET, spend, type TokenBucket } from '../../../adapters/shorterloop';
import {
  failedChanges,
  lapsedLeases,
  readApiClientNames,
  readFailures,
  readNotedStrays,
  readRuleFailures,
  readSettings,
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
 * The view, as it is after changes that were just retried or dismissed.
 * @param settled the requests whose rows a query may still show as they were
 */
export async function healthView(settled: readonly string[] = []): Promise<HealthView> {
  const nowMs = Date.now();
  const [failures, ruleFailures, tokenBucket, leases, allQueued, allFailed, settings, noted] = await Promise.all([
    readFailures(nowMs),
    readRuleFailures(nowMs),
    readTokenBucket(),
    lapsedLeases(nowMs - REST_MS, MAX_SHOWN),
    queuedChanges(MAX_SHOWN),
    failedChanges(MAX_SHOWN),
    readSettings(),
    readNotedStrays(nowMs),
  ]);
  const stops = settings?.stops ?? [];
  const isOpen = ({ requestId }: QueuedChange): boolean => !settled.includes(requestId);
  const [queued, failed] = [allQueued.changes.filter(isOpen), allFailed.changes.filter(isOpen)];
  const names = await readApiClientNames([...queued, ...failed].flatMap(({ apiClientId }) => apiClientId ?? []));
  return {
    failures,
    ruleFailures,
    headroom: headroomOf(tokenBucket ?? FULL_BUCKET, nowMs),
    unfinished: tally(leases.map(({ untilMs }) => untilMs)),
    waiting: tally(queued.map(({ askedAtMs }) => askedAtMs)),
    queued: queued.map((change) => waitingOf(change, names)),
    failed: failed.map((change) => failedOf(change, names)),
    unreadableChanges: allQueued.unreadable + allFailed.unreadable,
    stops,
    // Whom a stop is about is shown with it, until the kind is resumed.
    strays: noted.filter(({ operationId }) => stops.every((stop) => stop.operationId !== operationId)),
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

function waitingOf(change: QueuedChange, names: ReadonlyMap<string, string>): QueuedChangeView {
  const { requestId, kind, source, target, entryPoint, actorAccountId, apiClientId } = change;
  const { reporterAccountId, issueKey, askedAtMs, notBeforeMs, attempt } = change;
  return {
    requestId,
    kind,
    source,
    target,
    entryPoint,
    actorAccountId,
    apiClient: apiClientId === null ? null : { id: apiClientId, name: names.get(apiClientId) ?? null },
    reporterAccountId,
    issueKey,
    askedAtMs,
    notBeforeMs,
    attempts: attempt,
  };
}

function failedOf(change: QueuedChange, names: ReadonlyMap<string, string>): FailedChange {
  const { notBeforeMs: _past, ...waited } = waitingOf(change, names);
  return { ...waited, failure: change.failure ?? 'unknown' };
}
