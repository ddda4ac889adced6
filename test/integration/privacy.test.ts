import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { playBusyDay, type Typed } from '../support/busyDay';
import { createSite, type Site } from '../support/site';
import { documentedName, recordWrites, type StoredValue } from '../support/storedKeys';
import { tracesOf } from '../support/traces';

const ROOT = path.join(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const manifestSchema = z.object({
  app: z.object({
    storage: z.object({
      entities: z.array(z.object({ name: z.string(), attributes: z.record(z.string(), z.unknown()) })),
    }),
  }),
});
const { entities } = manifestSchema.parse(parse(read('manifest.yml'))).app.storage;

/** What stands in backquotes in a cell. */
const namesIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
/** The rows of a section's table: the names in their first cells, and those in their second. */
function documented(section: string): Map<string, string[]> {
  const [, rest = ''] = read('docs/privacy.md').split(`### ${section}\n`);
  const lines = (rest.split('\n#')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
  return new Map(
    lines.flatMap((line) => {
      const [, first = '', second = ''] = line.split('|');
      return namesIn(first).map((name) => [name, namesIn(second)] as const);
    }),
  );
}

let site: Site;
let typed: Typed[];
let written: readonly StoredValue[];
beforeAll(async () => {
  const spies = (['error', 'warn'] as const).map((level) => jest.spyOn(console, level).mockReturnValue());
  site = await createSite({ offline: true, queueSecondMs: 1, fresh: true });
  const writes = recordWrites(site);
  typed = await playBusyDay(site);
  written = writes();
  for (const spy of spies) spy.mockRestore();
});
afterAll(() => site.stop());

describe('docs/privacy.md', () => {
  it('has a row for each entity and each of its attributes, and none for what is gone', () => {
    const rows = documented('Entities');
    expect(Object.fromEntries([...rows].map(([name, attributes]) => [name, attributes.toSorted()]))).toEqual(
      Object.fromEntries(entities.map(({ name, attributes }) => [name, Object.keys(attributes).sort()])),
    );
  });

  it('has a row for each plain key of a busy day, and none for what is gone', () => {
    const keys = written.flatMap(({ entityName, key }) => (entityName === null ? [documentedName(key)] : []));
    expect([...documented('Keys').keys()].sort()).toEqual([...new Set(keys)].sort());
  });

  it('has a row for each secret', () => {
    expect([...documented('Secrets').keys()].sort()).toEqual([...site.platform.kvs.secretNames()].sort());
  });
});

describe('what is stored in a busy day', () => {
  it('is a row of every entity, so that nothing escapes this test', () => {
    const stored = new Set(written.map(({ entityName }) => entityName));
    expect(entities.map(({ name }) => name).filter((name) => !stored.has(name))).toEqual([]);
  });

  it('holds no name, no email, no text of a query and no secret', () => {
    const { members, key } = site.simulator;
    const people = [
      ...members.map(({ firstName, lastName, email }) => ({ name: `${firstName} ${lastName}`, email })),
      ...site.jira.people.map(({ displayName, email }) => ({ name: displayName, email })),
    ];
    const needles = [
      ...people.flatMap(({ email }) => (email === null ? [] : [{ name: `the address ${email}`, text: email }])),
      ...people.filter(({ name }) => name.includes(' ')).map(({ name }) => ({ name: `the name ${name}`, text: name })),
      ...typed.map(({ what, text }) => ({ name: what, text })),
      { name: 'the API key', text: key },
    ];
    const haystacks = written.map(({ entityName, ...row }) => ({
      place: entityName ?? documentedName(row.key),
      text: JSON.stringify(row),
    }));
    expect(written.length).toBeGreaterThan(200);
    expect([...new Set(tracesOf(needles, haystacks))]).toEqual([]);
  });
});
