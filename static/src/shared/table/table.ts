import { cellText, err, ok, type Result } from '@contract';
import { columnOf, type Column } from './columns';
import { headingPlace, isRule } from './heading';
import { readRows, type Row, type RowFault, type Rows } from './rows';
import { unquotedRows, withLineEnds } from './source';

/** Why a table can't be read. Nothing of it is used then. */
export type TableFault =
  | RowFault
  /** A row that has more or fewer cells than the heading, or a cell that goes over several lines. */
  | { readonly code: 'unevenRow' | 'lineBreak' | 'strayQuote'; readonly line: number; readonly text: string }
  /** The first row does not name what is needed; `found` has what it names. */
  | { readonly code: 'columnMissing'; readonly column: Column; readonly found: readonly string[] }
  | { readonly code: 'columnTwice'; readonly column: Column; readonly found: readonly string[] };

/** A row of a table by its columns; empty for what the table does not have. */
type TableRow = {
  readonly line: number;
  /** The row as the file has it. */
  readonly text: string;
  readonly cells: Readonly<Record<Column, string>>;
  readonly stray: string | null;
};
/** A table, and what of it is not used. */
export type Table = {
  readonly rows: readonly TableRow[];
  readonly unused: readonly string[];
  /** What stands before the heading, such as the title of a report. */
  readonly titles: readonly string[];
  readonly blankLines: number;
};

/** What spreadsheets separate cells by. */
const SEPARATORS = [',', ';', '\t', '|'];
/** What else separates in a list that somebody typed, as keyboards of other languages have it. */
const WIDE_SEPARATORS = '，；،؛、｜';
/** How many rows show by what a file is separated. */
const SAMPLE = 30;

/** A text without the line that tells Excel the separator, which may be any character. */
type Source = { readonly text: string; readonly separators: readonly string[]; readonly linesBefore: number };

/**
 * Reads a table with a heading, whatever its separator, the order of its columns and the language that they are named
 * in. Lines are the file's own.
 * @param wanted the columns to read: those that there have to be, and those that may be missing
 */
export function readTable(
  text: string,
  wanted: { readonly required: readonly Column[]; readonly optional?: readonly Column[] },
): Result<Table, TableFault> {
  const columns = [...wanted.required, ...(wanted.optional ?? [])];
  const source = sourceOf(text, columns);
  const read = readRows(source.text, separatorOf(source, columns));
  if (read.kind === 'problem') return err(moved(read.problem, source));
  const place = headingPlace(read.value.rows, columns);
  const [heading, ...below] = read.value.rows.slice(place);
  const rows = below.filter((row, nth) => nth > 0 || !isRule(row));
  const places = (heading?.cells ?? []).map((name) => columns.find((column) => column === columnOf(name)) ?? null);
  // Some spreadsheets leave out what is blank at the end of a row: only what has a name has to be there.
  const least = (heading?.cells ?? []).findLastIndex((name) => name !== '') + 1;
  const wrong = headingFault(heading, places, wanted.required) ?? rowFault(rows, places, least);
  if (wrong !== null) return err('line' in wrong ? moved(wrong, source) : wrong);
  return ok({
    rows: rows.map((row) => tableRow(row, places, source)),
    unused: unusedOf(heading?.cells ?? [], places),
    titles: read.value.rows.slice(0, place).flatMap(({ cells }) => cells.filter((cell) => cell !== '')),
    blankLines: read.value.blankLines,
  });
}

/** Whether a text begins with a heading that names one of the columns. */
export function hasHeading(text: string, columns: readonly Column[]): boolean {
  const source = sourceOf(text, columns);
  return knownIn(headingOf(source.text, separatorOf(source, columns), columns), columns) > 0;
}

/** The rows of a text without a heading, in each way that it can be separated, the likeliest first. */
export function readHeadless(text: string): Result<Rows, RowFault>[] {
  const { separators, linesBefore, ...source } = sourceOf(text, []);
  const tried = separators.length === 1 ? separators : [...separators, separators.join('') + WIDE_SEPARATORS];
  return tried.map((separator) => {
    const read = readRows(source.text, separator);
    if (read.kind === 'problem') return err({ ...read.problem, line: read.problem.line + linesBefore });
    const rows = read.value.rows.map((row) => ({ ...row, line: row.line + linesBefore }));
    return ok({ ...read.value, rows });
  });
}

function sourceOf(text: string, columns: readonly Column[]): Source {
  const plain = withLineEnds(text.replace(/^\ufeff/, ''));
  const told = /^\s*"?sep=(.)"?[ \t]*(?:\r\n|\r|\n|$)/i.exec(plain);
  const separators = told?.[1] === undefined ? SEPARATORS : [told[1]];
  const below = plain.slice(told?.[0].length ?? 0);
  const unquoted = columns.length === 0 ? null : unquotedRows(below);
  const isTable =
    unquoted !== null && separators.some((one) => knownIn(headingOf(unquoted, one, columns), columns) > 0);
  return {
    text: isTable ? unquoted : below,
    separators,
    linesBefore: (told?.[0].split(/\r\n|\r|\n/).length ?? 1) - 1,
  };
}

function headingOf(text: string, separator: string, columns: readonly Column[]): Row | undefined {
  const rows = sampleOf(text, separator, SAMPLE);
  return rows[headingPlace(rows, columns)];
}

/** The separator by which the heading names most columns, the rows are most alike, and there are most of them. */
function separatorOf({ text, separators }: Source, columns: readonly Column[]): string {
  const scored = separators.map((separator) => {
    const sample = sampleOf(text, separator, SAMPLE);
    const [heading, ...rows] = sample.slice(headingPlace(sample, columns));
    const cells = heading?.cells ?? [];
    const known = knownIn(heading, columns);
    const alike = cells.length < 2 ? 0 : rows.filter((row) => row.cells.length === cells.length).length;
    return { separator, score: [known, alike, cells.length] as const };
  });
  scored.sort((one, other) => {
    const place = one.score.findIndex((value, nth) => value !== other.score[nth]);
    return place < 0 ? 0 : (other.score[place] ?? 0) - (one.score[place] ?? 0);
  });
  return scored[0]?.separator ?? ',';
}

/** How many of these columns a row names. */
function knownIn(row: Row | undefined, columns: readonly Column[]): number {
  return row?.cells.filter((name) => columns.some((column) => column === columnOf(name))).length ?? 0;
}

/** The first rows, as many as can be read. */
function sampleOf(text: string, separator: string, most: number): readonly Row[] {
  const read = readRows(text, separator, most);
  if (read.kind === 'ok') return read.value.rows;
  return most === 1 ? [] : sampleOf(text, separator, Math.floor(most / 2));
}

function headingFault(
  heading: Row | undefined,
  places: readonly (Column | null)[],
  required: readonly Column[],
): TableFault | null {
  const cells = heading?.cells ?? [];
  const missing = required.find((column) => !places.includes(column));
  if (missing !== undefined)
    return { code: 'columnMissing', column: missing, found: cells.filter((name) => /[\p{L}\p{N}]/u.test(name)) };
  const twice = places.find((column, nth) => column !== null && places.indexOf(column) !== nth) ?? null;
  return twice === null
    ? null
    : { code: 'columnTwice', column: twice, found: cells.filter((_name, nth) => places[nth] === twice) };
}

function rowFault(rows: readonly Row[], places: readonly (Column | null)[], least: number): TableFault | null {
  for (const { line, cells, text } of rows) {
    const isUneven = cells.length < least || cells.slice(places.length).some((cell) => cell !== '');
    if (isUneven) return { code: 'unevenRow', line, text };
    const broken = cells.find((cell, nth) => hidesRow(cell, places[nth] ?? null, places.length));
    if (broken !== undefined) return { code: 'lineBreak', line, text: broken };
    // A line break at the edge of a quoted cell is no part of it, and may hide a row all the same.
    if (text.split(/[\r\n]+/).filter((one) => isLikeRow(one, places.length)).length > 1)
      return { code: 'lineBreak', line, text };
  }
  return null;
}

/**
 * Whether a cell over several lines may be rows in truth, between two stray quotes: in a column that is read nothing
 * has several lines, and elsewhere a line of it has as many separators as a row.
 */
function hidesRow(cell: string, column: Column | null, columns: number): boolean {
  if (!/[\r\n]/.test(cell)) return false;
  return column !== null || cell.split(/[\r\n]+/).some((line) => isLikeRow(line, columns));
}

function isLikeRow(line: string, columns: number): boolean {
  return line.split(/[,;|\t]/).length >= Math.max(columns, 2);
}

function tableRow(
  { line, cells, text, stray }: Row,
  places: readonly (Column | null)[],
  { linesBefore }: Source,
): TableRow {
  const read: Record<Column, string> = { email: '', firstName: '', lastName: '', accountId: '', memberId: '' };
  for (const [nth, column] of places.entries()) if (column !== null) read[column] = cellText(cells[nth] ?? '').trim();
  return { line: line + linesBefore, text, cells: read, stray };
}

function unusedOf(cells: readonly string[], places: readonly (Column | null)[]): string[] {
  return cells.flatMap((name, nth) => (places[nth] === null ? [name === '' ? `#${nth + 1}` : name] : []));
}

function moved<Fault extends { readonly line: number }>(fault: Fault, { linesBefore }: Source): Fault {
  return { ...fault, line: fault.line + linesBefore };
}
