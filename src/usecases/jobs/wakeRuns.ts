import { resumesByItself } from '../../contract';
import { runsInState } from '../../adapters/store';
import { logFailure } from '../result';
import { pushOne } from './push';

/**
 * Wakes the worker for a run; one run at a time, because two would share Forge's and Shorter Loop's limits.
 * Never throws: an event that is lost is made good by the scheduled recovery.
 */
export async function wakeRun(runId: string): Promise<void> {
  try {
    await pushOne('bulk-runs', { runId });
  } catch (error) {
    logFailure('wake', error);
  }
}

/**
 * Wakes the worker for runs that nobody works on though they are to go on: their event was lost, or what
 * made them rest may have passed. Throws ForgeKvsError when storage fails.
 */
export async function wakeIdleRuns(): Promise<void> {
  const nowMs = Date.now();
  for (const wanted of ['running', 'paused'] as const)
    for await (const { runId, state, pause, worker } of runsInState(wanted)) {
      const isIdle = worker === null || worker.untilMs <= nowMs;
      if (isIdle && (state === 'running' || resumesByItself(pause))) await wakeRun(runId);
    }
}
