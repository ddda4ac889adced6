import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { MACHINE_NODE } from '../support/machineNode';

const root = path.join(__dirname, '../..');
const printed = z.object({ pid: z.int(), text: z.string() });

/** Runs the command that `npm start` runs; `whenReady` gets what it printed once it says that it is ready. */
async function start(
  args: readonly string[],
  whenReady: (output: string) => Promise<void> = async () => undefined,
): Promise<{ code: unknown; output: string; errors: string }> {
  const child = spawn(MACHINE_NODE, ['--import', 'tsx', 'sandbox/main.ts', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit');
  let output = '';
  let errors = '';
  let ready: Promise<void> | undefined;
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.includes('Ready: ')) ready ??= whenReady(output).finally(() => child.kill('SIGTERM'));
  });
  const [code] = await exit;
  await ready;
  return { code, output, errors };
}

test('prints where it is, who is there and what is worth seeing, serves that, and stops cleanly when asked to', async () => {
  const statuses: number[] = [];
  const { code, output } = await start(['--headless', '--members', '400'], async (text) => {
    for (const address of text.match(/http:\S+/g) ?? [])
      statuses.push((await fetch(address, { redirect: 'manual' })).status);
  });
  expect(output).toMatch(/^Ready: http:\/\/127\.0\.0\.1:\d+\n/);
  for (const said of ['Amara Osei', /Jonas Lindqvist +Jira admin/, '/projects/ACME/board', 'Worth seeing'])
    expect(output).toMatch(said);
  expect(output).not.toContain('sl_sandbox_');
  expect(statuses.length).toBeGreaterThan(6);
  // Four of them lead on: the bare address, and the ways to a query, the bulk page and the admin page as an admin.
  expect([statuses.filter((status) => status !== 200), code]).toEqual([[302, 302, 302, 302], 0]);
});

/** Whether a process is there, and not merely waiting to be buried. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

// What `npm start` is: npm, which starts sandbox/start.mjs, which starts the sandbox.
const NPM = `
const { spawn } = require('node:child_process');
const child = spawn(process.execPath, ['sandbox/start.mjs', '--headless', '--members', '40', '--port', '0'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
child.stdout.on('data', (chunk) => process.send({ pid: child.pid, text: String(chunk) }));
`;

test.each([['npm'], ['sandbox/start.mjs']])('the sandbox ends when %s was killed', async (killed) => {
  const npm = spawn(MACHINE_NODE, ['-e', NPM], { cwd: root, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  let url = '';
  let starter = 0;
  await new Promise<void>((resolve, reject) => {
    npm.once('exit', () => reject(new Error('it did not start')));
    npm.on('message', (message) => {
      const { pid, text } = printed.parse(message);
      starter = pid;
      url = /Ready: (\S+)/.exec(text)?.[1] ?? url;
      if (url !== '') resolve();
    });
  });
  npm.removeAllListeners('exit');
  expect((await fetch(url)).status).toBe(200);
  process.kill(killed === 'npm' ? (npm.pid ?? 0) : starter, 'SIGKILL');
  const isServed = (): Promise<boolean> =>
    fetch(url).then(
      () => true,
      () => false,
    );
  while (isAlive(starter) || (await isServed())) await delay(100);
  npm.kill('SIGKILL');
  expect(await isServed()).toBe(false);
});

test('a wrong option ends with its reason, the usage and exit code 2', async () => {
  const { code, output, errors } = await start(['--dialect', 'get']);
  expect([code, output]).toEqual([2, '']);
  expect(errors).toMatch(/^--dialect: .*\nUsage: npm start -- \[options\]/);
});

test('a port that is taken ends with its reason', async () => {
  let failed = { code: -1 as unknown, errors: '' };
  await start(['--headless', '--members', '40'], async (line) => {
    const port = /:(\d+)$/m.exec(line)?.[1] ?? '';
    failed = await start(['--headless', '--members', '40', '--port', port]);
  });
  expect(failed).toMatchObject({ code: 1, errors: expect.stringContaining('EADDRINUSE') });
});
