// `npm start`: installs what is missing, then runs the sandbox in a process of its own.
import { spawn } from 'node:child_process';
import { ensureInstalled, ROOT } from './install.mjs';

ensureInstalled();
const sandbox = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
});
// A terminal sends Ctrl-C to both processes; a script's signal reaches this one alone and is passed on.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => sandbox.kill(signal));
sandbox.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
