import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const ROOT = path.join(__dirname, '../../..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && !/\.(png|svg)$/.test(file) && existsSync(path.join(ROOT, file)));

// Each word is put together here, so that this file does not hold it.
const FORBIDDEN = [
  ['a package registry', new RegExp(['"resol', 'ved": "http|regis', 'try\\.npm'].join(''))],
  ['a path of one machine', new RegExp(['/wo', 'rk/|/ro', 'ot/|/home/[a-z]'].join(''))],
  ['unfinished work', new RegExp(`\\b(${['TO', 'FIX'].join('DO|')}ME)\\b`)],
  [
    'a switched-off check',
    new RegExp(['(es|ox)lint-dis', 'able|@ts-(ig', 'nore|expect-', 'error)|istanbul ig', 'nore'].join('')),
  ],
  ['an untyped value', new RegExp([':\\s', 'any\\b(?!\\w)[;,)\\]=]|\\bas\\s', 'any\\b'].join(''))],
] as const;

/** This file, which holds what it looks for. */
const OWN = path.relative(ROOT, __filename);

describe('the files of the project', () => {
  it('are found', () => {
    expect(files).toContain('manifest.yml');
    expect(files.length).toBeGreaterThan(100);
  });

  it.each(FORBIDDEN)('hold no sign of %s', (_what, pattern) => {
    const holders = files.filter(
      (file) => !file.endsWith('.md') && pattern.test(readFileSync(path.join(ROOT, file), 'utf8')),
    );
    expect(holders).toEqual([]);
  });
});

describe('the limits of time', () => {
  const own = /(jest|test)\.setTimeout\(|^( {2})?\}, [\d_]+\);|^.*\btimeout: [\d_]+/m;
  const textOf = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

  it('are those of the two runners: a test of its own limit fails where a machine is slow', () => {
    const tests = files.filter((file) => /^test\/.+\.(test|spec)\.ts$/.test(file) && file !== OWN);
    expect(tests.filter((file) => own.test(textOf(file)))).toEqual([]);
    expect(tests.length).toBeGreaterThan(300);
  });

  it.each([
    ['of a file of Jest', 'jest.set' + 'Timeout(30_000);'],
    ['of a test of Jest', 'test("a", () => {\n}, 1_000);'],
    ['of a test of the browser', '  test.set' + 'Timeout(9);'],
    ['of one look', 'await expect(one).toBeVisible({ timeout: 1_500 });'],
  ])('are found where they are those %s', (_whose, source) => {
    expect(source).toMatch(own);
  });
});

describe('an installation', () => {
  const lockSchema = z.object({
    packages: z.record(z.string(), z.object({ hasInstallScript: z.boolean().optional() })),
  });
  const text = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

  it('runs no script of a package, whoever installs', () => {
    expect(text('.npmrc').split('\n')).toContain('ignore-scripts=true');
    for (const [line] of [...text('README.md').matchAll(/^npm (?:ci|install)(?! -g).*$/gm)])
      expect(line).toContain('--ignore-scripts');
    expect(text('sandbox/install.mjs')).toContain("['ci', '--ignore-scripts'");
    expect(text('test/runtimeNode.mjs')).not.toContain('spawn');
  });

  it('has no package with a script of which docs/dependencies.md does not say why nothing is missed', () => {
    const { packages } = lockSchema.parse(JSON.parse(text('package-lock.json')));
    const withScript = Object.entries(packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([place]) => place.replace(/^.*node_modules\//, ''));
    const [, said = ''] = /^No script of a package runs (.+)$/m.exec(text('docs/dependencies.md')) ?? [];
    expect(withScript.filter((name) => !said.includes(`\`${name}\``))).toEqual([]);
    expect(withScript).toHaveLength(6);
  });
});
