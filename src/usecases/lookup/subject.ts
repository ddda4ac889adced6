import {
  HISTORY_LIMIT,
  isInScope,
  type Act,
  type LedgerEntry,
  type Match,
  type Problem,
  ok,
  err,
  type Result,
} from '../../contract';
import { readEmail, readIssueReporter, type As, type IssueReporter } from '../../adapters/jira';
import {
  personhoodOf,
  unknownMember,
  type Directory,
  type EmailFact,
  type LinkState,
  type MemberRecord,
  type Reporter,
} from '../../domain/people';
import type { SegmentWithMembers } from '../../adapters/shorterloop';
import {
  membersByEmailKey,
  readEmailKeyOf,
  readKey,
  readLinkAndEntries,
  readMember,
  readProjectScope,
  readSettings,
  readToChange,
  readToLook,
  recentEntries,
  type DirectoryMeta,
} from '../../adapters/store';
import {
  snapshotFor,
  readAllSegments,
  readAffectedSegments,
  whereTheyAre,
  type AffectedSegments,
  type SegmentsReading,
} from './readAffectedSegments';
import { linkWhenCertain } from './identify';
import { ISSUE_NOT_VISIBLE, verdicts, type AccessRules, type Place, type Verdicts } from '../access';
import { fromJira } from '../result';
import { connect, missingSettings, type Connected } from '../connection';

/** An issue whose project was looked at already. */
type SubjectIssue = Omit<IssueReporter, 'projectId'>;

/** A reporter who is a person, before anything was asked of Shorter Loop. */
export type Subject = {
  readonly issue: SubjectIssue;
  readonly reporter: Reporter;
  readonly link: LinkState;
  readonly connected: Connected;
  /** The directory's metadata; null where none is kept yet. */
  readonly directoryMeta: DirectoryMeta | null;
};

/**
 * A subject whom the user may change, with the ledger's rows that were asked for (null where there is none) and what
 * stands in the way of the other acts that were asked about.
 */
export type AuthorizedSubject<A extends Act = Act> = Subject & {
  readonly entries: readonly (LedgerEntry | null)[];
  readonly refusals: Verdicts<A>;
};

/** A subject, and what decides who may do what about it. */
export type JudgedSubject = {
  readonly kind: 'subject';
  readonly subject: Subject;
  readonly place: Place;
  readonly rules: AccessRules;
};

/** A reporter who is a person, with what Jira, storage and Shorter Loop say of them now. */
export type ResolvedMember = {
  readonly kind: 'known';
  readonly issue: SubjectIssue;
  readonly reporter: Reporter;
  readonly match: Match;
  readonly segments: readonly SegmentWithMembers[];
  /** Which of them were read for this, and what the others are as of. */
  readonly reading: Pick<SegmentsReading, 'live' | 'othersAsOfMs' | 'how'>;
  readonly connected: Connected;
  readonly directoryMeta: DirectoryMeta | null;
};

/** A resolved member with the last writes about this reporter, newest first. */
export type ResolvedReporter = ResolvedMember & { readonly history: readonly LedgerEntry[] };

/** A known reporter with a link. */
export type LinkedReporter = ResolvedReporter & { readonly match: Extract<Match, { state: 'linked' }> };

/** What an issue means in whose project an admin has not switched the app on. */
export const PROJECT_OFF: Problem = { code: 'projectOff' };

/** An issue whose reporter can't be a member: nothing is asked of Shorter Loop. */
export type NoMember = {
  readonly kind: 'noMember';
  readonly reporter: Reporter | null;
  readonly match: Extract<Match, { state: 'noReporter' | 'notAPerson' }>;
};

/**
 * The reporter of an issue that the user sees. Nothing about a reporter is looked up for someone who
 * may not see the issue. `app` is only for an API client whom an admin has let in.
 *
 * Platform calls: issue and key side by side, then settings, rate limit and link in one.
 */
export async function readSubject(issueIdOrKey: string, as: As = 'user'): Promise<Result<NoMember | JudgedSubject>> {
  const [issueAnswer, key] = await Promise.all([readIssueReporter(issueIdOrKey, as), readKey()]);
  const issue = fromJira(issueAnswer, ISSUE_NOT_VISIBLE);
  if (issue.kind === 'problem') return issue;
  const { issueId, projectId, reporter } = issue.value;
  const notAMember = matchOfNobody(reporter);
  if (reporter === null || notAMember !== null)
    return noMember(projectId, reporter, notAMember ?? { state: 'noReporter' }, key);
  const { settings, tokenBucket, access, scope, link, directoryMeta } = await readToLook(reporter.accountId);
  if (!isInScope(scope, projectId)) return err(PROJECT_OFF);
  const connected = connect(settings, key, tokenBucket);
  if (connected.kind === 'problem') return connected;
  return ok({
    kind: 'subject',
    subject: { issue: issue.value, reporter, link, connected: connected.value, directoryMeta },
    place: { kind: 'issue', issueId, projectId },
    rules: { access, scope },
  });
}

/** The answer about someone who can't be a member. Throws ForgeKvsError when storage fails. */
export async function noMember(
  projectId: string,
  reporter: Reporter | null,
  match: NoMember['match'],
  key: string | null,
): Promise<Result<NoMember>> {
  // A site that was never set up says so on every issue, also where there is nobody to match.
  const [settings, scope] = await Promise.all([readSettings(), readProjectScope()]);
  if (!isInScope(scope, projectId)) return err(PROJECT_OFF);
  const missing = missingSettings(settings, key);
  return missing.length > 0 ? err({ code: 'notConfigured', missing }) : ok({ kind: 'noMember', reporter, match });
}

/**
 * The reporter of an issue that the user sees, for an act that they may do: the condition for every
 * change that a user asks for. Nothing about a person is read before both are proven as the user.
 * @param issueIdOrKey a hint from outside; only the read as the user proves it
 * @param operationIds whose rows of the ledger the caller needs, at most 20
 * @param shown acts of which the caller shows what stands in their way
 */
export async function authorizeChange<A extends Act>(
  issueIdOrKey: string,
  act: A,
  operationIds: readonly string[] = [],
  shown: readonly A[] = [],
): Promise<Result<AuthorizedSubject<A>>> {
  const [issueAnswer, key, { settings, tokenBucket, access, scope, directoryMeta }] = await Promise.all([
    readIssueReporter(issueIdOrKey),
    readKey(),
    readToChange(),
  ]);
  const issue = fromJira(issueAnswer, ISSUE_NOT_VISIBLE);
  if (issue.kind === 'problem') return issue;
  const { issueId, projectId } = issue.value;
  const place = { kind: 'issue', issueId, projectId } as const;
  const refusals = await verdicts({ kind: 'user' }, [act, ...shown], place, { access, scope });
  if (refusals.kind === 'problem') return refusals;
  const refused: Problem | null = refusals.value[act];
  if (refused !== null) return err(refused);
  const connected = connect(settings, key, tokenBucket);
  if (connected.kind === 'problem') return connected;
  const { reporter } = issue.value;
  if (reporter === null || matchOfNobody(reporter) !== null) return err({ code: 'stale', reason: 'reporterChanged' });
  const { link, entries } = await readLinkAndEntries(reporter.accountId, operationIds);
  const subject = { issue: issue.value, reporter, link, connected: connected.value, directoryMeta };
  return ok({ ...subject, entries, refusals: refusals.value });
}

/** The match of someone who can't be a member; null for a person. */
export function matchOfNobody(reporter: Reporter | null): NoMember['match'] | null {
  if (reporter === null) return { state: 'noReporter' };
  const personhood = personhoodOf(reporter);
  return personhood.kind === 'person' ? null : { state: 'notAPerson', reason: personhood.reason };
}

/**
 * Reads what Shorter Loop says of a reporter, and links them when they are certain and not linked yet. With a
 * directory only the segments that the question is about are read.
 */
export async function resolveMember(
  subject: Subject,
  purpose: 'look' | 'write',
  affectedSegments: AffectedSegments | null = whereTheyAre,
): Promise<Result<ResolvedMember>> {
  const { issue, reporter, link, connected, directoryMeta } = subject;
  const snapshot = affectedSegments === null ? null : snapshotFor(connected.settings, directoryMeta);
  const found = await (snapshot === null || affectedSegments === null
    ? readEverything(subject, purpose)
    : readBySnapshot(subject, snapshot, affectedSegments, purpose));
  if (found.kind === 'problem') return found;
  const { reading, email } = found.value;
  const match = await linkWhenCertain({ reporter, email }, link, reading.segments);
  const { segments } = reading;
  return ok({ kind: 'known', issue, reporter, match, segments, reading, connected, directoryMeta });
}

/** {@link resolveMember} with what the ledger says of the reporter. */
export async function resolveReporter(
  subject: Subject,
  purpose: 'look' | 'write',
  affectedSegments: AffectedSegments | null = whereTheyAre,
): Promise<Result<ResolvedReporter>> {
  const [known, history] = await Promise.all([
    resolveMember(subject, purpose, affectedSegments),
    recentEntries(subject.reporter.accountId, HISTORY_LIMIT),
  ]);
  return known.kind === 'ok' ? ok({ ...known.value, history }) : known;
}

/** {@link resolveReporter} for a linked reporter whose member is about to be written about. */
export async function resolveLinked(
  subject: Subject,
  affectedSegments: AffectedSegments | null,
): Promise<Result<LinkedReporter>> {
  const known = await resolveReporter(subject, 'write', affectedSegments);
  if (known.kind === 'problem') return known;
  const { match } = known.value;
  return match.state === 'linked' ? ok({ ...known.value, match }) : err({ code: 'notLinked' });
}

type ReadReporter = { readonly reading: SegmentsReading; readonly email: EmailFact | null };

async function readEverything(
  { reporter, link, connected }: Subject,
  purpose: 'look' | 'write',
): Promise<Result<ReadReporter>> {
  const [reading, email] = await Promise.all([
    readAllSegments(connected, purpose),
    link.state === 'linked' ? null : readEmail(reporter),
  ]);
  return reading.kind === 'ok' ? ok({ reading: reading.value, email }) : reading;
}

/**
 * Whom the directory has for the reporter: by their link, or by the key of their e-mail. What it says is then read
 * and proven.
 */
async function readBySnapshot(
  { reporter, link, connected }: Subject,
  snapshot: Directory,
  affectedSegments: AffectedSegments,
  purpose: 'look' | 'write',
): Promise<Result<ReadReporter>> {
  const email = link.state === 'linked' ? null : await readEmail(reporter);
  const members =
    link.state === 'linked'
      ? [(await readMember(link.memberId)) ?? unknownMember(link.memberId)]
      : await membersWith(email);
  const reading = await readAffectedSegments(connected, snapshot, { members, affectedSegments, purpose });
  return reading.kind === 'ok' ? ok({ reading: reading.value, email }) : reading;
}

async function membersWith(email: EmailFact | null): Promise<MemberRecord[]> {
  if (email?.kind !== 'email') return [];
  const keyOf = await readEmailKeyOf();
  return keyOf === null ? [] : membersByEmailKey(keyOf(email.email));
}
