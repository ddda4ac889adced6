import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const root = path.join(__dirname, '../..');

/** Runs the command that `npm start` runs; `whenReady` gets what it printed once it says that it is ready. */
async function start(
  args: readonly string[],
  whenReady: (output: string) => Promise<void> = async () => undefined,
): Promise<{ code: unknown; output: string; errors: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts', ...args], {
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

test('prints one line with the address when it is ready, serves there, and stops cleanly when asked to', async () => {
  let status = 0;
  const { code, output } = await start(['--headless', '--members', '40'], async (line) => {
    const url = /Ready: (\S+)/.exec(line)?.[1] ?? '';
    status = (await fetch(url)).status;
  });
  expect(output).toMatch(/^Ready: http:\/\/127\.0\.0\.1:\d+\n$/);
  expect([status, code]).toEqual([200, 0]);
}, 120_000);

test('a wrong option ends with its reason, the usage and exit code 2', async () => {
  const { code, output, errors } = await start(['--dialect', 'get']);
  expect([code, output]).toEqual([2, '']);
  expect(errors).toMatch(/^--dialect: .*\nUsage: npm start -- \[options\]/);
}, 30_000);

test('a port that is taken ends with its reason', async () => {
  let failed = { code: -1 as unknown, errors: '' };
  await start(['--headless', '--members', '40'], async (line) => {
    const port = /:(\d+)\n/.exec(line)?.[1] ?? '';
    failed = await start(['--headless', '--members', '40', '--port', port]);
  });
  expect(failed).toMatchObject({ code: 1, errors: expect.stringContaining('EADDRINUSE') });
}, 120_000);
