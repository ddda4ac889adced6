import { sleep } from '../../clock';
import { ok, type Step } from '../../usecases/result';
import type { Tools } from './tools';

/**
 * Asks for one call to Shorter Loop. Nobody waits for a refresh: where the site has to slow down, it
 * waits for its turn as long as there is time.
 */
export async function reserveTurn(
  { connected: { limiter }, fetches }: Pick<Tools, 'connected' | 'fetches'>,
  endMs: number,
): Promise<Step<true>> {
  await fetches.take(1);
  for (;;) {
    const turn = await limiter.reserve(1);
    if (turn.kind === 'ok') return ok(true);
    const waitMs = turn.problem.code === 'shorterLoop' ? turn.problem.retryAfterMs : null;
    if (waitMs === null || Date.now() + waitMs > endMs) return turn;
    await sleep(waitMs);
  }
}
