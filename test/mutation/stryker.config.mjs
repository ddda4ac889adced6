// Which code is mutated, and how a change is judged. See docs/benchmarks.md for the score.
// One folder at a time, so that each change meets only the tests of its own folder.
const folder = process.env.MUTATED_FOLDER;
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: [`src/${folder}/**/*.ts`, '!src/**/index.ts', '!src/**/types.ts'],
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { projectType: 'custom', configFile: 'test/mutation/jest.config.cjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  // What no test here reads; the copy is made for each process.
  ignorePatterns: ['static/dist', 'reports', 'screenshots', 'coverage', 'docs/images', 'test/browser'],
  tempDirName: 'reports/mutation-work',
  reporters: ['progress-append-only', 'clear-text', 'json'],
  clearTextReporter: { logTests: false, reportTests: false, reportScoreTable: false },
  jsonReporter: { fileName: `reports/mutation/${folder}.json` },
  concurrency: Number(process.env.MUTATION_PROCESSES ?? 2),
  // Beyond one and a half times what the tests need: on a busy machine a slow test is no killed change.
  timeoutMS: 15_000,
  allowConsoleColors: false,
};
