import { createSimulator, type Simulator, type SimulatorOptions } from '../../../sandbox/shorterloop';
import { MANAGE_ROUTES } from '../../../src/contract';
import { readContract, type Operation } from '../../contract/openapi';

const contract = readContract();
const LISTS = ['listSegments', 'segmentsWithMembers'] as const;

/** A Shorter Loop that has the operation at another path, and nothing at the assumed one. */
function elsewhere({ operationId }: Operation): SimulatorOptions {
  const routes = Object.fromEntries(LISTS.map((name) => [name, `/api/v3/${name}`]));
  return { routes, manageRoutes: { createSegment: '/api/v3/create', [operationId]: '/api/v3/segments' } };
}

type Change = {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly ids?: { readonly from: number; readonly to: number };
  readonly users?: unknown;
};

/** What a request of an operation sends. */
function bodyFor(operationId: string, users: unknown): object {
  const route = MANAGE_ROUTES.find((name) => name === operationId);
  switch (route) {
    case 'createSegment':
    case 'renameSegment':
      return { name: 'Scratch' };
    case 'addByEmail':
    case 'importToSegment':
    case 'createMembers':
    case 'importMembers':
      return { users: [{ email: 'ada@company.example' }] };
    case 'emailSegment':
    case 'emailMembers':
      return { users, subject: 'News', message: 'There is something new.' };
    default:
      return { users };
  }
}

/** A Shorter Loop that answers to the operation's dialect, and a request of that operation, changed as a test likes. */
function accountFor({ operationId, method, path }: Operation, options: SimulatorOptions = {}) {
  const dialect = operationId.endsWith('ByPost') ? 'post-manage-users' : 'put-segment-users';
  const simulator: Simulator = createSimulator({ members: 30, segments: 4, dialect, ...options });
  const [first, second] = simulator.truth.snapshot().segments.filter(({ memberIds }) => memberIds.length > 0);
  const [from, to] = [first?.id ?? 0, second?.id ?? 0];
  const ask = async (change: Change = {}): Promise<number> => {
    const ids: Record<string, number> = {
      id: from,
      from,
      to,
      ...change.ids,
      ...(change.ids === undefined ? {} : { id: change.ids.from }),
    };
    const users = change.users ?? first?.memberIds.slice(0, 1);
    const textResponse = await simulator.handle({
      method: change.method ?? method,
      path: path.replace(/\{(\w+)\}/g, (_hole, name: string) => String(ids[name])),
      headers: {
        authorization: `Bearer ${simulator.key}`,
        initiativeid: String(simulator.initiativeId),
        'content-type': 'application/json',
        ...change.headers,
      },
      body:
        method === 'GET' || method === 'DELETE'
          ? null
          : JSON.stringify(change.users === undefined ? bodyFor(operationId, users) : { users }),
    });
    if (textResponse.kind !== 'http') throw new Error(`The simulator answered with ${textResponse.kind}`);
    const body: unknown = JSON.parse(textResponse.body);
    expect({
      status: textResponse.status,
      differences: contract.differences(operationId, textResponse.status, body),
    }).toEqual({
      status: textResponse.status,
      differences: [],
    });
    return textResponse.status;
  };
  return { simulator, ask, from, to };
}

describe('the simulator and the contract', () => {
  it.each(contract.operations)('agree on every answer of $operationId', async (operation) => {
    const { simulator, ask, from } = accountFor(operation);
    const isRead = operation.method === 'GET';
    const seen = new Set<number>();
    const see = async (status: number, change?: Change, answer = ask): Promise<void> => {
      expect(await answer(change)).toBe(status);
      seen.add(status);
    };
    await see(200);
    await see(400, { headers: { initiativeid: '' } });
    await see(401, { headers: { authorization: 'Bearer wrong' } });
    await see(403, { headers: { initiativeid: '1' } });
    await see(405, { method: 'PATCH' });
    // A list has no id that could be wrong, but it may be elsewhere.
    if (operation.parameters.path.length > 0) await see(404, { ids: { from: 999_999, to: 999_998 } });
    else await see(404, {}, accountFor(operation, elsewhere(operation)).ask);
    if (operation.method !== 'GET' && operation.method !== 'DELETE') {
      await see(422, { users: [] });
      await see(422, { users: ['1685'] });
      if (operation.operationId.startsWith('move')) await see(422, { ids: { from, to: from } });
    }
    await see(429, {}, accountFor(operation, { rateLimit: { requests: 0, windowMs: 1_000 } }).ask);
    for (const code of isRead ? [500] : [409, 500]) {
      const fault = simulator.faults.add({ fault: { kind: 'status', code } });
      await see(code);
      fault.remove();
    }
    expect([...seen].map((status) => (status >= 500 ? '5XX' : String(status))).sort()).toEqual(
      [...operation.statuses].sort(),
    );
  });

  it.each(['moveByPut', 'moveByPost'])('agree on the documented answer of %s', async (operationId) => {
    const { simulator, ask, from, to } = accountFor(contract.operation(operationId), { count: 'zero' });
    expect(await ask()).toBe(200);
    expect(simulator.truth.writes()).toMatchObject([{ kind: 'move', from, to }]);
  });

  it('disagree about an answer that a fault spoils', async () => {
    const { simulator, ask } = accountFor(contract.operation('listSegments'));
    simulator.faults.add({ fault: { kind: 'successFalse' } });
    await expect(ask()).rejects.toThrow('/success');
  });
});
