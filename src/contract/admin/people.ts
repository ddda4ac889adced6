import type { IdentityQuestion, IdentitySettings } from '../identity';
import type { Result } from '../result';
import type { LinkOrigin, Match, MemberView, Segment } from '../segments';

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
  'admin.reporter': (input: { readonly accountId: string }) => Result<ReporterLookup>;
  'admin.findMembers': (input: FindMembersInput) => Result<FoundMembers>;
  'admin.linkReporter': (input: LinkPair) => Result<ReporterLookup>;
  'admin.unlinkReporter': (input: LinkPair) => Result<ReporterLookup>;
  'admin.checkImport': (input: ImportInput) => Result<ImportVerdicts>;
  'admin.importLinks': (input: ImportInput) => Result<ImportVerdicts>;
  'admin.identityQuestion': () => Result<IdentityQuestion>;
  'admin.identity': () => Result<IdentitySettings>;
  'admin.saveIdentity': (input: Pick<IdentitySettings, 'customers'>) => Result<IdentitySettings>;
  'admin.exportLinks': (input: { readonly after: number | null }) => Result<LinkPage>;
};
