import { t } from '../../i18n';

/**
 * A request that moves a reporter, to be pasted into a shell. The operation id has to be another one
 * for each change.
 */
export function curlExample(url: string, header: string): string {
  const body = {
    operationId: 'ticket-4711-beta',
    sentAt: `<${t('admin.apiClients.sample.now', { time: '2026-01-05T09:00:00Z' })}>`,
    action: 'move',
    issueKey: 'ACME-101',
    source: t('admin.apiClients.sample.source'),
    target: t('admin.apiClients.sample.target'),
  };
  return [
    `curl -X POST '${url}' \\`,
    `  -H 'X-Segments-Key: ${header}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify(body)}'`,
  ].join('\n');
}
