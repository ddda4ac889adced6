// Stryker's runner for Jest, which asks Jest only about a change that is not judged yet: the run before the first
// change has played most of them (warm.cjs), and to start Jest takes a second for each.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { strykerPlugins as jestPlugins, strykerValidationSchema } from '@stryker-mutator/jest-runner';
import { isSampledIn } from './sample.cjs';

const isSampled = isSampledIn(process.env.MUTATION_SAMPLE);
const [{ factory: createRunner, ...plugin }] = jestPlugins;

function createWarmRunner(injector) {
  const runner = createRunner(injector);
  const ask = runner.mutantRun.bind(runner);
  let verdicts = null;
  runner.mutantRun = async (options) => {
    verdicts ??= readVerdicts();
    const { id } = options.activeMutant;
    // Counts neither way, see run.mjs.
    if (!isSampled(id)) return { status: 'error', errorMessage: 'Not in the sample' };
    return verdicts.of(id) ?? ask(options);
  };
  return runner;
}
createWarmRunner.inject = ['$injector'];

/** What jest-circus.cjs has found, in the copy of the project that this process runs in. */
function readVerdicts() {
  const file = path.join(process.cwd(), 'test/mutation/found.json');
  const { files, whileLoaded } = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { files: {}, whileLoaded: [] };
  const noticed = new Map(Object.values(files).flatMap(({ verdicts }) => Object.entries(verdicts.noticed)));
  const alive = new Set(Object.values(files).flatMap(({ verdicts }) => verdicts.alive));
  // What takes effect while a file is loaded has not been played, nor what was left of a file whose tests fail when
  // they are played again.
  for (const change of [...whileLoaded, ...Object.values(files).flatMap(({ verdicts }) => verdicts.unplayed)])
    alive.delete(change);
  return {
    of(change) {
      const test = noticed.get(change);
      if (test !== undefined) return { status: 'killed', killedBy: [test], failureMessage: 'noticed', nrOfTests: 1 };
      return alive.has(change) ? { status: 'survived', nrOfTests: 1 } : null;
    },
  };
}

export const strykerPlugins = [{ ...plugin, factory: createWarmRunner }];
export { strykerValidationSchema };
