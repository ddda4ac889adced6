import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { startSandbox } from '../../sandbox/sandbox';
import { MACHINE_NODE } from '../support/machineNode';

const ROOT = path.join(__dirname, '../..');
const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
/** The commands of the blocks that README marks as runnable. */
const COMMANDS = [...README.matchAll(/^```sh run\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
  block.trim().split('\n'),
);
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')));
const starts = COMMANDS.filter((command) => command.startsWith('npm start'));
/** What `npm test` runs anyway is not run twice. */
const stepSchema = z.object({ command: z.string() });
const laneSchema = z.object({ steps: z.array(stepSchema) });
const stepsSchema = z.object({ first: z.array(stepSchema), lanes: z.array(laneSchema) });
const { first, lanes } = stepsSchema.parse(JSON.parse(readFileSync(path.join(ROOT, 'test/steps.json'), 'utf8')));
const steps = [...first, ...lanes.flatMap(({ steps: ofLane }) => ofLane)].map(({ command }) =>
  command.replace('run -s', 'run'),
);
const others = COMMANDS.filter((command) => command.startsWith('npm run '));

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve));
}

describe('the commands that README shows', () => {
  it('are these, and none is left out by the tests below', () => {
    expect(starts.length).toBeGreaterThan(1);
    expect([...starts, ...others, 'npm test'].sort()).toEqual([...COMMANDS].sort());
  });

  it.each(starts)('%s serves a page, and Ctrl-C stops it cleanly', async (command) => {
    const given = command.includes(' -- ') ? command.split(' -- ')[1]?.split(' ') : [];
    // What `npm start` runs, without npm between this test and the signal.
    const [node, ...script] = (scripts.start ?? '').split(' ');
    expect(node).toBe('node');
    const child = spawn(MACHINE_NODE, [...script, ...(given ?? []), '--headless', '--port', '0'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString('utf8');
        const ready = /^Ready: (\S+)\n/m.exec(said)?.[1];
        if (ready !== undefined) resolve(ready);
      });
      child.once('exit', (code) => reject(new Error(`${command} ended with ${String(code)}`)));
    });
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Shorter Loop segments');
    const end = ended(child);
    child.kill('SIGINT');
    expect(await end).toBe(0);
  });

  it.each(others)('%s is a step of npm test, where it has to end well', (command) => {
    expect(steps).toContain(command);
  });

  it('npm test exists (it can not run inside itself)', () => {
    expect(scripts.test).toBe('node test/run.mjs');
  });

  it.each([...README.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name))('npm run %s exists', (name) => {
    expect(Object.keys(scripts)).toContain(name);
  });
});

describe('the web request that README shows', () => {
  const [, example = ''] = /^```sh hook\n([\s\S]*?)^```/m.exec(README) ?? [];

  it('moves the reporter, with the API client that an admin made', async () => {
    const sandbox = await startSandbox({ members: 60, segments: 6 });
    const bin = mkdtempSync(path.join(tmpdir(), 'curl-'));
    // Where there is no curl, this stands in for it: what the example passes is sent as it is.
    writeFileSync(path.join(bin, 'curl'), `#!/usr/bin/env node\n${CURL}`, { mode: 0o755 });
    const { host, jira, simulator } = sandbox;
    const asked = await host.invoke({
      moduleKey: 'segments-admin',
      functionKey: 'admin.createApiClient',
      payload: { name: 'README', acts: ['move'] },
      accountId: jira.adminAccountId,
    });
    const { value } = createdSchema.parse(asked);
    const env = {
      ...process.env,
      PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`,
      SEGMENTS_URL: value.view.url,
      SEGMENTS_KEY: `${value.id}.${value.secret}`,
    };
    const { stdout } = await promisify(execFile)('sh', ['-c', example], { env });
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'done' });
    const target = simulator?.segments.find(({ name }) => name === 'Early adopters')?.id;
    expect(simulator?.truth.membershipsOf(jira.memberFor('one')?.id ?? 0)).toEqual([target]);
    rmSync(bin, { recursive: true });
    await sandbox.stop();
  });
});

const createdSchema = z.object({
  value: z.object({ id: z.string(), secret: z.string(), view: z.object({ url: z.string() }) }),
});
const CURL = `
const args = process.argv.slice(2);
const url = args.find((arg) => arg.startsWith('http'));
const after = (flag) => args.flatMap((arg, at) => (arg === flag ? [args[at + 1]] : []));
const headers = Object.fromEntries(after('-H').map((line) => line.split(/: (.*)/s)));
fetch(url, { method: after('-X')[0], headers, body: after('-d')[0] }).then((r) => r.text()).then((text) => console.log(text));
`;
