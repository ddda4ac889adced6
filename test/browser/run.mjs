// `npm run test:browser`: builds the pages and runs the browser tests, or those that the arguments name.
import { spawnSync } from 'node:child_process';
import { ensureInstalled, ROOT } from '../../sandbox/install.mjs';
import { withRuntimeNode } from '../runtimeNode.mjs';
import { ensureBrowser } from './ensureBrowser.mjs';

ensureInstalled();
const env = { ...withRuntimeNode(process.env), CHROME_PATH: ensureBrowser() };
run('npm', ['run', '-s', 'build:static']);
run('npx', ['playwright', 'test', '-c', 'test/browser/playwright.config.ts', ...process.argv.slice(2)]);

function run(command, args) {
  const { status } = spawnSync(command, args, {
    cwd: ROOT,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}
