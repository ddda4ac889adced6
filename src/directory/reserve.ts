import { sleep } from '../clock';
import { ok, type Connected, type Step } from '../flow';

/**
 * Asks for one call to Shorter Loop. Nobody waits for a refresh: where the site has to slow down, it
 * waits for its turn as long as there is time.
 */
export async function reserveTurn(limiter: Connected['limiter'], endMs: number): Promise<Step<true>> {
  for (;;) {
    const turn = await limiter.reserve(1);
    if (turn.kind === 'ok') return ok(true);
    const waitMs = turn.problem.code === 'shorterLoop' ? turn.problem.retryAfterMs : null;
    if (waitMs === null || Date.now() + waitMs > endMs) return turn;
    await sleep(waitMs);
  }
}
