/** The tests that stand for one mutated folder. Each change loads all of them, so that nothing else is loaded. */
const config = require('../../jest.config.cjs');
const folders = require('./folders.json');
const folder = process.env.MUTATED_FOLDER;
module.exports = {
  ...config,
  rootDir: `${__dirname}/../..`,
  testMatch: folders[folder].flatMap((path) => [`<rootDir>/${path}/*.test.ts`, `<rootDir>/${path}.test.ts`]),
  // The domain knows no SDK.
  setupFiles: folder === 'segments' || folder === 'people' ? [] : config.setupFiles,
};
