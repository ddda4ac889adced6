import fc from '../../../support/chance';
import { createPieceReader, type Pieces } from '../../../../src/adapters/shorterloop/pieces';

/** Reads a text that arrives in parts of so many bytes. */
function readIn(text: string, size: number): Pieces {
  const reader = createPieceReader(3, (element) => element);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
  return reader.end();
}

/** Puts the elements back where the answer has its pairs. */
function whole({ json, kept }: Pieces): unknown {
  const users = (json as { data: { users: unknown[] } }).data.users.flatMap((one) => {
    if (!Array.isArray(one)) return [one];
    const [first, count] = one as [number, number];
    return kept.slice(first, first + count);
  });
  return { ...(json as object), data: { ...(json as { data: object }).data, users } };
}

const element = fc.oneof(
  fc.dictionary(fc.string(), fc.jsonValue()),
  fc.record({ id: fc.integer(), name: fc.string({ unit: 'grapheme' }) }),
);

it('comes to what the whole answer says, wherever it is cut', () => {
  const answer = fc.record({
    success: fc.boolean(),
    data: fc.record({
      users: fc.array(fc.oneof({ weight: 8, arbitrary: element }, fc.constantFrom(null, 7, 'text'))),
      owner: fc.jsonValue(),
      name: fc.string(),
    }),
    more: fc.jsonValue(),
  });
  fc.assert(
    fc.property(answer, fc.integer({ min: 1, max: 40 }), fc.constantFrom(undefined, 1, '\t'), (one, size, indent) => {
      // Lists elsewhere at the same level are taken apart as well: they are put back here by asking for no others.
      fc.pre(!hasThirdLevelList(one.more) && !hasObjects(one.data.owner));
      expect(whole(readIn(JSON.stringify(one, null, indent), size))).toEqual(JSON.parse(JSON.stringify(one)));
    }),
    { numRuns: 500 },
  );
});

it('takes apart lists of objects at the third level alone, one row of elements for one pair', () => {
  const { json, kept } = readIn(
    '{"a":[{"x":1}],"data":{"users":[{"id":1}, {"id":2} ,null,{"id":3}],"other":[{"id":4}]},"b":{"c":{"d":[{"y":1}]}}}',
    7,
  );
  expect(json).toEqual({
    a: [{ x: 1 }],
    data: { users: [[0, 2], null, [2, 1]], other: [[3, 1]] },
    b: { c: { d: [{ y: 1 }] } },
  });
  expect(kept).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }]);
});

it('is not led astray by braces, quotes and backslashes in texts', () => {
  const users = [
    { name: '}],{"', id: 1 },
    { name: '\\', id: 2 },
    { name: '"\\"', id: 3 },
    { name: 'é世界🙂', id: 4 },
  ];
  for (let size = 1; size < 20; size += 1)
    expect(readIn(JSON.stringify({ data: { users } }), size).kept).toEqual(users);
});

it.each([
  '',
  '{',
  '{"data":{"users":[{"id":1}',
  '{"data":{"users":[{"id":1},{"i',
  '{"data":{"users":[{"id":1} {"id":2}]}}',
  '{"data":{"users":[{id:1}]}}',
  '{"data":{"users":[{"id":1},]}}',
  '[]]',
  'null null',
])('refuses %j', (text) => {
  expect(() => readIn(text, 5)).toThrow(SyntaxError);
});

function hasThirdLevelList(value: unknown): boolean {
  return isObject(value) && Object.values(value).some(hasObjects);
}

function hasObjects(value: unknown): boolean {
  return Array.isArray(value) && value.some(isObject);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
