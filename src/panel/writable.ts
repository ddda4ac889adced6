import type { Match, Problem } from '../contract';
import { fromJira, ok, problem, type Step } from '../flow';
import { mayEditIssue } from '../jira';
import type { PanelRequest } from './request';
import { readSituation, type KnownReporter } from './situation';

/** A known reporter whose issue the viewer may edit: the condition for every change from the panel. */
export async function readWritable(request: PanelRequest): Promise<Step<KnownReporter>> {
  // The permission is asked first and alone: nobody without it makes the app read people.
  const permission = await requireEdit(request.issueId);
  if (permission.kind === 'problem') return permission;
  const situation = await readSituation(request);
  if (situation.kind === 'problem') return situation;
  return situation.value.kind === 'known' ? ok(situation.value) : problem({ code: 'stale', reason: 'reporterChanged' });
}

/** A known reporter as {@link readWritable}, linked to the very member that the user saw. */
export async function readWritableMember(request: PanelRequest, memberId: number | null): Promise<Step<LinkedReporter>> {
  const known = await readWritable(request);
  if (known.kind === 'problem') return known;
  const { match } = known.value;
  if (match.state !== 'linked') return problem({ code: 'notLinked' });
  if (memberId !== null && match.member.id !== memberId) return problem({ code: 'stale', reason: 'linkChanged' });
  return ok({ ...known.value, match });
}

/** A known reporter with a link. */
export type LinkedReporter = KnownReporter & { readonly match: Extract<Match, { state: 'linked' }> };

const NOT_VISIBLE: Problem = { code: 'issueNotVisible' };

async function requireEdit(issueId: string): Promise<Step<true>> {
  const permitted = fromJira(await mayEditIssue(issueId), NOT_VISIBLE);
  if (permitted.kind === 'problem') return permitted;
  return permitted.value ? ok(true) : problem({ code: 'notPermitted', needed: 'EDIT_ISSUES' });
}
