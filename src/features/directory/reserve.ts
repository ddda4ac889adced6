import { ok, type Result } from '../../contract';
import { sleep } from '../../clock';
import type { Tools } from './tools';

/**
 * Asks for one call to Shorter Loop. Nobody waits for a refresh: where the site has to slow down, it
 * waits to be let through as long as there is time.
 */
export async function reserveRateLimit(
  { connected: { rateLimiter }, fetches }: Pick<Tools, 'connected' | 'fetches'>,
  endMs: number,
): Promise<Result<true>> {
  await fetches.take(1);
  for (;;) {
    const admitted = await rateLimiter.reserve(1);
    if (admitted.kind === 'ok') return ok(true);
    const waitMs = admitted.problem.code === 'shorterLoop' ? admitted.problem.retryAfterMs : null;
    if (waitMs === null || Date.now() + waitMs > endMs) return admitted;
    await sleep(waitMs);
  }
}
