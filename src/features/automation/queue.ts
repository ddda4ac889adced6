import { sleep } from '../../clock';
import { isErased, err, ok, type LedgerEntry, type Problem, type Result, type RuleFailureCause } from '../../contract';
import { readUsers } from '../../adapters/jira';
import { personhoodOf, type LinkState, type Reporter } from '../../domain/people';
import { connect, createFetchRateLimiter, invocationEndMs, type FetchRateLimiter } from '../../usecases/connection';
import { wake } from '../../usecases/jobs';
import { type Subject } from '../../usecases/lookup';
import { fromJira, logFailure, countFailure, operationIdOf } from '../../usecases/result';
import { requestOf } from '../../usecases/write';
import {
  eachQueuedChange,
  failErased,
  updateQueued,
  dequeue,
  readEntry,
  readKey,
  readQueue,
  readLink,
  readToChange,
  readQueuedChange,
  type QueuedChange,
} from '../../adapters/store';
import { attempt, type Attempted } from './perform';
import { isPassing, stillPermitted } from './permitted';
import { isConfirmed, isSameRequest, isTransientOutcome } from '../../domain/segments';
import { intentOf, type RuleChange } from './ruleChange';
import { causeOfCode, causeOfProblem, countRuleFailure } from './ruleFailure';

/** How often a change is attempted before someone has to look at it. */
export const MAX_ATTEMPTS = 6;
/** How long a change rests after an attempt that did not succeed. */
const REST_MS = 60_000;
/** How long a change waits for what passes by itself; then someone has to look at it. */
const LONGEST_WAIT_MS = 7 * 24 * 60 * 60 * 1_000;
/** Time kept for the last change of a run: a lease's waits, a reading, a write and its read-back. */
const LAST_CHANGE_MS = 40_000;
/** A reading of up to two segments and their list, a write, and its read-back. */
const CALLS_OF_A_CHANGE = 6;

/** What became of the first change of a queue: it rests, or it is settled and so many wait behind it. */
type Handled = { readonly kind: 'postponed' } | { readonly kind: 'settled'; readonly left: number };

/**
 * Carries out what waits, in the order in which it was asked for, until nothing is due or the time is over.
 * Which people have something waiting is told by a query, which may be behind; what comes next for each of
 * them is read by key, so that a later change of someone never overtakes an earlier one. A second delivery of
 * the same event, or another run beside this one, does no harm: each attempt is an operation that happens at
 * most once, and what became of it is stored only where the queue is still as it was read.
 *
 * Storage that fails for one person is noted, and the next run goes on. Only the query of who waits throws
 * (ForgeKvsError), before anything was done or after it was stored: Forge then delivers the event again, for
 * 24 hours at most (documented), and each delivery only does what is due by then.
 * @see manifest.yml, consumer `queued-changes`
 * @see https://developer.atlassian.com/platform/forge/runtime-reference/async-events-api/
 */
export async function processQueuedChanges(): Promise<void> {
  const endMs = invocationEndMs() - LAST_CHANGE_MS;
  const postponed = new Set<string>();
  const left = new Map<string, number>();
  const fetches = createFetchRateLimiter();
  const step = async (reporterAccountId: string): Promise<void> => {
    const handled = await processNext(reporterAccountId, fetches);
    if (handled.kind === 'postponed') postponed.add(reporterAccountId);
    left.set(reporterAccountId, handled.kind === 'settled' ? handled.left : 0);
  };
  for await (const change of eachQueuedChange()) {
    if (Date.now() > endMs) return wake();
    if (isErased(change.reporterAccountId)) await giveUp(change);
    else if (!postponed.has(change.reporterAccountId)) await step(change.reporterAccountId);
  }
  // What the query did not show yet.
  for (const [reporterAccountId] of left) {
    while ((left.get(reporterAccountId) ?? 0) > 0) {
      if (Date.now() > endMs) return wake();
      await step(reporterAccountId);
    }
  }
}

/** Carries out the first change in a person's line, if it is due. */
async function processNext(reporterAccountId: string, fetches: FetchRateLimiter): Promise<Handled> {
  try {
    const [requestId] = await readQueue(reporterAccountId);
    if (requestId === undefined) return { kind: 'settled', left: 0 };
    const change = await readQueuedChange(requestId);
    // Another run took it out just now, or its row is gone for good: it must not hold up the others.
    if (change?.state !== 'queued')
      return { kind: 'settled', left: await dequeue({ requestId, reporterAccountId }, change) };
    if (change.notBeforeMs > Date.now()) return { kind: 'postponed' };
    return (await lookBack(change, fetches)) ?? (await attemptNow(change, fetches));
  } catch (error) {
    // Storage that fails now is tried again with the next run; the change still stands.
    logFailure('queued', error);
    return { kind: 'postponed' };
  }
}

const ACTION_OF = { move: 'move-reporter', remove: 'remove-reporter', add: 'add-reporter' } as const;

/** Nobody can be told any more whose change this is: it can't be carried out. */
async function giveUp(seen: QueuedChange): Promise<void> {
  const change = await readQueuedChange(seen.requestId);
  if (change?.state !== 'queued') return;
  await failErased(change, 'noMember');
  await countGivenUp(change, 'noReporter');
}

/** What the attempt that was made before came to; null when it is time for an attempt. */
async function lookBack(change: QueuedChange, fetches: FetchRateLimiter): Promise<Handled | null> {
  const entry = await readEntry(operationIdOf(change.requestId, change.attempt));
  if (entry === null) return null;
  // A row of something else says nothing about this change.
  if (!isOwnEntry(entry, change)) return fail(change, 'operationIdTaken');
  if (entry.state !== 'finished') return rest(change, change.attempt);
  if (isConfirmed(entry)) return done(change);
  if (!isTransientOutcome(entry)) return fail(change, entry.members[0]?.reason ?? 'unknown');
  if (change.attempt >= MAX_ATTEMPTS) return fail(change, 'tooManyAttempts');
  const next = { ...change, attempt: change.attempt + 1 };
  // Another run that was faster has it in hand.
  if (!(await updateQueued(next))) return { kind: 'postponed' };
  return attemptNow(next, fetches);
}

/** An attempt, unless the change has waited for so long that nobody expects it any more. */
async function attemptNow(change: QueuedChange, fetches: FetchRateLimiter): Promise<Handled> {
  if (Date.now() - change.askedAtMs > LONGEST_WAIT_MS) return fail(change, 'waitedTooLong');
  return settle(change, await tryOnce(change, fetches));
}

/** Whether a row is of this very change. */
function isOwnEntry(entry: LedgerEntry, queued: QueuedChange): boolean {
  const change = ruleChangeOf(queued);
  return (
    change !== null &&
    isSameRequest(entry, requestOf({ ...queued, undoes: null, memberId: undefined, intent: intentOf(change) }))
  );
}

/**
 * One attempt. Nobody waits for it: where the site has to slow down, it waits to be let through as long as there is
 * time.
 */
async function tryOnce(queued: QueuedChange, fetches: FetchRateLimiter): Promise<Attempted> {
  const change = ruleChangeOf(queued);
  if (change === null) return err({ code: 'invalidInput', field: 'kind', reason: { code: 'notAChange' } });
  for (;;) {
    await fetches.take(CALLS_OF_A_CHANGE);
    const subject = await subjectOf(queued);
    if (subject.kind === 'problem') return subject;
    // Noted before it is sent: whatever happens then, they are looked for, and not asked to be added once more.
    const beforeSend = () => updateQueued({ ...queued, ifUnknown: 'added' });
    const requester = { ...queued, mayAdd: () => mayAdd(queued), beforeSend };
    const performed = await attempt(subject.value, change, requester, queued.attempt);
    const waitMs = waitAskedBy(performed);
    if (waitMs === null || Date.now() + waitMs > invocationEndMs() - LAST_CHANGE_MS) return performed;
    await sleep(waitMs);
  }
}

function waitAskedBy(performed: Attempted): number | null {
  if (
    performed.kind !== 'problem' ||
    performed.problem.code !== 'shorterLoop' ||
    performed.problem.cause !== 'rateLimited'
  )
    return null;
  return performed.problem.retryAfterMs;
}

async function settle(change: QueuedChange, performed: Attempted): Promise<Handled> {
  switch (performed.kind) {
    case 'confirmed':
    case 'alreadyThere':
    case 'skipped':
      return done(change);
    case 'invited':
      return restInvited(change);
    case 'failed':
      return rest(change, change.attempt);
    case 'problem':
      await countFailure(performed.problem);
      return isPassing(performed.problem) || performed.problem.code === 'duplicateRequest'
        ? rest(change, change.attempt)
        : fail(change, performed.problem.code, causeOfProblem(performed.problem));
  }
}

async function done(change: QueuedChange): Promise<Handled> {
  return { kind: 'settled', left: await dequeue(change, null) };
}

async function rest(change: QueuedChange, nth: number): Promise<Handled> {
  await updateQueued({ ...change, attempt: nth, notBeforeMs: Date.now() + REST_MS });
  return { kind: 'postponed' };
}

/** Shorter Loop was asked to add them, once and for all: what is left is to see whether they are there. */
async function restInvited(change: QueuedChange): Promise<Handled> {
  const isLook = change.ifUnknown === 'added';
  if (isLook && change.attempt >= MAX_ATTEMPTS) return fail(change, 'notConfirmed');
  // From the attempts on, and not anew: a row with a lower count than the stored one's is not stored.
  return rest({ ...change, ifUnknown: 'added' }, isLook ? change.attempt + 1 : change.attempt);
}

/** Whether whoever asked for a change may also have somebody added, as of now. */
async function mayAdd(change: QueuedChange): Promise<Result<true>> {
  const { access, scope } = await readToChange();
  return stillPermitted({ ...change, kind: 'add' }, { access, scope });
}

/** A rule whose change is given up has failed, though it was told that it waits. API clients are no rules. */
async function countGivenUp(change: QueuedChange, cause: RuleFailureCause): Promise<void> {
  if (change.entryPoint !== 'automation') return;
  const { requestId, issueKey } = change;
  await countRuleFailure({
    action: ACTION_OF[change.kind],
    operationId: operationIdOf(requestId, 1),
    issueKey,
    cause,
  });
}

async function fail(change: QueuedChange, failure: string, cause = causeOfCode(failure)): Promise<Handled> {
  await countGivenUp(change, cause);
  return { kind: 'settled', left: await dequeue(change, { ...change, state: 'failed', failure }) };
}

function ruleChangeOf({ kind, source, target, ifUnknown = null }: QueuedChange): RuleChange | null {
  if (kind === 'move' && source !== null && target !== null) return { kind, source, target, ifUnknown };
  if (kind === 'remove' && source !== null) return { kind, source, target: null, ifUnknown };
  return kind === 'add' && target !== null ? { kind, source: null, target, ifUnknown } : null;
}

/** The reporter as they were when the change was asked for, where whoever asked still may have it done. */
async function subjectOf(change: QueuedChange): Promise<Result<Subject>> {
  const { reporterAccountId, issueId, issueKey } = change;
  const [key, { settings, tokenBucket, access, scope, directoryMeta }, link] = await Promise.all([
    readKey(),
    readToChange(),
    readLink(reporterAccountId),
  ]);
  const permitted = await stillPermitted(change, { access, scope });
  if (permitted.kind === 'problem') return permitted;
  const connected = connect(settings, key, tokenBucket);
  if (connected.kind === 'problem') return connected;
  const found = await reporterOf(reporterAccountId, link);
  if (found.kind === 'problem') return found;
  const reporter = found.value;
  return ok({ issue: { issueId, issueKey, reporter }, reporter, link, connected: connected.value, directoryMeta });
}

/** A linked reporter is who the link says; of anyone else Jira tells what kind of account they have, as of now. */
async function reporterOf(accountId: string, link: LinkState): Promise<Result<Reporter>> {
  if (link.state === 'linked')
    return ok({ accountId, displayName: '', accountType: null, active: null, visibleEmail: null });
  const users = fromJira(await readUsers([accountId], 'app'), NO_LONGER_A_PERSON);
  if (users.kind === 'problem') return users;
  const reporter = users.value.find((user) => user.accountId === accountId);
  return reporter === undefined || personhoodOf(reporter).kind !== 'person' ? err(NO_LONGER_A_PERSON) : ok(reporter);
}

const NO_LONGER_A_PERSON: Problem = { code: 'noMember', state: 'notAPerson' };
