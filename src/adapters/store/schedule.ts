import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { DAY_MS, pastMoment } from './moments';

/** When the daily upkeep was started last. */
const UPKEEP_KEY = 'upkeep-started';
/** Whether Jira ever asked the JQL function on this site. */
const JQL_KEY = 'jql-asked';

/**
 * Whether a day has passed since the daily upkeep was started (now in milliseconds since the epoch). Throws
 * ForgeKvsError when storage fails.
 */
export async function isUpkeepDue(nowMs: number): Promise<boolean> {
  return (
    nowMs -
      pastMoment(
        z
          .number()
          .catch(0)
          .parse((await kvs.get<unknown>(UPKEEP_KEY)) ?? 0),
      ) >=
    DAY_MS
  );
}

/** Notes that the daily upkeep was started. Throws ForgeKvsError when storage fails. */
export async function noteUpkeepStarted(nowMs: number): Promise<void> {
  await kvs.set(UPKEEP_KEY, nowMs);
}

/**
 * Whether the JQL function was ever asked or switched on: before that Jira keeps no answer of ours, or none but that it
 * is off. Throws ForgeKvsError when storage fails.
 */
export async function wasJqlAsked(): Promise<boolean> {
  return (await kvs.get<unknown>(JQL_KEY)) !== undefined;
}

/** Notes that the JQL function is asked or switched on, once and for good. Throws ForgeKvsError when storage fails. */
export async function noteJqlAsked(): Promise<void> {
  if (!(await wasJqlAsked())) await kvs.set(JQL_KEY, true);
}
