import fc from '../../../support/chance';
import { z } from 'zod';
import { DEFAULT_PROFILE, WRITE_VERBS } from '../../../../src/contract';
import { DIALECTS, profileOf } from '../../../../sandbox/shorterloop';
import { tries } from '../../../support/tries';
import { clientWith, json } from './support';

const MOVE_URL =
  /^https:\/\/api\.shorterloop\.com\/api\/v2\/segments\/([1-9]\d*)\/(segment-users|manage-users)\/([1-9]\d*)$/;
const REMOVE_URL = /^https:\/\/api\.shorterloop\.com\/api\/v2\/segments\/([1-9]\d*)\/(segment-users|manage-users)$/;

/** What may come in place of an id when something upstream of the client is wrong. */
const hostileId = fc.oneof(
  fc.integer({ min: -3, max: 40 }),
  fc.double(),
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    0,
    -0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 53,
    1.5,
    '15',
    '15/..',
    '../15',
    '15?',
    '15#',
    ' ',
    '%2e%2e',
    [],
    [15],
    {},
    true,
  ),
  fc.constant({ valueOf: () => 15, toString: () => '15' }),
  fc.constant({ toString: () => '' }),
  fc.anything(),
);
const hostileUsers = fc.oneof(fc.array(hostileId), hostileId);
const dialect = fc.constantFrom(...DIALECTS);
const ok = () => json({ success: true, data: { count: 1 } });

async function call(
  method: 'move' | 'remove',
  input: unknown,
  moveDialect: (typeof DIALECTS)[number],
  removeDialect: (typeof DIALECTS)[number],
) {
  const { client, sent } = clientWith([ok()], { connection: { profile: profileOf({ moveDialect, removeDialect }) } });
  await Promise.resolve(Reflect.apply(client[method], undefined, [input])).catch((error: unknown) => {
    // Whoever passes something else than checked ids is told, before anything is sent.
    expect(error).toBeInstanceOf(TypeError);
    expect(sent).toEqual([]);
  });
  return sent;
}

describe('whatever is passed in', () => {
  it('a move never reaches the removal, and only ever makes the one request that it means', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ from: hostileId, to: hostileId, users: hostileUsers }, { requiredKeys: [] }),
        dialect,
        dialect,
        async (input, moves, removes) => {
          for (const { url, method, body } of await call('move', input, moves, removes)) {
            expect(url).not.toMatch(REMOVE_URL);
            expect(url).toMatch(MOVE_URL);
            const [, from, route, to] = MOVE_URL.exec(url) ?? [];
            expect([input.from, input.to]).toEqual([Number(from), Number(to)]);
            expect(from).not.toBe(to);
            expect(`${method} ${route ?? ''}`).toBe(
              moves === 'put-segment-users' ? 'PUT segment-users' : 'POST manage-users',
            );
            expectUsers(body, input.users);
          }
        },
      ),
      tries(2_000),
    );
  });

  it('a removal never reaches a move', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ from: hostileId, users: hostileUsers }, { requiredKeys: [] }),
        dialect,
        dialect,
        async (input, moves, removes) => {
          for (const { url, method, body } of await call('remove', input, moves, removes)) {
            expect(url).toMatch(REMOVE_URL);
            const [, from, route] = REMOVE_URL.exec(url) ?? [];
            expect(input.from).toBe(Number(from));
            expect(`${method} ${route ?? ''}`).toBe(
              removes === 'put-segment-users' ? 'PUT segment-users' : 'POST manage-users',
            );
            expectUsers(body, input.users);
          }
        },
      ),
      tries(1_000),
    );
  });

  it('valid ids always make the request', async () => {
    const id = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
    await fc.assert(
      fc.asyncProperty(id, id, fc.array(id, { minLength: 1 }), dialect, async (from, to, users, moves) => {
        fc.pre(from !== to);
        expect(await call('move', { from, to, users }, moves, 'post-manage-users')).toHaveLength(1);
      }),
      tries(100),
    );
  });
});

/** Paths as somebody may enter them, right or not, of few parts so that they meet often. */
const part = fc.constantFrom(
  's',
  'S',
  'u',
  '7',
  'u7',
  '{from}',
  '{to}',
  '{id}',
  'u{to}',
  '{from}u',
  '{to}{from}',
  '..',
  '',
);
const enteredPath = fc
  .tuple(fc.array(part, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '/', '?x=1', '/?to=7', '#', '?to={to}'))
  .map(([parts, end]) => `/${parts.join('/')}${end}`);
const enteredForm = fc.record({
  verb: fc.constantFrom(...WRITE_VERBS),
  path: fc.oneof(enteredPath, fc.constantFrom('/s/{from}/u/{to}', '/s/{from}/u', '/s/{to}/u', '/s/u/{from}')),
  users: fc.constant('users'),
});

/** A request as a server may take it: without case, query and the slash at its end. */
function taken({ url }: { readonly url: string }): string {
  return new URL(url).pathname.toLowerCase().replace(/\/$/, '');
}

it('whatever forms are entered, a move is never a removal, and nothing is another call', async () => {
  const id = fc.integer({ min: 1, max: 12 });
  const forms = fc.record({ move: enteredForm, remove: enteredForm, add: enteredForm });
  await fc.assert(
    fc.asyncProperty(forms, id, id, id, async (writes, from, to, other) => {
      fc.pre(from !== to);
      const profile = { ...DEFAULT_PROFILE, writes };
      const [move, remove, add] = [ok(), ok(), ok()].map((answer) => clientWith([answer], { connection: { profile } }));
      // A form without a target is refused before anything else is looked at.
      await move?.client
        .move({ from, to, users: [1] })
        .catch((error: unknown) => expect(error).toBeInstanceOf(TypeError));
      await remove?.client.remove({ from: other, users: [1] });
      await add?.client.add({ to: other, users: [1] });
      const [moved] = move?.sent ?? [];
      const [removed] = remove?.sent ?? [];
      const [added] = add?.sent ?? [];
      if (moved === undefined || removed === undefined || added === undefined) return;
      expect(taken(moved)).not.toBe(taken(removed));
      expect(`${added.method} ${taken(added)}`).not.toBe(`${removed.method} ${taken(removed)}`);
      expect(`${added.method} ${taken(added)}`).not.toBe(`${moved.method} ${taken(moved)}`);
      // Both ends stand in it, each for itself.
      expect(taken(moved)).toMatch(new RegExp(String.raw`(?:^|\D)${String(from)}(?:\D|$)`));
      expect(taken(moved)).toMatch(new RegExp(String.raw`(?:^|\D)${String(to)}(?:\D|$)`));
    }),
    tries(3_000),
  );
});

function expectUsers(body: string | null, asked: unknown): void {
  const parsed = z.strictObject({ users: z.array(z.number()) }).parse(JSON.parse(body ?? ''));
  const { users } = parsed;
  expect(users.length).toBeGreaterThan(0);
  expect(new Set(users).size).toBe(users.length);
  expect(users.every((id) => Number.isSafeInteger(id) && id > 0)).toBe(true);
  expect(asked).toEqual(expect.arrayContaining(users));
}
