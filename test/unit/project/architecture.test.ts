import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cycleIn, importsOf, violationsOf, type Imports } from '../../support/imports';

const ROOT = path.join(__dirname, '../../..');

function readFolder(folder: string): Imports[] {
  const names = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('node_modules'))
    .map((name) => path.posix.join(folder, name))
    .map((file) =>
      importsOf(file, readFileSync(path.join(ROOT, file), 'utf8'), (specifier) =>
        path.posix.join(path.posix.dirname(file), specifier),
      ),
    );
}

describe('the direction of imports', () => {
  const src = readFolder('src');

  it('is kept by every file', () => {
    const files = [...src, ...readFolder('static/src'), ...readFolder('sandbox')];
    expect(files.length).toBeGreaterThan(100);
    expect(violationsOf(files)).toEqual([]);
  });

  it('makes no circle in src', () => {
    expect(cycleIn(src)).toBeNull();
  });
});

describe('the check of imports', () => {
  const importing = (file: string, from: string, names: string[] = []): Imports[] => [
    { file, imports: [{ from, names }] },
  ];

  it.each([
    ['a rule that knows the SDK', importing('src/domain/segments/plan.ts', '@forge/kvs'), 'the rules are pure'],
    [
      'a rule that knows a feature',
      importing('src/domain/people/match.ts', 'src/features/panel'),
      'domain/people may not know features/panel',
    ],
    [
      'a feature that knows another',
      importing('src/features/panel/open.ts', 'src/features/admin'),
      'features/panel may not know features/admin',
    ],
    [
      'an adapter that knows a use case',
      importing('src/adapters/jira/issue.ts', 'src/usecases/result'),
      'adapters/jira may not know usecases/result',
    ],
    [
      'a use case that knows one above it',
      importing('src/usecases/lookup/about.ts', 'src/usecases/write'),
      'usecases/lookup may not know usecases/write',
    ],
    ['storage outside its home', importing('src/features/panel/open.ts', '@forge/kvs'), '@forge/kvs has another home'],
    [
      'fetch outside its home',
      importing('src/features/panel/open.ts', '@forge/api', ['fetch']),
      'fetch has another home',
    ],
    [
      'a side entrance',
      importing('src/usecases/write/write.ts', 'src/adapters/store/ledger'),
      'a room is entered by its index',
    ],
    [
      'src that knows the sandbox',
      importing('src/usecases/write/write.ts', 'sandbox/sandbox'),
      'src knows nothing of what stands around it',
    ],
    [
      'a page that knows more than the contract',
      importing('static/src/panel/App.tsx', 'src/features/panel'),
      'a page knows of src only its contract',
    ],
    [
      'a sandbox that knows more than the contract',
      importing('sandbox/sandbox.ts', 'src/adapters/store'),
      'the sandbox knows of src only its contract',
    ],
  ])('finds %s', (_what, files, why) => {
    expect(violationsOf(files)).toEqual([expect.stringContaining(why)]);
  });

  it('finds a circle', () => {
    expect(cycleIn([...importing('src/a.ts', 'src/b'), ...importing('src/b.ts', 'src/a')])).toEqual([
      'src/a',
      'src/b',
      'src/a',
    ]);
  });

  it('reads imports, type imports and re-exports', () => {
    const source = "import { fetch as get } from '@forge/api'; import type { A } from './a'; export * from '../b';";
    expect(importsOf('src/x/y.ts', source, (specifier) => path.posix.join('src/x', specifier)).imports).toEqual([
      { from: '@forge/api', names: ['fetch'] },
      { from: 'src/x/a', names: ['A'] },
      { from: 'src/b', names: [] },
    ]);
  });
});
