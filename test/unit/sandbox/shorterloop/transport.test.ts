import { request } from 'node:http';
import { serveSimulator, simulatorFetch, type RunningSimulator, type Simulator } from '../../../../sandbox/shorterloop';
import { parseCommand } from '../../../../sandbox/shorterloop/options';
import { small } from './support';

const LIST = '/api/v2/segments';

/** Every way to reach a simulator has to fail in the same way. */
describe.each(['over HTTP', 'in this process'] as const)('a simulator asked %s', (how) => {
  let simulator: Simulator;
  let running: RunningSimulator;
  let get: (init?: RequestInit) => Promise<Response>;

  beforeEach(async () => {
    simulator = small();
    running = await serveSimulator(simulator);
    const caller = how === 'over HTTP' ? fetch : simulatorFetch(simulator);
    get = (init) =>
      caller(running.origin + LIST, {
        headers: { authorization: `Bearer ${simulator.key}`, initiativeId: '4711' },
        ...init,
      });
  });
  afterEach(() => running.stop());

  it('answers', async () => {
    const response = await get();
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(await response.json()).toMatchObject({ success: true, data: simulator.segments });
  });

  it('takes a write', async () => {
    const response = await get({ method: 'PUT', body: '{}' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  it('drops the connection', async () => {
    simulator.faults.add({ fault: { kind: 'resetBefore' } });
    await expect(get()).rejects.toMatchObject({ name: 'TypeError', message: 'fetch failed' });
  });

  it('says nothing until the caller gives up', async () => {
    simulator.faults.add({ fault: { kind: 'timeoutBefore' } });
    await expect(get({ signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('is late, and the caller may give up meanwhile', async () => {
    simulator.faults.add({ fault: { kind: 'latency', ms: 60_000 } });
    await expect(get({ signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ name: 'TimeoutError' });
    simulator.faults.clear();
    simulator.faults.add({ fault: { kind: 'latency', ms: 5 } });
    expect((await get()).status).toBe(200);
  });

  it('stops in the middle of a body', async () => {
    simulator.faults.add({ fault: { kind: 'halfBody' } });
    const response = await get();
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
  });
});

const JSON_TYPE = { 'content-type': 'application/json' };

describe('the control plane', () => {
  let simulator: Simulator;
  let running: RunningSimulator;
  const send = (method: string, path: string, body?: unknown) =>
    fetch(
      `${running.origin}/__simulator/${path}`,
      body === undefined ? { method, headers: JSON_TYPE } : { method, headers: JSON_TYPE, body: JSON.stringify(body) },
    );

  beforeEach(async () => {
    simulator = small();
    running = await serveSimulator(simulator);
  });
  afterEach(() => running.stop());

  it.each([
    ['another name for this machine', { ...JSON_TYPE, host: 'attacker.example' }, 421],
    ['a form of another site', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a form that says nothing of its body', {}, 415],
  ])('lets nobody in by %s', async (_way, headers, status) => {
    const body = JSON.stringify({ fault: { kind: 'keyRevoked' } });
    const { port } = new URL(running.origin);
    const told = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request({ port, method: 'POST', path: '/__simulator/faults', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject);
      sent.end(body);
    });
    expect(told).toBe(status);
    expect(simulator.faults.strike(null)).toEqual([]);
  });

  it('switches faults on, one or several, and off', async () => {
    expect((await send('POST', 'faults', { fault: { kind: 'keyRevoked' } })).status).toBe(201);
    expect(
      await (
        await send('POST', 'faults', [
          { match: { nth: 1 }, fault: { kind: 'latency', ms: 1 } },
          { fault: { kind: 'empty' } },
        ])
      ).json(),
    ).toEqual({ added: 2 });
    expect(simulator.faults.strike('move').map(({ kind }) => kind)).toEqual(['keyRevoked', 'latency', 'empty']);
    expect(simulator.faults.strike('move').map(({ kind }) => kind)).toEqual(['keyRevoked', 'empty']);
    expect((await send('DELETE', 'faults')).status).toBe(200);
    expect(simulator.faults.strike('move')).toEqual([]);
  });

  it.each([[{ fault: { kind: 'gremlins' } }], ['nonsense'], [{ match: { route: 'mvoe' }, fault: { kind: 'empty' } }]])(
    'says what is wrong with %j',
    async (rule) => {
      const response = await send('POST', 'faults', rule);
      expect(response.status).toBe(422);
      expect(await response.json()).toEqual({ error: expect.stringMatching(/\S/) });
      expect(simulator.faults.strike('move')).toEqual([]);
    },
  );

  it('tells the truth, and puts it back', async () => {
    const [first] = simulator.truth.initial;
    const [memberId = 0] = first?.memberIds ?? [];
    await fetch(`${running.origin}/api/v2/segments/${first?.id}/segment-users`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${simulator.key}`, initiativeId: '4711', 'content-type': 'application/json' },
      body: JSON.stringify({ users: [memberId] }),
    });
    expect(await (await send('GET', 'truth')).json()).toMatchObject({
      segments: [{ id: first?.id, memberIds: first?.memberIds.filter((id) => id !== memberId) }, {}, {}, {}],
      writes: [{ kind: 'remove', from: first?.id, to: null, applied: [memberId] }],
      requests: [{ route: 'remove' }],
      refused: 0,
    });
    expect((await send('POST', 'reset')).status).toBe(200);
    expect(await (await send('GET', 'truth')).json()).toMatchObject({
      writes: [],
      requests: [],
      segments: simulator.truth.initial,
    });
  });

  it('answers 404 for what it does not know', async () => {
    expect((await send('POST', 'truth', {})).status).toBe(404);
  });
});

describe('the command line of the simulator', () => {
  it('has a default for everything', () => {
    expect(parseCommand([])).toEqual({
      kind: 'options',
      options: { port: 0, members: 2000, segments: 12, seed: 1, dialect: 'put-segment-users' },
    });
  });

  it('takes each option', () => {
    expect(
      parseCommand([
        '--port',
        '4800',
        '--members=50',
        '--segments',
        '3',
        '--seed',
        '9',
        '--dialect',
        'post-manage-users',
      ]),
    ).toEqual({
      kind: 'options',
      options: { port: 4800, members: 50, segments: 3, seed: 9, dialect: 'post-manage-users' },
    });
  });

  it('takes a rate limit as requests in so many seconds', () => {
    expect(parseCommand(['--rate-limit', '60/30'])).toMatchObject({
      kind: 'options',
      options: { rateLimit: { requests: 60, windowMs: 30_000 } },
    });
  });

  it.each([
    ['--rate-limit', '60'],
    ['--rate-limit', '0/60'],
    ['--members', 'many'],
    ['--port', '70000'],
    ['--dialect', 'patch-users'],
    ['--colour', 'red'],
    ['--segments', '0'],
  ])('refuses %s %s, naming the option', (option, value) => {
    expect(parseCommand([option, value])).toEqual({ kind: 'refused', why: expect.stringContaining(option.slice(2)) });
  });
});
