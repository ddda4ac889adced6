import type { Result } from '../result';

/**
 * What the app knows of a reporter: who is certain is `linked`, or `certain` while linking is off and for those whom
 * somebody unlinked (`unlinked`); `skipped` are those about whom somebody decided not to decide. The last three have a
 * link that no longer fits what Shorter Loop says: it stands, and somebody has to look.
 */
export const SYNC_STATES = [
  'linked',
  'certain',
  'unlinked',
  'emailShared',
  'memberLinked',
  'untrustedAccount',
  'inactiveAccount',
  'notFound',
  'emailHidden',
  'notAPerson',
  'skipped',
  'memberGone',
  'emailChanged',
  'secondMember',
] as const;
/** One of {@link SYNC_STATES}. */
export type SyncState = (typeof SYNC_STATES)[number];

/** The states of which the page has a queue, in its order. */
export const REVIEW_CAUSES = [
  'emailShared',
  'memberLinked',
  'memberGone',
  'emailChanged',
  'secondMember',
  'untrustedAccount',
  'notFound',
  'emailHidden',
  'inactiveAccount',
] as const satisfies readonly SyncState[];
/** One of {@link REVIEW_CAUSES}. */
export type ReviewCause = (typeof REVIEW_CAUSES)[number];

/** Those of them who have a link that no longer fits: they are linked, and somebody has to look. */
export const MARKED_CAUSES = ['memberGone', 'emailChanged', 'secondMember'] as const satisfies readonly ReviewCause[];
/**
 * Those of them whom a setting or Jira leaves out: customers who are not trusted, and addresses that Jira does not
 * tell. Nothing waits for a decision about the one or the other of them, though each can be linked by hand.
 */
export const LEFT_OUT_CAUSES = ['untrustedAccount', 'emailHidden'] as const satisfies readonly ReviewCause[];

/** So many reporters, and the issues that they reported. */
export type SyncCount = { readonly reporters: number; readonly issues: number };
/** How many reporters are in each state. */
export type SyncCounts = Readonly<Record<SyncState, SyncCount>>;

/** A project whose issues the app itself can't read. */
export type UnreadProject = { readonly key: string; readonly name: string };

/** How far the backfill has come. Times are milliseconds since the epoch. */
export type SyncProgress = {
  /** `waiting`: for proven reads, or the directory. `resting`: until `restsUntilMs`, for Jira's points. */
  readonly phase: 'waiting' | 'reading' | 'resting' | 'paused' | 'done';
  readonly restsUntilMs: number | null;
  readonly issues: number;
  /** About how many there are; null where Jira could not say. */
  readonly issuesInAll: number | null;
  readonly projects: { readonly read: number; readonly inAll: number };
  /** Jira's points that it has cost so far. */
  readonly points: number;
  readonly issuesAMinute: number | null;
  readonly leftMs: number | null;
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number | null;
  /** Up to 50 of the projects that the app can't read, and how many there are. */
  readonly unread: readonly UnreadProject[];
  readonly unreadCount: number;
};

/** The numbers of a day, for the chart, as {@link SyncSums} has them. `day` as `2026-11-28`, in UTC. */
export type SyncDay = {
  readonly day: string;
  readonly linked: number;
  readonly marked: number;
  readonly certain: number;
  readonly review: number;
  readonly leftOut: number;
};

/** What the People tab opens with. */
export type SyncView = {
  readonly isAutomatic: boolean;
  readonly progress: SyncProgress;
  readonly counts: SyncCounts;
  /** The last weeks, the oldest first: at most 60. */
  readonly days: readonly SyncDay[];
  /** Customers with an address that a member has, by domain, the most frequent first; null while none is counted. */
  readonly customerDomains: readonly { readonly domain: string; readonly customers: number }[] | null;
};

/** Somebody to decide about; those who reported most come first. */
export type ReviewRow = { readonly accountId: string; readonly issues: number; readonly memberId: number | null };
/** Up to 50 of a cause; `next` is what the following ones come after, null when there are none. */
export type ReviewPage = { readonly rows: readonly ReviewRow[]; readonly next: string | null };

/** What somebody decided about a reporter other than a link: no person, or not now. */
export const DISMISSALS = ['notAPerson', 'skipped'] as const;
/** One of {@link DISMISSALS}. */
export type Dismissal = (typeof DISMISSALS)[number];

/** The functions with which the People tab follows and steers the identity sync. */
export type SyncDefinitions = {
  'admin.sync': () => Result<SyncView>;
  'admin.setAutomatic': (input: { readonly isAutomatic: boolean }) => Result<SyncView>;
  'admin.steerSync': (input: { readonly act: 'pause' | 'resume' | 'startOver' }) => Result<SyncView>;
  'admin.review': (input: { readonly cause: ReviewCause; readonly after: string | null }) => Result<ReviewPage>;
  'admin.dismissReporter': (input: {
    readonly accountId: string;
    readonly as: Dismissal;
  }) => Result<{ readonly accountId: string }>;
};
