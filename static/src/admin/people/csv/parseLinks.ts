import Papa from 'papaparse';
import type { LinkPair } from '@contract';

/** What is wrong with a row before anybody is asked about it. */
export type RowFault = 'badAccount' | 'badMember' | 'duplicate' | 'formula';
/** A row of the file: `row` counts from 1 below the header. */
export type ParsedRow = { readonly row: number } & (
  { readonly kind: 'pair'; readonly pair: LinkPair } | { readonly kind: 'fault'; readonly fault: RowFault }
);
/** A file's rows, or why it can't be read as a whole. */
export type ParsedFile =
  | { readonly kind: 'rows'; readonly rows: readonly ParsedRow[] }
  | { readonly kind: 'refused'; readonly why: 'noRows' | 'noColumns' | 'tooManyRows' };

/** So many that the import takes minutes, not hours. */
const MAX_ROWS = 100_000;
/** What a spreadsheet may take for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * Reads a file with the columns `accountId` and `memberId`, in any order and beside any others.
 * A cell that a spreadsheet would calculate is refused, with or without the apostrophe that keeps it from doing so.
 */
export function parseLinks(text: string): ParsedFile {
  const { data, meta } = Papa.parse<Record<string, unknown>>(text, {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (name) =>
      name
        .replace(/^\ufeff/, '')
        .trim()
        .toLowerCase(),
  });
  const columns = meta.fields ?? [];
  if (!columns.includes('accountid') || !columns.includes('memberid')) return { kind: 'refused', why: 'noColumns' };
  if (data.length === 0) return { kind: 'refused', why: 'noRows' };
  if (data.length > MAX_ROWS) return { kind: 'refused', why: 'tooManyRows' };
  const seen = new Set<string>();
  return {
    kind: 'rows',
    rows: data.map((cells, place) => ({
      row: place + 1,
      ...parseRow(cellOf(cells.accountid), cellOf(cells.memberid), seen),
    })),
  };
}

function parseRow(accountId: string, memberId: string, seen: Set<string>) {
  if (FORMULA.test(accountId) || FORMULA.test(memberId)) return fault('formula');
  if (!/^[\w:.-]{1,128}$/.test(accountId)) return fault('badAccount');
  if (!/^[1-9]\d{0,14}$/.test(memberId)) return fault('badMember');
  // The first one counts: which of two rows is meant is nothing to guess.
  if (seen.has(accountId)) return fault('duplicate');
  seen.add(accountId);
  return { kind: 'pair', pair: { accountId, memberId: Number(memberId) } } as const;
}

function fault(what: RowFault) {
  return { kind: 'fault', fault: what } as const;
}

/** A cell without the blanks around it, and without the apostrophe that a spreadsheet hides. */
function cellOf(cell: unknown): string {
  return typeof cell === 'string' ? cell.replace(/^[ \u00a0]+|[ \u00a0]+$/g, '').replace(/^'/, '') : '';
}
