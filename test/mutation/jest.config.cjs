/** The tests that stand for the mutated folders. */
const config = require('../../jest.config.cjs');
module.exports = {
  ...config,
  rootDir: `${__dirname}/../..`,
  testMatch: ['<rootDir>/test/unit/{segments,people,shorterloop,automation}/**/*.test.ts', '<rootDir>/test/unit/contract/**/*.test.ts'],
};
