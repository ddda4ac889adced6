// `npm start`: installs what is missing, then runs the sandbox in a process of its own.
import { spawn } from 'node:child_process';
import { ensureInstalled, ROOT } from './install.mjs';

ensureInstalled();
const sandbox = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts', ...process.argv.slice(2)], {
  cwd: ROOT,
  // The channel tells the sandbox when this process is gone, however it went.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
// A terminal sends Ctrl-C to both processes; a script's signal reaches this one alone and is passed on.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => sandbox.kill(signal));
// npm passes no signal on when it is killed: this process then belongs to another one.
const parent = process.ppid;
setInterval(() => process.ppid === parent || sandbox.kill('SIGTERM'), 500).unref();
sandbox.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
