import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import { expect, move, openPanel, visitAs, flagsOf, confirmIn } from './site';
import { test } from '@playwright/test';

const truthSchema = z
  .object({
    membersBySegment: z.record(z.string(), z.array(z.number())).optional(),
    writes: z.array(z.object({ kind: z.string(), from: z.number(), to: z.number().nullish() }).loose()),
  })
  .loose();

test.describe('another Shorter Loop server, in a process of its own and in the other dialect', () => {
  let server: ChildProcess;
  let sandbox: Sandbox;
  let origin: string;

  test.beforeAll(async () => {
    server = spawn(
      process.execPath,
      ['--import', 'tsx', 'sandbox/shorterloop/main.ts', '--port', '0', '--dialect', 'post-manage-users'],
      {
        cwd: path.join(__dirname, '../..'),
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    origin = await new Promise<string>((resolve, reject) => {
      server.stdout?.on('data', (line: Buffer) => {
        const found = /Simulator: (\S+)/.exec(line.toString('utf8'))?.[1];
        if (found !== undefined) resolve(found);
      });
      server.on('exit', (code) => reject(new Error(`The simulator ended with ${String(code)}`)));
    });
    sandbox = await startSandbox({ shorterLoopOrigin: origin, dialect: 'post-manage-users' });
  });

  test.afterAll(async () => {
    await sandbox.stop();
    server.kill();
  });

  test('moves the reporter, confirms it, takes it back, and removes another', async ({ page, context }) => {
    await visitAs(context, sandbox);
    const panel = await openPanel(page, sandbox, sandbox.jira.issueFor('one').key);
    const openFrom = await panel.getByRole('button', { name: /^Move from / }).getAttribute('aria-label');
    const from = (openFrom ?? '').replace('Move from ', '');
    const to = from === 'Beta testers' ? 'Early adopters' : 'Beta testers';

    await move(panel, from, to);
    await expect(flagsOf(page)).toContainText(`is now in ${to}`);
    await flagsOf(page).getByRole('button', { name: 'Undo' }).click();
    await expect(flagsOf(page)).toContainText(`is back in ${from}`);

    const other = await openPanel(page, sandbox, sandbox.jira.issueFor('linked').key);
    await other
      .getByRole('button', { name: /^Remove from / })
      .first()
      .click();
    await confirmIn(page, 'Remove');
    await expect(flagsOf(page)).toContainText('is no longer in');

    const truth = truthSchema.parse(await (await fetch(`${origin}/__simulator/truth`)).json());
    expect(truth.writes.map(({ kind }) => kind)).toEqual(['move', 'move', 'remove']);
    expect(truth.writes[1]?.from).toBe(truth.writes[0]?.to);
    expect(truth.writes[1]?.to).toBe(truth.writes[0]?.from);
  });
});
