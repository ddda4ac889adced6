// `npm test`: installs what is missing, a browser included, and runs everything. All steps run, so
// that one run shows all that is wrong.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled, ROOT } from '../sandbox/install.mjs';
import { ensureBrowser } from './browser/ensureBrowser.mjs';

ensureInstalled();
const browser = ensureBrowser();
console.log(`Browser: ${browser}`);
const reports = path.join(ROOT, 'reports');
// Only what this run writes: a mutation run keeps its copies of the project beside it.
for (const name of ['jest.json', 'browser.json', 'browser']) rmSync(path.join(reports, name), { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const results = [];
const startedMs = Date.now();
// Types and lint need nothing that is built; the manifest check and the browser need the pages.
await step('build', ['npm', 'run', '-s', 'build:static']);
await Promise.all([step('types', ['npm', 'run', '-s', 'types']), step('lint', ['npm', 'run', '-s', 'lint'])]);
await step('manifest', ['npm', 'run', '-s', 'check:manifest']);
// A test that leaves something open must not keep everyone waiting; what it asserts has run by then.
await step('jest', ['npx', 'jest', '--forceExit', '--json', '--outputFile=reports/jest.json'], () => countJest());
await step('browser', ['npx', 'playwright', 'test', '-c', 'test/browser/playwright.config.ts'], () => countBrowser());
summarize();

/** Runs one step; `count` reads how many tests it held, a step without is a test of its own. */
async function step(name, [command, ...args], count = undefined) {
  const stepStartedMs = Date.now();
  const { code, output } = await runQuietly(command, args);
  const ok = code === 0;
  const counted = count?.() ?? { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  // A step that fails without naming a failed test (a crash, a broken config) is a failure all the same.
  const failed = ok ? counted.failed : Math.max(1, counted.failed);
  results.push({ name, passed: counted.passed, failed });
  const seconds = ((Date.now() - stepStartedMs) / 1000).toFixed(1);
  console.log(`${failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${counted.passed} passed, ${failed} failed (${seconds} s)`);
  if (failed > 0) console.log(output);
}

function runQuietly(command, args) {
  return new Promise((resolve) => {
    const env = { ...process.env, CHROME_PATH: browser, FORCE_COLOR: '0' };
    const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

function countJest() {
  const report = readReport('jest.json');
  return { passed: report?.numPassedTests ?? 0, failed: (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 1) };
}

function countBrowser() {
  const report = readReport('browser.json');
  return { passed: report?.stats.expected ?? 0, failed: report === null ? 1 : report.stats.unexpected + report.stats.flaky };
}

function readReport(name) {
  try {
    return JSON.parse(readFileSync(path.join(reports, name), 'utf8'));
  } catch {
    return null;
  }
}

function summarize() {
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  console.log(`\nFinished in ${Math.round((Date.now() - startedMs) / 1000)} s`);
  console.log(`${total('passed')} passed, ${total('failed')} failed`);
  process.exit(total('failed') === 0 ? 0 : 1);
}
