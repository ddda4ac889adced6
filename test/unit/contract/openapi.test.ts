import fc from 'fast-check';
import { createSimulator, type Simulator } from '../../../sandbox/shorterloop';
import { ROUTES } from '../../../src/shorterloop/routes';
import { listAnswer, segmentAnswer, segmentsAnswer, writeAnswer } from '../../../src/shorterloop/schemas';
import { readContract } from '../../contract/openapi';

const contract = readContract();

/** The client's routes, as the contract names them. */
const CLIENT = [
  { operationId: 'listSegments', ...ROUTES.read.listSegments },
  { operationId: 'segmentWithMembers', ...ROUTES.read.segmentWithMembers },
  { operationId: 'segmentsWithMembers', ...ROUTES.read.segmentsWithMembers },
  { operationId: 'moveByPut', ...ROUTES.move['put-segment-users'] },
  { operationId: 'moveByPost', ...ROUTES.move['post-manage-users'] },
  { operationId: 'removeByPut', ...ROUTES.remove['put-segment-users'] },
  { operationId: 'removeByPost', ...ROUTES.remove['post-manage-users'] },
  { operationId: 'add', ...ROUTES.add },
];

/** The client's schema for each answer. */
const SCHEMAS = {
  listSegments: listAnswer,
  segmentWithMembers: segmentAnswer,
  segmentsWithMembers: segmentsAnswer,
  moveByPut: writeAnswer,
  moveByPost: writeAnswer,
  removeByPut: writeAnswer,
  removeByPost: writeAnswer,
  add: writeAnswer,
} as const;
type Name = keyof typeof SCHEMAS;
const NAMES = Object.keys(SCHEMAS) as Name[];

/** A path with every parameter called the same. */
const bare = (path: string): string => path.replace(/\{\w+\}/g, '{}');

describe('the contract and the client', () => {
  it('name the same requests, and call the same ones documented', () => {
    const ofClient = CLIENT.map(({ operationId, method, template, documented }) => ({ operationId, method, path: bare(template), documented }));
    const ofContract = contract.operations.map(({ operationId, method, path, documented }) => ({ operationId, method, path: bare(path), documented }));
    const byId = (a: { operationId: string }, b: { operationId: string }): number => a.operationId.localeCompare(b.operationId);
    expect(ofContract.sort(byId)).toEqual(ofClient.sort(byId));
  });

  it.each(NAMES)('agree on every example of %s', (name) => {
    const { examples = [] } = contract.operations.find(({ operationId }) => operationId === name) ?? {};
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      expect(contract.differences(name, 200, example)).toEqual([]);
      expect(SCHEMAS[name].safeParse(example).success).toBe(true);
    }
  });

  it.each(NAMES)('agree on any answer of %s that is right, and on any that is broken in one place', (name) => {
    fc.assert(
      fc.property(answerOf(name), fc.nat(), fc.constantFrom('remove' as const, 'string' as const, 'null' as const), (answer, at, how) => {
        expect(contract.differences(name, 200, answer)).toEqual([]);
        expect(SCHEMAS[name].safeParse(answer).success).toBe(true);
        const broken = brokenAt(answer, at, how);
        const isRefused = contract.differences(name, 200, broken).length > 0;
        // The client takes more than the contract only where docs/shorter-loop-api.md says so: what a write answers beside `success`.
        if (isRefused && !isTolerated(name, broken)) expect(SCHEMAS[name].safeParse(broken).success).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('agree on what a write sends', () => {
    expect(contract.isRequest({ users: [1685, 1684] })).toBe(true);
    for (const body of [{}, { users: [] }, { users: ['1'] }, { users: [0] }, { users: [1, 1] }, { users: [1], all: true }]) expect(contract.isRequest(body)).toBe(false);
  });
});

describe('the contract and the simulator', () => {
  const ask = async (simulator: Simulator, method: string, path: string, body: unknown, headers: Record<string, string> = {}) => {
    const said = await simulator.handle({
      method,
      path,
      headers: { authorization: `Bearer ${simulator.key}`, initiativeid: String(simulator.initiativeId), 'content-type': 'application/json', ...headers },
      body: body === null ? null : JSON.stringify(body),
    });
    if (said.kind !== 'http') throw new Error(`The simulator answered with ${said.kind}`);
    const parsed: unknown = JSON.parse(said.body);
    return { status: said.status, body: parsed };
  };

  it.each(['put-segment-users', 'post-manage-users'] as const)('agree on every answer in the dialect %s', async (dialect) => {
    const simulator = createSimulator({ members: 30, segments: 4, dialect });
    const [first, second] = simulator.truth.snapshot().segments.filter(({ memberIds }) => memberIds.length > 0);
    const users = { users: first?.memberIds.slice(0, 1) };
    const own = contract.operations.filter(({ operationId }) => !operationId.endsWith(dialect === 'put-segment-users' ? 'ByPost' : 'ByPut'));
    expect(own).toHaveLength(6);
    for (const { operationId, method, path } of own) {
      const real = path.replace(/\{(id|from)\}/, String(first?.id)).replace('{to}', String(second?.id));
      const body = method === 'GET' ? null : users;
      const answers = [
        await ask(simulator, method, real, body),
        await ask(simulator, method, real, body, { authorization: 'Bearer wrong' }),
        await ask(simulator, method, real, body, { initiativeid: '1' }),
        ...(method === 'GET' ? [] : [await ask(simulator, method, real, { users: [] })]),
      ];
      expect(answers.map(({ status }) => status)).toEqual(method === 'GET' ? [200, 401, 403] : [200, 401, 403, 422]);
      for (const answer of answers) expect({ operationId, differences: contract.differences(operationId, answer.status, answer.body) }).toEqual({ operationId, differences: [] });
    }
    const unknown = await ask(simulator, 'GET', '/api/v2/segments/999999/segment-users', null);
    expect([unknown.status, contract.differences('segmentWithMembers', unknown.status, unknown.body)]).toEqual([404, []]);
  });
});

describe('the contract', () => {
  it('says where an answer differs, and never what stands there', () => {
    const answer = { success: true, data: [{ id: '19', name: 'Beta testers', users: [{ email: 'ada@company.example' }] }] };
    const differences = contract.differences('segmentsWithMembers', 200, answer);
    expect(differences.map(({ at }) => at).sort()).toEqual(['/data/0/id', '/data/0/users/0']);
    expect(JSON.stringify(differences)).not.toContain('ada@');
    expect(() => contract.differences('unknown', 200, {})).toThrow('no operation unknown');
  });

  it('has references that lead somewhere', () => {
    const text = JSON.stringify(contract.document);
    for (const [, pointer = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = pointer.split('/').reduce<unknown>((value, name) => (typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined), { ...contract.document });
      // Parameters are not read by this project; every schema, response and body is.
      if (!pointer.startsWith('components/parameters')) expect({ pointer, found }).not.toEqual({ pointer, found: undefined });
    }
  });
});

function answerOf(name: Name): fc.Arbitrary<object> {
  const id = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
  const text = fc.option(fc.string());
  const member = fc.record({ id, email: text, name: text, firstName: text, lastName: text }, { requiredKeys: ['id'] });
  const segment = fc.record({ id, name: fc.string() });
  const filled = fc.record({ id, name: fc.string(), users: fc.array(member, { maxLength: 3 }) });
  const envelope = <T>(data: fc.Arbitrary<T>): fc.Arbitrary<object> => fc.record({ success: fc.constant(true), message: fc.string(), data }, { requiredKeys: ['success', 'data'] });
  switch (name) {
    case 'listSegments':
      return envelope(fc.array(segment, { maxLength: 3 }));
    case 'segmentsWithMembers':
      return envelope(fc.array(filled, { maxLength: 3 }));
    case 'segmentWithMembers':
      return envelope(filled);
    default:
      return fc.record({ success: fc.boolean(), message: fc.string(), data: fc.record({ count: fc.nat() }) }, { requiredKeys: ['success'] });
  }
}

/** The value with one of its places taken out, or replaced by a string or null. */
function brokenAt(value: object, at: number, how: 'remove' | 'string' | 'null'): unknown {
  const copy: object = structuredClone(value);
  const places: (() => void)[] = [];
  const walk = (node: object): void => {
    for (const key of Object.keys(node)) {
      places.push(() => {
        if (how === 'remove') Reflect.deleteProperty(node, key);
        else Reflect.set(node, key, how === 'string' ? 'x' : null);
      });
      const child: unknown = Reflect.get(node, key);
      if (typeof child === 'object' && child !== null) walk(child);
    }
  };
  walk(copy);
  places[at % places.length]?.();
  return copy;
}

function isTolerated(name: Name, broken: unknown): boolean {
  const isWrite = !['listSegments', 'segmentWithMembers', 'segmentsWithMembers'].includes(name);
  const success: unknown = typeof broken === 'object' && broken !== null ? Reflect.get(broken, 'success') : undefined;
  // `message` is never read, and of a write nothing but `success` is relied on.
  return isWrite ? typeof success === 'boolean' : messageIsAllThatIsWrong(broken);
}

function messageIsAllThatIsWrong(broken: unknown): boolean {
  return typeof broken === 'object' && broken !== null && typeof Reflect.get(broken, 'message') !== 'string' && Reflect.has(broken, 'message');
}
