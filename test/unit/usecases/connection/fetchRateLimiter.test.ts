import { createFetchRateLimiter, FETCHES_A_MINUTE } from '../../../../src/usecases/connection';
import { startVirtualTime } from '../../../support/virtualTime';

const FORGES_LIMIT = 100;

it('lets no minute have more fetches than Forge allows, after a rest either, and wastes none', async () => {
  const time = startVirtualTime();
  const startMs = Date.now();
  const tokenBucket = createFetchRateLimiter();
  const madeAtMs: number[] = [];
  const make = async (count: number): Promise<void> => {
    for (let made = 0; made < count; made += 1) {
      await tokenBucket.take(3);
      madeAtMs.push(Date.now(), Date.now(), Date.now());
    }
  };
  await time.until(make(80));
  const tookMinutes = (Date.now() - startMs) / 60_000;
  expect(tookMinutes).toBeGreaterThan(2);
  expect(tookMinutes).toBeLessThan(240 / FETCHES_A_MINUTE + 0.1);
  await time.pass(600_000);
  await time.until(make(40));
  time.stop();
  const mostInAMinute = Math.max(
    ...madeAtMs.map((fromMs) => madeAtMs.filter((atMs) => atMs >= fromMs && atMs < fromMs + 60_000).length),
  );
  expect(mostInAMinute).toBeGreaterThanOrEqual(FETCHES_A_MINUTE);
  expect(mostInAMinute).toBeLessThanOrEqual(FORGES_LIMIT);
});
