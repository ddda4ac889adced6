import { err, holdsFormula, ok, type LinkPair, type Result } from '@contract';
import { bareId, readTable, type TableFault } from '../../../shared/table';

/** What is wrong with a row before anybody is asked about it. */
export type RowFault = 'badAccount' | 'badMember' | 'duplicate' | 'formula';
/** A row of the file: its line, and the texts of its two cells as the file has them. */
export type ParsedRow = { readonly line: number; readonly accountId: string; readonly memberId: string } & (
  { readonly kind: 'pair'; readonly pair: LinkPair } | { readonly kind: 'fault'; readonly fault: RowFault }
);
/** A file's rows, and what of it is not used. */
export type ParsedFile = {
  readonly rows: readonly ParsedRow[];
  readonly unused: readonly string[];
  readonly titles: readonly string[];
  readonly blankLines: number;
};
/** Why a file can't be read as a whole. */
export type FileFault = TableFault | { readonly code: 'notText' | 'noRows' | 'tooManyRows' };

/** So many that the import takes minutes, not hours. */
const MAX_ROWS = 100_000;

/**
 * Reads a file with the columns `accountId` and `memberId`, in any order and beside any others.
 * A cell that a spreadsheet would calculate is refused, with or without the apostrophe that keeps it from doing so.
 */
export function parseLinks(text: string): Result<ParsedFile, FileFault> {
  const table = readTable(text, { required: ['accountId', 'memberId'] });
  if (table.kind === 'problem') return table;
  const { rows, ...leftOut } = table.value;
  if (rows.length === 0) return err({ code: 'noRows' });
  if (rows.length > MAX_ROWS) return err({ code: 'tooManyRows' });
  const seen = new Set<string>();
  return ok({
    rows: rows.map(({ line, cells: { accountId, memberId } }) => ({
      line,
      accountId,
      memberId,
      ...parseRow(bareId(accountId), bareId(memberId), seen),
    })),
    ...leftOut,
  });
}

function parseRow(accountId: string, memberId: string, seen: Set<string>) {
  if (holdsFormula(accountId) || holdsFormula(memberId)) return fault('formula');
  if (!/^[\w:.-]{1,128}$/.test(accountId)) return fault('badAccount');
  if (!/^[1-9]\d{0,15}$/.test(memberId) || !Number.isSafeInteger(Number(memberId))) return fault('badMember');
  // The first one counts: which of two rows is meant is nothing to guess.
  if (seen.has(accountId)) return fault('duplicate');
  seen.add(accountId);
  return { kind: 'pair', pair: { accountId, memberId: Number(memberId) } } as const;
}

function fault(what: RowFault) {
  return { kind: 'fault', fault: what } as const;
}
