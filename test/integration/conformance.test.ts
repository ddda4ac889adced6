import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { serverFindings } from '../checks/serverLint';
import type { Answer } from '../conformance/app/src/answer';
import { CASES } from '../conformance/app/src/run';
import { comparable, compareAll, figuresOf, matches, shapeOf } from '../conformance/compare';
import { conformance } from '../conformance/conformance';
import { APP_DIR, playInSandbox } from '../conformance/playInSandbox';
import { RECORDED } from '../conformance/recorded';
import { tableOf } from '../conformance/report';

const ROOT = path.join(__dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'conformance-'));
const file = path.join(folder, 'answers.json');
let sandbox: Record<string, Answer>;

beforeAll(async () => {
  sandbox = await playInSandbox();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The answers of a site that does as the sandbox does, on the Node that was measured, but for some cases. */
const likeSandbox = (changed: Record<string, Answer> = {}): string =>
  JSON.stringify({ answers: { ...sandbox, 'runtime.version': { kind: 'value', value: 24 }, ...changed } });

/** What the command prints and ends with, given such a site. */
async function compareSite(changed: Record<string, Answer>): Promise<{ code: number; lines: string[] }> {
  writeFileSync(file, likeSandbox(changed));
  const lines: string[] = [];
  return { code: await conformance(['--answers', file], (line) => void lines.push(line)), lines };
}

describe('the sandbox', () => {
  it('answers every case as a real site did, or as Atlassian documents it', () => {
    const compared = compareAll(CASES, RECORDED, sandbox, false);
    expect(
      compared
        .filter(({ verdict }) => verdict === 'differs')
        .map(({ id, answer, record }) => ({ id, answer, recorded: record?.answer })),
    ).toEqual([]);
    const { cases, measured } = figuresOf(compared);
    expect(cases).toBeGreaterThanOrEqual(60);
    expect(measured).toBeGreaterThanOrEqual(24);
  });

  it('brings every case that does not need a site to an answer', () => {
    const unseen = CASES.filter(
      ({ id, isOnlyOnSite }) => isOnlyOnSite !== true && (sandbox[id] ?? { kind: 'notSeen' }).kind === 'notSeen',
    );
    expect(unseen.map(({ id }) => id)).toEqual([]);
  });

  it('answers no case by saying that it does not model it', () => {
    expect(Object.entries(sandbox).filter(([, answer]) => JSON.stringify(answer).includes('NOT_MODELLED'))).toEqual([]);
  });
});

describe('the cases', () => {
  it('have names of their own', () => {
    expect(new Set(CASES.map(({ id }) => id)).size).toBe(CASES.length);
  });

  it('name the file that believes the answer, and it exists', () => {
    expect(CASES.filter(({ believes }) => !existsSync(path.join(ROOT, believes))).map(({ id }) => id)).toEqual([]);
  });

  it('are what the records are about, each with a date or a page as its source', () => {
    const ids = CASES.map(({ id }) => id);
    expect(Object.keys(RECORDED).filter((id) => !ids.includes(id))).toEqual([]);
    const sources = Object.values(RECORDED).map(({ source }) => source);
    expect(
      sources.filter(
        (source) =>
          !/^(measured \d{4}-\d\d-\d\d|documented https:\/\/developer\.atlassian\.com\/platform\/forge\/\S+)$/.test(
            source,
          ),
      ),
    ).toEqual([]);
  });

  it('are asked by an app whose manifest the server takes', () => {
    expect(serverFindings(parse(readFileSync(path.join(APP_DIR, 'manifest.yml'), 'utf8')))).toEqual([]);
  });

  it('are asked with the versions of the SDK that the app has', () => {
    const schema = z.object({ dependencies: z.record(z.string(), z.string()) });
    const versions = (at: string): Record<string, string> =>
      schema.parse(JSON.parse(readFileSync(at, 'utf8'))).dependencies;
    const ours = { ...versions(path.join(ROOT, 'package.json')), ...versions(path.join(ROOT, 'static/package.json')) };
    const theirs = versions(path.join(APP_DIR, 'package.json'));
    expect(theirs).toEqual(Object.fromEntries(Object.keys(theirs).map((name) => [name, ours[name]])));
  });
});

describe('the comparison', () => {
  const otherwise: Answer = { kind: 'refused', status: 400, code: 'TOO_MANY', message: 'Too many' };

  it('reports a changed answer as a difference, with the file that believes it', () => {
    const compared = compareAll(CASES, RECORDED, { ...sandbox, 'transaction.26': otherwise }, false);
    expect(compared.filter(({ verdict }) => verdict === 'differs').map(({ id }) => id)).toEqual(['transaction.26']);
    const table = tableOf(compared).join('\n');
    expect(table).toContain(`answered: ${JSON.stringify(otherwise)}`);
    expect(table).toContain('believed by sandbox/forge/kvs/operations.ts');
  });

  it('takes a missing answer for a difference', () => {
    const { 'storage.set': _left, ...rest } = sandbox;
    expect(figuresOf(compareAll(CASES, RECORDED, rest, false)).differ).toBe(1);
  });

  it('lets a case that nobody measured count for nothing', () => {
    const [before, after] = [sandbox, { ...sandbox, 'transaction.empty': otherwise }].map((answers) =>
      figuresOf(compareAll(CASES, RECORDED, answers, false)),
    );
    expect(after).toEqual(before);
    expect(RECORDED['transaction.empty']).toBeUndefined();
  });

  it('compares a volatile answer by its shape alone', () => {
    expect(shapeOf({ id: 'x', at: '2026-10-09T17:00:00.000Z', n: 7, isSet: true, none: null, list: [1, 2] })).toEqual({
      id: '<string>',
      at: '<time>',
      n: '<number>',
      isSet: '<boolean>',
      none: null,
      list: ['<number>'],
    });
    const answers = [7, 8].map((value) => comparable({ isVolatile: true }, { kind: 'value', value }));
    expect(answers[0]).toEqual(answers[1]);
    expect(comparable({}, { kind: 'value', value: 7 })).toEqual({ kind: 'value', value: 7 });
  });

  it.each([
    ['what the record leaves out', { status: 422 }, { status: 422, code: 'ANY' }, true],
    ['another value', { status: 422 }, { status: 400 }, false],
    ['a list with one more', { found: ['a'] }, { found: ['a', 'b'] }, false],
    ['nothing', { value: null }, {}, false],
  ])('takes %s as it should', (_what, recorded, answered, isMatch) => {
    expect(matches(recorded, answered)).toBe(isMatch);
  });
});

describe("a real site's answers", () => {
  it('end well when they are those of the records and of the sandbox', async () => {
    const { code, lines } = await compareSite({});
    expect([code, lines.at(-1)]).toEqual([0, '0 cases are answered otherwise by the site than by the sandbox.']);
  });

  it('are told where they differ from the sandbox, also in what nobody had measured', async () => {
    const { code, lines } = await compareSite({ 'query.page-of-0': { kind: 'refused', status: 422, message: 'No' } });
    expect(code).toBe(1);
    expect(lines).toEqual(
      expect.arrayContaining([
        'query.page-of-0: a page of 0',
        '  the site: {"kind":"refused","status":422,"message":"No"}',
        '  believed by sandbox/forge/kvs/pages.ts',
      ]),
    );
  });

  it('differ in nothing where a page was not opened', async () => {
    const { code, lines } = await compareSite({ 'resolver.time-limit': { kind: 'notSeen' } });
    expect([code, lines.find((line) => line.startsWith('resolver.time-limit'))]).toEqual([
      0,
      expect.stringContaining('not seen'),
    ]);
  });

  it.each([
    ['a file that is not there', ['--answers', path.join(folder, 'none.json')], "can't be read"],
    ['an option that is not known', ['--answer', 'x'], 'An option is not known'],
  ])('are asked for again after %s', async (_what, args, text) => {
    const lines: string[] = [];
    expect(await conformance(args, (line) => void lines.push(line))).toBe(2);
    expect(lines.join('\n')).toContain(text);
    expect(lines.join('\n')).toContain('Usage: npm run conformance');
  });

  it('are asked for again after a file that holds something else', async () => {
    writeFileSync(file, '{"message":"Add ?ask=begin"}');
    const lines: string[] = [];
    expect(await conformance(['--answers', file], (line) => void lines.push(line))).toBe(2);
    expect(lines.join('\n')).toContain('does not hold what ?ask=answers answers');
  });
});

describe('the commands that docs/conformance.md shows', () => {
  const text = readFileSync(path.join(ROOT, 'docs/conformance.md'), 'utf8');
  const commands = [...text.matchAll(/^```sh run\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.trim().split('\n'),
  );

  it('are these, of a script that exists', () => {
    expect(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'))).toMatchObject({
      scripts: { conformance: 'node test/conformance/run.mjs' },
    });
    expect(commands).toEqual([
      'npm run conformance',
      'npm run conformance -- --json',
      'npm run conformance -- --answers test/conformance/app/answers.json',
    ]);
  });

  it.each(commands)('%s ends well', async (command) => {
    writeFileSync(file, likeSandbox());
    const args = command.replace('test/conformance/app/answers.json', file).split(' ').slice(4);
    // What the script runs, without its look at the installed packages: an installation would take them from under this test.
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'test/conformance/main.ts', ...args],
      { cwd: ROOT },
    );
    const figures = z.object({ cases: z.number(), measured: z.number(), agree: z.number(), differ: z.literal(0) });
    if (command.endsWith('--json'))
      expect(figures.safeParse(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).success).toBe(true);
    else expect(stdout).toContain(' agree with their record, 0 differ.');
  });

  it('stand beside the number of questions that the app has', () => {
    expect(text).toContain(`asks Forge ${CASES.length} questions`);
  });

  it('begin and read the run as the app expects it', () => {
    expect(text).toContain('?ask=begin&fresh=yes&twice=1&twice=2');
    expect(text).toContain('?ask=answers');
  });
});
