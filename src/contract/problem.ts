import type { Act, JiraPermission } from './access';
import type { InputReason } from './inputReason';
import type { ManageRoute } from './manage';
import type { LedgerState, Match, Segment, WriteKind } from './segments';

/**
 * What can go wrong, by cause and as data. Pages turn a problem into words (one catalogue in static/);
 * nothing here is a sentence, a secret or an e-mail address.
 */

/** Why a call to Shorter Loop failed. */
export const SHORTER_LOOP_CAUSES = [
  'unauthorized',
  'forbidden',
  'notFound',
  'wrongDialect',
  'rateLimited',
  'invalid',
  'server',
  'network',
  'timeout',
  'malformed',
  /** It answers with another address instead of an answer. */
  'redirected',
  /** A list is shorter than it says itself. */
  'cut',
] as const;
/** One of {@link SHORTER_LOOP_CAUSES}. */
export type ShorterLoopCause = (typeof SHORTER_LOOP_CAUSES)[number];

/** The settings without which nothing can be asked of Shorter Loop. */
export type MissingSetting = 'apiOrigin' | 'initiativeId' | 'key';

/** What changed under an open panel, so that its request no longer means what its user saw. */
export type StaleReason =
  'reporterChanged' | 'linkChanged' | 'notInSource' | 'alreadyInTarget' | 'sourceGone' | 'targetGone';

/** Why an undo is not possible (any more). */
export type UndoRefusal =
  'unknownWrite' | 'notAMove' | 'notConfirmed' | 'otherReporter' | 'movedSince' | 'alreadyUndone';

/** Which of Jira's limits was reached: many calls at once (passes in seconds), or the hour's quota. */
export type JiraLimit = 'burst' | 'quota';

/** Everything an entry point can answer instead of what was asked, one variant per cause. */
export type Problem =
  | { readonly code: 'notConfigured'; readonly missing: readonly MissingSetting[] }
  /** Nothing may be written until the connection check has shown that memberships can be read. */
  | { readonly code: 'notProven' }
  /** Nobody has seen yet that this kind of write works: an admin tries it with a test person. */
  | { readonly code: 'writeNotProven'; readonly kind: WriteKind }
  /** This kind of write rests for the whole site, because others were changed beside one. */
  | { readonly code: 'writesStopped'; readonly kind: WriteKind; readonly operationId: string }
  /** A test needs somebody else in the segment, or it could not show that others stay where they are. */
  | { readonly code: 'testNeedsOthers'; readonly segmentId: number }
  /** A call that manages is not proven, and was not asked for as a trial. */
  | { readonly code: 'featureOff'; readonly feature: ManageRoute }
  /** A trial may be about one person at most; this one is about so many. */
  | { readonly code: 'notAScratch'; readonly people: number }
  /** It is about another number of people than the admin was told. */
  | { readonly code: 'countChanged'; readonly people: number }
  /** Shorter Loop did not accept a new key, so that the old one stays in force. */
  | { readonly code: 'newKeyRefused'; readonly cause: ShorterLoopCause; readonly status: number | null }
  | { readonly code: 'issueNotVisible' }
  | { readonly code: 'projectNotVisible' }
  /** An admin has not let the app be used in the issue's project. */
  | { readonly code: 'projectOff' }
  /**
   * `GROUP`: the user is in none of the groups that the setting names. `seeing` is there where it is the page itself
   * that they may not see.
   */
  | {
      readonly code: 'notPermitted';
      readonly needed: JiraPermission | 'GROUP';
      readonly seeing?: { readonly kind: 'board'; readonly projectKey: string };
    }
  /** The API client was revoked, or never was. */
  | { readonly code: 'apiClientGone' }
  /** An admin has not ticked this act for the API client. */
  | { readonly code: 'apiClientMayNot'; readonly act: Act | 'look' }
  | { readonly code: 'notLinked' }
  /** Nobody can be written about, because the reporter is no known member; `state` says why. */
  | { readonly code: 'noMember'; readonly state: Exclude<Match['state'], 'linked'> }
  /** No segment has this id or this very name. */
  | { readonly code: 'segmentUnknown'; readonly which: 'source' | 'target'; readonly given: string }
  /**
   * Shorter Loop's record of this segment is not as it should be, so that who is in it can't be told: nothing is
   * written about it, and about the others as before.
   */
  | { readonly code: 'segmentUnreadable'; readonly segmentId: number }
  /** The text means one segment by its id and another by its name, or several by one name; at most ten are named. */
  | {
      readonly code: 'segmentAmbiguous';
      readonly which: 'source' | 'target';
      readonly given: string;
      readonly candidates: readonly Segment[];
    }
  /** "Wherever they are" is not one segment: the member is in none or in several. */
  | { readonly code: 'sourceUnclear'; readonly segments: number }
  | { readonly code: 'invalidInput'; readonly field: string; readonly reason: InputReason }
  | { readonly code: 'stale'; readonly reason: StaleReason }
  | { readonly code: 'undoRefused'; readonly reason: UndoRefusal }
  /** The same operation id was used before: `state` says how far that write came. */
  | { readonly code: 'duplicateRequest'; readonly state: LedgerState }
  /**
   * The operation id was used before, for something else: nothing was done. `issueKey` is null where that work item
   * is not to be told; the time is in milliseconds since the epoch.
   */
  | {
      readonly code: 'operationIdTaken';
      readonly kind: WriteKind;
      readonly issueKey: string | null;
      readonly atMs: number;
    }
  /** So many changes wait, of this reporter, of this API client or of the site, that no more are taken in. */
  | { readonly code: 'queueFull'; readonly of: 'reporter' | 'apiClient' | 'site'; readonly retryAfterMs: number }
  /** Another write about the same member is under way; nothing was recorded or sent. */
  | { readonly code: 'busy'; readonly retryAfterMs: number }
  /** The user in whose name Jira was asked has not allowed the app to act for them. */
  | { readonly code: 'consentNeeded' }
  /** The site's share of Jira's points is used up until the next full hour; nothing was asked. */
  | { readonly code: 'jiraBudget'; readonly retryAfterMs: number }
  | {
      readonly code: 'jira';
      readonly status: number | null;
      readonly retryAfterMs: number | null;
      readonly limit: JiraLimit | null;
    }
  | {
      readonly code: 'shorterLoop';
      readonly cause: ShorterLoopCause;
      /** HTTP status of the answer, null when there was none. */
      readonly status: number | null;
      /** What Shorter Loop asked us to wait, null when it did not say. */
      readonly retryAfterMs: number | null;
    }
  /**
   * A bulk run that can't be gone on with as asked: there is none, it is in another state, it is someone else's, which
   * a Jira admin may only see, pause and cancel, or its people are in more segments than a run can keep.
   */
  | { readonly code: 'run'; readonly cause: 'unknown' | 'otherState' | 'others' | 'tooMany' | 'tooManySegments' }
  /**
   * Jira does not take the query of a bulk run. `said` is what it says of it, null where it says nothing: text from
   * outside that holds pieces of the query. It is only for whoever typed that, and neither stored nor logged.
   */
  | { readonly code: 'run'; readonly cause: 'badQuery'; readonly said: string | null }
  | { readonly code: 'storage' }
  /** A bug: nothing is told but a reference that also stands in the app's log. */
  | { readonly code: 'internal'; readonly reference: string };
