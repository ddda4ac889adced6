import type { JiraEstimate } from './jiraBudget';
import type { Result } from './result';
import type { Problem } from './problem';
import type { Segment, WriteEnds } from './segments';
import type { SyncSummary } from './syncSummary';

/** What a run does to everyone: `from` null stands for whichever segment they are in. */
export type BulkAct =
  | { readonly kind: 'move'; readonly from: readonly Segment[] | null; readonly to: Segment }
  | { readonly kind: 'remove'; readonly from: readonly Segment[]; readonly to: null }
  /** Everyone keeps the segments that they are in. */
  | { readonly kind: 'add'; readonly from: null; readonly to: Segment };

/** Where a run's people come from: issues, a list of accounts, or an earlier run. */
export type BulkSource =
  /** As it is kept, with a mask in place of every value; as it is asked for, the whole query. */
  | { readonly kind: 'jql'; readonly jql: string }
  | { readonly kind: 'accounts' }
  /** Whoever failed in that run, once more. */
  | { readonly kind: 'retry'; readonly runId: string }
  /** Whoever was moved or added in that run, back to where they were. */
  | { readonly kind: 'undo'; readonly runId: string };

/** What a preview says of one person. */
export const BULK_VERDICTS = [
  'willWrite',
  'alreadyThere',
  'notInSource',
  'sourceUnclear',
  'ambiguous',
  'notFound',
  'emailHidden',
  'unlinked',
  'notAPerson',
  'projectOff',
  'notPermitted',
] as const;
/** One of {@link BULK_VERDICTS}. */
export type BulkVerdict = (typeof BULK_VERDICTS)[number];

/**
 * What became of one person in a run; `changed` when they were somewhere else by then, `busy` when others wrote about
 * them all the time; `projectOff` and `notPermitted` when whoever started it might not change them by then.
 */
export const BULK_RESULTS = [
  'confirmed',
  'notConfirmed',
  'refused',
  'unknown',
  'changed',
  'busy',
  'projectOff',
  'notPermitted',
] as const;
/** One of {@link BULK_RESULTS}. */
export type BulkResult = (typeof BULK_RESULTS)[number];

/** For how many days a run and its people are kept. */
export const RUN_KEPT_DAYS = 90;

/** How far a run has come: it is read, it runs, it rests, or it is over. */
export const RUN_STATES = ['reading', 'ready', 'running', 'paused', 'cancelled', 'finished'] as const;
/** One of {@link RUN_STATES}. */
export type RunState = (typeof RUN_STATES)[number];

/** What the answer to a write said of it: a yes, a no, or nothing that says either. */
export const ANSWER_CLAIMS = ['accepted', 'refused', 'silent'] as const;
/** One of {@link ANSWER_CLAIMS}. */
export type AnswerClaim = (typeof ANSWER_CLAIMS)[number];

/** What went wrong with so many people in a row, in the very same way: `reason` is one of the ledger. */
export type RunBrake = {
  readonly result: BulkResult;
  readonly reason: string | null;
  readonly claim: AnswerClaim;
  readonly people: number;
};

/**
 * Why a run rests: someone paused it, or the app did because of a problem, and then goes on by itself once that has
 * passed, unless others were changed beside a write; or the app did because the same went wrong again and again. What
 * has harmed somebody goes on only when somebody resumes it.
 */
export type RunPause =
  | { readonly by: 'user' }
  | { readonly by: 'app'; readonly problem: Problem }
  | { readonly by: 'brake'; readonly brake: RunBrake };

/** Whether a run that rests is looked at again and again, until it can go on. */
export function resumesByItself(pause: RunPause | null): boolean {
  return pause?.by === 'app' && pause.problem.code !== 'writesStopped';
}

/** People with whom a run does the very same. */
export type RunGroup = WriteEnds & { readonly count: number; readonly done: number };

/** A run as its page shows it. Times are milliseconds since the epoch. */
export type RunView = {
  readonly runId: string;
  readonly state: RunState;
  readonly source: BulkSource;
  readonly act: BulkAct;
  readonly createdAtMs: number;
  readonly createdByAccountId: string;
  readonly startedAtMs: number | null;
  /** Who let it run, last: whoever started or resumed it. Its writes are theirs. Null before it was started. */
  readonly startedByAccountId: string | null;
  readonly finishedAtMs: number | null;
  /** Issues read so far; 0 where there are none. */
  readonly issues: number;
  /** Issues without a reporter, and those that could not be read. */
  readonly withoutReporter: number;
  /**
   * Some of Shorter Loop's members are told as of then, by the directory (milliseconds since the epoch); null when
   * all were read for this run.
   */
  readonly asOfMs: number | null;
  /** Distinct people by what the preview says of them. */
  readonly verdicts: Readonly<Record<BulkVerdict, number>>;
  /** Of those whom a removal is about: who would be in no segment after it. */
  readonly inNone: number;
  readonly groups: readonly RunGroup[];
  readonly results: Readonly<Record<BulkResult, number>>;
  /** Requests that were sent to Shorter Loop to write. */
  readonly writes: number;
  /** People whose change Shorter Loop has accepted, and does not show yet. */
  readonly unseen: number;
  /** Others who were in another place after one of the run's writes than before it. */
  readonly strays: number;
  readonly pause: RunPause | null;
  /** People done so far at an earlier moment, from which the present rate follows; null before there is one. */
  readonly earlier: { readonly done: number; readonly atMs: number } | null;
  readonly changedAtMs: number;
  /** Why the viewer can't start or resume it, or make another of it; null where they can. */
  readonly refusal: Problem | null;
  /** What stands in the viewer's way of taking it back; null where nothing does. */
  readonly undoRefusal: Problem | null;
};

/** One person of a run. */
export type RunPersonView = {
  readonly accountId: string;
  readonly memberId: number | null;
  readonly verdict: BulkVerdict;
  readonly issueKey: string | null;
  readonly from: Segment | null;
  readonly to: Segment | null;
  readonly result: BulkResult | null;
  /** More about the result: a reason of the ledger, or what had changed. */
  readonly reason: string | null;
};

/**
 * Where a report goes on: after this place in this group. The first page starts at group 1, place 0; group 0, of
 * those left out, is the last.
 */
export type ReportPoint = { readonly group: number; readonly place: number };

/** A run in a list, without what only its own page shows. */
export type ListedRun = Omit<RunView, 'groups'>;

/** Everything that the page shows when it opens. */
export type BulkView = {
  readonly segments: readonly Segment[];
  readonly runs: readonly ListedRun[];
  readonly viewerAccountId: string;
  /** What stands in the viewer's way of a new run; null where nothing does. Otherwise there are no segments. */
  readonly refusal: Problem | null;
  /** What stands in the viewer's way of each act, by the site or by their own permissions; null where nothing does. */
  readonly refusals: Readonly<Record<BulkAct['kind'], Problem | null>>;
};

/** What a run is to do, by segment ids. */
export type BulkActInput =
  | { readonly kind: 'move'; readonly from: readonly number[] | null; readonly to: number }
  | { readonly kind: 'remove'; readonly from: readonly number[] }
  | { readonly kind: 'add'; readonly to: number };

/** A new run: the act is null where an earlier run says it. */
export type CreateRunInput = { readonly source: BulkSource; readonly act: BulkActInput | null };

/** One step of reading: a page of issues, some accounts, or a page of the earlier run. */
export type ReadStepInput =
  | { readonly runId: string; readonly kind: 'jql'; readonly jql: string; readonly pageToken: string | null }
  | {
      readonly runId: string;
      readonly kind: 'accounts';
      readonly accountIds: readonly string[];
      readonly isLast: boolean;
    }
  | { readonly runId: string; readonly kind: 'run'; readonly after: ReportPoint };

/** The run after a step, and where the next step starts; both null when all is read. */
export type ReadStep = { readonly run: RunView; readonly pageToken: string | null; readonly after: ReportPoint | null };

/** A page of a report, and where the next one starts; null on the last one. */
export type ReportPage = { readonly people: readonly RunPersonView[]; readonly next: ReportPoint | null };

type RunId = { readonly runId: string };

/** The bulk page's functions. */
export type BulkDefinitions = {
  /** How many of the site's reporters are known; null where all are. */
  'bulk.known': (payload: undefined) => Result<SyncSummary | null>;
  'bulk.open': (payload: undefined) => Result<BulkView>;
  'bulk.create': (payload: CreateRunInput) => Result<RunView>;
  'bulk.estimate': (payload: { readonly jql: string }) => Result<JiraEstimate | null>;
  'bulk.read': (payload: ReadStepInput) => Result<ReadStep>;
  'bulk.run': (payload: RunId) => Result<RunView>;
  'bulk.start': (payload: RunId) => Result<RunView>;
  'bulk.pause': (payload: RunId) => Result<RunView>;
  'bulk.resume': (payload: RunId) => Result<RunView>;
  'bulk.cancel': (payload: RunId) => Result<RunView>;
  'bulk.report': (payload: RunId & { readonly after: ReportPoint }) => Result<ReportPage>;
};

/** How many characters a query has at most. */
export const MAX_JQL_LENGTH = 10_000;

/** How many accounts one step of reading names at most. */
export const MAX_ACCOUNTS_A_STEP = 500;
