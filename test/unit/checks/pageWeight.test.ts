import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { firstLoad, weightFault } from '../../checks/pageWeight';

let dist: string;
beforeEach(() => {
  dist = mkdtempSync(path.join(os.tmpdir(), 'weight-'));
  mkdirSync(path.join(dist, 'panel/assets'), { recursive: true });
  mkdirSync(path.join(dist, 'parts'));
  write('index.html', '<script type="module" src="./assets/a.js"></script><link href="./assets/a.css" />');
  write('assets/a.js', 'import{x}from"./b.js";import "./c.js";const later=()=>import("./d.js");');
  write('assets/b.js', `export const x="${'b'.repeat(5_000)}";export*from'../assets/a.js'`);
  write('assets/c.js', 'export{}');
  write('assets/d.js', 'd'.repeat(100_000));
  const sizes = { 'react-dom': 900, 'static/src/panel': 100 };
  writeFileSync(path.join(dist, 'parts/panel.json'), JSON.stringify({ 'assets/b.js': sizes }));
});
afterEach(() => rmSync(dist, { recursive: true }));

const write = (file: string, text: string) => writeFileSync(path.join(dist, 'panel', file), text);
const load = () => firstLoad(path.join(dist, 'panel'));
const fault = (most: number) => weightFault(load(), path.join(dist, 'parts'), most);

test('a page is weighed with all that it loads at first, each file once and compressed, and without what comes later', () => {
  const [first, ...others] = load();
  expect([first, ...others].map((one) => one?.file)).toEqual(
    ['a.js', 'b.js', 'c.js'].map((file) => path.join('panel/assets', file)),
  );
  expect(first?.bytes).toBe(
    gzipSync('import{x}from"./b.js";import "./c.js";const later=()=>import("./d.js");', { level: 9 }).byteLength,
  );
});

test('what is preloaded counts, whatever imports it', () => {
  write('index.html', '<link rel="modulepreload" href="./assets/d.js"><script src="./assets/c.js"></script>');
  expect(load().map(({ file }) => path.basename(file))).toEqual(['d.js', 'c.js']);
});

test('a page within its limit has no fault, and one byte more has one that names its biggest parts first', () => {
  const bytes = load().reduce((sum, file) => sum + file.bytes, 0);
  expect(fault(bytes)).toBeNull();
  const said = fault(bytes - 1) ?? '';
  expect(said).toContain(`Panel and context load ${(bytes / 1_000).toFixed(1)} KB of JS (gzip) at first`);
  expect(said).toContain('b.js');
  expect(said.indexOf('react-dom')).toBeLessThan(said.indexOf('static/src/panel'));
});

test('a page that is not built is told as such, and one whose parts nobody noted is still weighed', () => {
  rmSync(path.join(dist, 'parts/panel.json'));
  expect(fault(1)).toMatch(/is the most/);
  write('index.html', '<p></p>');
  expect(load).toThrow('build the pages first');
  expect(() => firstLoad(path.join(dist, 'board'))).toThrow('ENOENT');
});
