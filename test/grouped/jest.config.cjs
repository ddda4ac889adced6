/** Every test, those of test/unit and test/integration in the groups that groups.mjs wrote. */
const os = require('node:os');
const usual = require('../../jest.config.cjs');

/** @type {import('jest').Config} */
module.exports = {
  ...usual,
  testMatch: [
    '<rootDir>/reports/groups/{unit,integration}/*.test.ts',
    '<rootDir>/test/{faults,properties,attacks,contact}/**/*.test.ts',
  ],
  testSequencer: '<rootDir>/test/grouped/sequencer.cjs',
  // A group waits a good part of its minutes, some tests for a second of the clock and others for a process.
  maxWorkers: os.availableParallelism() * 2,
  modulePathIgnorePatterns: ['<rootDir>/reports/(?!groups)'],
};
