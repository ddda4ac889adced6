import { defineConfig } from '@playwright/test';

/** Chromium's command line: no sandbox for root, and no connection that a test did not ask for. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Two minutes of one test, most of which it waits: begun last, it would be waited for alone. */
const LONGEST = '**/otherForm.spec.ts';

export default defineConfig({
  testDir: '.',
  outputDir: '../../reports/browser',
  // A page waits much of its time, so that two at a time take 204 s where one takes 335 (2 cores).
  workers: 2,
  // A busy machine is slow, not wrong: no test has a limit of its own, and a rest of the check takes a minute.
  timeout: 300_000,
  expect: { timeout: 120_000 },
  forbidOnly: true,
  projects: [
    { name: 'longest', testMatch: LONGEST },
    { name: 'others', testIgnore: LONGEST },
  ],
  reporter: [['list'], ['json', { outputFile: '../../reports/browser.json' }]],
  use: {
    browserName: 'chromium',
    // One page for all tests of a worker, emptied before each: with a new process for every page, each compiles anew
    // what the app, the product and Playwright run in it.
    reuseContext: true,
    launchOptions: {
      args: ARGS,
      ...(process.env.CHROME_PATH === undefined ? {} : { executablePath: process.env.CHROME_PATH }),
    },
  },
});
