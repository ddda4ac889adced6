/** The tests that stand for the mutated folders. */
const config = require('../../jest.config.cjs');
module.exports = {
  ...config,
  rootDir: `${__dirname}/../..`,
  testMatch: [
    '<rootDir>/test/unit/{segments,people,shorterloop,automation,contract}/**/*.test.ts',
    // The doors of automation only mean something between a Jira and a Shorter Loop.
    '<rootDir>/test/integration/{automation,hook}.test.ts',
  ],
};
