import type { PlatformCall } from '../../sandbox/forge/platform';
import type { Sandbox } from '../../sandbox/sandbox';

/** What one opening of a panel cost. */
export type Opened = { readonly tookMs: number; readonly calls: readonly PlatformCall[] };

/**
 * Opens the panel of a reporter with a link, or one who matches.
 * @param expected what else the answer has to hold
 */
export async function openPanel({ host, jira }: Sandbox, expected = ''): Promise<Opened> {
  const issue = jira.issueFor('one');
  host.platform.clearRecords();
  const startedMs = performance.now();
  const answer = await host.invoke({
    moduleKey: 'segments-panel',
    functionKey: 'panel.open',
    accountId: jira.defaultAccountId,
    extension: { issue: { id: issue.id, key: issue.key } },
  });
  const tookMs = performance.now() - startedMs;
  const text = JSON.stringify(answer);
  if (!text.includes('"state":"linked"') || !text.includes(expected))
    throw new Error(`The panel of ${issue.key} did not open as it should: ${text.slice(0, 300)}`);
  return { tookMs, calls: [...host.platform.calls] };
}
