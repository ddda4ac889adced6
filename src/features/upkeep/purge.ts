import { sleep } from '../../clock';
import { invocationEndMs } from '../../usecases/connection';
import { logFailure } from '../../usecases/result';
import { PURGES } from '../../adapters/store';

/** How long after a failure it is tried again. */
const RETRY_MS = 1_000;
/**
 * How long after a purge that got through it is done once more: what somebody else was about to store at that very
 * moment stands by then. A page's function runs 25 seconds at most (documented).
 * @see https://developer.atlassian.com/platform/forge/limits-invocation/
 */
const LATE_WRITERS_MS = 26_000;
/** Time kept for the last calls. */
const RESERVE_MS = 3_000;
/** How often it is done at most: there is time for no more. */
const TRIES = 40;

/**
 * Runs when the app is uninstalled, with 55 seconds and nobody to answer to. Forge keeps an app's storage for some
 * weeks in case it comes back, and then deletes it. What opens an entry point, and what would go on by itself, is not
 * left lying for so long. Each part goes on its own: one that fails keeps none of the others, and all are done again
 * until they got through, and once more for those who were about to write meanwhile. Never throws: the app goes all
 * the same, and what is left goes with the rest of its storage.
 * @param pause for tests that have no half minute to wait
 * @see manifest.yml, preUninstall `purge`
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/modules/pre-uninstall-trigger/
 * @see docs/privacy.md
 */
export async function purge(
  _event?: unknown,
  _context?: unknown,
  pause: (ms: number) => Promise<void> = sleep,
): Promise<void> {
  const endMs = invocationEndMs() - RESERVE_MS;
  let isLast = false;
  for (let tried = 0; tried < TRIES; tried += 1) {
    const gotThrough = await purgeOnce();
    if (gotThrough && isLast) return;
    const waitMs = gotThrough ? LATE_WRITERS_MS : RETRY_MS;
    if (Date.now() + waitMs > endMs) return;
    await pause(waitMs);
    isLast ||= gotThrough;
  }
}

/** @returns whether every part got through */
async function purgeOnce(): Promise<boolean> {
  let gotThrough = true;
  for (const [name, part] of PURGES)
    await part().catch((error: unknown) => {
      logFailure(`purge-${name}`, error);
      gotThrough = false;
    });
  return gotThrough;
}
