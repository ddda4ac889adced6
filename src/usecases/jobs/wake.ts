import { Queue } from '@forge/events';
import { readWakeUpMs, queuedChanges, writeWakeUpMs } from '../../adapters/store';
import { logFailure } from '../result';

/** One event wakes the consumer for all that waits; Forge takes 500 a minute, and rules may fire more often. */
const WAKE_EVERY_MS = 10_000;
/** How many of the queued changes are looked at to tell whether one is due. */
const OLDEST = 100;

/**
 * Sees to it that what waits is carried out soon. Never throws: a wake-up that is lost is made good
 * by the scheduled recovery.
 */
export async function wake(): Promise<void> {
  try {
    const nowMs = Date.now();
    if (nowMs - (await readWakeUpMs()) < WAKE_EVERY_MS) return;
    await writeWakeUpMs(nowMs);
    // One at a time: two would only wait for each other.
    await new Queue({ key: 'queued-changes' }).push({
      body: {},
      delayInSeconds: 1,
      concurrency: { key: 'queued-changes', limit: 1 },
    });
  } catch (error) {
    logFailure('wake', error);
  }
}

/** Wakes the consumer when something is due that nobody was woken for. Throws ForgeKvsError when storage fails. */
export async function wakeWhenDue(): Promise<void> {
  const oldest = await queuedChanges(OLDEST);
  if (oldest.some(({ notBeforeMs }) => notBeforeMs <= Date.now())) await wake();
}
