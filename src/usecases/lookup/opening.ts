import {
  HISTORY_LIMIT,
  PANEL_ACTS,
  isInScope,
  labelledSegments,
  type LedgerEntry,
  type Match,
  type PanelAct,
  type Proofs,
  type Segment,
  ok,
  err,
  type Result,
} from '../../contract';
import { readIssueReporter, type IssueReporter } from '../../adapters/jira';
import { asOfMs, memberById, type Reporter } from '../../domain/people';
import type { SegmentWithMembers } from '../../adapters/shorterloop';
import { readKey, readMember, readToLook, recentEntries } from '../../adapters/store';
import { ISSUE_NOT_VISIBLE, verdicts, type AccessRules, type Place, type Verdicts } from '../access';
import { directoryFor, cachedSegments } from './readAffectedSegments';
import { fromJira } from '../result';
import { connect, NOTHING_REFUSED, writeRefusals, type WriteRefusals } from '../connection';
import { matchOfNobody, noMember, PROJECT_OFF, type JudgedSubject, type NoMember } from './subject';

/** A linked reporter as the directory tells of them; nothing was asked of Shorter Loop. */
export type CachedReporter = {
  readonly kind: 'cached';
  readonly issue: IssueReporter;
  readonly reporter: Reporter;
  readonly match: Extract<Match, { state: 'linked' }>;
  readonly segments: readonly SegmentWithMembers[];
  /** What stands in the way of each kind of write, whoever asks for it. */
  readonly gate: WriteRefusals;
  /** Nothing in it is older, in milliseconds since the epoch. */
  readonly asOfMs: number;
  readonly refusals: Verdicts<PanelAct>;
  readonly proofs: Proofs;
  readonly apiOrigin: string;
};

/**
 * What a page that only shows a reporter starts with, and what stands in the way of each act. With a directory and a
 * link that is all: four platform calls (five where a rule names groups), none to Shorter Loop, and the key stays
 * where it is. Anyone else is answered as by `readSubject`.
 */
export async function readOpening(issueIdOrKey: string): Promise<Result<NoMember | CachedReporter | JudgedSubject>> {
  const issue = fromJira(await readIssueReporter(issueIdOrKey), ISSUE_NOT_VISIBLE);
  if (issue.kind === 'problem') return issue;
  const { issueId, projectId, reporter } = issue.value;
  const notAMember = matchOfNobody(reporter);
  if (reporter === null || notAMember !== null)
    return noMember(projectId, reporter, notAMember ?? { state: 'noReporter' }, await readKey());
  const { settings, tokenBucket, access, scope, link, directoryMeta } = await readToLook(reporter.accountId);
  if (!isInScope(scope, projectId)) return err(PROJECT_OFF);
  const place = { kind: 'issue', issueId, projectId } as const;
  const rules = { access, scope };
  const directory = settings === null ? null : directoryFor(settings.connection, directoryMeta);
  if (settings !== null && directory !== null && link.state === 'linked') {
    const gate = writeRefusals(settings);
    const [member, refusals] = await Promise.all([readMember(link.memberId), readRefusals(place, rules)]);
    if (refusals.kind === 'problem') return refusals;
    const segments = cachedSegments(directory, member);
    const match = { state: 'linked', member: memberById(segments, link.memberId), link: link.link } as const;
    const { proofs, connection } = settings;
    const site = { gate, proofs, apiOrigin: connection.apiOrigin };
    const told = { issue: issue.value, reporter, match, segments, refusals: refusals.value, ...site };
    return ok({ kind: 'cached', ...told, asOfMs: asOfMs(directory, member) });
  }
  const connected = connect(settings, await readKey(), tokenBucket);
  if (connected.kind === 'problem') return connected;
  const subject = { issue: issue.value, reporter, link, connected: connected.value, directoryMeta };
  return ok({ kind: 'subject', subject, place, rules });
}

/** What a line has room for: where a linked reporter is as the directory tells it, or that this is not known there. */
export type Glance =
  | { readonly kind: 'linked'; readonly segments: readonly Segment[] }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'nobody' };

/**
 * A look at an issue's reporter from the directory alone: at most three platform calls, and none to Shorter Loop.
 * Nobody is linked by it, as nobody has opened anything.
 */
export async function readGlance(issueId: string): Promise<Result<Glance>> {
  const issue = fromJira(await readIssueReporter(issueId), ISSUE_NOT_VISIBLE);
  if (issue.kind === 'problem') return issue;
  const { projectId, reporter } = issue.value;
  if (reporter === null || matchOfNobody(reporter) !== null) return ok({ kind: 'nobody' });
  const { settings, scope, link, directoryMeta } = await readToLook(reporter.accountId);
  if (!isInScope(scope, projectId)) return ok({ kind: 'nobody' });
  const directory = settings === null ? null : directoryFor(settings.connection, directoryMeta);
  if (directory === null || link.state !== 'linked') return ok({ kind: 'unknown' });
  // A label tells a segment from all others, so that all are labelled.
  const segments = labelledSegments(cachedSegments(directory, await readMember(link.memberId)));
  return ok({ kind: 'linked', segments: segments.filter(({ members }) => members.length > 0) });
}

/** What was written about the reporter of an issue, and to whom they are linked. */
export type Past = {
  readonly reporter: Reporter;
  readonly linkedMemberId: number | null;
  /** Every segment as the directory has it; none without a directory. */
  readonly segments: readonly Segment[];
  readonly history: readonly LedgerEntry[];
  /** What stands in the way of each kind of write, whoever asks for it. */
  readonly gate: WriteRefusals;
};

/**
 * The history of an issue's reporter, which {@link readOpening} leaves out: three platform calls, and none to Shorter
 * Loop.
 * @returns null where there is no reporter, or one who is no person
 */
export async function readPast(issueIdOrKey: string): Promise<Result<Past | null>> {
  const issue = fromJira(await readIssueReporter(issueIdOrKey), ISSUE_NOT_VISIBLE);
  if (issue.kind === 'problem') return issue;
  const { projectId, reporter } = issue.value;
  if (reporter === null || matchOfNobody(reporter) !== null) return ok(null);
  const [{ scope, settings, link, directoryMeta }, history] = await Promise.all([
    readToLook(reporter.accountId),
    recentEntries(reporter.accountId, HISTORY_LIMIT),
  ]);
  if (!isInScope(scope, projectId)) return err(PROJECT_OFF);
  const directory = settings === null ? null : directoryFor(settings.connection, directoryMeta);
  const linkedMemberId = link.state === 'linked' ? link.memberId : null;
  const gate = settings === null ? NOTHING_REFUSED : writeRefusals(settings);
  return ok({ reporter, linkedMemberId, segments: directory?.segments ?? [], history, gate });
}

/**
 * What stands in the user's way for each act of the panel. Where Jira can't say, that stands in the way of all of
 * them, and the panel is still of use.
 */
export async function readRefusals(place: Place, rules: AccessRules): Promise<Result<Verdicts<PanelAct>>> {
  const judged = await verdicts({ kind: 'user' }, PANEL_ACTS, place, rules);
  if (judged.kind === 'ok' || judged.problem.code !== 'jira') return judged;
  const { problem } = judged;
  return ok({ move: problem, remove: problem, add: problem, link: problem });
}
