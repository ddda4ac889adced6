import type { Fault, FaultRule, Simulator } from '../../../../sandbox/shorterloop';
import { ask, asked, asHttp, scene, small } from './support';

type FaultInput = FaultRule['fault'];

async function moveUnder(fault: FaultInput, pick: (movable: number[]) => number[] = (movable) => movable.slice(0, 1)) {
  const simulator = small();
  const { from, to, movable } = scene(simulator);
  const users = pick(movable);
  simulator.faults.add({ fault });
  const answer = await ask(simulator, 'PUT', `/api/v2/segments/${from}/segment-users/${to}`, users);
  const inSource = users.filter((id) => simulator.truth.membershipsOf(id).includes(from));
  const inTarget = users.filter((id) => simulator.truth.membershipsOf(id).includes(to));
  return { simulator, answer, users, inSource, inTarget };
}

describe('a fault that hides the answer', () => {
  it.each([
    ['timeoutBefore', 'silence', false],
    ['timeoutAfterApplying', 'silence', true],
    ['resetBefore', 'reset', false],
    ['resetAfterApplying', 'reset', true],
  ] as const)('%s answers with %s; applied: %s', async (kind, answerKind, applied) => {
    const { answer, users, inSource, inTarget } = await moveUnder({ kind });
    expect(answer.kind).toBe(answerKind);
    expect(inTarget).toEqual(applied ? users : []);
    expect(inSource).toEqual(applied ? [] : users);
  });
});

describe('a fault that puts the write off', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('never answers, shows the old state meanwhile, and the new one after', async () => {
    const { simulator, answer, users, inSource } = await moveUnder({ kind: 'timeoutThenApplying', afterMs: 500 });
    expect([answer.kind, inSource]).toEqual(['silence', users]);
    const { to } = scene(simulator);
    simulator.faults.clear();
    const read = async () => asHttp(await ask(simulator, 'GET', `/api/v2/segments/${to}/segment-users`)).body;
    const before = await read();
    jest.advanceTimersByTime(499);
    expect([await read(), simulator.truth.writes()]).toEqual([before, []]);
    jest.advanceTimersByTime(1);
    expect(simulator.truth.membersOf(to)).toEqual(expect.arrayContaining(users));
    expect(await read()).not.toBe(before);
    expect(simulator.truth.writes()).toHaveLength(1);
  });

  it('does what then still can be done', async () => {
    const simulator = small();
    const { from, to, memberId } = scene(simulator);
    simulator.faults.add({ match: { nth: 1 }, fault: { kind: 'timeoutThenApplying', afterMs: 500 } });
    await ask(simulator, 'PUT', `/api/v2/segments/${from}/segment-users/${to}`, [memberId]);
    await ask(simulator, 'PUT', `/api/v2/segments/${from}/segment-users`, [memberId]);
    jest.advanceTimersByTime(500);
    expect(simulator.truth.writes()).toMatchObject([
      { kind: 'remove', applied: [memberId] },
      { kind: 'move', applied: [] },
    ]);
  });

  it('is forgotten with a reset, and leaves a read undone', async () => {
    const { simulator } = await moveUnder({ kind: 'timeoutThenApplying', afterMs: 500 });
    simulator.reset();
    simulator.faults.add({ fault: { kind: 'timeoutThenApplying', afterMs: 500 } });
    expect((await ask(simulator, 'GET', '/api/v2/segments')).kind).toBe('silence');
    expect(jest.getTimerCount()).toBe(0);
    jest.advanceTimersByTime(500);
    expect(simulator.truth.writes()).toEqual([]);
  });
});

describe('a fault in the status', () => {
  it('answers 429 with Retry-After, and does nothing', async () => {
    const { answer, inTarget } = await moveUnder({ kind: 'status', code: 429, retryAfterSeconds: 3 });
    expect(asHttp(answer)).toMatchObject({ status: 429, headers: { 'retry-after': '3' } });
    expect(inTarget).toEqual([]);
  });

  it('answers a page of HTML behind a write that was applied', async () => {
    const { answer, users, inTarget } = await moveUnder({ kind: 'status', code: 502, html: true, applied: true });
    expect(asHttp(answer)).toMatchObject({ status: 502, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(asHttp(answer).body).toContain('<!DOCTYPE html>');
    expect(inTarget).toEqual(users);
  });

  it('can point elsewhere', async () => {
    const { answer } = await moveUnder({ kind: 'status', code: 302, location: 'https://elsewhere.example/' });
    expect(asHttp(answer).headers).toMatchObject({ location: 'https://elsewhere.example/' });
  });

  it.each([
    ['keyRevoked', 401],
    ['wrongInitiative', 403],
  ] as const)('%s answers %i and does nothing', async (kind, status) => {
    const { answer, inTarget } = await moveUnder({ kind });
    expect(asHttp(answer).status).toBe(status);
    expect(inTarget).toEqual([]);
  });
});

describe('a fault in the body', () => {
  it.each([
    ['zero', { count: 0 }],
    ['missing', {}],
    ['partial', { count: 1 }],
    ['tooLarge', { count: 9 }],
    ['string', { count: '2' }],
    ['negative', { count: -1 }],
    [5, { count: 5 }],
  ] as const)('applies the write and answers the count as %s', async (count, data) => {
    const { answer, users, inTarget } = await moveUnder({ kind: 'count', count }, (movable) => movable.slice(0, 2));
    expect(JSON.parse(asHttp(answer).body)).toEqual({ success: true, message: expect.any(String), data });
    expect(inTarget).toEqual(users);
  });

  it.each([true, false])('answers success: false (applied: %s)', async (applied) => {
    const { answer, users, inTarget } = await moveUnder({ kind: 'successFalse', applied });
    expect(asHttp(answer).status).toBe(200);
    expect(JSON.parse(asHttp(answer).body)).toMatchObject({ success: false });
    expect(inTarget).toEqual(applied ? users : []);
  });

  it.each(['html', 'empty', 'oversized', 'halfBody', 'wrongContentType'] as const)(
    'applies the write behind a %s answer unless told not to',
    async (kind) => {
      const { answer, users, inTarget } = await moveUnder({ kind });
      expect(asHttp(answer).status).toBe(200);
      expect(inTarget).toEqual(users);
      expect((await moveUnder({ kind, applied: false })).inTarget).toEqual([]);
    },
  );

  it('breaks each body in its own way', async () => {
    const http = async (fault: FaultInput) => asHttp((await moveUnder(fault)).answer);
    expect((await http({ kind: 'html' })).headers['content-type']).toContain('text/html');
    expect((await http({ kind: 'empty' })).body).toBe('');
    expect((await http({ kind: 'oversized', bytes: 5000 })).body.length).toBeGreaterThan(5000);
    expect((await http({ kind: 'wrongContentType' })).headers['content-type']).toBe('text/plain');
    const half = await http({ kind: 'halfBody' });
    expect(half.truncateAt).toBe(Math.floor(Buffer.byteLength(half.body) / 2));
  });
});

describe('a fault in the data', () => {
  it.each([
    ['firstHalf', 1, 1],
    ['joinOnly', 2, 2],
    ['leaveOnly', 0, 0],
  ] as const)('appliedPartly %s leaves %i in the source and %i in the target', async (how, inSource, inTarget) => {
    const after = await moveUnder({ kind: 'appliedPartly', how }, (movable) => movable.slice(0, 2));
    expect([after.inSource.length, after.inTarget.length]).toEqual([inSource, inTarget]);
  });

  it('deletes a segment just before the request is answered', async () => {
    const simulator = small();
    const { from, to, memberId } = scene(simulator);
    simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'segmentDeleted', id: to } });
    expect((await asked(simulator, 'PUT', `/api/v2/segments/${from}/segment-users/${to}`, [memberId])).status).toBe(
      404,
    );
    expect((await asked(simulator, 'GET', '/api/v2/segments')).body).toMatchObject({
      data: expect.not.arrayContaining([expect.objectContaining({ id: to })]),
    });
  });

  it('takes a member out of every segment just before the request is answered', async () => {
    const simulator = small();
    const { from, to, memberId } = scene(simulator);
    simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'memberGone', id: memberId } });
    expect(
      (await asked(simulator, 'PUT', `/api/v2/segments/${from}/segment-users/${to}`, [memberId])).body,
    ).toMatchObject({ data: { count: 0 } });
    expect(simulator.truth.membershipsOf(memberId)).toEqual([]);
  });
});

describe('which requests a fault strikes', () => {
  const statuses = async (simulator: Simulator, paths: string[]) => {
    const found: number[] = [];
    for (const path of paths) found.push(asHttp(await ask(simulator, 'GET', path)).status);
    return found;
  };
  const list = '/api/v2/segments';
  const all = '/api/v2/segments/segment-users';
  const down = { kind: 'status', code: 503 } as const;

  it('every one without a match', async () => {
    const simulator = small();
    simulator.faults.add({ fault: down });
    expect(await statuses(simulator, [list, all, '/nowhere'])).toEqual([503, 503, 503]);
  });

  it('only those of its route', async () => {
    const simulator = small();
    const fault = simulator.faults.add({ match: { route: 'listSegments' }, fault: down });
    expect(await statuses(simulator, [all, list, all])).toEqual([200, 503, 200]);
    expect(fault.struck()).toBe(1);
  });

  it('the nth only, or as many as were asked for from there on', async () => {
    const simulator = small();
    simulator.faults.add({ match: { nth: 2 }, fault: down });
    expect(await statuses(simulator, [list, list, list])).toEqual([200, 503, 200]);
    simulator.faults.clear();
    simulator.faults.add({ match: { route: 'any', nth: 2, times: 2 }, fault: down });
    expect(await statuses(simulator, [list, list, list, list])).toEqual([200, 503, 503, 200]);
  });

  it('none once it is removed', async () => {
    const simulator = small();
    const fault = simulator.faults.add({ fault: down });
    fault.remove();
    expect(await statuses(simulator, [list])).toEqual([200]);
  });

  it('together with other faults: delays add up, and the first answer counts', async () => {
    const simulator = small({ latencyMs: 50 });
    for (const fault of [
      { kind: 'latency', ms: 100 },
      down,
      { kind: 'status', code: 500 },
      { kind: 'latency', ms: 7 },
    ] as const)
      simulator.faults.add({ fault });
    expect(await ask(simulator, 'GET', list)).toMatchObject({ status: 503, delayMs: 157 });
  });

  it('and refuses a rule that makes no sense', () => {
    const { faults } = small();
    expect(() => faults.add({ fault: { kind: 'status', code: 200 } })).toThrow();
    expect(() => faults.add({ match: { nth: 0 }, fault: down })).toThrow();
    expect(faults.strike('move')).toEqual<Fault[]>([]);
  });
});
