/** The tests that stand for one mutated folder. */
const { setupFiles, ...config } = require('../../jest.config.cjs');
const folder = process.env.MUTATED_FOLDER;
const { tests, testLimitMs = 5_000 } = require('./folders.json')[folder];
const rootDir = `${__dirname}/../..`;
module.exports = {
  ...config,
  rootDir,
  testMatch: tests.flatMap((path) => [`<rootDir>/${path}/*.test.ts`, `<rootDir>/${path}.test.ts`]),
  testRunner: '<rootDir>/test/mutation/jest-circus.cjs',
  testSequencer: '<rootDir>/test/mutation/sequencer.cjs',
  // A changed limit must not be waited for. Only tests through the sandbox take seconds.
  testTimeout: testLimitMs,
  // For jest-circus.cjs. The domain knows no SDK.
  globals: {
    __setup__: folder.startsWith('domain/') ? [] : setupFiles.map((file) => file.replace('<rootDir>', rootDir)),
  },
};
