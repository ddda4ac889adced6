import fc from 'fast-check';
import type { z } from 'zod';
import { MANAGE_ROUTES } from '../../../src/contract';
import { ROUTES } from '../../../src/adapters/shorterloop/routes';
import { listAnswer, segmentAnswer, segmentsAnswer, writeAnswer } from '../../../src/adapters/shorterloop/schemas';
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
  { at: /^\/message$/, of: /./, why: 'the vendor may word its messages as it likes: the client reads none' },
  {
    at: /^\/data(\/count)?$/,
    of: /^(?!list|segment)/,
    why: 'of a write only `success` is relied on: members are read back, whatever count says',
  },
];

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
            return schema.safeParse(value).success !== (isRight || tolerated.some((one) => one.at.test(at)));
          });
          // Once for all of them: thousands of expectations are what takes the time.
          expect(disagreed.map(({ at, how }) => `${at} ${how}`)).toEqual([]);
        }),
        tries(60),
      );
    },
  );

  it.each(TOLERANCES)('differ where $why', ({ at, of }) => {
    const answer = { success: true, message: 'Done', data: { count: 1 } };
    const wrong = spoiledOf(answer).filter(
      (one) => at.test(one.at) && contract.differences('moveByPut', 200, one.value).length > 0,
    );
    expect(of.test('moveByPut')).toBe(true);
    expect(wrong.length).toBeGreaterThan(0);
    for (const { value } of wrong) expect(writeAnswer.safeParse(value).success).toBe(true);
  });
});
