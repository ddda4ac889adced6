// How Jest runs a test file while the code is mutated. The run before the first change plays all changes at once, file
// by file (warm.cjs), and this answers Stryker from what it found. A file is loaded for a single change only when
// the change takes effect while files are loaded. Jest itself would load every file for every change, and
// has no way to stop when it is called from a program. Stryker takes a test runner for jest-circus by its name.
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { default: circus } = require('jest-circus/runner');
const { playWhileLoaded } = require('./warm.cjs');

/** Beside this file, in the copy of the project: Stryker may begin its process anew. */
const FOUND = path.join(__dirname, 'found.json');
/** By test file: what it answered first, and the verdicts. Of the project: the changes met while files were loaded. */
const found = existsSync(FOUND) ? JSON.parse(readFileSync(FOUND, 'utf8')) : { files: {}, whileLoaded: [] };
/** The change that a test noticed last. */
let noticed;

module.exports = async function run(globalConfig, config, environment, runtime, testPath, ...rest) {
  const change = process.env.__STRYKER_ACTIVE_MUTANT__;
  const load = () => {
    // Here and not by Jest, which would load it for skipped files too.
    for (const file of config.globals.__setup__) runtime.requireModule(file);
    return circus(globalConfig, config, environment, runtime, testPath, ...rest);
  };
  if (change === undefined) return playAll(environment, testPath, load);
  const { result, verdicts } = found.files[testPath];
  const noticedHere = verdicts.noticed[change];
  if (noticedHere !== undefined) return answered(result, noticedHere);
  const isSettled =
    isNoticed(change) || noticed === change || (verdicts.alive.includes(change) && !found.whileLoaded.includes(change));
  if (isSettled || !meets(result, globalConfig.testNamePattern)) return answered(result);
  stopWhenNoticed(environment, change);
  return load();
};

async function playAll(environment, testPath, load) {
  const verdicts = playWhileLoaded(environment, isNoticed);
  const result = await load();
  found.files[testPath] = { result, verdicts };
  found.whileLoaded = Object.keys(environment.global.__stryker__?.mutantCoverage?.static ?? {});
  writeFileSync(FOUND, JSON.stringify(found));
  return result;
}

function isNoticed(change) {
  return Object.values(found.files).some(({ verdicts }) => verdicts.noticed[change] !== undefined);
}

/** Skips the tests that come after one that failed. */
function stopWhenNoticed(environment, change) {
  const handle = environment.handleTestEvent?.bind(environment);
  environment.handleTestEvent = async (event, state) => {
    await handle?.(event, state);
    if (event.name === 'test_start' && noticed === change) event.test.mode = 'skip';
    if (event.name === 'test_done' && event.test.errors.length > 0) noticed = change;
  };
}

function meets({ testResults }, pattern) {
  if (!pattern) return true;
  const wanted = new RegExp(pattern, 'i');
  return testResults.some(({ fullName }) => wanted.test(fullName));
}

/** A result in which nothing ran but, if there is one, the test that failed. */
function answered(result, failed) {
  const testResults = result.testResults.map((one) => ({
    ...one,
    status: one.fullName === failed ? 'failed' : 'pending',
    failureMessages: one.fullName === failed ? ['noticed'] : [],
    failureDetails: [],
  }));
  const failing = testResults.filter(({ status }) => status === 'failed').length;
  return {
    ...result,
    numFailingTests: failing,
    numPassingTests: 0,
    numPendingTests: testResults.length - failing,
    numTodoTests: 0,
    testResults,
  };
}
