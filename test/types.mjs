// `npm run types`: the five TypeScript projects, two side by side. What did not change is not checked again: what the
// last run knew is kept beside the installed packages, so that a fresh machine checks everything.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { ROOT } from '../sandbox/install.mjs';

// The longest first.
const PROJECTS = {
  test: 'test/tsconfig.json',
  static: 'static/tsconfig.json',
  sandbox: 'sandbox/tsconfig.json',
  src: 'tsconfig.json',
  browser: 'sandbox/forge/browser/tsconfig.json',
};

const waiting = Object.entries(PROJECTS);
let failed = false;
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, checkNext));
process.exit(failed ? 1 : 0);

async function checkNext() {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const ok = await check(...next);
    failed ||= !ok;
  }
}

function check(name, project) {
  const known = path.join(ROOT, 'node_modules', '.cache', 'types', `${name}.tsbuildinfo`);
  const tsc = path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const args = [tsc, '-p', project, '--noEmit', '--incremental', '--tsBuildInfoFile', known];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('close', (code) => resolve(code === 0));
  });
}
