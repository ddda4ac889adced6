import { HISTORY_LIMIT, type LedgerEntry, type Match, type Problem } from '../contract';
import { connect, fromJira, missingSettings, ok, problem, readSegments, type Connected, type Step } from '../flow';
import { readEmail, readIssueReporter, type IssueReporter } from '../jira';
import { matchReporter, personhoodOf, type EmailFact, type LinkState, type Reporter } from '../people';
import type { SegmentWithMembers } from '../shorterloop';
import { readKey, readSettings, readToLook, recentEntries, writeFirstLink } from '../store';
import type { PanelRequest } from './request';

/** A reporter who is a person, with all that Jira, storage and Shorter Loop say of them now. */
export type KnownReporter = {
  readonly kind: 'known';
  readonly issue: IssueReporter;
  readonly reporter: Reporter;
  readonly match: Match;
  readonly segments: readonly SegmentWithMembers[];
  /** The last writes about this reporter, newest first. */
  readonly history: readonly LedgerEntry[];
  readonly connected: Connected;
};

/** An issue whose reporter can't be a member: nothing was asked of Shorter Loop. */
export type NoMember = { readonly kind: 'noMember'; readonly reporter: Reporter | null; readonly match: Match };

/** What stands before the panel. */
export type Situation = KnownReporter | NoMember;

const NOT_VISIBLE: Problem = { code: 'issueNotVisible' };

/**
 * Reads the situation of an issue. The issue is read as the viewer first: nothing about a reporter
 * is looked up for someone who may not see the issue.
 *
 * Platform calls: issue and key side by side, then settings and link in one, then the history beside
 * the read of the segments; the e-mail only for a reporter without a link.
 */
export async function readSituation({ issueId }: PanelRequest): Promise<Step<Situation>> {
  const [issueAnswer, key] = await Promise.all([readIssueReporter(issueId), readKey()]);
  const issue = fromJira(issueAnswer, NOT_VISIBLE);
  if (issue.kind === 'problem') return issue;
  const { reporter } = issue.value;
  const notAMember = matchOfNobody(reporter);
  if (reporter === null || notAMember !== null) return noMember(reporter, notAMember ?? { state: 'noReporter' }, key);
  const { settings, pace, link } = await readToLook(reporter.accountId);
  const connected = connect(settings, key, pace);
  if (connected.kind === 'problem') return connected;
  return readKnown({ issue: issue.value, reporter, link, connected: connected.value }, 'look');
}

/** A reporter who is a person, before anything was asked of Shorter Loop. */
export type Subject = {
  readonly issue: IssueReporter;
  readonly reporter: Reporter;
  readonly link: LinkState;
  readonly connected: Connected;
};

/** Reads what Shorter Loop and the ledger say of a reporter, and links them when they are certain and not linked yet. */
export async function readKnown(subject: Subject, purpose: 'look' | 'write'): Promise<Step<KnownReporter>> {
  const { reporter, link, connected } = subject;
  const [segments, history, email] = await Promise.all([
    readSegments(connected, purpose),
    recentEntries(reporter.accountId, HISTORY_LIMIT),
    link.state === 'linked' ? null : readEmail(reporter),
  ]);
  if (segments.kind === 'problem') return segments;
  const match = await linkWhenCertain(reporter, link, email, segments.value);
  return ok({ kind: 'known', issue: subject.issue, reporter, match, segments: segments.value, history, connected });
}

/** The match of someone who can't be a member; null for a person. */
export function matchOfNobody(reporter: Reporter | null): Match | null {
  if (reporter === null) return { state: 'noReporter' };
  const personhood = personhoodOf(reporter);
  return personhood.kind === 'person' ? null : { state: 'notAPerson', reason: personhood.reason };
}

async function noMember(reporter: Reporter | null, match: Match, key: string | null): Promise<Step<Situation>> {
  // A site that was never set up says so on every issue, also where there is nobody to match.
  const missing = missingSettings(await readSettings(), key);
  return missing.length > 0 ? problem({ code: 'notConfigured', missing }) : ok({ kind: 'noMember', reporter, match });
}

async function linkWhenCertain(
  reporter: Reporter,
  link: LinkState,
  email: EmailFact | null,
  segments: readonly SegmentWithMembers[],
): Promise<Match> {
  const match = matchReporter(link, email, segments);
  if (match.state !== 'found' || link.state !== 'none') return match;
  const stored = await writeFirstLink(reporter.accountId, match.member.id, 'email', { byAccountId: null, atMs: Date.now() });
  return matchReporter(stored, email, segments);
}
