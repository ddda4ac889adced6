import type { Act, LedgerEntry, Match, Problem } from '../contract';
import { connect, fromJira, ok, problem, requireAccess, type Step } from '../flow';
import { readIssueReporter } from '../jira';
import { readKey, readLinkAndEntries, readToChange } from '../store';
import type { PanelRequest } from './request';
import { matchOfNobody, readKnown, type KnownReporter, type Subject } from './situation';

/** A subject whom the user may change, with the ledger's rows that were asked for; null where there is none. */
export type Changeable = Subject & { readonly entries: readonly (LedgerEntry | null)[] };

/** A known reporter with a link. */
export type LinkedReporter = KnownReporter & { readonly match: Extract<Match, { state: 'linked' }> };

const NOT_VISIBLE: Problem = { code: 'issueNotVisible' };

/**
 * The reporter of an issue that the user sees, for an act that they may do: the condition for every
 * change from the panel. Nothing about a person is read before both are proven as the user.
 * @param operationIds whose rows of the ledger the caller needs, at most 20
 */
export async function readChangeable(request: PanelRequest, act: Act, operationIds: readonly string[] = []): Promise<Step<Changeable>> {
  const [issueAnswer, key, { settings, pace, access }] = await Promise.all([readIssueReporter(request.issueId), readKey(), readToChange()]);
  const issue = fromJira(issueAnswer, NOT_VISIBLE);
  if (issue.kind === 'problem') return issue;
  const permission = await requireAccess(access[act], request.issueId);
  if (permission.kind === 'problem') return permission;
  const connected = connect(settings, key, pace);
  if (connected.kind === 'problem') return connected;
  const { reporter } = issue.value;
  if (reporter === null || matchOfNobody(reporter) !== null) return problem({ code: 'stale', reason: 'reporterChanged' });
  const { link, entries } = await readLinkAndEntries(reporter.accountId, operationIds);
  return ok({ issue: issue.value, reporter, link, connected: connected.value, entries });
}

/** The id of the member whom the reporter is linked to: the very one that the user saw, where they named one. */
export function linkedMemberId({ link }: Subject, seenMemberId: number | null): Step<number> {
  if (link.state !== 'linked') return problem({ code: 'notLinked' });
  if (seenMemberId !== null && link.memberId !== seenMemberId) return problem({ code: 'stale', reason: 'linkChanged' });
  return ok(link.memberId);
}

/** {@link readKnown} for a linked reporter whose member is about to be written about. */
export async function readLinked(subject: Subject): Promise<Step<LinkedReporter>> {
  const known = await readKnown(subject, 'write');
  if (known.kind === 'problem') return known;
  const { match } = known.value;
  return match.state === 'linked' ? ok({ ...known.value, match }) : problem({ code: 'notLinked' });
}
