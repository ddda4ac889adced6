import { Queue } from '@forge/events';
import { z } from 'zod';
import { invocationEndMs } from '../../usecases/connection';
import { logFailure } from '../../usecases/result';
import { readReportCycle, sweepFailedChanges } from '../../adapters/store';
import { reportAccounts, runDueMs } from './report';
import { sweepLedger, sweepRuns } from './sweep';

/** What is done beside every day's work, each in runs that follow one another. */
const TASKS = ['report', 'sweep', 'runs', 'failed'] as const;
type Task = (typeof TASKS)[number];
const WORK: Readonly<Record<Task, (endMs: number) => Promise<'more' | 'done'>>> = {
  report: reportAccounts,
  sweep: sweepLedger,
  runs: sweepRuns,
  failed: (endMs) => sweepFailedChanges(Date.now(), endMs),
};

/** Time kept for the last page of a run. */
const LAST_PAGE_MS = 60_000;
/** How long after a run the next one comes: a round of reports is spread over its week, the others just go on. */
const REST_S: Readonly<Record<Task, number>> = { report: 900, sweep: 5, runs: 5, failed: 5 };
/** A round whose last step is so old has lost its event. */
const HALTED_AFTER_MS = 60 * 60 * 1_000;

const eventSchema = z.object({ body: z.object({ task: z.enum(TASKS) }) });

/**
 * Starts what has to be done every day: telling Atlassian which account ids are held, and clearing
 * old entries of the ledger, old bulk runs and changes that were given up. Throws ForgeKvsError when storage fails: the
 * next day's start
 * makes up for it.
 * @see src/features/tick, which calls it once a day
 */
export async function startUpkeep(): Promise<void> {
  const nowMs = Date.now();
  const dueMs = runDueMs(await readReportCycle(), nowMs, HALTED_AFTER_MS);
  if (dueMs !== null) await push('report', Math.ceil((dueMs - nowMs) / 1_000));
  await push('sweep', 0);
  await push('runs', 0);
  await push('failed', 0);
}

/**
 * One run of one task: at least one page of it, so that a run with little time left gets further too; asks
 * for the next run itself while there is more to do. An event without a known task is noted and forgotten.
 *
 * Throws when storage or Atlassian fails: then Forge delivers the event again, for 24 hours at most and about
 * every 15 minutes in the end (documented), and after that the next day's start does. That is harmless: a run
 * goes on from what was stored, an account that was told in this round is not told again, and what was deleted
 * stays deleted. Returns nothing, which is no wish to be delivered again.
 * @see https://developer.atlassian.com/platform/forge/runtime-reference/async-events-api/
 * @see manifest.yml, consumer `upkeep`
 */
export async function performUpkeep(event: unknown): Promise<void> {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success) return void logFailure('upkeep', new Error('An event without a task'));
  const { task } = parsed.data.body;
  const endMs = invocationEndMs() - LAST_PAGE_MS;
  const left = await WORK[task](endMs);
  if (left === 'more') await push(task, REST_S[task]);
}

async function push(task: Task, delayInSeconds: number): Promise<void> {
  // One at a time: two runs would do the same pages.
  await new Queue({ key: 'upkeep' }).push({
    body: { task },
    delayInSeconds,
    concurrency: { key: `upkeep-${task}`, limit: 1 },
  });
}
