import { circlesIn } from '../../house/circles';
import { crowdedFunctions, longFunctions, longLines, medianOf } from '../../house/measure';
import { findingsOf } from '../../house/project';

const source = (text: string, file = 'src/a.ts') => ({ file, text });
const lines = (count: number): string => '\n'.repeat(count);

describe('the measure of lines', () => {
  it('names a line of 121 characters', () => {
    expect(longLines(source(`short\n${'x'.repeat(121)}`))).toEqual([
      { file: 'src/a.ts', line: 2, what: '121 characters' },
    ]);
  });

  it('lets a line of 120 characters pass', () => {
    expect(longLines(source('x'.repeat(120)))).toEqual([]);
  });
});

describe('the measure of functions', () => {
  it.each([
    ['a declared function', `function long() {${lines(60)}}`, 'long has 61 lines'],
    ['an arrow function', `const long = () => {${lines(60)}};`, 'long has 61 lines'],
    ['an arrow function without a block', `const long = () => [${lines(60)}];`, 'long has 61 lines'],
    ['a method', `const x = { long() {${lines(60)}} };`, 'long has 61 lines'],
    ['a function without a name', `call(() => {${lines(60)}});`, 'a function has 61 lines'],
  ])('names %s of 61 lines', (_what, text, what) => {
    expect(longFunctions(source(text))).toEqual([{ file: 'src/a.ts', line: 1, what }]);
  });

  it('reads TSX and JavaScript too', () => {
    const page = source(`const Page = () => (<p>${lines(60)}</p>);`, 'static/src/a.tsx');
    const script = source(`function long() {${lines(60)}}`, 'sandbox/a.mjs');
    expect([page, script].flatMap(longFunctions)).toHaveLength(2);
  });

  it('lets a function of 60 lines pass', () => {
    expect(longFunctions(source(`function fits() {${lines(59)}}`))).toEqual([]);
  });
});

describe('the measure of parameters', () => {
  it('names a function with five', () => {
    expect(crowdedFunctions(source('const f = (a, b, c, d, e) => a;'))).toEqual([
      { file: 'src/a.ts', line: 1, what: 'f takes 5 parameters' },
    ]);
  });

  it('lets four pass, and a type with five', () => {
    expect(crowdedFunctions(source('function f(a, b, c, d) {}\ntype F = (a, b, c, d, e) => void;'))).toEqual([]);
  });
});

describe('the measure of circles', () => {
  const file = (name: string, ...from: string[]) => ({
    file: name,
    imports: from.map((one) => ({ from: one, names: [] })),
  });

  it('names the files on a circle, by whatever name they are imported', () => {
    expect(
      circlesIn([file('src/a.ts', 'src/b/index'), file('src/b/index.ts', 'src/a.js'), file('src/c.ts', 'src/a')]),
    ).toEqual([['src/a', 'src/b']]);
  });

  it('counts two circles that share no file as two', () => {
    const files = [file('a.ts', 'b'), file('b.ts', 'a'), file('c.ts', 'd', 'a'), file('d.ts', 'c')];
    expect(circlesIn(files)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('names a file that imports itself', () => {
    expect(circlesIn([file('a.ts', 'a')])).toEqual([['a']]);
  });

  it('lets two ways to one file pass', () => {
    expect(circlesIn([file('a.ts', 'b', 'c'), file('b.ts', 'd'), file('c.ts', 'd'), file('d.ts')])).toEqual([]);
  });
});

describe('the findings', () => {
  it('count type-only imports, within a folder', () => {
    const src = [source("import type { B } from './b';"), source("export * from './a';", 'src/b.ts')];
    const sandbox = [source("import '../src/a';", 'sandbox/a.ts')];
    expect(findingsOf([src, sandbox])).toEqual({
      circles: [['src/a', 'src/b']],
      longLines: [],
      longFunctions: [],
      crowdedFunctions: [],
      files: 3,
      medianLines: 1,
    });
  });

  it('know the middle of some numbers', () => {
    expect([medianOf([]), medianOf([3]), medianOf([9, 1, 5])]).toEqual([0, 3, 5]);
  });
});
