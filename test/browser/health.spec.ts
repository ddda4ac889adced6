import type { Sandbox } from '../../sandbox/sandbox';
import { createCaller, expect, openAdmin, test, visitAs } from './site';

/** Puts a change where the app keeps those that wait and those that were given up. */
function put(site: Sandbox, key: string, changed: object): void {
  const issue = site.jira.issueFor('one');
  const value = {
    state: 'queued',
    kind: 'remove',
    source: '1',
    entryPoint: 'automation',
    actorAccountId: site.jira.defaultAccountId,
    reporterAccountId: site.jira.viewerAccountId,
    issueId: issue.id,
    issueKey: issue.key,
    askedAtMs: Date.now() - 60_000,
    // Long from now, so that nothing is carried out while the page is looked at.
    notBeforeMs: Date.now() + 3_600_000,
    attempt: 2,
    ...changed,
  };
  const { kvs } = site.host.platform;
  kvs.handle('/api/v1/entity/set', { entityName: 'queued-change', key, value });
  // What waits has its place among the changes of the same reporter.
  const requests = stored(site).filter((request) => !request.startsWith('failed'));
  const queue = { entityName: 'change-queue', key: value.reporterAccountId, value: { requests, revision: 'r' } };
  kvs.handle('/api/v1/entity/set', queue);
}
const stored = (site: Sandbox) => site.host.platform.kvs.entity('queued-change').map(({ key }) => key);

test('what waits is listed with who wants it, about whom and since when, and dismissed one by one', async ({
  site,
  page,
  context,
}) => {
  put(site, 'waits-1', {});
  put(site, 'waits-2', { kind: 'move', target: 'Beta' });
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const admin = await openAdmin(page, site, 'health');
  const queued = admin.getByRole('list', { name: 'Queued changes' });
  const row = queued.getByRole('listitem').filter({ hasText: 'Move from 1 to Beta' });
  await expect(row).toContainText(site.jira.issueFor('one').key);
  await expect(row).toContainText('About Priya Raman');
  await expect(row).toContainText('Rule, run as');
  await expect(row).not.toContainText('someone');
  await expect(row).toContainText('2 attempts');
  await expect(row).toContainText('Next attempt:');
  await row.getByRole('button', { name: /^Dismiss: Move from 1 to Beta/ }).click();
  await expect(queued.getByRole('listitem')).toHaveCount(1);
  expect(stored(site)).toEqual(['waits-1']);
});

test('all that waits, and all that failed for one cause, are dismissed after a question', async ({
  site,
  page,
  context,
}) => {
  for (const nth of [1, 2, 3]) put(site, `waits-${nth}`, {});
  put(site, 'failed-1', { state: 'failed', failure: 'notPermitted' });
  put(site, 'failed-2', { state: 'failed', failure: 'tooManyAttempts' });
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const admin = await openAdmin(page, site, 'health');
  const all = admin.getByRole('button', { name: 'Dismiss all' });
  const dialog = admin.getByRole('dialog');

  await all.last().click();
  await expect(dialog).toContainText('They will not be carried out.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(stored(site)).toHaveLength(5);

  await all.last().click();
  await dialog.getByRole('button', { name: 'Dismiss all' }).click();
  await expect(admin.getByText('3 changes were dismissed.')).toBeVisible();
  await expect(admin.getByText('Nothing is queued.')).toBeVisible();

  await all.click();
  await dialog.getByLabel('Which ones').selectOption({ label: 'It is not permitted anymore.' });
  await dialog.getByRole('button', { name: 'Dismiss all' }).click();
  await expect(admin.getByText('1 change was dismissed.')).toBeVisible();
  expect(stored(site)).toEqual(['failed-2']);
});

test('what an API client wants is named by it, and dismissed by it', async ({ site, page, context }) => {
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const admin = await openAdmin(page, site, 'apiClients');
  await createCaller(admin, 'Billing');
  const [client] = site.host.platform.kvs.entity('api-client');
  put(site, 'of-rule', {});
  put(site, 'of-client', { entryPoint: 'apiClient', apiClientId: client?.key ?? '' });
  await admin.getByRole('tab', { name: 'Health' }).click();
  await expect(admin.getByRole('list', { name: 'Queued changes' })).toContainText('API client Billing');
});
