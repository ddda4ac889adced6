import { z } from 'zod';
import type { LedgerOutcome, LedgerRecord } from '../../contract';

/** What a row of the ledger is found by, beside what stands in its entry. */
export type Indexed = {
  /** Time and operation id in one text: as no two rows have the same, a list can go on exactly after any of them. */
  readonly sequence: string;
  readonly memberId: number | null;
  readonly outcome: LedgerOutcome;
  readonly fromSegmentId: number | null;
  readonly toSegmentId: number | null;
};

/** The digits of a time: enough until the year 33658, so that texts sort as times do. */
const TIME_DIGITS = 15;

/** A row's place among all: by time (milliseconds since the epoch), and by id among equal times. */
export function sequenceOf({ intendedAtMs, operationId }: Pick<LedgerRecord, 'intendedAtMs' | 'operationId'>): string {
  return `${startOfTime(intendedAtMs)}#${operationId}`;
}

const rowSchema = z.object({ sequence: z.string() });

/** The place of the last of some rows, also where nothing else of it can be read; null without one. */
export function lastSequence(rows: readonly { readonly value: unknown }[]): string | null {
  return rows.flatMap(({ value }) => rowSchema.safeParse(value).data?.sequence ?? []).at(-1) ?? null;
}

/** What is before every row of this time or later, and after every row before it. */
export function startOfTime(atMs: number): string {
  return String(Math.max(0, Math.floor(atMs))).padStart(TIME_DIGITS, '0');
}

/** After every sequence. */
export const AFTER_ALL = '~';

/** The time in a sequence, in milliseconds since the epoch. */
export function timeOfSequence(sequence: string): number {
  return Number(sequence.slice(0, TIME_DIGITS));
}

/** What became of a write, with what is not known for good told as such. */
export function ledgerOutcomeOf({ state, members: [member] }: Pick<LedgerRecord, 'state' | 'members'>): LedgerOutcome {
  return state === 'finished' ? (member?.outcome ?? 'unknown') : 'unfinished';
}

/** What storage finds a row by. */
export function indexedOf(entry: LedgerRecord): Indexed {
  const [member] = entry.members;
  return {
    sequence: sequenceOf(entry),
    memberId: member?.memberId ?? null,
    outcome: ledgerOutcomeOf(entry),
    fromSegmentId: entry.from?.id ?? null,
    toSegmentId: entry.to?.id ?? null,
  };
}
