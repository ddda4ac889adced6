// `npm run faults`: installs what is missing and plays the faults suite.
import { spawnSync } from 'node:child_process';
import { ensureInstalled, ROOT } from '../../sandbox/install.mjs';

ensureInstalled();
const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'test/faults/main.ts', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
});
process.exit(status ?? 1);
