import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible';
import {
  castOf,
  createCaller,
  expect,
  flagsOf,
  move,
  openAdmin,
  openPanel,
  proveAlso,
  takePicture,
  test,
  truthOf,
  visitAs,
} from './site';

/** Moves a reporter by the panel, so that the ledger has something to tell. */
async function moveOnce(
  page: Page,
  site: Parameters<typeof openPanel>[1],
): Promise<{ readonly from: string; readonly to: string; readonly issueKey: string }> {
  const { issue, from, to } = castOf(site);
  await visitAs(page.context(), site);
  const panel = await openPanel(page, site, issue.key);
  await move(panel, from.name, to.name);
  await expect(flagsOf(page)).toContainText(`Moved to ${to.name}`);
  await visitAs(page.context(), site, { accountId: site.jira.adminAccountId });
  return { from: from.name, to: to.name, issueKey: issue.key };
}

test.describe('the Ledger tab', () => {
  test('tells who moved whom and why it counts, finds it by what is known of it, and saves it as a file', async ({
    site,
    page,
  }) => {
    const { from, to, issueKey } = await moveOnce(page, site);
    const admin = await openAdmin(page, site, 'ledger');
    const entry = admin.getByRole('list', { name: 'Every change, newest first' }).getByRole('listitem').first();
    await expect(entry).toContainText(`from ${from} to ${to}`);
    await expect(entry).toContainText('Confirmed');
    await entry.getByRole('button', { name: 'Details' }).click();
    await expect(entry).toContainText('Verified in Shorter Loop.');
    await expect(entry.getByRole('button', { name: `Open ${issueKey}` })).toBeVisible();
    await expectAccessible(page);

    await admin.getByLabel('Outcome').selectOption({ label: 'Refused' });
    await admin.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(admin.getByText('No changes match this search.')).toBeVisible();
    await admin.getByRole('button', { name: 'Clear' }).click();
    await entry.getByRole('button', { name: 'Details' }).click();
    await entry.getByRole('button', { name: `Only ${to}` }).click();
    await expect(entry).toContainText(`to ${to}`);

    const download = page.waitForEvent('download');
    await admin.getByRole('button', { name: 'Export as CSV' }).click();
    const file = await (await download).path();
    const lines = readFileSync(file, 'utf8').trimEnd().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`,${issueKey},`);
    await expect(admin.getByText('1 change exported.')).toBeVisible();
  });

  test('leads from a change beside which somebody else was changed to who it was, as Health does', async ({
    site,
    page,
  }) => {
    await moveOnce(page, site);
    // The ledger tells of links too.
    const row = site.host.kvs.entity('ledger').find(({ value }) => !('how' in Object(value)));
    const { segments, truth } = truthOf(site);
    const [segment, elsewhere] = segments;
    const there = truth.membersOf(segment?.id ?? 0) ?? [];
    const someone = truth.membersOf(elsewhere?.id ?? 0)?.find((id) => !there.includes(id));
    if (row === undefined || segment === undefined || someone === undefined) throw new Error('Nothing was written');
    proveAlso(site, ['add']);
    const strays = { missing: [{ memberId: someone, segmentId: segment.id }], joined: [], count: 1 };
    const value = { ...Object(row.value), strays };
    const stored = site.host.kvs.handle('/api/v1/entity/set', { entityName: 'ledger', key: row.key, value });
    expect(stored.status).toBe(200);
    const notes = [{ operationId: row.key, kind: 'move', atMs: Date.now(), count: 1 }];
    site.host.kvs.handle('/api/v1/set', { key: 'noted-strays', value: { notes } });

    const admin = await openAdmin(page, site, 'ledger');
    const entry = admin.getByRole('list', { name: 'Every change, newest first' }).getByRole('listitem').first();
    await entry.getByRole('button', { name: 'Who it was' }).click();
    await expect(entry.getByText(`: missing from ${segment.name}`)).toBeVisible();
    await expect(entry.getByRole('button', { name: 'Put them back' })).toBeVisible();

    const health = await openAdmin(page, site, 'health');
    const note = health.getByRole('list', { name: 'Other members who were changed' }).getByRole('listitem').first();
    await expect(note).toContainText('1 other member was changed');
    await note.getByRole('button', { name: 'Who it was' }).click();
    await note.getByRole('button', { name: 'Put them back' }).click();
    await expect(note.getByText('Put back: 1. Still missing: 0.')).toBeVisible();
    expect(truthOf(site).truth.membersOf(segment.id)).toContain(someone);
    await expectAccessible(page);
    await note.getByRole('button', { name: 'Dismiss' }).click();
    await expect(health.getByText('Other members who were changed')).toBeHidden();
  });

  test('leads from a change of a bulk run to the run', async ({ site, page, context }) => {
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    await page.goto(`${site.url}/apps/segments-bulk`);
    const bulk = page.frameLocator('iframe');
    await bulk.getByLabel('Query (JQL)').fill('project = ACME');
    await bulk.getByLabel('To', { exact: true }).selectOption({ label: truthOf(site).segments[0]?.name ?? '' });
    await bulk.getByRole('button', { name: 'Preview' }).click();
    await bulk.getByRole('button', { name: /^Move \d+ people$/ }).click();
    await expect(bulk.getByText('Finished')).toBeVisible();
    const runAddress = page.url();

    const admin = await openAdmin(page, site, 'ledger');
    const entry = admin.getByRole('list', { name: 'Every change, newest first' }).getByRole('listitem').first();
    await expect(entry).toContainText('Bulk run');
    await entry.getByRole('button', { name: 'Details' }).click();
    const link = entry.getByRole('button', { name: 'Open the bulk run' });
    await expect(link).toBeVisible();
    await takePicture(page, 'ledger-run-link', { fullPage: true });
    const [opened] = await Promise.all([context.waitForEvent('page'), link.click()]);
    await expect(opened.frameLocator('iframe').getByText('Finished')).toBeVisible();
    expect(opened.url()).toBe(runAddress);
  });

  test('names the caller from outside who asked, and says when it was revoked', async ({ site, page, context }) => {
    const { issue, from, to } = castOf(site);
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const apiClients = await openAdmin(page, site, 'apiClients');
    const { key, url } = await createCaller(apiClients, 'Support desk');
    const body = {
      operationId: 'ticket-4711-beta',
      sentAt: new Date().toISOString(),
      action: 'move',
      issueKey: issue.key,
      source: from.name,
      target: to.name,
    };
    const answer = await page.request.post(url, { headers: { 'X-Segments-Key': key }, data: body });
    expect(answer.status()).toBe(200);

    const admin = await openAdmin(page, site, 'ledger');
    const entry = admin.getByRole('list', { name: 'Every change, newest first' }).getByRole('listitem').first();
    await expect(entry).toContainText('API client · Support desk');
    await entry.getByRole('button', { name: 'Details' }).click();
    await takePicture(page, 'ledger-caller', { fullPage: true });
    await entry.getByRole('button', { name: 'Only this API client' }).click();
    await expect(admin.getByText('Only the API client Support desk')).toBeVisible();
    await expect(entry).toContainText('Support desk');

    await openAdmin(page, site, 'apiClients');
    await apiClients.getByRole('button', { name: 'Revoke Support desk' }).click();
    await apiClients.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await expect(apiClients.getByText('There are no API clients yet.')).toBeVisible();
    await openAdmin(page, site, 'ledger');
    await expect(entry).toContainText(`revoked API client ${key.split('.')[0] ?? ''}`);
  });

  test('keeps changes as long as the admin says', async ({ site, page, context }) => {
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const admin = await openAdmin(page, site, 'ledger');
    const days = admin.getByLabel('Days (7 to 365)');
    await days.fill('3');
    await admin.getByRole('button', { name: 'Save' }).click();
    await expect(admin.getByText('Enter a whole number from 7 to 365.')).toBeVisible();
    await days.fill('30');
    await admin.getByRole('button', { name: 'Save' }).click();
    await expect(admin.getByText('Saved.')).toBeVisible();
  });
});

test('the Access tab explains what a person may do on an issue', async ({ site, page, context }) => {
  const { jira } = site;
  await visitAs(context, site, { accountId: jira.adminAccountId });
  const admin = await openAdmin(page, site, 'access');
  const viewer = jira.people.find(({ accountId }) => accountId === jira.viewerAccountId);
  await admin.getByLabel('Person').fill(viewer?.displayName.slice(0, 4) ?? '');
  await admin.getByRole('button', { name: `Choose ${viewer?.displayName ?? ''}` }).click();
  await admin.getByLabel('Work item key').fill(jira.issueFor('one').key);
  await admin.getByRole('button', { name: 'Test', exact: true }).click();
  const verdicts = admin.getByRole('list', { name: 'Test as someone' });
  await expect(verdicts).toContainText('Not allowed Move and undo');
  await expect(verdicts).toContainText('Has “Edit issues”: No');
});
