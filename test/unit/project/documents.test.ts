import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const ROOT = path.join(__dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const firstColumn = (markdown: string): string[] =>
  [...markdown.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );
const packageSchema = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});
const manifestSchema = z.object({
  permissions: z.object({
    scopes: z.record(z.string(), z.object({ allowImpersonation: z.boolean().default(false) })),
    external: z.object({ fetch: z.object({ backend: z.array(z.object({ address: z.string() })) }) }),
  }),
});

describe('docs/dependencies.md', () => {
  const packages = ['package.json', 'static/package.json'].map((file) => packageSchema.parse(JSON.parse(read(file))));
  const all = packages.flatMap(({ dependencies, devDependencies }) =>
    Object.entries({ ...dependencies, ...devDependencies }),
  );

  it('has a line for every dependency, and none for what is gone', () => {
    expect(firstColumn(read('docs/dependencies.md')).sort()).toEqual(all.map(([name]) => name).sort());
  });

  it.each(all)('is about the one version of %s that is installed', (_name, version) => {
    // A package under another name says which one it is.
    expect(version).toMatch(/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+$/);
  });
});

describe('docs/permissions.md', () => {
  it('has a line for every scope and host of manifest.yml, and none for what is not asked for', () => {
    const { scopes, external } = manifestSchema.parse(parse(read('manifest.yml'))).permissions;
    const text = read('docs/permissions.md');
    expect(firstColumn(text).sort()).toEqual(Object.keys(scopes).sort());
    const hosts = external.fetch.backend.map(({ address }) => address);
    expect([...text.matchAll(/^\| egress to `(.*?)`/gm)].map(([, host]) => host)).toEqual(hosts);
  });
});
