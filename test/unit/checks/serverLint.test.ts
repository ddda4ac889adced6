import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { SERVER_RULES, serverFindings } from '../../checks/serverLint';

const text = readFileSync(path.join(__dirname, '../../../manifest.yml'), 'utf8');

/** Our manifest with one piece of its text replaced by another. */
function changed(piece: string, by: string): unknown {
  expect(text).toContain(piece);
  return parse(text.replace(piece, by));
}

const ENTITIES = '    entities:\n';
const entity = (name: string, rest = ''): string =>
  `      - name: ${name}\n        attributes:\n          one: { type: string }\n          other: { type: any }\n${rest}`;
const withEntity = (name: string, rest?: string): unknown => changed(ENTITIES, ENTITIES + entity(name, rest));
const withIndex = (index: string): unknown => withEntity('example', `        indexes:\n          - ${index}\n`);
const many = (count: number, make: (nth: number) => string): string =>
  Array.from({ length: count }, (_none, nth) => make(nth)).join('');
const TRIGGERS = '  scheduledTrigger:\n';
const withTriggers = (count: number, interval: string): unknown =>
  changed(
    TRIGGERS,
    TRIGGERS +
      many(count, (nth) => `    - key: extra-${String(nth)}\n      function: tick-fn\n      interval: ${interval}\n`),
  );
const withEgress = (address: string): unknown => changed("address: '*.shorterloop.com'", `address: '${address}'`);

/** Manifests that break one rule each: the rule, what is wrong, the manifest, and what the finding says. */
const BREAKING: readonly (readonly [string, string, () => unknown, RegExp])[] = [
  [
    'runtime',
    'the old sandbox',
    () => changed('name: nodejs24.x', 'name: sandbox'),
    /runtime sandbox is refused.*nodejs24/,
  ],
  ['runtime', 'Node 18', () => changed('name: nodejs24.x', 'name: nodejs18.x'), /nodejs18.x is refused/],
  ['runtime', 'Node 20', () => changed('name: nodejs24.x', 'name: nodejs20.x'), /nodejs20.x is refused/],
  [
    'entity count',
    '21 entities',
    () => changed(ENTITIES, ENTITIES + many(21, (nth) => entity(`entity-${String(nth)}`))),
    /at most 20/,
  ],
  ['entity name', 'too short', () => withEntity('ab'), /Entity ab has a name of 2 characters: take 3 to 60/],
  ['entity name', 'too long', () => withEntity('e'.repeat(61)), /61 characters/],
  ['entity name', 'a capital', () => withEntity('Example'), /Example has a character/],
  ['entity name', 'twice', () => withEntity('link'), /link is declared twice/],
  [
    'attribute count',
    '51 attributes',
    () =>
      changed(
        ENTITIES,
        `${ENTITIES}      - name: wide\n        attributes:\n${many(51, (nth) => `          a${String(nth)}: { type: string }\n`)}`,
      ),
    /51 attributes, at most 50/,
  ],
  [
    'attribute name',
    'too long',
    () => changed('emailKey: { type', `${'a'.repeat(31)}: { type: string }\n          emailKey: { type`),
    /31 characters: take at most 30/,
  ],
  [
    'attribute name',
    'a dash',
    () => changed('emailKey: { type', 'email-key: { type: string }\n          emailKey: { type'),
    /email-key.*letters, digits and _/,
  ],
  [
    'reserved word',
    'in',
    () => changed('segmentIds: { type: any }', 'in: { type: any }'),
    /Attribute in of entity member may be a reserved word/,
  ],
  ['reserved word', "Forge's own index", () => withIndex('{ name: by-key, range: [one] }'), /by-key.*another name/],
  [
    'attribute type',
    'unknown',
    () => changed('segmentIds: { type: any }', 'segmentIds: { type: list }'),
    /unknown type list/,
  ],
  [
    'attribute type',
    'milliseconds in 32 bits',
    () => changed('intendedAtMs: { type: float }', 'intendedAtMs: { type: integer }'),
    /intendedAtMs of entity ledger.*declare a float/,
  ],
  [
    'index count',
    'eight indexes',
    () =>
      changed(
        '          - name: by-target\n',
        '          - name: by-entry point\n            range: [entry point]\n          - name: by-target\n',
      ),
    /ledger has 8 indexes, at most 7/,
  ],
  [
    'index name',
    'two characters',
    () => withIndex('{ name: ab, range: [one] }'),
    /Index ab of entity example has a name of 2 characters: take 3 to 50/,
  ],
  ['index name', '51 characters', () => withIndex(`{ name: ${'i'.repeat(51)}, range: [one] }`), /51 characters/],
  ['index name', 'a blank', () => withIndex('{ name: by one, range: [one] }'), /by one.*has a character/],
  [
    'range attribute',
    'none',
    () => withIndex('{ name: by-one, partition: [one] }'),
    /0 range attributes: name exactly one/,
  ],
  ['range attribute', 'two', () => withIndex('{ name: by-one, range: [one, one] }'), /2 range attributes/],
  ['indexed attribute', 'undeclared', () => withIndex('missing'), /names missing, which the entity does not have/],
  ['indexed attribute', 'any', () => withIndex('other'), /other, which is of type any/],
  [
    'trigger count',
    'two of five minutes',
    () => withTriggers(1, 'fiveMinute'),
    /2 scheduled triggers of fiveMinute, one is taken/,
  ],
  ['trigger count', 'six', () => withTriggers(5, 'hour'), /6 scheduled triggers, at most 5/],
  [
    'urlFormat',
    'unknown',
    () => changed('      urlFormat: v2\n', '      urlFormat: v9\n'),
    /unknown urlFormat: take v2/,
  ],
  ['egress address', 'a variable', () => withEgress('${HOST}'), /has a variable in it/],
  [
    'egress address',
    'a wildcard with a protocol',
    () => withEgress('https://*.shorterloop.com'),
    /none of the documented forms/,
  ],
];

test('our manifest breaks no rule of the server', () => {
  expect(serverFindings(parse(text))).toEqual([]);
});

test.each(BREAKING)('%s: %s is refused, with cause and mend', (rule, _what, manifest, textResponse) => {
  const evidence = SERVER_RULES.find(({ name }) => name === rule)?.evidence ?? 'no such rule';
  const own = serverFindings(manifest()).filter((finding) => finding.includes(evidence));
  expect(own.some((finding) => textResponse.test(finding))).toBe(true);
});

test('every rule has a manifest that breaks it, and says what it is known from', () => {
  expect(SERVER_RULES.map(({ name }) => name).filter((name) => !BREAKING.some(([rule]) => rule === name))).toEqual([]);
  for (const { evidence } of SERVER_RULES)
    expect(evidence).toMatch(/documented: https:|measured \d{4}-\d\d-\d\d|assumed/);
});

test('what is no manifest is told as such', () => {
  expect(serverFindings('text')).toEqual([expect.stringContaining("can't be read")]);
});
