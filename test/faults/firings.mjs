// `npm run firings`: a rule that fires 1,000 times in a minute, or as often as `-- --firings N` says.
import { spawnSync } from 'node:child_process';
import { ensureInstalled, ROOT } from '../../sandbox/install.mjs';

ensureInstalled();
const at = process.argv.indexOf('--firings');
const firings = at === -1 ? '1000' : process.argv[at + 1];
const { status } = spawnSync(process.execPath, ['node_modules/jest/bin/jest.js', '--forceExit', 'test/faults/firings'], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, FIRINGS: firings },
});
process.exit(status ?? 1);
