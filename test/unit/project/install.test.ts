import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

let folder: string;

/** A project with nothing installed, and an npm that notes when it begins and ends. */
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'install-'));
  for (const one of ['sandbox', 'static', 'bin']) mkdirSync(path.join(folder, one));
  for (const file of ['package.json', 'package-lock.json', 'static/package.json'])
    writeFileSync(path.join(folder, file), '{}');
  copyFileSync(path.join(__dirname, '../../../sandbox/install.mjs'), path.join(folder, 'sandbox/install.mjs'));
  const npm = path.join(folder, 'bin/npm');
  writeFileSync(npm, '#!/bin/sh\necho begins >> log; sleep 0.4; mkdir -p node_modules; echo ends >> log\n');
  chmodSync(npm, 0o755);
  writeFileSync(path.join(folder, 'log'), '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function ensure(): Promise<{ readonly code: number | null; readonly told: string }> {
  const url = pathToFileURL(path.join(folder, 'sandbox/install.mjs')).href;
  const code = `import(${JSON.stringify(url)}).then(({ ensureInstalled }) => ensureInstalled())`;
  const PATH = `${path.join(folder, 'bin')}${path.delimiter}${process.env['PATH'] ?? ''}`;
  const child = spawn(process.execPath, ['-e', code], { env: { ...process.env, PATH, TMPDIR: folder } });
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
  return new Promise((resolve) => child.on('close', (ended) => resolve({ code: ended, told })));
}
const log = (): string[] => readFileSync(path.join(folder, 'log'), 'utf8').split('\n').filter(Boolean);

test('of commands that begin at the same time one installs, and the others wait for it', async () => {
  const all = await Promise.all([ensure(), ensure(), ensure()]);
  expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(log()).toEqual(['begins', 'ends']);
  expect(all.filter(({ told }) => told.includes('Installing packages'))).toHaveLength(1);
  expect(await ensure()).toEqual({ code: 0, told: '' });
});

test('what a process that died left is in nobody’s way', async () => {
  await ensure();
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  const dead = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => dead.on('close', resolve));
  const lock = `segments-install-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  writeFileSync(path.join(folder, lock), String(dead.pid));
  expect(await ensure()).toMatchObject({ code: 0, told: expect.stringContaining('Installing packages') });
  expect(log()).toEqual(['begins', 'ends', 'begins', 'ends']);
});
