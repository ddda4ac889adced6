import { ok, type Result } from '@contract';

/** What makes a file unreadable, and where: `line` counts from 1 as an editor does, `text` is what stands there. */
export type RowFault = {
  readonly code: 'quoteNotClosed' | 'textBehindQuote';
  readonly line: number;
  readonly text: string;
};

/** One row of a file. */
export type Row = {
  /** The line on which it begins. */
  readonly line: number;
  /** The cells without the blanks around them. */
  readonly cells: readonly string[];
  /** The row as the file has it. */
  readonly text: string;
  /** A cell without quotes that has one all the same. */
  readonly stray: string | null;
};
/** The rows that have something in them, and how many lines between them have not. */
export type Rows = { readonly rows: readonly Row[]; readonly blankLines: number };

/** Where a cell ended, and what is in it. */
type Cell = { readonly text: string; readonly end: number; readonly isStray: boolean };

/**
 * Takes a text apart as RFC 4180 has it: lines end with CR, LF or both, cells at any of the separators, and a quoted
 * cell may hold all of these. What a spreadsheet is told to take for text, as in `="007"`, is that text. A quote that
 * is never closed, or that is followed by more, is a fault: what follows would be taken for part of the cell.
 * @param separators one or more characters
 * @param most how many rows are read at most
 */
export function readRows(text: string, separators: string, most = Infinity): Result<Rows, RowFault> {
  const rows: Row[] = [];
  let blankLines = 0;
  let skipped = 0;
  let line = 1;
  for (let at = 0; at < text.length && rows.length < most;) {
    const start = at;
    const cells: Cell[] = [];
    for (let isRow = true; isRow;) {
      const cell = readCell(text, at, separators);
      if (cell.kind === 'problem') {
        const { code, at: place } = cell.problem;
        const shown = text.slice(place).split(/[\r\n]/, 1)[0] ?? '';
        return { kind: 'problem', problem: { code, line: line + lineEnds(text.slice(start, place)), text: shown } };
      }
      cells.push(cell.value);
      at = cell.value.end;
      isRow = at < text.length && separators.includes(text.charAt(at));
      if (isRow) at += 1;
    }
    const row = rowOf(line, cells, text.slice(start, at));
    line += lineEnds(row.text) + 1;
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (row.cells.some((cell) => cell !== '')) {
      rows.push(row);
      blankLines += skipped;
      skipped = 0;
    } else skipped += 1;
  }
  return ok({ rows, blankLines });
}

type CellFault = { readonly code: RowFault['code']; readonly at: number };

function readCell(text: string, start: number, separators: string): Result<Cell, CellFault> {
  const opening = skipBlanks(text, start, separators);
  if (text.startsWith('="', opening)) {
    const forced = readQuoted(text, opening + 1, separators);
    if (forced.kind === 'ok') return forced;
  }
  if (text.charAt(opening) !== '"') return ok(readPlain(text, start, separators));
  const quoted = readQuoted(text, opening, separators);
  if (quoted.kind === 'problem') return quoted;
  const { text: cell, ...rest } = quoted.value;
  return ok({ ...rest, text: FORCED_TEXT.exec(cell)?.[1]?.replaceAll('""', '"').trim() ?? cell });
}

/** How spreadsheets are told that a cell is text whatever it looks like, here within quotes. */
const FORCED_TEXT = /^="((?:[^"]|"")*)"$/;

function readPlain(text: string, start: number, separators: string): Cell {
  let end = start;
  while (end < text.length && !endsCell(text.charAt(end), separators)) end += 1;
  const plain = text.slice(start, end);
  return { text: plain.trim(), end, isStray: plain.includes('"') };
}

function readQuoted(text: string, opening: number, separators: string): Result<Cell, CellFault> {
  for (let from = opening + 1; ;) {
    const closing = text.indexOf('"', from);
    if (closing < 0) return { kind: 'problem', problem: { code: 'quoteNotClosed', at: opening } };
    from = closing + 2;
    if (text.charAt(closing + 1) === '"') continue;
    const end = skipBlanks(text, closing + 1, separators);
    if (end < text.length && !endsCell(text.charAt(end), separators))
      return { kind: 'problem', problem: { code: 'textBehindQuote', at: opening } };
    return ok({
      text: text
        .slice(opening + 1, closing)
        .replaceAll('""', '"')
        .trim(),
      end,
      isStray: false,
    });
  }
}

function rowOf(line: number, cells: readonly Cell[], text: string): Row {
  return {
    line,
    cells: cells.map((cell) => cell.text),
    text,
    stray: cells.find(({ isStray }) => isStray)?.text ?? null,
  };
}

function endsCell(character: string, separators: string): boolean {
  return character === '\r' || character === '\n' || separators.includes(character);
}

function skipBlanks(text: string, start: number, separators: string): number {
  let at = start;
  while (/[ \t\u00a0\u3000]/.test(text.charAt(at)) && !separators.includes(text.charAt(at))) at += 1;
  return at;
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}
