import { randomUUID } from 'node:crypto';
import { sleep } from '../../../clock';
import { resumesByItself, type Result } from '../../../contract';
import { connect, createFetchRateLimiter, requireProven, type Writable } from '../../../usecases/connection';
import { firstBudget, spendUnits, unitsOf, withDone, type GroupProgress, type Run } from '../../../domain/runs';
import { changeRun, readKey, readToChange } from '../../../adapters/store';
import { createProvenSize, type ProvenSize } from './provenSize';
import { createStarter, type Starter } from './starter';

/** How long a run belongs to the process that works on it, unless it says otherwise: every batch renews it. */
const CLAIM_MS = 120_000;
/** Kept back from the end of a batch's leases for recording what came of it. */
const RECORD_MS = 20_000;

/** How long one reading of a segment may take: nobody waits for it, and a segment may have 100,000 members. */
const READ_LIMIT_MS = 20_000;

/** One process's work on a run, until its time is over. */
export type WorkerSession = ProvenSize & {
  /** In whose name everything is done. */
  readonly starter: Starter;
  readonly runId: string;
  /** The run as it was last seen. */
  readonly run: () => Run;
  /** Why the work has to end before the run does; null while it may go on. */
  readonly mustEnd: () => 'time' | 'stopRequested' | null;
  /** A client whose calls end in time for what was opened until then (milliseconds since the epoch). */
  readonly connect: (untilMs: number) => Promise<Result<Writable>>;
  /** Waits until storage may be written to for a batch of so many members. */
  readonly reserveStorage: (members: number) => Promise<void>;
  /** Waits until so many calls to Shorter Loop are within what Forge lets one invocation make. */
  readonly reserveFetches: (calls: number) => Promise<void>;
  /**
   * Counts results, keeps the claim, and sees whether a stop was requested. Throws when the run is someone else's by
   * now.
   */
  readonly progress: (done: GroupProgress) => Promise<void>;
  /** Lets a run that rested because of a problem run again. */
  readonly resume: () => Promise<void>;
};

/** How a session differs from the usual: a benchmark may let Forge be without limits. */
export type SessionOptions = { readonly endMs: number; readonly hasBudget?: boolean };

/**
 * Takes a run for this process, when nobody works on it and it is to be worked on.
 * @returns when to come again (milliseconds since the epoch) if another process has it; null when there is nothing
 *   to do
 */
export async function claimRun(
  runId: string,
  nowMs: number,
): Promise<
  | { readonly kind: 'mine'; readonly run: Run; readonly workerId: string }
  | { readonly kind: 'leaseHeld'; readonly untilMs: number }
  | null
> {
  const workerId = randomUUID();
  const run = await changeRun(runId, (before) => {
    if (!isWorkedOn(before) || (before.worker !== null && before.worker.untilMs > nowMs)) return null;
    return { ...before, worker: { id: workerId, untilMs: nowMs + CLAIM_MS } };
  });
  if (run === null || !isWorkedOn(run) || run.worker === null) return null;
  return run.worker.id === workerId
    ? { kind: 'mine', run, workerId }
    : { kind: 'leaseHeld', untilMs: run.worker.untilMs };
}

function isWorkedOn({ state, pause }: Run): boolean {
  return state === 'running' || (state === 'paused' && resumesByItself(pause));
}

/** Gives a run back, with what the session came to. */
export async function releaseRun(runId: string, workerId: string, change: (run: Run) => Run): Promise<void> {
  await changeRun(runId, (run) => (run.worker?.id === workerId ? { ...change(run), worker: null } : null));
}

/** Starts a session on a run that was claimed. */
export function startSession(
  claimed: Run,
  workerId: string,
  { endMs, hasBudget = true }: SessionOptions,
): WorkerSession {
  let run = claimed;
  let budget = firstBudget(Date.now());
  const fetches = createFetchRateLimiter();
  const size = createProvenSize();
  const reserveFetches = async (calls: number): Promise<void> => {
    if (hasBudget) await fetches.take(calls);
  };
  // That a question to Jira counts as a fetch to the outside is not documented; it is counted as one.
  const starter = createStarter(claimed, () => reserveFetches(1));
  return {
    ...size,
    runId: claimed.runId,
    starter,
    run: () => run,
    mustEnd: () => {
      if (run.state !== 'running') return 'stopRequested';
      return Date.now() > endMs || !starter.stands(run) ? 'time' : null;
    },
    connect: async (untilMs) => {
      const [key, { settings, tokenBucket, access, scope }] = await Promise.all([readKey(), readToChange()]);
      starter.note({ access, scope });
      const connected = connect(settings, key, tokenBucket, {
        deadlineAtMs: untilMs - RECORD_MS,
        readLimitMs: READ_LIMIT_MS,
        beforePage: () => reserveFetches(1),
      });
      if (connected.kind === 'problem') return connected;
      await size.useFor(connected.value.settings, claimed.act.kind);
      return requireProven(connected.value, claimed.act.kind);
    },
    reserveStorage: async (members) => {
      if (!hasBudget) return;
      const spent = spendUnits(budget, unitsOf(members), Date.now());
      budget = spent.budget;
      if (spent.waitMs > 0) await sleep(spent.waitMs);
    },
    reserveFetches,
    progress: async (done) => {
      run = await keepProgress(claimed.runId, workerId, done);
    },
    resume: async () => {
      run = (await resumeRun(claimed.runId)) ?? run;
    },
  };
}

/** Counts what is done and keeps the claim. Throws when another process has the run by now. */
async function keepProgress(
  runId: string,
  workerId: string,
  done: Parameters<WorkerSession['progress']>[0],
): Promise<Run> {
  const now = await changeRun(runId, (before) => {
    if (before.worker?.id !== workerId) return null;
    const nowMs = Date.now();
    return { ...withDone(before, done, nowMs), worker: { id: workerId, untilMs: nowMs + CLAIM_MS } };
  });
  if (now?.worker?.id !== workerId) throw new Error('Another process works on this run by now');
  return now;
}

/** Lets a run go on that rests by itself; null where it does not. */
function resumeRun(runId: string): Promise<Run | null> {
  return changeRun(runId, (before) =>
    before.state === 'paused' && resumesByItself(before.pause) ? { ...before, state: 'running', pause: null } : null,
  );
}
