/** The integration tests once more, on the other side of everything that nobody knows of Forge. */
process.env.FORGE_READINGS = 'b';
const path = require('node:path');
const usual = require('../../jest.config.cjs');

/** @type {import('jest').Config} */
module.exports = { ...usual, testMatch: [path.join(usual.rootDir, 'test/integration/**/*.test.ts')] };
