// `npm run bench`: installs what is missing, builds the pages and measures.
import { spawnSync } from 'node:child_process';
import { ensureInstalled, ROOT } from '../../sandbox/install.mjs';
import { ensureBrowser } from '../browser/ensureBrowser.mjs';

ensureInstalled();
const build = spawnSync('npm', ['run', '-s', 'build:static'], {
  cwd: ROOT,
  stdio: ['ignore', 'ignore', 'inherit'],
  shell: process.platform === 'win32',
});
if (build.status !== 0) process.exit(1);
const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'test/bench/main.ts', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, CHROME_PATH: ensureBrowser() },
});
process.exit(status ?? 1);
