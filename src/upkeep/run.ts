import { Queue } from '@forge/events';
import { z } from 'zod';
import { invocationEndMs, logFailure } from '../flow';
import { readReportCycle } from '../store';
import { isRunDue, reportAccounts } from './report';
import { sweepLedger, sweepRuns } from './sweep';

/** What is done beside every day's work, each in runs that follow one another. */
const TASKS = ['report', 'sweep', 'runs'] as const;
type Task = (typeof TASKS)[number];
const WORK: Readonly<Record<Task, (endMs: number) => Promise<'more' | 'done'>>> = { report: reportAccounts, sweep: sweepLedger, runs: sweepRuns };

/** Time kept for the last page of a run. */
const LAST_PAGE_MS = 60_000;
/** How long after a run the next one comes: a round of reports is spread over its week, the others just go on. */
const REST_S: Readonly<Record<Task, number>> = { report: 900, sweep: 5, runs: 5 };
/** A round whose last step is so old has lost its event. */
const HALTED_AFTER_MS = 60 * 60 * 1_000;

const eventSchema = z.object({ body: z.object({ task: z.enum(TASKS) }) });

/**
 * Starts what has to be done every day: telling Atlassian which account ids are held, and clearing
 * old entries of the ledger and old bulk runs. Throws ForgeKvsError when storage fails.
 * @see src/tick, which calls it once a day
 */
export async function startUpkeep(): Promise<void> {
  if (isRunDue(await readReportCycle(), Date.now(), HALTED_AFTER_MS)) await push('report', 0);
  await push('sweep', 0);
  await push('runs', 0);
}

/**
 * One run of one task; asks for the next run itself while there is more to do.
 * Throws when it fails: then the platform delivers the event again, and after that the next day's start does.
 * @see manifest.yml, consumer `upkeep`
 */
export async function carryOutUpkeep(event: unknown): Promise<void> {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success) return void logFailure('upkeep', new Error('An event without a task'));
  const { task } = parsed.data.body;
  const endMs = invocationEndMs() - LAST_PAGE_MS;
  const left = await WORK[task](endMs);
  if (left === 'more') await push(task, REST_S[task]);
}

async function push(task: Task, delayInSeconds: number): Promise<void> {
  // One at a time: two runs would do the same pages.
  await new Queue({ key: 'upkeep' }).push({ body: { task }, delayInSeconds, concurrency: { key: `upkeep-${task}`, limit: 1 } });
}
