import type { EntryPoint } from '../ledger';
import type { Result } from '../result';
import { SHORTER_LOOP_CAUSES } from '../problem';
import type { StrayNote, WriteStop } from './ladder';
import type { RuleFailureCount } from './ruleFailures';

/**
 * What is counted as a failure: what Shorter Loop, Jira, storage or the app itself did wrong, and never what a user
 * did.
 */
export const FAILURE_CAUSES = [
  ...SHORTER_LOOP_CAUSES,
  'segmentUnreadable',
  'jiraBusy',
  'jiraQuota',
  'jiraFailed',
  'consentNeeded',
  'storage',
  'internal',
] as const;
/** One of {@link FAILURE_CAUSES}. */
export type FailureCause = (typeof FAILURE_CAUSES)[number];

/** How often something failed for one cause. Times are milliseconds since the epoch. */
export type FailureCount = {
  readonly cause: FailureCause;
  readonly lastDay: number;
  readonly lastWeek: number;
  readonly lastAtMs: number;
};

/** How fast the site may ask Shorter Loop now. */
export type Headroom = {
  readonly callsPerSecond: number;
  /** How many calls may be made at once now, and after a rest. */
  readonly callsNow: number;
  readonly mostCalls: number;
  /** Until when nothing may be asked, because Shorter Loop said so; null when it did not. */
  readonly closedUntilMs: number | null;
};

/** How many there are; `isAll` false when there are more than were counted. */
export type WaitingCount = { readonly count: number; readonly isAll: boolean; readonly oldestMs: number | null };

/** A change that a rule or an API client wants and that waits to be carried out. */
export type QueuedChangeView = {
  readonly requestId: string;
  readonly kind: 'move' | 'remove' | 'add';
  /** Segments as the rule has them: ids or names. */
  readonly source: string | null;
  readonly target: string | null;
  readonly entryPoint: EntryPoint;
  /** The rule's user; of an API client's change the admin who made the client. */
  readonly actorAccountId: string;
  /** The API client who asked for it; null when it was a rule. */
  readonly apiClient: { readonly id: string; readonly name: string | null } | null;
  readonly reporterAccountId: string;
  readonly issueKey: string;
  readonly askedAtMs: number;
  /** It is not attempted before. */
  readonly notBeforeMs: number;
  readonly attempts: number;
};

/** A change that was given up and that someone should look at. It is forgotten after {@link KEEP_FAILED_MS}. */
export type FailedChange = Omit<QueuedChangeView, 'notBeforeMs'> & {
  /** A code of a problem or of an outcome's reason. */
  readonly failure: string;
};

/** How long a change that was given up is kept. */
export const KEEP_FAILED_MS = 30 * 24 * 60 * 60 * 1_000;

/**
 * Which changes are to be forgotten: those that wait, of one API client or of all; or those that were given up, of one
 * cause or of all.
 */
export type DismissChangesInput =
  | { readonly state: 'queued'; readonly apiClientId: string | null }
  | { readonly state: 'failed'; readonly failure: string | null };

/** What was forgotten; `isAll` false when time was over before: then it is asked for again. */
export type DismissedChanges = { readonly view: HealthView; readonly dismissed: number; readonly isAll: boolean };

/** How the app is. */
export type HealthView = {
  readonly failures: readonly FailureCount[];
  /** Why actions of rules failed in the last thirty days, the latest first. */
  readonly ruleFailures: readonly RuleFailureCount[];
  readonly headroom: Headroom;
  /** Writes that were begun and whose outcome is open: they are read back by the next recovery. */
  readonly unfinished: WaitingCount;
  /** Changes in the queue. */
  readonly waiting: WaitingCount;
  /** The oldest of them, at most a hundred. */
  readonly queued: readonly QueuedChangeView[];
  /** Changes that were given up, the latest first, at most a hundred. */
  readonly failed: readonly FailedChange[];
  /** Of the latest of both kinds, so many are stored in a form that can't be read: they hinder no other. */
  readonly unreadableChanges: number;
  /** The kinds of writes that rest, because others were changed beside one. */
  readonly stops: readonly WriteStop[];
  /** The latest writes beside which others were changed, without those for which a kind rests now. */
  readonly strays: readonly StrayNote[];
};

/** Every function of the Health tab. */
export type HealthDefinitions = {
  'admin.health': () => Result<HealthView>;
  'admin.retryChange': (input: { readonly requestId: string }) => Result<HealthView>;
  /** Forgets a change that waits or was given up. One that is being carried out just now may still happen. */
  'admin.dismissChange': (input: { readonly requestId: string }) => Result<HealthView>;
  /** Forgets that others were changed beside a write; its row of the ledger stays. */
  'admin.dismissStrays': (input: { readonly operationId: string }) => Result<HealthView>;
  'admin.dismissChanges': (input: DismissChangesInput) => Result<DismissedChanges>;
};
