import { expect, openAdmin, openPanel, test, visitAs } from './site';

test('a key is rotated without downtime, and a move is proven there and back', async ({ site, page, context }) => {
  const { simulator, jira } = site;
  if (simulator === null) throw new Error('This test needs the embedded Shorter Loop');
  await visitAs(context, site, { accountId: jira.adminAccountId });
  const admin = await openAdmin(page, site);
  const save = admin.getByRole('button', { name: 'Save', exact: true });
  await admin.getByLabel('API key').fill('sl_wrong');
  await save.click();
  await expect(admin.getByText('The new key was not stored')).toBeVisible();
  await admin.getByLabel('API key').fill(simulator.key);
  await save.click();
  await expect(admin.getByText('Settings saved.')).toBeVisible();

  const [from] = simulator.segments;
  const before = simulator.truth.snapshot().segments;
  await admin.getByRole('button', { name: 'Choose a test person' }).click();
  await admin.getByLabel('Segment of the test person').selectOption({ label: from?.name ?? '' });
  await admin.getByLabel('Test person', { exact: true }).selectOption({ index: 1 });
  await admin.getByLabel('Segment to move them to').selectOption({ index: 1 });
  await admin.getByRole('button', { name: 'Move there and back' }).click();
  await expect(admin.getByText('Moving works: the member is back where they were.')).toBeVisible();
  await expect(admin.getByRole('list', { name: 'The two moves' }).getByText('Confirmed')).toHaveCount(2);
  expect(simulator.truth.writes().map(({ kind }) => kind)).toEqual(['move', 'move']);
  const sorted = (segments: typeof before) => segments.map(({ id, memberIds }) => [id, [...memberIds].sort()]);
  expect(sorted(simulator.truth.snapshot().segments)).toEqual(sorted(before));
  await page.screenshot({ path: 'screenshots/connection-proven.png', fullPage: true });
});

test('a connection that changed switches changes off until it is checked, and the panel says why', async ({
  site,
  page,
  context,
}) => {
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const admin = await openAdmin(page, site);
  await admin.getByText('Advanced: paths of the requests').click();
  await admin.getByLabel('One segment with its members').fill('/api/v9/segments/{id}');
  await admin.getByRole('button', { name: 'Save and check' }).click();
  await expect(admin.getByText('The connection can’t be used yet.')).toBeVisible();
  await expect(admin.getByRole('listitem').filter({ hasText: 'Read one segment' }).getByText('Failed')).toBeVisible();
  await page.screenshot({ path: 'screenshots/connection-failed.png', fullPage: true });
  const panel = await openPanel(page, site, site.jira.issueFor('one').key);
  await expect(panel.getByText('Changes are switched off')).toBeVisible();
  await expect(panel.getByRole('button', { name: /^Move from/ })).toHaveCount(0);
});
