const os = require('node:os');

/** Unit, integration and fault tests, and attacks. TypeScript is compiled by SWC; `npm run types` checks it. */
/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/{unit,integration,faults,properties,attacks,contact}/**/*.test.ts'],
  transform: {
    // Before the others: the first that fits a file counts.
    '/jira\\.js/dist/(cloud|core)/index\\.js$': '<rootDir>/test/support/bundleTransform.cjs',
    '\\.[cm]?[jt]s$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  // node-fetch, intl-messageformat, jira.js and what they need are published as ES modules only.
  transformIgnorePatterns: [
    '/node_modules/(?!(node-fetch|data-uri-to-buffer|fetch-blob|formdata-polyfill|intl-messageformat|@formatjs|jira\\.js)/)',
  ],
  // jira.js names its entry points for `import` alone, which a resolver of CommonJS does not follow.
  moduleNameMapper: {
    '^@contract$': '<rootDir>/src/contract/index.ts',
    '^@contract/(.*)$': '<rootDir>/src/contract/$1.ts',
    '^jira\\.js/(cloud|core)$': '<rootDir>/node_modules/jira.js/dist/$1/index.js',
  },
  // Jest's sandbox slows each look at a global (documented: Jest, sandboxInjectedGlobals): these are handed to every
  // module instead. None that a test replaces (time, fetch), and none that a library declares again by its name.
  sandboxInjectedGlobals: [
    ...['Array', 'BigInt', 'Boolean', 'Error', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Promise', 'Reflect'],
    ...['RegExp', 'Set', 'String', 'Symbol', 'TypeError', 'Uint8Array', 'WeakMap'],
  ],
  setupFiles: ['<rootDir>/test/support/forgeGlobals.ts'],
  // Copies of the project that a mutation run leaves.
  modulePathIgnorePatterns: ['<rootDir>/reports/'],
  restoreMocks: true,
  // A busy machine is slow, not wrong: no test has a limit of its own, as its neighbours in a group would have it too.
  testTimeout: 300_000,
  // Jest leaves one core to its parent, which has nothing to do; and tests that wait leave theirs to others.
  maxWorkers: Math.ceil(os.availableParallelism() * 1.5),
  collectCoverageFrom: ['src/**/*.ts', '!src/contract/**'],
  coverageDirectory: 'coverage',
};
