import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.join(__dirname, '../../..');

/** Last words of type names that mean what they mean in any program, and need no row. */
const PLAIN_WORDS = ['count', 'definition', 'fact', 'input', 'name', 'page', 'reason', 'request', 'setting', 'state', 'view'];
/** How many names have to end with a word before it needs a row. */
const MIN_NAMES = 3;

/** Names that have a word of the column *not* and mean something else by it. */
const OTHER_MEANINGS: readonly { readonly word: string; readonly names: RegExp; readonly meaning: string }[] = [
  { word: 'project', names: /project/i, meaning: 'Jira’s projects, not an initiative' },
  { word: 'requester', names: /^Requester$/, meaning: 'who asks for what costs points, not a reporter' },
  { word: 'line', names: /^(?:csvLine|CheckLine)$/, meaning: 'a line of a CSV file, or of a report' },
];

type Row = { readonly terms: readonly string[]; readonly not: readonly string[] };

/** The rows of the first table; headings within it have no meaning and are left out. */
function rowsOf(markdown: string): Row[] {
  const [table = ''] = markdown.split(/^## /m);
  return [...table.matchAll(/^\| ([^|*]+) \| ([^|]+) \| ([^|]*)\|$/gm)]
    .filter(([, word = '']) => word !== 'word' && word !== '---')
    .map(([, word = '', , not = '']) => ({ terms: termsOf(word, /[,/]/), not: termsOf(not, /,/) }));
}

/** Terms of a cell, without what stands in brackets. */
function termsOf(cell: string, separator: RegExp): string[] {
  const terms = cell.replaceAll(/\(.*?\)/g, '').split(separator);
  return terms.map((term) => term.trim().toLowerCase()).filter((term) => term !== '');
}

type ExportedName = { readonly name: string; readonly isType: boolean };

function exportedNames(source: string): ExportedName[] {
  return ts.createSourceFile('file.ts', source, ts.ScriptTarget.Latest, true).statements.flatMap<ExportedName>((statement) => {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
    if (!isExported) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map(({ name }) => ({ name: name.getText(), isType: false }));
    if (ts.isTypeAliasDeclaration(statement)) return [{ name: statement.name.text, isType: true }];
    return ts.isFunctionDeclaration(statement) && statement.name !== undefined
      ? [{ name: statement.name.text, isType: false }]
      : [];
  });
}

function exportedIn(folder: string): ExportedName[] {
  const files = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => exportedNames(readFileSync(path.join(ROOT, folder, file), 'utf8')));
}

/** `['segment', 'id']` of `SegmentId`, of `segmentIds` and of `SEGMENT_ID`. */
function wordsOf(name: string): string[] {
  const spaced = /^[A-Z0-9_]+$/.test(name)
    ? name.replaceAll('_', ' ')
    : name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  return spaced.toLowerCase().split(' ').map(singular);
}

function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}

/** The last words of type names that are used often, and have neither a row nor are plain. */
function unexplained(names: readonly ExportedName[], rows: readonly Row[]): string[] {
  const nouns = names.filter(({ isType }) => isType).map(({ name }) => wordsOf(name).at(-1) ?? '');
  const explained = new Set([...PLAIN_WORDS, ...rows.flatMap(({ terms }) => terms).map(lastWord)]);
  return [...new Set(nouns)]
    .filter((noun) => nouns.filter((other) => other === noun).length >= MIN_NAMES && !explained.has(noun))
    .sort();
}

function lastWord(term: string): string {
  return singular(term.split(' ').at(-1) ?? '');
}

/** Names that have a word which the glossary says not to use, and mean by it what the row means. */
function misnamed(names: readonly ExportedName[], rows: readonly Row[]): string[] {
  const unwanted = rows.flatMap(({ not }) => not);
  return names.flatMap(({ name }) =>
    unwanted.filter((word) => isPart(word, name) && !isExcepted(word, name)).map((word) => `${name}: ${word}`),
  );
}

function isPart(term: string, name: string): boolean {
  const words = term.split(' ').map(singular);
  return ` ${wordsOf(name).join(' ')} `.includes(` ${words.join(' ')} `);
}

function isExcepted(word: string, name: string): boolean {
  return OTHER_MEANINGS.some((other) => other.word === word && other.names.test(name));
}

describe('docs/glossary.md', () => {
  const rows = rowsOf(readFileSync(path.join(ROOT, 'docs/glossary.md'), 'utf8'));
  const names = exportedIn('src');

  it('has a row for every noun that the types of domain, use cases and contract often end with', () => {
    const types = ['src/domain', 'src/usecases', 'src/contract'].flatMap(exportedIn);
    expect(types.length).toBeGreaterThan(100);
    expect(unexplained(types, rows)).toEqual([]);
  });

  it('says of no word not to use it that a name of src has', () => {
    expect(rows.flatMap(({ not }) => not).length).toBeGreaterThan(50);
    expect(misnamed(names, rows)).toEqual([]);
  });

  it('explains each word once, and gives none that it says not to use', () => {
    const terms = rows.flatMap((row) => row.terms);
    expect(terms.filter((term, index) => terms.indexOf(term) !== index)).toEqual([]);
    expect(rows.flatMap(({ not }) => not).filter((word) => terms.includes(word))).toEqual([]);
  });

  it('needs each of its plain words and exceptions', () => {
    const nouns = names.map(({ name }) => wordsOf(name).at(-1));
    expect(PLAIN_WORDS.filter((word) => !nouns.includes(word))).toEqual([]);
    const unused = OTHER_MEANINGS.filter(
      ({ word, names: excepted }) =>
        !rows.some(({ not }) => not.includes(word)) ||
        !names.some(({ name }) => excepted.test(name) && isPart(word, name)),
    );
    expect(unused).toEqual([]);
  });
});

describe('the comparison with a glossary', () => {
  const rows = rowsOf('| word | meaning here | not |\n| --- | --- | --- |\n| lease, claim | a right | turn, make way |\n');
  const types = (source: string): ExportedName[] => exportedNames(source);

  it('reads a table', () => {
    expect(rows).toEqual([{ terms: ['lease', 'claim'], not: ['turn', 'make way'] }]);
  });

  it('finds a noun without a row once three types end with it, in singular or plural', () => {
    const two = 'export type WriteOrder = 1; export type ReadOrders = 2; export type HeldLease = 3;';
    expect(unexplained(types(two), rows)).toEqual([]);
    expect(unexplained(types(`${two} export type MoveOrder = 4;`), rows)).toEqual(['order']);
  });

  it('finds a name with a word that is not to be used, as a whole word in any spelling', () => {
    const source =
      'export function takeTurn() {} export const LONGEST_TURN_MS = 1; export type MakeWay = 1; export const returned = 2;';
    expect(misnamed(types(source), rows)).toEqual(['takeTurn: turn', 'LONGEST_TURN_MS: turn', 'MakeWay: make way']);
  });
});
