import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const ROOT = path.join(__dirname, '../..');
const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
/** The commands of the blocks that README marks as runnable. */
const COMMANDS = [...README.matchAll(/^```sh run\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.trim().split('\n'));
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')));
const starts = COMMANDS.filter((command) => command.startsWith('npm start'));
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
    const [node = '', ...script] = (scripts.start ?? '').split(' ');
    const child = spawn(node, [...script, ...(given ?? []), '--headless', '--port', '0'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        const ready = /^Ready: (\S+)$/m.exec(chunk.toString('utf8'))?.[1];
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
  }, 120_000);

  it.each(others)('%s ends well', async (command) => {
    const [program = '', ...args] = command.split(' ');
    expect(await ended(spawn(program, args, { cwd: ROOT, stdio: 'ignore' }))).toBe(0);
  }, 120_000);

  it('npm test exists (it can not run inside itself)', () => {
    expect(scripts.test).toBe('node test/run.mjs');
  });

  it.each([...README.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name))('npm run %s exists', (name) => {
    expect(Object.keys(scripts)).toContain(name);
  });
});
