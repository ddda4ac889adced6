/** Unit, integration and fault tests. TypeScript is compiled by SWC; `npm run types` checks it. */
/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/{unit,integration,faults,properties}/**/*.test.ts'],
  transform: { '\\.[cm]?[jt]s$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }] },
  // node-fetch, intl-messageformat and what they need are published as ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(node-fetch|data-uri-to-buffer|fetch-blob|formdata-polyfill|intl-messageformat|@formatjs)/)'],
  setupFiles: ['<rootDir>/test/support/forgeGlobals.ts'],
  // Copies of the project that a mutation run leaves.
  modulePathIgnorePatterns: ['<rootDir>/reports/'],
  restoreMocks: true,
  // A busy machine is slow, not wrong: no test measures time by this.
  testTimeout: 60_000,
  // Jest leaves one core to its parent, which has nothing to do.
  maxWorkers: '100%',
  collectCoverageFrom: ['src/**/*.ts', '!src/contract/**'],
  coverageDirectory: 'coverage',
};
