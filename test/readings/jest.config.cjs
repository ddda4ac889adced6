/** The integration tests once more, on the other side of everything that nobody knows of Forge. */
process.env.FORGE_READINGS = 'b';
const grouped = require('../grouped/jest.config.cjs');

/** @type {import('jest').Config} */
module.exports = { ...grouped, testMatch: ['<rootDir>/reports/groups/b/**/*.test.ts'] };
