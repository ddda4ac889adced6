// `npm test`: installs what is missing, a browser included, and runs everything that steps.json
// lists: first what the others need, then lanes side by side, the steps of a lane one after the other, so that no core
// rests while a test waits. All run, so that one run shows all that is wrong.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureInstalled, ROOT } from '../sandbox/install.mjs';
import { ensureBrowser } from './browser/ensureBrowser.mjs';
import { withRuntimeNode } from './runtimeNode.mjs';

ensureInstalled();
const browser = ensureBrowser();
const usualEnv = withRuntimeNode(process.env);
console.log(`Browser: ${browser}`);
const reports = path.join(ROOT, 'reports');
// Only what this run writes: a mutation run keeps its copies of the project beside it.
for (const name of ['jest.json', 'readings.json', 'readings', 'groups', 'browser.json', 'browser'])
  rmSync(path.join(reports, name), { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

/** How many tests a step held, by the step's `count`; a step without is a test of its own. */
const COUNTS = {
  jest: () => countJest('jest.json'),
  readings: () => countJest('readings.json'),
  browser: countBrowser,
  faults: countFaults,
};

/** Between the usual 0 and 19, which would get next to nothing while others work. */
const BELOW_USUAL = 5;
const results = [];
const startedMs = Date.now();
const { first, lanes } = JSON.parse(readFileSync(path.join(ROOT, 'test', 'steps.json'), 'utf8'));
await runLane({ priority: 'usual', steps: first });
await Promise.all(lanes.map(runLane));
summarize();

async function runLane({ priority, steps }) {
  for (const step of steps) await runStep(step, priority);
}

/**
 * Runs one step. With the priority `low` it leaves the processor to what has to be answered in time, such as the
 * browser, and to what can use one core alone.
 */
async function runStep({ name, command, count }, priority) {
  const stepStartedMs = Date.now();
  const { code, output } = await runQuietly(command, priority);
  const ok = code === 0;
  const counted = COUNTS[count]?.(output) ?? { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  // A step that fails without naming a failed test (a crash, a broken config) is a failure all the same.
  const failed = ok ? counted.failed : Math.max(1, counted.failed);
  results.push({ name, passed: counted.passed, failed });
  const seconds = ((Date.now() - stepStartedMs) / 1000).toFixed(1);
  console.log(`${failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${counted.passed} passed, ${failed} failed (${seconds} s)`);
  if (failed > 0) console.log(output);
}

function runQuietly(command, priority) {
  return new Promise((resolve) => {
    const env = { ...usualEnv, CHROME_PATH: browser, FORCE_COLOR: '0', PICTURES: 'none' };
    const [program, ...args] = command.split(' ');
    const child = spawn(program, args, {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    if (child.pid !== undefined && priority === 'low') os.setPriority(child.pid, BELOW_USUAL);
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
