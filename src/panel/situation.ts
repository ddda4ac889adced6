import type { Match, Problem } from '../contract';
import { connect, fromJira, matchOfNobody, missingSettings, ok, problem, readKnown, type KnownReporter, type Step } from '../flow';
import { readIssueReporter } from '../jira';
import type { Reporter } from '../people';
import { readKey, readSettings, readToLook } from '../store';
import type { PanelRequest } from './request';

/** An issue whose reporter can't be a member: nothing was asked of Shorter Loop. */
export type NoMember = { readonly kind: 'noMember'; readonly reporter: Reporter | null; readonly match: Match };

/** What stands before the panel. */
export type Situation = KnownReporter | NoMember;

const NOT_VISIBLE: Problem = { code: 'issueNotVisible' };

/**
 * Reads the situation of an issue. The issue is read as the viewer first: nothing about a reporter
 * is looked up for someone who may not see the issue.
 *
 * Platform calls: issue and key side by side, then settings, pace and link in one, then the history
 * beside the read of the segments; the e-mail only for a reporter without a link.
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

async function noMember(reporter: Reporter | null, match: Match, key: string | null): Promise<Step<Situation>> {
  // A site that was never set up says so on every issue, also where there is nobody to match.
  const missing = missingSettings(await readSettings(), key);
  return missing.length > 0 ? problem({ code: 'notConfigured', missing }) : ok({ kind: 'noMember', reporter, match });
}
