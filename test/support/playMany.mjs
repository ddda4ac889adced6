import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { ensureInstalled, ROOT } from '../../sandbox/install.mjs';

/**
 * Runs a test with a larger number than npm test does and with a new seed, which it prints, and ends as it does.
 * `PROPERTY_SEED` plays a run again.
 * @param {{ tests: string, option: string, variable: string, usual: number }} what the test's path, the option of the
 *   command that gives another number, and the variable that the test reads
 */
export function playMany({ tests, option, variable, usual }) {
  ensureInstalled();
  const at = process.argv.indexOf(option);
  const number = at === -1 ? String(usual) : process.argv[at + 1];
  const seed = process.env.PROPERTY_SEED ?? String(randomInt(2 ** 31));
  console.log(`PROPERTY_SEED=${seed}`);
  const { status } = spawnSync(process.execPath, ['node_modules/jest/bin/jest.js', '--forceExit', tests], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, [variable]: number, PROPERTY_SEED: seed },
  });
  process.exit(status ?? 1);
}
