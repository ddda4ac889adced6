import { err, isInScope, ok, type OtherWorkItems, type Result } from '../../contract';
import { countIssues, readIssueReporter } from '../../adapters/jira';
import { ISSUE_NOT_VISIBLE } from '../../usecases/access';
import { fromJira } from '../../usecases/result';
import { PROJECT_OFF } from '../../usecases/lookup';
import { personhoodOf } from '../../domain/people';
import { readProjectScope } from '../../adapters/store';
import type { PanelRequest } from './request';

/**
 * About how many other work items of this reporter the viewer may see, and how to search for them: two calls to Jira
 * once the page stands, so that its opening does not wait for them.
 */
export async function others({ issueId }: PanelRequest): Promise<Result<OtherWorkItems>> {
  const [issue, scope] = await Promise.all([readIssueReporter(issueId), readProjectScope()]);
  const read = fromJira(issue, ISSUE_NOT_VISIBLE);
  if (read.kind === 'problem') return read;
  const { issueKey, projectId, reporter } = read.value;
  if (!isInScope(scope, projectId)) return err(PROJECT_OFF);
  if (reporter === null || personhoodOf(reporter).kind !== 'person')
    return err({ code: 'stale', reason: 'reporterChanged' });
  const jql = othersJql(reporter.accountId, issueKey);
  const counted = fromJira(await countIssues('user', jql), ISSUE_NOT_VISIBLE);
  return counted.kind === 'ok' ? ok({ count: counted.value.count, jql }) : counted;
}

/** The search for somebody's other work items. An account id has no quotation mark; one that had would end the text. */
function othersJql(accountId: string, issueKey: string): string {
  return `reporter = "${accountId.replaceAll(/["\\]/g, '')}" AND key != ${issueKey} ORDER BY created DESC`;
}
