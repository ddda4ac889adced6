import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const ROOT = path.join(__dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

const manifestSchema = z.object({ app: z.object({ runtime: z.object({ name: z.string().regex(/^nodejs\d+\.x$/) }) }) });
const packagesSchema = z.object({ optionalDependencies: z.record(z.string(), z.string()) });
const majorOfRuntime = (): string =>
  manifestSchema.parse(parse(read('manifest.yml'))).app.runtime.name.replace(/\D/g, '');

it('.nvmrc names the major version of Node on which the functions run', () => {
  expect(read('.nvmrc').trim()).toBe(majorOfRuntime());
});

it('the packages that tests run on hold that major version', () => {
  const { optionalDependencies } = packagesSchema.parse(JSON.parse(read('test/runtime/package.json')));
  const majors = Object.values(optionalDependencies).map((version) => version.split('.')[0]);
  expect(new Set(majors)).toEqual(new Set([majorOfRuntime()]));
});
