// How Jest runs a test file while the code is mutated: not at all when none of its tests meets the change, and
// no further once a test has noticed it. Jest itself would load every file and run every test, and has no way to
// stop when it is called from a program. What a file holds is known from the run before the first change.
// Stryker takes a test runner for jest-circus by its name.
const { default: circus } = require('jest-circus/runner');

/** What each test file answered first, by its path. */
const known = new Map();
/** The change that a test noticed last. */
let noticed;

module.exports = async function run(globalConfig, config, environment, runtime, testPath, ...rest) {
  const change = process.env.__STRYKER_ACTIVE_MUTANT__;
  const before = known.get(testPath);
  if (
    change !== undefined &&
    before !== undefined &&
    (change === noticed || !meets(before, globalConfig.testNamePattern))
  )
    return skipped(before);
  if (change !== undefined) stopWhenNoticed(environment, change);
  // Here and not by Jest, which would load it for skipped files too.
  for (const file of config.globals.__setup__) runtime.requireModule(file);
  const result = await circus(globalConfig, config, environment, runtime, testPath, ...rest);
  if (before === undefined) known.set(testPath, result);
  return result;
};

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

function skipped(result) {
  const testResults = result.testResults.map((one) => ({
    ...one,
    status: 'pending',
    failureMessages: [],
    failureDetails: [],
  }));
  return {
    ...result,
    numFailingTests: 0,
    numPassingTests: 0,
    numPendingTests: testResults.length,
    numTodoTests: 0,
    testResults,
  };
}
