import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { createPlaceReader } from '../../../../sandbox/forge/sourceMaps';

let root = '';
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'places-'));
  mkdirSync(path.join(root, 'src'));
  const source = path.join(root, 'src', 'one.ts');
  writeFileSync(source, 'type Gone = string;\n\nexport function fail(text: Gone) {\n  throw new Error(text);\n}\n');
  await build({
    entryPoints: [source],
    bundle: true,
    format: 'cjs',
    sourcemap: 'external',
    outfile: path.join(root, 'out', 'one.cjs'),
  });
});
afterAll(() => rmSync(root, { recursive: true }));

/** Where the bundle throws, as a stack names it. */
function thrownAt(): string {
  const file = path.join(root, 'out', 'one.cjs');
  const before = readFileSync(file, 'utf8').split('new Error')[0]?.split('\n') ?? [];
  return `${file}:${String(before.length)}:${String((before.at(-1)?.length ?? 0) + 1)}`;
}

describe('the places of a bundle', () => {
  it('are those of its sources in a stack, and wherever else one is written', () => {
    const inSources = createPlaceReader(path.join(root, 'out'));
    const source = path.join(root, 'src', 'one.ts');
    expect(inSources(`Error: no\n    at fail (${thrownAt()})\n    at ${thrownAt()}`)).toBe(
      `Error: no\n    at fail (${source}:4:9)\n    at ${source}:4:9`,
    );
  });

  it('stay as they are where there is no map, and beyond the folder', () => {
    const inSources = createPlaceReader(path.join(root, 'out'));
    const other = createPlaceReader(path.join(root, 'src'));
    const text = `at ${path.join(root, 'out', 'two.cjs')}:1:1, at node:internal/process:95:5`;
    expect(inSources(text)).toBe(text);
    expect(other(thrownAt())).toBe(thrownAt());
  });
});
