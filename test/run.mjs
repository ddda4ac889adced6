// `npm test`: installs what is missing, a browser included, and runs everything that steps.json
// lists: stage after stage, the steps of a stage side by side. Beside all of them, what is in the background runs one
// step after the other in the time that tests spend waiting. All run, so that one run shows all that is wrong.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureInstalled, ROOT } from '../sandbox/install.mjs';
import { ensureBrowser } from './browser/ensureBrowser.mjs';

ensureInstalled();
const browser = ensureBrowser();
console.log(`Browser: ${browser}`);
const reports = path.join(ROOT, 'reports');
// Only what this run writes: a mutation run keeps its copies of the project beside it.
for (const name of ['jest.json', 'readings.json', 'readings', 'browser.json', 'browser'])
  rmSync(path.join(reports, name), { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

/** How many tests a step held, by the step's `count`; a step without is a test of its own. */
const COUNTS = {
  jest: () => countJest('jest.json'),
  readings: () => countJest('readings.json'),
  browser: countBrowser,
  faults: countFaults,
};

const results = [];
const startedMs = Date.now();
const { stages, background } = JSON.parse(readFileSync(path.join(ROOT, 'test', 'steps.json'), 'utf8'));
await Promise.all([runStages(), runBackground()]);
summarize();

async function runStages() {
  for (const stage of stages) await Promise.all(stage.map((step) => runStep(step)));
}

async function runBackground() {
  for (const step of background) await runStep(step, true);
}

/** Runs one step; in the background it leaves the processor to what has to be answered in time, such as the browser. */
async function runStep({ name, command, count }, isBackground = false) {
  const stepStartedMs = Date.now();
  const { code, output } = await runQuietly(command, isBackground);
  const ok = code === 0;
  const counted = COUNTS[count]?.(output) ?? { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  // A step that fails without naming a failed test (a crash, a broken config) is a failure all the same.
  const failed = ok ? counted.failed : Math.max(1, counted.failed);
  results.push({ name, passed: counted.passed, failed });
  const seconds = ((Date.now() - stepStartedMs) / 1000).toFixed(1);
  console.log(`${failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${counted.passed} passed, ${failed} failed (${seconds} s)`);
  if (failed > 0) console.log(output);
}

function runQuietly(command, isBackground) {
  return new Promise((resolve) => {
    const env = { ...process.env, CHROME_PATH: browser, FORCE_COLOR: '0' };
    const [program, ...args] = command.split(' ');
    const child = spawn(program, args, {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    if (isBackground && child.pid !== undefined) os.setPriority(child.pid, os.constants.priority.PRIORITY_LOW);
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

function countJest(name) {
  const report = readReport(name);
  return {
    passed: report?.numPassedTests ?? 0,
    failed: (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 1),
  };
}

function countBrowser() {
  const report = readReport('browser.json');
  return {
    passed: report?.stats.expected ?? 0,
    failed: report === null ? 1 : report.stats.unexpected + report.stats.flaky,
  };
}

/** The line of JSON that the faults suite ends with; without one, nothing was played. */
function countFaults(output) {
  const line = output.split('\n').find((one) => one.startsWith('{"cases"'));
  if (line === undefined) return { passed: 0, failed: 1 };
  const { cases, wrongOutcomes, lostMembers, unreportedWrites } = JSON.parse(line);
  const failed = Math.min(cases, wrongOutcomes + lostMembers + unreportedWrites);
  return { passed: cases - failed, failed };
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
