// `npm run properties`: plays 10,000 random stories, or as many as `-- --runs N` says.
import { spawnSync } from 'node:child_process';
import { ensureInstalled, ROOT } from '../../sandbox/install.mjs';

ensureInstalled();
const at = process.argv.indexOf('--runs');
const runs = at === -1 ? '10000' : process.argv[at + 1];
const { status } = spawnSync(process.execPath, ['node_modules/jest/bin/jest.js', '--forceExit', 'test/properties'], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, PROPERTY_RUNS: runs },
});
process.exit(status ?? 1);
