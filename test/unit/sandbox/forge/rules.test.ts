import { readFileSync } from 'node:fs';
import path from 'node:path';
import { AREAS } from '../../../../sandbox/forge/rules';
import { platformPage } from '../../../../sandbox/forge/rules/page';
import { READINGS, readingsOf } from '../../../../sandbox/forge/rules/readings';

const rules = AREAS.flatMap(({ prefix, rules: own }) =>
  Object.entries(own).map(([id, rule]) => ({ id: `${prefix}.${id}`, ...rule })),
);

test('docs/platform.md is what the rules print', () => {
  expect(readFileSync(path.join(__dirname, '../../../../docs/platform.md'), 'utf8')).toBe(platformPage());
});

test('a documented rule names a page of the Forge documentation', () => {
  const pages = rules.flatMap(({ mark }) => (mark.kind === 'documented' ? [mark.page] : []));
  expect(pages.length).toBeGreaterThan(50);
  for (const page of pages)
    expect(page).toMatch(/^https:\/\/developer\.atlassian\.com\/platform\/forge\/([a-z0-9_-]+\/)+$/);
});

test('a measured rule has its day, and an assumed one says why', () => {
  for (const { id, mark } of rules) {
    if (mark.kind === 'measured') expect([id, mark.date]).toEqual([id, '2026-10-09']);
    if (mark.kind === 'assumed') expect([id, mark.why]).toEqual([id, expect.stringMatching(/^[A-Z].{15,}\.$/)]);
  }
});

test('each reading belongs to one assumed rule, and none is without', () => {
  const read = rules.flatMap(({ mark }) => (mark.kind === 'assumed' && mark.reading !== null ? [mark.reading] : []));
  expect(read.sort()).toEqual(Object.keys(READINGS.a).sort());
});

test('the other side flips every reading', () => {
  const { a, b } = READINGS;
  const same = Object.entries(a).flatMap(([name, side]) =>
    Object.entries(b).some(([other, flipped]) => other === name && flipped === side) ? [name] : [],
  );
  expect(same).toEqual([]);
});

test('readings are named a or b, and a without a name', () => {
  expect([readingsOf(undefined), readingsOf('a'), readingsOf('b')]).toEqual([READINGS.a, READINGS.a, READINGS.b]);
  expect(() => readingsOf('c')).toThrow('FORGE_READINGS is a or b, not c');
});
