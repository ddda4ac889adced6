import { err, ok, type OtherWorkItems, type Result } from '../../contract';
import { countIssues, readIssueReporter } from '../../adapters/jira';
import { ISSUE_NOT_VISIBLE } from '../../usecases/access';
import { fromJira } from '../../usecases/result';
import { personhoodOf } from '../../domain/people';
import type { PanelRequest } from './request';

/**
 * About how many other work items of this reporter the viewer may see, and how to search for them: two calls to Jira
 * once the page stands, so that its opening does not wait for them.
 */
export async function others({ issueId }: PanelRequest): Promise<Result<OtherWorkItems>> {
  const read = fromJira(await readIssueReporter(issueId), ISSUE_NOT_VISIBLE);
  if (read.kind === 'problem') return read;
  const { issueKey, reporter } = read.value;
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
