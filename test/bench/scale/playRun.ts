import path from 'node:path';
import { processRun } from '../../../src';
import { wakeRun } from '../../../src/usecases/jobs';
import { readRun } from '../../../src/adapters/store';
import { installInProcess, type InProcess } from '../../../sandbox/forge/inProcess';
import { readManifest } from '../../../sandbox/forge/manifest';
import { createPlatform } from '../../../sandbox/forge/platform';
import { startVirtualTime } from '../../support/virtualTime';
import { configuredSite } from '../configuredSite';
import { permitAll } from '../permitAll';
import { seedRun } from '../seedRun';
import { slowStorage } from '../slowStorage';
import { answerFor, crowdOf } from './crowd';
import { brokenBy, createMeter, type Peaks } from './meter';

const BATCH = 500;

/** What a run took in virtual time, and what it used of what Forge allows. */
export type PlayedRun = {
  readonly members: number;
  readonly minutes: number;
  /** To storage, to Shorter Loop and to Jira. */
  readonly calls: number;
  readonly batches: number;
  readonly excessBatches: number;
  readonly events: number;
  readonly peaks: Peaks;
  readonly broken: readonly string[];
};

/** Plays one run to its end with the app's own worker. Throws when it does not come to a full and true end. */
export async function playRun(members: number): Promise<PlayedRun> {
  const { storage } = await configuredSite(BATCH);
  const groups = crowdOf(members);
  const shorterLoop = answerFor(groups);
  const time = startVirtualTime();
  const platform = createPlatform({
    manifest: readManifest(path.join(__dirname, '../../..')),
    jira: permitAll,
    routeEgress: () => 'http://offline.invalid',
    deliver: ({ key }, body) =>
      key === 'bulk-worker' ? app.runFunction(processRun, { moduleKey: key, body }) : Promise.resolve(),
  });
  const app: InProcess = installInProcess(platform);
  try {
    platform.kvs.restore(storage);
    const runId = seedRun(platform.kvs, groups);
    const meter = createMeter();
    platform.intercept(slowStorage);
    platform.intercept(shorterLoop.answer);
    platform.intercept(meter.intercept);
    const startMs = Date.now();
    await time.until(app.runAs({ moduleKey: 'tick' }, () => wakeRun(runId)));
    await time.until(platform.queue.idle());
    const minutes = (Date.now() - startMs) / 60_000;
    const { totals } = meter;
    const run = await time.until(app.runAs({ moduleKey: 'tick' }, () => readRun(runId)));
    if (run?.state !== 'finished' || run.results.confirmed !== members || shorterLoop.left() > 0)
      throw new Error(
        `The run came to ${JSON.stringify(run?.results)} with ${String(shorterLoop.left())} members left`,
      );
    const peaks = meter.peaks();
    return {
      members,
      minutes: Number(minutes.toFixed(1)),
      calls: totals.storage + totals.fetches + totals.questions,
      batches: shorterLoop.removals.length,
      excessBatches:
        shorterLoop.removals.length - groups.reduce((sum, { users }) => sum + Math.ceil(users.length / BATCH), 0),
      events: totals.events,
      peaks,
      broken: brokenBy(peaks),
    };
  } finally {
    platform.close();
    time.stop();
  }
}
