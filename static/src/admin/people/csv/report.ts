import type { ImportVerdict, LinkPair } from '@contract';
import type { ParsedRow, RowFault } from './parseLinks';

/** What there is to say of a row: what would be, or was, done with it, or what is wrong with it. */
export type RowVerdict = ImportVerdict | RowFault | 'notReached';
/** A row with its verdict and what its cells say; `pair` is null where that is no link. */
export type ReportRow = Pick<ParsedRow, 'line' | 'accountId' | 'memberId'> & {
  readonly pair: LinkPair | null;
  readonly verdict: RowVerdict;
};
/** How many rows there are of each verdict, those alone that there are any of. */
export type Tally = readonly (readonly [RowVerdict, number])[];

/** The verdicts, those that link first, then those that need somebody's look. */
const ORDER: readonly RowVerdict[] = [
  'new',
  'replaces',
  'same',
  'linkedElsewhere',
  'unknownMember',
  'unknownAccount',
  'notAPerson',
  'badAccount',
  'badMember',
  'duplicate',
  'formula',
  'notStored',
  'notReached',
];

/** The rows of a file that are pairs, in their order. */
export function pairsOf(rows: readonly ParsedRow[]): LinkPair[] {
  return rows.flatMap((row) => (row.kind === 'pair' ? [row.pair] : []));
}

/** Puts the app's verdicts beside the rows that they are about. Rows that it did not come to are `notReached`. */
export function reportOf(rows: readonly ParsedRow[], verdicts: readonly ImportVerdict[]): ReportRow[] {
  let nth = 0;
  return rows.map((row) => {
    const { line, accountId, memberId } = row;
    if (row.kind === 'fault') return { line, accountId, memberId, pair: null, verdict: row.fault };
    const verdict = verdicts[nth] ?? 'notReached';
    nth += 1;
    return { line, accountId, memberId, pair: row.pair, verdict };
  });
}

/** Counts a report's rows by verdict. */
export function tally(report: readonly ReportRow[]): Tally {
  return ORDER.flatMap((verdict) => {
    const count = report.filter((row) => row.verdict === verdict).length;
    return count === 0 ? [] : [[verdict, count] as const];
  });
}

/** Whether a row links somebody. */
export function links({ verdict }: ReportRow): boolean {
  return verdict === 'new' || verdict === 'replaces';
}

/** Whether a row needs somebody's look: it is neither linked nor was so already. */
export function isTrouble(row: ReportRow): boolean {
  return !links(row) && row.verdict !== 'same';
}
