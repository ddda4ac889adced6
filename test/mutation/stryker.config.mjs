// Which code is mutated, and which tests must notice. See docs/benchmarks.md for the score.
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['src/{segments,people,shorterloop,automation}/**/*.ts', '!src/**/index.ts', '!src/**/types.ts'],
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { projectType: 'custom', configFile: 'test/mutation/jest.config.cjs', enableFindRelatedTests: true },
  coverageAnalysis: 'perTest',
  // What no test here reads; the copy is made for each process.
  ignorePatterns: ['static/dist', 'reports', 'screenshots', 'coverage', 'docs/images', 'test/browser'],
  tempDirName: 'reports/mutation-work',
  reporters: ['clear-text', 'json'],
  clearTextReporter: { logTests: false, reportTests: false, reportScoreTable: true },
  jsonReporter: { fileName: 'reports/mutation.json' },
  concurrency: 2,
  // Beyond one and a half times what the tests need: most changes that never end are loops.
  timeoutMS: 6_000,
  thresholds: { high: 95, low: 90, break: 90 },
  allowConsoleColors: false,
};
