// `npm run types`: the five TypeScript projects, two side by side, by the compiler that is a program of its own: it
// takes a quarter of the time. With one checker each: of several, every one works out again what the others know.
// Forge's bundler and the lint need the older one's programming interface; the manifest check has it check src as a
// deploy does.
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
  const tsc = path.join(ROOT, 'node_modules', 'typescript7', 'bin', 'tsc');
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [tsc, '-p', project, '--noEmit', '--checkers', '1'], {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('close', (code) => resolve(code === 0));
  });
}
