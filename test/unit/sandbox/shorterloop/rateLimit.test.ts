import type { RateLimit } from '../../../../sandbox/shorterloop';
import { ask, asHttp, scene, small } from './support';

const LIST = '/api/v2/segments';
const START_MS = 1_700_000_000_000;

function limited(rateLimit: RateLimit) {
  let nowMs = START_MS;
  const simulator = small({ rateLimit, clock: { now: () => nowMs } });
  const at = async (ms: number, path = LIST, method = 'GET', users?: readonly number[]) => {
    nowMs = START_MS + ms;
    return asHttp(await ask(simulator, method, path, users));
  };
  return { simulator, at };
}

describe('a rate limit', () => {
  it('lets so many requests pass in any window, and counts those that it refused', async () => {
    const { simulator, at } = limited({ requests: 2, windowMs: 1_000 });
    const statuses = [];
    for (const ms of [0, 600, 999, 1_000, 1_001, 1_599, 1_600]) statuses.push((await at(ms)).status);
    expect(statuses).toEqual([200, 200, 429, 200, 429, 429, 200]);
    expect(simulator.refused()).toBe(3);
    expect(simulator.requests()).toHaveLength(7);
  });

  it('says in whole seconds when to come again, and that is when one may', async () => {
    const { at } = limited({ requests: 1, windowMs: 2_500 });
    await at(0);
    const refusal = await at(400);
    expect(refusal.headers).toEqual({ 'content-type': expect.stringContaining('json'), 'retry-after': '3' });
    expect(JSON.parse(refusal.body)).toEqual({ success: false, message: 'Too many requests' });
    expect((await at(400 + 3_000)).status).toBe(200);
  });

  it('applies nothing of a write that it refuses, and no fault strikes it', async () => {
    const { simulator, at } = limited({ requests: 1, windowMs: 1_000 });
    const { from, to, memberId } = scene(simulator);
    await at(0);
    const fault = simulator.faults.add({ fault: { kind: 'status', code: 503 } });
    expect((await at(1, `${LIST}/${from}/segment-users/${to}`, 'PUT', [memberId])).status).toBe(429);
    expect([simulator.truth.writes(), fault.struck()]).toEqual([[], 0]);
  });

  it('tells with every answer how much is left, when asked to', async () => {
    const { simulator, at } = limited({ requests: 2, windowMs: 1_000, headers: true });
    const left = (remaining: number, resetSeconds: number) => ({
      'ratelimit-limit': '2',
      'ratelimit-remaining': String(remaining),
      'ratelimit-reset': String(resetSeconds),
    });
    simulator.faults.add({ match: { nth: 2 }, fault: { kind: 'status', code: 500 } });
    expect((await at(0)).headers).toMatchObject(left(1, 1));
    expect(await at(1)).toMatchObject({ status: 500, headers: left(0, 1) });
    expect(await at(2)).toMatchObject({ status: 429, headers: { ...left(0, 1), 'retry-after': '1' } });
  });

  it('starts anew with a reset', async () => {
    const { simulator, at } = limited({ requests: 1, windowMs: 1_000 });
    await at(0);
    await at(0);
    simulator.reset();
    expect(simulator.refused()).toBe(0);
    expect((await at(0)).status).toBe(200);
  });

  it('is none unless one is given', async () => {
    const simulator = small();
    const statuses = new Set();
    for (let n = 0; n < 200; n += 1) statuses.add(asHttp(await ask(simulator, 'GET', LIST)).status);
    expect([[...statuses], simulator.refused()]).toEqual([[200], 0]);
  });
});
