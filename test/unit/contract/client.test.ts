import fc from 'fast-check';
import { z } from 'zod';
import { DEFAULT_PROFILE, MANAGE_ROUTES, READ_CALLS, type ReadCall } from '../../../src/contract';
import { MANAGE_FORMS } from '../../../src/adapters/shorterloop';
import { readOneSegment, readSegmentRecords } from '../../../src/domain/profile';
import { profileOf } from '../../../sandbox/shorterloop';
import { spoiledOf } from '../../contract/spoiled';
import { readContract } from '../../contract/openapi';
import { arbitraryOf } from '../../contract/schema';
import { tries } from '../../support/tries';

const contract = readContract();
const { operations, document } = contract;

/** What the contract calls each of the client's routes, and what the client reads its answer with. */
const NAMES: Readonly<Record<string, { readonly operationId: string; readonly schema: z.ZodType }>> = {
  'read listSegments': { operationId: 'listSegments', schema: listAnswer },
  'read segmentWithMembers': { operationId: 'segmentWithMembers', schema: segmentAnswer },
  'read segmentsWithMembers': { operationId: 'segmentsWithMembers', schema: segmentsAnswer },
  'move put-segment-users': { operationId: 'moveByPut', schema: writeAnswer },
  'move post-manage-users': { operationId: 'moveByPost', schema: writeAnswer },
  'remove put-segment-users': { operationId: 'removeByPut', schema: writeAnswer },
  'remove post-manage-users': { operationId: 'removeByPost', schema: writeAnswer },
  add: { operationId: 'add', schema: writeAnswer },
  ...Object.fromEntries(MANAGE_ROUTES.map((route) => [`manage ${route}`, { operationId: route, schema: writeAnswer }])),
};

/** Where the client takes more than the contract, and why. Every other difference is a mistake of one of them. */
const TOLERANCES = [
  {
    at: /\/users\/\d+\/(email|name|firstName|lastName)$/,
    of: /^segment/,
    why: 'a text that decides nothing is taken for none',
  },
  { at: /^\/message$/, of: /./, why: 'the vendor may word its messages as it likes: the client reads none' },
  {
    at: /^\/data(\/count)?$/,
    of: /^(?!list|segment)/,
    why: 'of a write only `success` is relied on: members are read back, whatever count says',
  },
];

const readSchema = z.object({
  leftOut: z.number(),
  read: z.union([z.array(z.looseObject({})), z.looseObject({})]),
});

/**
 * Whether the client takes an answer as a whole. Of a read it leaves out odd records and goes on with the others: the
 * contract calls such an answer wrong, and so does this.
 */
function isTakenWhole(schema: z.ZodType, answer: unknown): boolean {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) return false;
  const found = readSchema.safeParse(parsed.data);
  if (!found.success) return true;
  const { leftOut, read } = found.data;
  const records: readonly object[] = Array.isArray(read) ? read : [read];
  return leftOut === 0 && records.every((record) => !('unreadable' in record));
}

/** The client's routes, found wherever the table holds one, so that none is left out here. */
function routesOf(node: object, name: string): { name: string; method: unknown; path: string; documented: unknown }[] {
  if ('template' in node && 'method' in node && 'documented' in node)
    return [{ name, method: node.method, path: toSegmentRef(String(node.template)), documented: node.documented }];
  return Object.entries(node).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null ? routesOf(inner, `${name} ${key}`.trim()) : [],
  );
}

/** A path with every parameter called the same: OpenAPI has one name for the ids of one path. */
function toSegmentRef(path: string): string {
  return path.replace(/\{\w+\}/g, '{}');
}

describe('the client and the contract', () => {
  it('name the same methods and paths, and call the same ones documented', () => {
    const ofClient = routesOf(ROUTES, '').map(({ name, ...route }) => ({
      operationId: NAMES[name]?.operationId ?? `no operation for the client's ${name}`,
      ...route,
    }));
    const ofContract = operations.map(({ operationId, method, path, documented }) => ({
      operationId,
      method,
      path: toSegmentRef(path),
      documented,
    }));
    const byId = (a: { operationId: string }, b: { operationId: string }): number =>
      a.operationId.localeCompare(b.operationId);
    expect(ofContract.sort(byId)).toEqual(ofClient.sort(byId));
  });

  const schemas = Object.values(NAMES);

  it.each(schemas)('agree on every example of $operationId', ({ operationId, schema }) => {
    const { examples } = contract.operation(operationId);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(schema.safeParse(example).error).toBeUndefined();
  });

  it.each(schemas)(
    'agree on what is right and what is wrong in an answer of $operationId',
    ({ operationId, schema }) => {
      const tolerated = TOLERANCES.filter(({ of }) => of.test(operationId));
      fc.assert(
        fc.property(arbitraryOf(contract.operation(operationId).answer, document.components.schemas), (answer) => {
          expect(schema.safeParse(answer).error).toBeUndefined();
          const disagreed = spoiledOf(answer).filter(({ at, value }) => {
            const isRight = contract.differences(operationId, 200, value).length === 0;
            return isTakenWhole(schema, value) !== (isRight || tolerated.some((one) => one.at.test(at)));
          });
          // Once for all of them: thousands of expectations are what takes the time.
          expect(disagreed.map(({ at, how }) => `${at} ${how}`)).toEqual([]);
        }),
        tries(60),
      );
    },
  );

  it.each(TOLERANCES)('differ where $why', ({ at, of }) => {
    const segment = {
      id: 1,
      name: 'Beta',
      users: [{ id: 2, email: 'a@b.example', name: 'A', firstName: 'A', lastName: 'B' }],
    };
    const [operationId, schema, answer] = of.test('segmentWithMembers')
      ? (['segmentWithMembers', segmentAnswer, { success: true, message: 'Done', data: segment }] as const)
      : (['moveByPut', writeAnswer, { success: true, message: 'Done', data: { count: 1 } }] as const);
    const wrong = spoiledOf(answer).filter(
      (one) => at.test(one.at) && contract.differences(operationId, 200, one.value).length > 0,
    );
    expect(of.test(operationId)).toBe(true);
    expect(wrong.length).toBeGreaterThan(0);
    for (const { value } of wrong) expect(isTakenWhole(schema, value)).toBe(true);
  });
});
