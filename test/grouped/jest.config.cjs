/** Every test, those of test/unit and test/integration in the groups that groups.mjs wrote. */
const usual = require('../../jest.config.cjs');

/** @type {import('jest').Config} */
module.exports = {
  ...usual,
  testMatch: [
    '<rootDir>/reports/groups/{unit,integration}/*.test.ts',
    '<rootDir>/test/{faults,properties,attacks,contact}/**/*.test.ts',
  ],
  testSequencer: '<rootDir>/test/grouped/sequencer.cjs',
  modulePathIgnorePatterns: ['<rootDir>/reports/(?!groups)'],
};
