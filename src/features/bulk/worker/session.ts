import { randomUUID } from 'node:crypto';
import { sleep } from '../../../clock';
import { ERASED, isErased, ok, type BulkResult, type Problem, type Result } from '../../../contract';
import type { AccessRules } from '../../../usecases/access';
import { connect, createFetchRateLimiter, requireProven, type Writable } from '../../../usecases/connection';
import { firstBudget, nextSize, spendUnits, unitsOf, withDone, type Run, type SizeVerdict } from '../../../domain/runs';
import { changeRun, readBatchSize, readKey, readToChange, writeBatchSize } from '../../../adapters/store';
import { coveringOf, isOutage, refusalsOf, requireBulk } from '../access';
import type { AskRefusals } from './admission';

/** How long a run belongs to the process that works on it, unless it says otherwise: every batch renews it. */
const CLAIM_MS = 120_000;
/** Kept back from the end of a batch's leases for recording what came of it. */
const RECORD_MS = 20_000;

/** How long one reading of a segment may take: nobody waits for it, and a segment may have 100,000 members. */
const READ_LIMIT_MS = 20_000;

/** One process's work on a run, until its time is over. */
export type WorkerSession = {
  readonly runId: string;
  /** In whose name everything is done: whoever started the run, or resumed it last, when the session began. */
  readonly starterAccountId: string;
  /** The run as it was last seen. */
  readonly run: () => Run;
  /** Why the work has to end before the run does; null while it may go on. */
  readonly mustEnd: () => 'time' | 'stopRequested' | null;
  /** A client whose calls end in time for what was opened until then (milliseconds since the epoch). */
  readonly connect: (untilMs: number) => Promise<Result<Writable>>;
  /**
   * Whom the starter may not change now, by the settings as they are now. A problem where Jira can't say: then nothing
   * may be sent.
   */
  readonly refusals: AskRefusals;
  /** The problem with which Jira can't say who may be changed; null where it can. */
  readonly findOutage: () => Promise<Problem | null>;
  /** How many members the next batch may have; waits until storage may be written to so much. */
  readonly size: () => number;
  readonly reserveStorage: (members: number) => Promise<void>;
  /** Waits until so many calls to Shorter Loop are within what Forge lets one invocation make. */
  readonly reserveFetches: (calls: number) => Promise<void>;
  /** Applies what a batch told of its size: the next one that is opened has it. */
  readonly applyVerdict: (sent: number, verdict: SizeVerdict) => void;
  /** Keeps the size for the site's next runs. Throws ForgeKvsError when storage fails. */
  readonly keepSize: () => Promise<void>;
  /**
   * Counts results, keeps the claim, and sees whether a stop was requested. Throws when the run is someone else's by
   * now.
   */
  readonly progress: (group: number, results: readonly BulkResult[], writes: number) => Promise<void>;
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
  return state === 'running' || (state === 'paused' && pause?.by === 'app');
}

/** Nobody has let a run go on that was never started: then nobody may do what it does. */
function starterOf({ startedByAccountId }: Run): string {
  return startedByAccountId ?? ERASED;
}

/** Gives a run back, with what the session came to. */
export async function releaseRun(runId: string, workerId: string, change: (run: Run) => Run): Promise<void> {
  await changeRun(runId, (run) => (run.worker?.id === workerId ? { ...change(run), worker: null } : null));
}

/** Starts a session on a run that was claimed. Throws ForgeKvsError when storage fails. */
export async function startSession(
  claimed: Run,
  workerId: string,
  { endMs, hasBudget = true }: SessionOptions,
): Promise<WorkerSession> {
  let run = claimed;
  let kept = await readBatchSize();
  let size = kept;
  let budget = firstBudget(Date.now());
  const fetches = createFetchRateLimiter();
  const starterAccountId = starterOf(claimed);
  const starter = { kind: 'account', accountId: starterAccountId } as const;
  const rules = createRulesWatch();
  return {
    runId: claimed.runId,
    starterAccountId,
    run: () => run,
    mustEnd: () => {
      if (run.state !== 'running') return 'stopRequested';
      // Whoever resumed it meanwhile answers for what comes now, and other rules hold for it: that begins anew.
      const isAsItBegan = starterOf(run) === starterAccountId && !rules.hasChanged();
      return Date.now() > endMs || !isAsItBegan ? 'time' : null;
    },
    connect: async (untilMs) => {
      const [key, { settings, tokenBucket, access, scope }] = await Promise.all([readKey(), readToChange()]);
      rules.note({ access, scope });
      const connected = connect(settings, key, tokenBucket, {
        deadlineAtMs: untilMs - RECORD_MS,
        readLimitMs: READ_LIMIT_MS,
      });
      return connected.kind === 'ok' ? requireProven(connected.value) : connected;
    },
    refusals: async (people) => {
      const { access, scope } = await readToChange();
      rules.note({ access, scope });
      if (isErased(starterAccountId)) return ok(people.map(() => 'notPermitted'));
      return refusalsOf(starter, claimed.act.kind, people.map(coveringOf), { access, scope });
    },
    findOutage: async () => {
      const asked = isErased(starterAccountId) ? ok(true) : await requireBulk(starter, await readToChange());
      return asked.kind === 'problem' && isOutage(asked.problem) ? asked.problem : null;
    },
    size: () => size,
    reserveStorage: async (members) => {
      if (!hasBudget) return;
      const spent = spendUnits(budget, unitsOf(members), Date.now());
      budget = spent.budget;
      if (spent.waitMs > 0) await sleep(spent.waitMs);
    },
    reserveFetches: async (calls) => {
      if (hasBudget) await fetches.take(calls);
    },
    applyVerdict: (sent, verdict) => {
      size = nextSize(size, sent, verdict);
    },
    keepSize: async () => {
      if (size === kept) return;
      await writeBatchSize(size);
      kept = size;
    },
    progress: async (group, results, writes) => {
      const now = await changeRun(claimed.runId, (before) => {
        if (before.worker?.id !== workerId) return null;
        const nowMs = Date.now();
        return {
          ...withDone(before, { group, results, writes }, nowMs),
          worker: { id: workerId, untilMs: nowMs + CLAIM_MS },
        };
      });
      if (now?.worker?.id !== workerId) throw new Error('Another process works on this run by now');
      run = now;
    },
    resume: async () => {
      run =
        (await changeRun(claimed.runId, (before) =>
          before.state === 'paused' && before.pause?.by === 'app' ? { ...before, state: 'running', pause: null } : null,
        )) ?? run;
    },
  };
}

/** Whether the rules have changed since the session began: then whoever was admitted by then is asked for again. */
function createRulesWatch() {
  let first: string | null = null;
  let last: string | null = null;
  return {
    note: (rules: AccessRules): void => {
      last = JSON.stringify(rules);
      first ??= last;
    },
    hasChanged: (): boolean => first !== last,
  };
}
