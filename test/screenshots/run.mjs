// `npm run screenshots`: installs what is missing, a browser included, builds the pages and takes the pictures of docs/images.
import { spawnSync } from 'node:child_process';
import { ensureInstalled, ROOT } from '../../sandbox/install.mjs';
import { ensureBrowser } from '../browser/ensureBrowser.mjs';

ensureInstalled();
const env = { ...process.env, CHROME_PATH: ensureBrowser() };
const build = spawnSync('npm', ['run', '-s', 'build:static'], {
  cwd: ROOT,
  stdio: ['ignore', 'ignore', 'inherit'],
  shell: process.platform === 'win32',
});
if (build.status !== 0) process.exit(1);
const { status } = spawnSync(
  process.execPath,
  ['--import', 'tsx', 'test/screenshots/main.ts', ...process.argv.slice(2)],
  { cwd: ROOT, env, stdio: 'inherit' },
);
process.exit(status ?? 1);
