import { sleep } from '../clock';
import { connect, createFetchPace, invocationEndMs, logFailure, noteProblem, problem, wake, type FetchPace, type Step, type Subject } from '../flow';
import { deleteWaiting, readEntry, readKey, readLink, readToChange, waitingChanges, writeWaiting, type WaitingChange } from '../store';
import { attempt, isConfirmed, mayPass, mayPassAfterAll, operationIdOf, type Performed } from './perform';
import type { Wanted } from './wanted';

/** How often a change is attempted before someone has to look at it. */
const MOST_ATTEMPTS = 6;
/** How long a change rests after an attempt that did not succeed. */
const REST_MS = 60_000;
/** Time kept for the last change of a run: a turn's waits, a reading, a write and its read-back. */
const LAST_CHANGE_MS = 40_000;
const PAGE = 50;
/** A reading of up to two segments and their list, a write, and its read-back. */
const CALLS_OF_A_CHANGE = 6;

/** What became of a change in this run. */
type Handled = 'settled' | 'postponed';

/**
 * Carries out what waits, in the order in which it was asked for, until nothing is due or the time is
 * over. A second delivery of the same event, or another run beside this one, does no harm: each
 * attempt is an operation that happens at most once.
 * @see manifest.yml, consumer `waiting-writes`
 */
export async function carryOutWaiting(): Promise<void> {
  const endMs = invocationEndMs() - LAST_CHANGE_MS;
  // A later change of someone must not overtake an earlier one.
  const postponed = new Set<string>();
  const fetches = createFetchPace();
  let afterMs = 0;
  for (;;) {
    const changes = await waitingChanges(afterMs, PAGE);
    for (const change of changes) {
      if (Date.now() > endMs) return wake();
      if (postponed.has(change.reporterAccountId)) continue;
      if (change.notBeforeMs > Date.now() || (await handle(change, fetches)) === 'postponed') postponed.add(change.reporterAccountId);
    }
    const last = changes.at(-1);
    if (changes.length < PAGE || last === undefined) return;
    afterMs = last.askedAtMs;
  }
}

async function handle(change: WaitingChange, fetches: FetchPace): Promise<Handled> {
  try {
    const before = await lookBack(change, fetches);
    return before ?? (await settle(change, await tryOnce(change, fetches)));
  } catch (error) {
    // Storage that fails now is tried again with the next run; the change still stands.
    logFailure('waiting', error);
    return 'postponed';
  }
}

/** What the attempt that was made before came to; null when it is time for an attempt. */
async function lookBack(change: WaitingChange, fetches: FetchPace): Promise<Handled | null> {
  const entry = await readEntry(operationIdOf(change.requestId, change.attempt));
  if (entry === null) return null;
  if (entry.state !== 'finished') return rest(change, change.attempt);
  if (isConfirmed(entry)) return done(change);
  if (!mayPassAfterAll(entry)) return fail(change, entry.members[0]?.reason ?? 'unknown');
  if (change.attempt >= MOST_ATTEMPTS) return fail(change, 'tooManyAttempts');
  await writeWaiting({ ...change, attempt: change.attempt + 1 });
  return settle({ ...change, attempt: change.attempt + 1 }, await tryOnce({ ...change, attempt: change.attempt + 1 }, fetches));
}

/** One attempt. Nobody waits for it: where the site has to slow down, it waits for its turn as long as there is time. */
async function tryOnce(change: WaitingChange, fetches: FetchPace): Promise<Performed> {
  const wanted = wantedOf(change);
  if (wanted === null) return problem({ code: 'invalidInput', field: 'kind', reason: { code: 'notAChange' } });
  for (;;) {
    await fetches.take(CALLS_OF_A_CHANGE);
    const subject = await subjectOf(change);
    if (subject.kind === 'problem') return subject;
    const performed = await attempt(subject.value, wanted, change, change.attempt);
    const waitMs = waitAskedBy(performed);
    if (waitMs === null || Date.now() + waitMs > invocationEndMs() - LAST_CHANGE_MS) return performed;
    await sleep(waitMs);
  }
}

function waitAskedBy(performed: Performed): number | null {
  if (performed.kind !== 'problem' || performed.problem.code !== 'shorterLoop' || performed.problem.cause !== 'rateLimited') return null;
  return performed.problem.retryAfterMs;
}

async function settle(change: WaitingChange, performed: Performed): Promise<Handled> {
  switch (performed.kind) {
    case 'confirmed':
    case 'alreadyThere':
      return done(change);
    case 'failed':
    case 'waiting':
      return rest(change, change.attempt);
    case 'problem':
      await noteProblem(performed.problem);
      return mayPass(performed.problem) || performed.problem.code === 'alreadyAsked' ? rest(change, change.attempt) : fail(change, performed.problem.code);
  }
}

async function done({ requestId }: WaitingChange): Promise<Handled> {
  await deleteWaiting(requestId);
  return 'settled';
}

async function rest(change: WaitingChange, nth: number): Promise<Handled> {
  await writeWaiting({ ...change, attempt: nth, notBeforeMs: Date.now() + REST_MS });
  return 'postponed';
}

async function fail(change: WaitingChange, failure: string): Promise<Handled> {
  await writeWaiting({ ...change, state: 'failed', failure });
  return 'settled';
}

function wantedOf({ kind, source, target }: WaitingChange): Wanted | null {
  if (kind === 'move' && source !== null && target !== null) return { kind, source, target };
  if (kind === 'remove' && source !== null) return { kind, source, target: null };
  return kind === 'add' && target !== null ? { kind, source: null, target } : null;
}

/** The reporter as they were when the change was asked for and allowed; who may see what was checked then. */
async function subjectOf({ reporterAccountId, issueId, issueKey }: WaitingChange): Promise<Step<Subject>> {
  const [key, { settings, pace, head }, link] = await Promise.all([readKey(), readToChange(), readLink(reporterAccountId)]);
  const connected = connect(settings, key, pace);
  if (connected.kind === 'problem') return connected;
  const reporter = { accountId: reporterAccountId, displayName: '', accountType: 'atlassian', visibleEmail: null };
  return { kind: 'ok', value: { issue: { issueId, issueKey, reporter }, reporter, link, connected: connected.value, head } };
}
