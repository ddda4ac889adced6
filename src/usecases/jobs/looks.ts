import { hasMemberChanges, hasPendingLookBefore, readLooksAwakeMs, writeLooksAwakeMs } from '../../adapters/store';
import { logFailure } from '../result';
import { pushOne } from './push';

/** One event looks at all who came since: reporters are gathered for so long, in seconds. */
const GATHER_S = 25;
/** Who comes in the last seconds before a run may not be shown to it yet: for them there is another one. */
const TOO_LATE_S = 5;
/** Somebody who waits for so long was forgotten by an event that was lost, in milliseconds. */
const LOST_AFTER_MS = 60_000;

/**
 * Sees to it that whoever is to be looked at is, within a minute. Never throws: a wake-up that is lost is made good by
 * the tick.
 */
export async function wakeLooks(delayInSeconds = GATHER_S): Promise<void> {
  try {
    const nowMs = Date.now();
    if ((await readLooksAwakeMs()) > nowMs) return;
    if (delayInSeconds > TOO_LATE_S) await writeLooksAwakeMs(nowMs + (delayInSeconds - TOO_LATE_S) * 1_000);
    await pushOne('reporter-looks', {}, delayInSeconds);
  } catch (error) {
    logFailure('looks', error);
  }
}

/** Wakes for those whose event was lost. Throws ForgeKvsError when storage fails. */
export async function wakeLostLooks(): Promise<void> {
  if ((await hasPendingLookBefore(Date.now() - LOST_AFTER_MS)) || (await hasMemberChanges())) await wakeLooks(0);
}
