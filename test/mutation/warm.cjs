// Plays changes while a test file is loaded: Stryker builds every change into one program and asks, where each of them
// stands, whether it is the one that holds now. Once the tests of a file have passed, this plays them again, change by
// change, each with the tests that meet it, those first that are likely to notice it soonest. To load a file takes
// seconds, a test a tenth of one.

const { isSampledIn } = require('./sample.cjs');

const isSampled = isSampledIn(process.env.MUTATION_SAMPLE);
/** What the runs of a change are counted under, instead of a test. */
const PLAYED = 'while a change is played';
/** How often a change may be met in comparison with the unchanged code. Beyond it, a loop never ends. */
const MORE_OFTEN = 100;
/** What a loop fails with that has had its time: judged as the end of Jest's own limit, whose first words these are. */
const TOO_LONG = 'Exceeded timeout in a loop';
/** The clock itself, whatever a test puts in its place. */
const nowMs = performance.now.bind(performance);
/** So often is code met before the time is looked at again. */
const STEPS_BETWEEN_LOOKS = 1_000;
/** Every so many noticed changes the unchanged code is played: what a change leaves behind must not fail tests. */
const NOTICED_BEFORE_CONTROL = 10;
const LIMIT_FACTOR = 5;
/** What a change may take of one file, by the times of the unchanged code: the tests with the best prospects. */
const FILE_BUDGET_MS = 6_000;
/** The worth of a test when one of the same table has not noticed the change. */
const KIN_FACTOR = 0.3;
const LIMIT_MS = 5_000;

/**
 * Adds what plays the changes to the file that an environment is about to run.
 * @param isNoticed whether a test of another file has noticed a change
 * @returns the verdicts, filled while the file runs: by change the full name of the test that noticed it
 */
exports.playWhileLoaded = function playWhileLoaded(environment, isNoticed) {
  const verdicts = { noticed: {}, alive: [], unplayed: [] };
  const handle = environment.handleTestEvent.bind(environment);
  let block = null;
  let play = null;
  environment.handleTestEvent = async (event, state) => {
    if (event.name === 'run_start') {
      block = { ...state.rootDescribeBlock, name: '', children: [], hooks: [], parent: state.rootDescribeBlock };
      state.rootDescribeBlock.children.push(block);
    }
    if (event.name === 'run_describe_start' && event.describeBlock === block) {
      play = createPlay(environment.global.__stryker__, state, isNoticed, verdicts);
      block.children.push(slotLike(play.anyTest));
    }
    if (play !== null && event.name === 'test_start') {
      play.prepare(event.test);
      if (event.test.mode !== 'skip') block.children.push(slotLike(play.anyTest));
    }
    if (event.name === 'run_describe_finish' && event.describeBlock === block) {
      play.end();
      play = null;
      // These runs are no results of the file.
      block.children = [];
    }
    if (play === null) await handle(event, state);
  };
  return verdicts;
};

/** A place in the run that is told what it plays when its turn comes. */
function slotLike(test) {
  return { ...test, type: 'test', errors: [], mode: undefined, status: null, retryReasons: [], invocations: 0 };
}

function createPlay(stryker, state, isNoticed, verdicts) {
  const tests = testsOf(state.rootDescribeBlock).filter(({ mode, errors }) => mode !== 'skip' && errors.length === 0);
  const { perTest } = stryker.mutantCoverage ?? { perTest: {} };
  const known = tests.map((test) => ({ test, name: fullName(test), kin: placeOf(test), tried: 0, noticed: 0 }));
  const queue = changesOf(known, perTest).filter(({ id }) => isSampled(id) && !isNoticed(id));
  const limitBefore = state.testTimeout;
  let now = null;
  let doubtful = [];
  let isSpoilt = false;
  state.testTimeout = LIMIT_MS * 2;

  function judge(slot) {
    const failed = slot.errors.length > 0 || stryker.hitCount > stryker.hitLimit;
    if (now.change === null) {
      if (failed && now.again) isSpoilt = true;
      // What was noticed since the last control may have failed by itself: it is played again with a fresh program.
      if (failed && now.again) for (const { id } of doubtful) delete verdicts.noticed[id];
      if (!failed) doubtful = [];
      return failed && !now.again ? { change: null, one: now.one, again: true } : null;
    }
    const { change, one } = now;
    one.tried += 1;
    if (!failed) return null;
    one.noticed += 1;
    verdicts.noticed[change.id] = one.name;
    doubtful.push(change);
    change.left = [];
    const isOver = slot.errors.some((error) => /Exceeded timeout|Hit count/.test(String(error?.[0] ?? error)));
    return isOver || doubtful.length >= NOTICED_BEFORE_CONTROL ? { change: null, one, again: false } : null;
  }

  function next() {
    if (isSpoilt) return null;
    for (let change = queue[0]; change !== undefined; change = queue[0]) {
      const one = takeBest(change);
      if (one !== null) return { change, one };
      queue.shift();
      if (verdicts.noticed[change.id] === undefined) verdicts.alive.push(change.id);
    }
    const [last] = doubtful;
    return last === undefined
      ? null
      : { change: null, one: known.find(({ name }) => name === verdicts.noticed[last.id]) };
  }

  let before = null;
  return {
    anyTest: tests[0] ?? { fn: () => undefined, parent: state.rootDescribeBlock },
    prepare(slot) {
      const wanted = before === null ? null : judge(before);
      now = wanted ?? next();
      if (now === null) {
        slot.mode = 'skip';
        return;
      }
      const { change, one } = now;
      Object.assign(slot, {
        fn: one.test.fn,
        name: one.test.name,
        parent: one.test.parent,
        timeout: (one.test.duration ?? 0) * LIMIT_FACTOR + LIMIT_MS,
      });
      stryker.currentTestId = PLAYED;
      stryker.activeMutant = change?.id;
      stryker.hitCount = 0;
      stryker.hitLimit = change === null ? Infinity : change.met * MORE_OFTEN;
      perTest[PLAYED] = boundedBy(slot.timeout);
      before = slot;
    },
    end() {
      for (const { id } of doubtful) delete verdicts.noticed[id];
      verdicts.unplayed = [...queue, ...doubtful].map(({ id }) => id);
      delete stryker.activeMutant;
      delete stryker.hitCount;
      delete stryker.hitLimit;
      delete perTest[PLAYED];
      stryker.currentTestId = undefined;
      state.testTimeout = limitBefore;
      // What a change threw after its test had ended is no fault of the file.
      state.unhandledErrors.length = 0;
    },
  };
}

/**
 * Where it is counted how often code is met, which ends what takes too long: a loop that goes round without the change
 * itself is not counted by Stryker, and one that only awaits what is there already never lets a time limit pass.
 */
function boundedBy(limitMs) {
  const endMs = nowMs() + limitMs;
  let steps = 0;
  return new Proxy(
    {},
    {
      set(counts, change, times) {
        steps += 1;
        if (steps % STEPS_BETWEEN_LOOKS === 0 && nowMs() > endMs) throw new Error(TOO_LONG);
        counts[change] = times;
        return true;
      },
    },
  );
}

function testsOf(block) {
  return block.children.flatMap((child) => (child.type === 'describeBlock' ? testsOf(child) : [child]));
}

/** As Stryker names a test. */
function fullName(test) {
  const names = [test.name];
  for (let block = test.parent; block?.parent; block = block.parent) names.unshift(block.name);
  return names.join(' ').trimStart();
}

function changesOf(known, perTest) {
  const changes = new Map();
  for (const one of known)
    for (const [id, met] of Object.entries(perTest[one.name] ?? {})) {
      const change = changes.get(id) ?? { id, met: 0, left: [], kin: {}, spentMs: 0 };
      change.met = Math.max(change.met, met);
      change.left.push(one);
      changes.set(id, change);
    }
  return [...changes.values()].sort((a, b) => Number(a.id) - Number(b.id));
}

/** Takes the test with the best prospect of noticing a change for its time; null when none or no time is left. */
function takeBest(change) {
  const prospect = ({ test, kin, tried, noticed }) =>
    (((noticed + 1) / (tried + 2)) * KIN_FACTOR ** (change.kin[kin] ?? 0)) / ((test.duration ?? 0) + 20);
  const [best] = change.left.toSorted((a, b) => prospect(b) - prospect(a));
  if (best === undefined || change.spentMs > FILE_BUDGET_MS || (best.test.duration ?? 0) > FILE_BUDGET_MS) return null;
  change.left.splice(change.left.indexOf(best), 1);
  change.spentMs += best.test.duration ?? 0;
  change.kin[best.kin] = (change.kin[best.kin] ?? 0) + 1;
  return best;
}

/** Where a test is written: the tests of a table share it. */
function placeOf({ asyncError, name }) {
  return asyncError?.stack?.split('\n').find((line) => line.includes('.test.ts')) ?? name;
}
