// Which code is mutated, and how a change is judged. See docs/benchmarks.md for the score.
import { readFileSync } from 'node:fs';
import path from 'node:path';

// One folder at a time, so that each change meets only the tests of its own folder.
const folder = process.env.MUTATED_FOLDER ?? '';
const described = JSON.parse(readFileSync(path.join(import.meta.dirname, 'folders.json'), 'utf8'));
const files = described[folder]?.files ?? [`src/${folder}/**/*.ts`];
/** Files that a call confines the run to. */
const only = process.env.MUTATED_FILES?.split(',');
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: [...(only ?? files), '!src/**/index.ts', '!src/**/types.ts'],
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { projectType: 'custom', configFile: 'test/mutation/jest.config.cjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  // What no test here reads; the copy is made for each process.
  ignorePatterns: ['static/dist', 'reports', 'screenshots', 'coverage', 'docs/images', 'test/browser'],
  tempDirName: `reports/mutation-work/${folder.replaceAll('/', '-')}`,
  reporters: ['progress-append-only', 'clear-text', 'json'],
  clearTextReporter: { logTests: false, reportTests: false, reportScoreTable: false },
  jsonReporter: { fileName: `reports/mutation/${folder.replaceAll('/', '-')}.json` },
  concurrency: Number(process.env.MUTATION_PROCESSES ?? 2),
  // Beyond one and a half times what the tests need: on a busy machine a slow test is no killed change.
  timeoutMS: 15_000,
  // The run before the first change plays the changes.
  dryRunTimeoutMinutes: 240,
  allowConsoleColors: false,
};
