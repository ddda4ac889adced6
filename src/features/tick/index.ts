import { refreshWhenDue } from '../directory';
import { wakeLostLooks } from '../../usecases/jobs';
import { fillFieldWhenDue } from '../field';
import { logFailure } from '../../usecases/result';
import { syncWhenDue } from '../../usecases/identity';
import { refreshPrecomputations } from '../jql';
import { recover } from '../recovery';
import { isUpkeepDue, noteUpkeepStarted } from '../../adapters/store';
import { startUpkeep } from '../upkeep';

/** What has to be looked at every five minutes, each with the name under which its failure is logged. */
const STEPS: readonly (readonly [string, () => Promise<void>])[] = [
  ['recovery', recover],
  ['jql-refresh', refreshPrecomputations],
  ['directory-refresh', refreshWhenDue],
  ['reporter-looks', wakeLostLooks],
  ['identity-sync', syncWhenDue],
  ['upkeep', startUpkeepWhenDue],
  ['field', fillFieldWhenDue],
];

/**
 * The app's one scheduled trigger: Forge allows one of five minutes, and bills each invocation. The steps run
 * side by side, so that one that fails or hangs keeps none of the others from its work; what failed is logged
 * and done again by the next run, which comes by itself. A run that is delivered twice does no harm: each step
 * takes a lease, or finds nothing left to do.
 * @returns what one page documents as success; another says that what is returned is ignored
 * @see manifest.yml, scheduledTrigger `tick`
 * @see https://developer.atlassian.com/platform/forge/limits-scheduled-trigger/
 * @see https://developer.atlassian.com/platform/forge/function-reference/scheduled-trigger/
 */
export async function tick(): Promise<{ readonly statusCode: 204 }> {
  await Promise.all(STEPS.map(([name, step]) => step().catch((error: unknown) => void logFailure(name, error))));
  return { statusCode: 204 };
}

/** Starts the daily upkeep when its day has come. What could not be started is tried again by the next tick. */
async function startUpkeepWhenDue(): Promise<void> {
  const nowMs = Date.now();
  if (!(await isUpkeepDue(nowMs))) return;
  await startUpkeep();
  await noteUpkeepStarted(nowMs);
}
