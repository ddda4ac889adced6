import type { IdentitySettings } from '../identity';
import type { JiraEstimate } from '../jiraBudget';
import type { Result } from '../result';
import type { LinkOrigin, Match, MemberView, Segment } from '../segments';

/** What a count of a site's reporters finds of each of them: a match's state, as far as it needs no issue. */
export const REPORTER_STATES = ['linked', 'found', 'ambiguous', 'emailHidden', 'notFound', 'notAPerson'] as const;
/**
 * One of {@link REPORTER_STATES}. `found` reporters are linked by the app when an issue of theirs is opened, unless
 * somebody unlinked them.
 */
export type ReporterState = (typeof REPORTER_STATES)[number];
/** How many reporters are in each state. */
export type ReporterCounts = Readonly<Record<ReporterState, number>>;

/** The states that somebody has to decide by hand. */
export const QUEUE_STATES = ['ambiguous', 'emailHidden', 'notFound'] as const;
/** One of {@link QUEUE_STATES}. */
export type QueueState = (typeof QUEUE_STATES)[number];

/** A project that the admin may browse. */
export type ProjectView = { readonly key: string; readonly name: string };

/** A count of reporters: under way, or as it ended. Times are milliseconds since the epoch. */
export type ScanView = {
  /** `tidying`: all are counted, and what earlier counts left behind is being deleted. */
  readonly phase: 'reading' | 'tidying' | 'done';
  /** The projects that are counted; empty for all that the admin sees. */
  readonly projectKeys: readonly string[];
  /** How many issues were read so far. */
  readonly issues: number;
  readonly counts: ReporterCounts;
  readonly startedAtMs: number;
  readonly finishedAtMs: number | null;
  /** Until when the count rests because the hour's share of Jira's points is used up; null when it does not. */
  readonly pausedUntilMs: number | null;
};

/** What the People tab opens with; `scan` is null before the first count. */
export type PeopleView = { readonly scan: ScanView | null; readonly projects: readonly ProjectView[] };

/** Up to 50 reporters in a state, by account id; `next` is where the following ones start, null when there are none. */
export type QueuePage = { readonly accountIds: readonly string[]; readonly next: string | null };

/** One Jira account, with what there is to decide about them. */
export type ReporterLookup = {
  readonly accountId: string;
  readonly match: Exclude<Match, { state: 'noReporter' }>;
  readonly segments: readonly Segment[];
};

/** A member with the Jira accounts that are linked to them. */
export type FoundMember = MemberView & { readonly linkedAccountIds: readonly string[] };
/**
 * What was found; `truncated` says that there were more, `needsSegment` that a name is searched for within one
 * segment only, because there are so many members.
 */
export type FoundMembers = {
  readonly members: readonly FoundMember[];
  readonly truncated: boolean;
  readonly needsSegment: boolean;
  readonly segments: readonly Segment[];
};
/**
 * A whole e-mail address, a member id, or part of a name; names are searched for within `segmentId` where it is
 * given.
 */
export type FindMembersInput = { readonly query: string; readonly segmentId: number | null };

/** A reporter and the member they are, or are said to be. */
export type LinkPair = { readonly accountId: string; readonly memberId: number };

/** What an import would do with a row, or did with it. */
export const IMPORT_VERDICTS = [
  'new',
  'replaces',
  'same',
  'linkedElsewhere',
  'unknownMember',
  'unknownAccount',
  'notAPerson',
  'notStored',
] as const;
/**
 * One of {@link IMPORT_VERDICTS}. `new`, `replaces`: linked, or to be linked. `same`: linked so already.
 * `linkedElsewhere`: the account is linked to another member, and links are not to be replaced.
 * `notStored`: storage failed for this row alone.
 */
export type ImportVerdict = (typeof IMPORT_VERDICTS)[number];
/** At most {@link MAX_IMPORT_ROWS} rows, no account twice; `replace` allows links in place of others. */
export type ImportInput = { readonly rows: readonly LinkPair[]; readonly replace: boolean };
/** One verdict for each row, in their order. */
export type ImportVerdicts = { readonly verdicts: readonly ImportVerdict[] };
/** How many rows one request holds at most: so that it stays below Forge's 500 KB, and its answer within 25 s. */
export const MAX_IMPORT_ROWS = 1_000;

/** A stored link as it is exported. */
export type ExportedLink = LinkPair & { readonly how: LinkOrigin };
/** Links by member id; `next` is the member id after which the following ones start, null when there are none. */
export type LinkPage = { readonly links: readonly ExportedLink[]; readonly next: number | null };

/** The functions of the People tab. */
export type PeopleDefinitions = {
  'admin.people': () => Result<PeopleView>;
  'admin.estimateScan': (payload: { readonly projectKeys: readonly string[] }) => Result<JiraEstimate | null>;
  'admin.startScan': (input: { readonly projectKeys: readonly string[] }) => Result<ScanView>;
  'admin.stepScan': () => Result<ScanView | null>;
  'admin.peopleQueue': (input: { readonly state: QueueState; readonly after: string | null }) => Result<QueuePage>;
  'admin.reporter': (input: { readonly accountId: string }) => Result<ReporterLookup>;
  'admin.findMembers': (input: FindMembersInput) => Result<FoundMembers>;
  'admin.linkReporter': (input: LinkPair) => Result<ReporterLookup>;
  'admin.unlinkReporter': (input: LinkPair) => Result<ReporterLookup>;
  'admin.checkImport': (input: ImportInput) => Result<ImportVerdicts>;
  'admin.importLinks': (input: ImportInput) => Result<ImportVerdicts>;
  'admin.identity': () => Result<IdentitySettings>;
  'admin.saveIdentity': (input: Pick<IdentitySettings, 'customers'>) => Result<IdentitySettings>;
  'admin.exportLinks': (input: { readonly after: number | null }) => Result<LinkPage>;
};
