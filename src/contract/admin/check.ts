import type { IdForm, KeyForm, Paging, ProfileAspect, ReadCall, SiteProfile } from '../profile';
import type { ReadPlan, Segment, WriteKind } from '../segments';
import type { Problem } from '../problem';
import type { Result } from '../result';
import type { ConnectionView } from './connection';

/** What an admin chose where the check could not decide, by question. */
export type CheckChoices = {
  /** The segment that may be read alone, where the path of that read could also be one of a write. */
  readonly segmentId?: number;
  /** Which of a member's ids the writes take: its keys, joined by dots. */
  readonly memberId?: string;
  /** Where the list of segments stands: keys, joined by dots. */
  readonly list?: string;
  /** The lists that the admin says are whole, though they look cut. */
  readonly whole?: readonly ReadCall[];
};

/** The check as asked: it never writes, and makes at most {@link MOST_CHECK_REQUESTS} requests. */
export type CheckInput = { readonly choices: CheckChoices };

/** The most requests of one check. */
export const MOST_CHECK_REQUESTS = 8;

/** What came instead of what was expected: shapes and types, and never a value. */
export type AnswerSummary = {
  readonly status: number | null;
  /** The media type that the answer claims; null where it claims none. */
  readonly contentType: string | null;
  /** As in `{ success: boolean, result: list of 12 { uuid: text (36), title: text } }`; null where it is no JSON. */
  readonly form: string | null;
};

/** One sentence of the check's report, as data. Paths are keys joined by dots; shares are whole per cents. */
export type CheckLine =
  | { readonly code: 'reached'; readonly status: number; readonly tookMs: number }
  | { readonly code: 'keyAccepted'; readonly key: KeyForm }
  | { readonly code: 'keyRefused'; readonly status: number | null; readonly tried: readonly KeyForm[] }
  | { readonly code: 'listed'; readonly segments: number; readonly at: string }
  | { readonly code: 'noSegments' }
  | { readonly code: 'oneByOne'; readonly call: ReadCall; readonly problem: Problem }
  | {
      readonly code: 'members';
      readonly call: ReadCall;
      readonly segments: number;
      readonly members: number;
      readonly at: string;
      readonly addresses: number;
      readonly names: number;
    }
  | {
      readonly code: 'memberIds';
      readonly call: ReadCall;
      readonly at: string;
      /** Other ids that a member's record has, and why they are not taken. */
      readonly others: readonly { readonly at: string; readonly why: 'differsBetweenSegments' | 'notAnId' | 'same' }[];
    }
  | { readonly code: 'ids'; readonly ids: IdForm }
  | {
      readonly code: 'paging';
      readonly call: ReadCall;
      readonly paging: Paging;
      readonly pages: number;
      readonly size: number;
    }
  | { readonly code: 'path'; readonly call: ReadCall; readonly path: string }
  | { readonly code: 'compared'; readonly segmentId: number; readonly members: number }
  /** No read of one segment is there, so that one is picked out of all. */
  | { readonly code: 'picked'; readonly call: ReadCall }
  | {
      readonly code: 'differs';
      readonly segmentId: number;
      /** Members whom only the one read shows, and only the other. */
      readonly onlyInAll: number;
      readonly onlyInOne: number;
    }
  | { readonly code: 'leftOut'; readonly call: ReadCall; readonly records: number }
  /** Records of members who have left, by what stands in them. */
  | { readonly code: 'former'; readonly call: ReadCall; readonly at: string; readonly records: number }
  | { readonly code: 'unreadable'; readonly segmentIds: readonly number[] }
  | { readonly code: 'cut'; readonly call: ReadCall; readonly shown: number; readonly total: number | null }
  | { readonly code: 'verbs'; readonly kind: WriteKind; readonly path: string; readonly verbs: readonly string[] }
  | { readonly code: 'failed'; readonly call: ReadCall; readonly problem: Problem; readonly came: AnswerSummary | null }
  | { readonly code: 'paused'; readonly retryAfterMs: number };

/** What an admin has to decide before the check can go on. Samples are masked: `1•••`, `m•••@•••`. */
export type CheckQuestion =
  | { readonly ask: 'segmentId'; readonly path: string; readonly segments: readonly Segment[] }
  | {
      readonly ask: 'memberId' | 'list';
      readonly options: readonly { readonly at: string; readonly sample: string }[];
    }
  | { readonly ask: 'whole'; readonly call: ReadCall; readonly rows: number };

/** What a check came to. */
export type CheckReport = {
  readonly lines: readonly CheckLine[];
  /**
   * `proven`: memberships can be read, and what was learned is kept; `empty`: there are no segments yet, which is
   * nothing wrong; `question`: an admin has to decide; `failed`: the last line says why.
   */
  readonly state: 'proven' | 'empty' | 'question' | 'failed';
  readonly question: CheckQuestion | null;
  readonly requests: number;
  /** The profile as the check leaves it, and in which parts it differs from the default one. */
  readonly profile: SiteProfile;
  readonly differs: readonly ProfileAspect[];
  readonly readPlan: ReadPlan;
  /** The connection after the check. */
  readonly view: ConnectionView;
};

/** The functions of the check. */
export type CheckDefinitions = { 'admin.check': (input: CheckInput) => Result<CheckReport> };
