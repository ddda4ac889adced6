import { readFile } from 'node:fs/promises';
import type { FrameLocator, Page } from '@playwright/test';
import { accessFor } from '../../sandbox/teamAccess';
import type { Sandbox } from '../../sandbox/sandbox';
import { cutOf, expectAccessible } from './accessible';
import { expect, holdCalls, takePicture, test, truthOf, visitAs } from './site';

const REPORTERS = 24;
test.use({ sandboxOptions: { extraReporters: REPORTERS, members: 120, segments: 4 } });

async function openBulk(page: Page, site: Sandbox, place = ''): Promise<FrameLocator> {
  await page.goto(`${site.url}/apps/segments-bulk${place}`);
  return page.frameLocator('iframe');
}

test('a query is previewed, run to its report, and taken back', async ({ site, page, context }) => {
  const { simulator, jira } = site;
  if (simulator === null) throw new Error('This test needs the embedded Shorter Loop');
  const [target] = simulator.segments;
  if (target === undefined) throw new Error('The seed has no segments');
  const before = new Map(jira.crowd.map(({ member }) => [member.id, simulator.truth.membershipsOf(member.id)]));
  await visitAs(context, site, { accountId: jira.adminAccountId });
  const bulk = await openBulk(page, site);

  await bulk.getByLabel('Query (JQL)').fill('project = ACME');
  await bulk.getByLabel('Query (JQL)').press('Tab');
  await bulk.getByLabel('To', { exact: true }).selectOption({ label: target.name });
  await expect(
    bulk.getByText(/^About \d+ work items: reading them costs \d+ to \d+ of the 6,500 Jira points/),
  ).toBeVisible();
  await expectAccessible(page);
  await takePicture(page, 'bulk-form', { fullPage: true });
  await bulk.getByRole('button', { name: 'Preview' }).click();
  const start = bulk.getByRole('button', { name: /^Move \d+ people$/ });
  await expect(start).toBeVisible();
  expect(simulator.truth.writes()).toEqual([]);
  await expect(bulk.getByText('Email address hidden').first()).toBeVisible();
  await expectAccessible(page);
  await takePicture(page, 'bulk-preview', { fullPage: true });

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    bulk.getByRole('button', { name: 'Download as CSV' }).click(),
  ]);
  const csv = await readFile(await download.path(), 'utf8');
  expect(csv.trim().split('\r\n').length).toBeGreaterThan(REPORTERS);

  await start.click();
  await expect(bulk.getByRole('progressbar')).toBeVisible();
  await expect(bulk.getByText('Finished')).toBeVisible();
  await expect(bulk.getByText('Verified in Shorter Loop.').first()).toBeVisible();
  await expectAccessible(page);
  await takePicture(page, 'bulk-report', { fullPage: true });
  // Whoever was in several segments is left alone: it is unclear which one they should leave.
  for (const [memberId, segmentIds] of before)
    expect(simulator.truth.membershipsOf(memberId)).toEqual(segmentIds.length === 1 ? [target.id] : segmentIds);

  await bulk.getByRole('button', { name: 'Undo this run' }).click();
  await bulk.getByRole('button', { name: /^Move \d+ people$/ }).click();
  await expect(bulk.getByText('Finished')).toBeVisible();
  for (const [memberId, segmentIds] of before) expect(simulator.truth.membershipsOf(memberId)).toEqual(segmentIds);

  await bulk.getByRole('button', { name: 'All runs' }).click();
  await expect(bulk.getByRole('button', { name: /^Open:/ })).toHaveCount(2);
  await takePicture(page, 'bulk-history', { fullPage: true });
});

/** Previews a move of everyone who reported an issue, as whoever is signed in. */
async function preview(bulk: FrameLocator, site: Sandbox): Promise<void> {
  await bulk.getByLabel('Query (JQL)').fill('project = ACME');
  await bulk.getByLabel('To', { exact: true }).selectOption({ label: truthOf(site).segments[0]?.name ?? '' });
  await bulk.getByRole('button', { name: 'Preview' }).click();
  await expect(bulk.getByRole('button', { name: /^Move \d+ people$/ })).toBeVisible();
}

const placeOf = (page: Page): string => new URL(page.url()).pathname.replace('/apps/segments-bulk', '');

test('a run has an address: a reload comes back to it, Back leads to the list, and Forward to the run as it is now', async ({
  site,
  page,
  context,
}) => {
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const bulk = await openBulk(page, site);
  await preview(bulk, site);
  expect(placeOf(page)).toMatch(/^\/runs\/[\da-f-]{36}$/);
  await page.reload();
  await expect(bulk.getByText('Ready to start')).toBeVisible();
  await bulk.getByRole('button', { name: /^Move \d+ people$/ }).click();
  await expect(bulk.getByText('Finished')).toBeVisible();
  await page.goBack();
  await expect(bulk.getByRole('heading', { name: 'New run' })).toBeVisible();
  expect(placeOf(page)).toBe('');
  await expect(bulk.getByRole('listitem').filter({ hasText: 'Finished' })).toBeVisible();
  await page.goForward();
  await expect(bulk.getByRole('button', { name: 'Undo this run' })).toBeVisible();
  await bulk.getByRole('button', { name: 'All runs' }).click();
  await expect(bulk.getByRole('heading', { name: 'Earlier runs' })).toBeVisible();
  expect(placeOf(page)).toBe('');
});

test('a preview that was left while it was read says that it is not complete', async ({ site, page, context }) => {
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const bulk = await openBulk(page, site);
  const letGo = await holdCalls(page, 'bulk.read');
  await bulk.getByLabel('Query (JQL)').fill('project = ACME');
  await bulk.getByLabel('To', { exact: true }).selectOption({ label: truthOf(site).segments[0]?.name ?? '' });
  await bulk.getByRole('button', { name: 'Preview' }).click();
  await expect(bulk.getByRole('button', { name: 'Stop' })).toBeVisible();
  await page.reload();
  await letGo();
  await expect(bulk.getByText('This preview is not complete')).toBeVisible();
  await takePicture(page, 'bulk-left', { fullPage: true });
  await bulk.getByRole('button', { name: 'Discard' }).click();
  await expect(bulk.getByText('Cancelled')).toBeVisible();
});

test("an address of no run, and that of someone else's, says so and leads to the list", async ({
  site,
  page,
  context,
}) => {
  const { jira, host } = site;
  await visitAs(context, site, { accountId: jira.adminAccountId });
  const bulk = await openBulk(page, site, '/runs/11111111-1111-4111-8111-111111111111');
  const alert = bulk.getByRole('alert');
  await expect(alert).toContainText('This run can’t be shown');
  await expectAccessible(page);
  await takePicture(page, 'bulk-no-such-run', { fullPage: true });
  await alert.getByRole('button', { name: 'All runs' }).click();
  await expect(bulk.getByRole('heading', { name: 'New run' })).toBeVisible();
  await preview(bulk, site);
  const adminsRun = placeOf(page);

  await host.invoke({
    moduleKey: 'segments-admin',
    functionKey: 'admin.saveAccess',
    payload: accessFor('EDIT_ISSUES'),
    accountId: jira.adminAccountId,
  });
  await visitAs(context, site, { accountId: jira.defaultAccountId });
  await openBulk(page, site, adminsRun);
  await expect(alert).toContainText(
    'Or it belongs to someone else: only Jira admins can see the runs of other people.',
  );
  await alert.getByRole('button', { name: 'All runs' }).click();
  await expect(bulk.getByText('No runs yet.')).toBeVisible();
  await page.setViewportSize({ width: 360, height: 900 });
  await openBulk(page, site, '/runs/what');
  await expect(alert).toContainText('This run can’t be shown');
  expect(await cutOf(bulk)).toBe(0);
});

test('in a dialog, which has no address of its own, runs are opened and left all the same', async ({
  site,
  page,
  context,
}) => {
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  await page.goto(`${site.url}/issues`);
  await page.evaluate(
    "void window.forgeSandbox.mount(document.querySelector('main'), { moduleKey: 'segments-bulk-action' })",
  );
  const bulk = page.frameLocator('iframe');
  await preview(bulk, site);
  await bulk.getByRole('button', { name: 'All runs' }).click();
  await bulk.getByRole('button', { name: /^Open:/ }).click();
  await expect(bulk.getByText('Ready to start')).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/issues');
});

test('a form says what is missing, fits 320 pixels, and stands on dark ground', async ({ site, page, context }) => {
  await page.setViewportSize({ width: 360, height: 900 });
  await visitAs(context, site, { accountId: site.jira.adminAccountId, theme: 'dark' });
  const bulk = await openBulk(page, site);
  await bulk.getByText('A list of account IDs').click();
  await bulk.getByRole('button', { name: 'Preview' }).click();
  await expect(bulk.getByText('Enter at least one account ID.')).toBeVisible();
  await expect(bulk.getByText('Choose a segment that people are not moved from.')).toBeVisible();
  await expectAccessible(page);
  expect(await cutOf(bulk)).toBe(0);
  await takePicture(page, 'bulk-narrow-dark', { fullPage: true });
});

test('a run is closed to whoever may not move people in bulk', async ({ site, page, context }) => {
  await visitAs(context, site);
  const bulk = await openBulk(page, site);
  const alert = bulk.getByRole('alert');
  await expect(alert).toContainText('You don’t have permission for bulk runs');
  await expect(alert).toContainText('You need the permission “Administer Jira”.');
  await expect(bulk.getByRole('heading', { name: 'New run' })).toHaveCount(0);
  await expectAccessible(page);
});

test('a Jira admin whom the rule leaves out sees the runs of others, and is offered what they may do', async ({
  site,
  page,
  context,
}) => {
  const { jira, host } = site;
  await host.invoke({
    moduleKey: 'segments-admin',
    functionKey: 'admin.saveAccess',
    payload: { ...accessFor('EDIT_ISSUES'), bulk: { permission: 'EDIT_ISSUES', groupNames: ['support'] } },
    accountId: jira.adminAccountId,
  });
  await visitAs(context, site);
  const bulk = await openBulk(page, site);
  await preview(bulk, site);
  await visitAs(context, site, { accountId: jira.adminAccountId });
  await openBulk(page, site);
  await expect(bulk.getByText('You are not in any of the groups')).toBeVisible();
  await expect(bulk.getByRole('heading', { name: 'New run' })).toHaveCount(0);
  await bulk.getByRole('button', { name: /^Open:/ }).click();
  await expect(bulk.getByText('You are not in any of the groups')).toBeVisible();
  await expect(bulk.getByRole('button', { name: /^Move \d+ people$/ })).toHaveCount(0);
  await expectAccessible(page);
  await takePicture(page, 'bulk-others', { fullPage: true });
  await bulk.getByRole('button', { name: 'Discard' }).click();
  await expect(bulk.getByText('Cancelled')).toBeVisible();
});

test('a query that Jira can’t read is told in its own words, and the form stays as it was filled', async ({
  site,
  page,
  context,
}) => {
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const bulk = await openBulk(page, site);
  const query = bulk.getByLabel('Query (JQL)');
  const target = bulk.getByLabel('To', { exact: true });
  await query.fill('project = ACME AND sprnt = 7');
  await target.selectOption({ label: truthOf(site).segments[1]?.name ?? '' });
  await bulk.getByRole('button', { name: 'Preview' }).click();
  const alert = bulk.getByRole('alert').filter({ hasText: 'Jira can’t run this query' });
  await expect(alert).toContainText("Field 'sprnt' does not exist");
  await expect(query).toHaveValue('project = ACME AND sprnt = 7');
  await expect(target).toHaveValue(String(truthOf(site).segments[1]?.id));
  await expectAccessible(page);
  await takePicture(page, 'bulk-bad-query', { fullPage: true });
  // The example under the field works as it stands.
  const example = /project = .*$/.exec(await bulk.getByText(/^For example: project/).innerText())?.[0] ?? '';
  await query.fill(example);
  await bulk.getByRole('button', { name: 'Preview' }).click();
  await expect(bulk.getByRole('button', { name: /^Move \d+ people$/ })).toBeVisible();
  // This tab still knows what was typed; what is kept has no value.
  await expect(bulk.getByText(example)).toBeVisible();
  await page.reload();
  await expect(bulk.getByText('project = … AND created >= …')).toBeVisible();
});

test('from a list of issues the selected ones are taken, else its filter, else its query', async ({
  site,
  page,
  context,
}) => {
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const [first, second] = site.jira.crowd;
  const keys = [first?.issueKey ?? '', second?.issueKey ?? ''];
  const list = `key in (${[...keys, 'ACME-101'].join(', ')})`;
  const open = async (): Promise<FrameLocator> => {
    const action = page.getByRole('button', { name: 'Change segments in bulk' });
    await expect(action).toHaveAttribute('title', /^Adds, moves or removes the reporters/);
    await action.click();
    return page.frameLocator('[data-navigator-room] iframe');
  };
  await page.goto(`${site.url}/issues?jql=${encodeURIComponent(list)}`);
  const byQuery = await open();
  await expect(byQuery.getByText('For the query of the list.')).toBeVisible();
  await expect(byQuery.getByLabel('Query (JQL)')).toHaveValue(list);

  for (const key of keys) await page.getByLabel(`Select ${key}`).check();
  const bySelection = await open();
  await expect(bySelection.getByText('For the 2 work items that you selected in the list.')).toBeVisible();
  await expect(bySelection.getByLabel('Query (JQL)')).toHaveValue(`key in (${keys.join(', ')})`);

  await page.goto(`${site.url}/issues?jql=${encodeURIComponent(list)}&filter=10001`);
  const byFilter = await open();
  await expect(byFilter.getByText('For the filter that the list shows.')).toBeVisible();
  await expect(byFilter.getByLabel('Query (JQL)')).toHaveValue('filter = 10001');
  await byFilter.getByLabel('Query (JQL)').fill('project = ACME');
  await expect(byFilter.getByText('For the filter that the list shows.')).toHaveCount(0);
});
