import { z } from 'zod';
import type { InputReason } from '../../../../src/contract';
import { parseInput } from '../../../../src/usecases/result';

const schema = z.object({
  name: z.string().trim().min(1).max(3),
  query: z.string().min(2),
  form: z.string().regex(/^a/),
  count: z.int().positive().max(9),
  below: z.number().lt(5),
  acts: z.array(z.string()).min(1).max(2),
  act: z.enum(['move', 'remove']),
  both: z.union([z.literal('a'), z.number()]),
});
const GOOD = { name: 'a', query: 'ab', form: 'a', count: 1, below: 1, acts: ['a'], act: 'move', both: 'a' };

const BAD: readonly (readonly [string, object, InputReason])[] = [
  ['name', { name: undefined }, { code: 'missing' }],
  ['name', { name: null }, { code: 'missing' }],
  ['name', { name: ' ' }, { code: 'missing' }],
  ['name', { name: 7 }, { code: 'wrongForm' }],
  ['name', { name: 'abcd' }, { code: 'tooLong', most: 3 }],
  ['query', { query: 'a' }, { code: 'tooShort', least: 2 }],
  ['form', { form: 'b' }, { code: 'wrongForm' }],
  ['count', { count: 1.5 }, { code: 'notWhole' }],
  ['count', { count: 0 }, { code: 'tooSmall', least: 1 }],
  ['count', { count: 10 }, { code: 'tooLarge', most: 9 }],
  ['below', { below: 5 }, { code: 'tooLarge', most: 4 }],
  ['acts', { acts: [] }, { code: 'tooFew', least: 1 }],
  ['acts', { acts: ['a', 'b', 'c'] }, { code: 'tooMany', most: 2 }],
  ['acts.0', { acts: [1] }, { code: 'wrongForm' }],
  ['act', { act: 'bulk' }, { code: 'notOffered' }],
  ['both', { both: true }, { code: 'wrongForm' }],
];

test.each(BAD)('the field %s of %j is refused with its reason', (field, changed, reason) => {
  expect(parseInput(schema, { ...GOOD, ...changed })).toEqual({
    kind: 'problem',
    problem: { code: 'invalidInput', field, reason },
  });
});

test('a payload that is no object is refused as a whole', () => {
  expect(parseInput(schema, undefined)).toEqual({
    kind: 'problem',
    problem: { code: 'invalidInput', field: '', reason: { code: 'missing' } },
  });
});

test('what is right comes out as the schema makes it', () => {
  expect(parseInput(schema, { ...GOOD, name: ' a ' })).toEqual({ kind: 'ok', value: GOOD });
});
