import type { ReviewReason } from './identity';

/**
 * The nouns that every entry point, the pages and the tests share.
 * @see docs/glossary.md for the words
 */

/** A Shorter Loop user segment of the Idea manager. `id` is a positive safe integer. */
export type Segment = {
  readonly id: number;
  readonly name: string;
};

/**
 * A person in Shorter Loop as a page may see them: never with an e-mail address.
 * `name` is null when Shorter Loop gave none, or when the member is in no segment and so can't be read.
 */
export type MemberView = {
  readonly id: number;
  readonly name: string | null;
  readonly segmentIds: readonly number[];
};

/**
 * How memberships are read: every segment with its members in one call, or the list of segments
 * first and then each segment with its members.
 */
export const READ_PLANS = ['all-at-once', 'per-segment'] as const;
/** One of {@link READ_PLANS}. */
export type ReadPlan = (typeof READ_PLANS)[number];

/** What we know of a write, per member. */
export const OUTCOMES = ['confirmed', 'notConfirmed', 'refused', 'unknown'] as const;
/** One of {@link OUTCOMES}. */
export type Outcome = (typeof OUTCOMES)[number];

/**
 * How far a write has come: `intended` was recorded before the request; `undecided` has an answer to
 * the user, but one that may still change (nothing could be read back, or the request may yet be
 * applied); `finished` is final. A row that is not finished is read back later and settled.
 */
export const LEDGER_STATES = ['intended', 'undecided', 'finished'] as const;
/** One of {@link LEDGER_STATES}. */
export type LedgerState = (typeof LEDGER_STATES)[number];

/** The two writes of the manage-users endpoint, and adding, which has an endpoint of its own. */
export const WRITE_KINDS = ['move', 'remove', 'add'] as const;
/** One of {@link WRITE_KINDS}. */
export type WriteKind = (typeof WRITE_KINDS)[number];

/** The segments that a write is between: which ones there are follows from its kind. */
export type WriteEnds =
  | { readonly kind: 'move'; readonly from: Segment; readonly to: Segment }
  | { readonly kind: 'remove'; readonly from: Segment; readonly to: null }
  | { readonly kind: 'add'; readonly from: null; readonly to: Segment };

/** How a link was made. */
export const LINK_ORIGINS = ['email', 'manual', 'import'] as const;
/** One of {@link LINK_ORIGINS}. */
export type LinkOrigin = (typeof LINK_ORIGINS)[number];

/** A stored link as a page may see it. `byAccountId` is null when the app linked by e-mail on its own. */
export type LinkView = {
  readonly how: LinkOrigin;
  readonly byAccountId: string | null;
  readonly atMs: number;
};

/** The answer to "which member is this reporter". */
export type Match =
  | { readonly state: 'linked'; readonly member: MemberView; readonly link: LinkView }
  /**
   * Exactly one member has the reporter's e-mail, but someone unlinked them by hand, so the app does not link on its
   * own.
   */
  | { readonly state: 'found'; readonly member: MemberView }
  /** Members have the reporter's e-mail, and that does not decide: somebody has to. */
  | { readonly state: 'ambiguous'; readonly reason: ReviewReason; readonly candidates: readonly MemberView[] }
  | { readonly state: 'notFound' }
  | { readonly state: 'emailHidden'; readonly reason: EmailHiddenReason }
  | { readonly state: 'noReporter' }
  | { readonly state: 'notAPerson'; readonly reason: 'app' | 'formerUser' };

/**
 * Why Jira did not tell the reporter's e-mail: hidden by the person, the app is not approved, or Jira can't say now.
 */
export type EmailHiddenReason = 'hidden' | 'appNotApproved' | 'unavailable';
