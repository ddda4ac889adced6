import type { Strays } from '../ledger';
import type { WriteKind } from '../segments';

/** What may be done, rung by rung: each is tried before the app relies on it, and rests where others were changed. */
export type Ladder = Readonly<Record<'looking' | 'moving' | 'removing' | 'adding', 'on' | 'untested' | 'stopped'>>;

/** A write beside which others were changed, by its row of the ledger, and how many they were. */
export type StrayNote = {
  readonly operationId: string;
  readonly kind: WriteKind;
  readonly atMs: number;
  readonly count: number;
};

/** The kinds of writes that rest for the whole site, because others were changed beside them. */
export type WriteStop = {
  readonly kind: WriteKind;
  readonly atMs: number;
  readonly operationId: string;
  readonly fromSegmentId: number | null;
  readonly toSegmentId: number | null;
  readonly strays: Strays;
};
