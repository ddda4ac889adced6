import type { ManageCall, ManageOutcome, ManageRoute } from '../manage';
import type { Result } from '../result';
import type { ShorterLoopCause } from '../problem';
import type { Segment } from '../segments';

/** The segments with how many members each has, and what is switched on. */
export type SegmentsView = {
  readonly segments: readonly (Segment & { readonly members: number })[];
  /** The calls that are proven, so that they may be about more than a scratch segment. */
  readonly proven: readonly ManageRoute[];
  /** Whether anything may be written at all. */
  readonly writesOn: boolean;
};

/**
 * A call, and how many people the admin was told that it is about. `trial` allows a call that is not
 * proven yet, about at most one person: when it works, it is proven.
 */
export type ManageInput = { readonly call: ManageCall; readonly people: number; readonly trial: boolean };

/** What became of a call, and the segments as they are after it. */
export type ManageResult = {
  readonly outcome: ManageOutcome;
  /** Why Shorter Loop did not do it; null when it did, or did not say. */
  readonly cause: ShorterLoopCause | null;
  /** Null where they could not be read again: that says nothing of the call. */
  readonly view: SegmentsView | null;
};

/** How far a segment is emptied: `failed` counts those who did not leave in this step. */
export type EmptyResult = { readonly removed: number; readonly failed: number; readonly left: number };

/** The functions of the Segments tab. */
export type SegmentsDefinitions = {
  'admin.segments': () => Result<SegmentsView>;
  'admin.manage': (input: ManageInput) => Result<ManageResult>;
  'admin.emptySegment': (input: { readonly segmentId: number }) => Result<EmptyResult>;
};
