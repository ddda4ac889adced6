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

export default defineConfig({
  testDir: '.',
  outputDir: '../../reports/browser',
  // Each test has a sandbox and a browser page of its own; on two cores, one works while the other waits.
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '../../reports/browser.json' }]],
  use: {
    browserName: 'chromium',
    launchOptions: { args: ARGS, ...(process.env.CHROME_PATH === undefined ? {} : { executablePath: process.env.CHROME_PATH }) },
  },
});
