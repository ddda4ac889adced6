import type { Match } from '../../../../src/contract';
import { readOutputs } from '../../../../src/features/automation/readOutputs';

const segments = (count: number, name: string) =>
  Array.from({ length: count }, (_none, nth) => ({ id: nth + 1, name: `${String(nth)} ${name}` }));
const inAll = (list: readonly { readonly id: number }[]): Match => ({
  state: 'linked',
  member: { id: 7, name: 'Ada', segmentIds: list.map(({ id }) => id) },
  link: { how: 'manual', byAccountId: null, atMs: 0 },
});

test('a rule is told the names as they are', () => {
  const list = segments(3, 'Gold');
  expect(readOutputs(inAll(list.slice(1)), list)).toMatchObject({
    segmentNames: '1 Gold, 2 Gold',
    segmentIds: '2,3',
    count: 2,
  });
});

test('a rule is told of ten thousand segments with the longest names in an answer that Forge passes on', () => {
  const list = segments(10_000, '\u{1f3af}'.repeat(250));
  const outputs = readOutputs(inAll(list), list);
  expect(outputs.count).toBe(10_000);
  expect(new Set(outputs.segmentNames.split(', ')).size).toBe(10_000);
  expect(Buffer.byteLength(JSON.stringify(outputs))).toBeLessThan(2_500_000);
});
