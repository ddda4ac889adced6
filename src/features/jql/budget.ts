import { readJqlSpending, writeJqlSpending } from '../../adapters/store';

/** How many answers a site computes a minute: Jira keeps each, so that usual searches ask for none. */
export const ANSWERS_A_MINUTE = 30;
const MINUTE_MS = 60_000;
/** How often the count is tried against other searches of the same moment. */
const TRIES = 5;

/**
 * Whether one more answer may be computed now. The budget is the function's own: whoever may search may search as
 * fast as they like, and must not slow down what others do in panels. Throws ForgeKvsError when storage fails.
 */
export async function spendAnswer(nowMs: number): Promise<boolean> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const stored = await readJqlSpending();
    // A count of the future would stand in the way for as long as that is.
    const isOld = stored === null || stored.atMs > nowMs || nowMs - stored.atMs >= MINUTE_MS;
    const spent = isOld ? { tokens: 0, atMs: nowMs } : stored;
    if (spent.tokens >= ANSWERS_A_MINUTE) return false;
    if (await writeJqlSpending(stored, { tokens: spent.tokens + 1, atMs: spent.atMs })) return true;
  }
  // So many at once that they can't be counted: too many.
  return false;
}
