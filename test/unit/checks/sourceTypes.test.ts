import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { compiledSources, typeFindings } from '../../checks/sourceTypes';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'types-'));
  const compilerOptions = { strict: true, noUnusedLocals: true, lib: ['es5'], types: [], outDir: 'out' };
  write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['src/*'] }));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text);

test('a wrong type and a name that is not used are told with their places, and sound sources have no finding', () => {
  mkdirSync(path.join(folder, 'src'));
  write('src/sound.ts', 'export const sound: number = 1;\n');
  const config = path.join(folder, 'tsconfig.json');
  expect(typeFindings(compiledSources(config))).toEqual([]);

  write('src/wrong.ts', "import { sound } from './sound';\n\nexport const wrong: string = 1;\n");
  const findings = typeFindings(compiledSources(config)).sort();
  expect(findings.map((finding) => /wrong\.ts\(\d+,\d+\) TS\d+/.exec(finding)?.[0])).toEqual([
    'wrong.ts(1,1) TS6133',
    'wrong.ts(3,14) TS2322',
  ]);
});

test('a tsconfig.json that is missing or wrong is no clean bill', () => {
  expect(() => compiledSources(path.join(folder, 'none.json'))).toThrow('TS');
  write('tsconfig.json', '{"compilerOptions":{"strickt":true},"include":["src/*"]}');
  expect(typeFindings(compiledSources(path.join(folder, 'tsconfig.json'))).join()).toContain('strickt');
});
