import { readWakeUpMs, eachQueuedChange, writeWakeUpMs } from '../../adapters/store';
import { logFailure } from '../result';
import { pushOne } from './push';

/** One event wakes the consumer for all that waits; Forge takes 500 a minute, and rules may fire more often. */
const WAKE_EVERY_MS = 10_000;

/**
 * Sees to it that what waits is carried out soon. Never throws: a wake-up that is lost is made good
 * by the scheduled recovery.
 */
export async function wake(): Promise<void> {
  try {
    const nowMs = Date.now();
    if (nowMs - (await readWakeUpMs()) < WAKE_EVERY_MS) return;
    await writeWakeUpMs(nowMs);
    await pushOne('queued-changes', {}, 1);
  } catch (error) {
    logFailure('wake', error);
  }
}

/**
 * Wakes the consumer when something is due that nobody was woken for, however many rest before it. Throws
 * ForgeKvsError when storage fails.
 */
export async function wakeWhenDue(): Promise<void> {
  for await (const { notBeforeMs } of eachQueuedChange()) if (notBeforeMs <= Date.now()) return wake();
}
