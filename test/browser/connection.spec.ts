import type { FrameLocator } from '@playwright/test';
import { expect, openAdmin, openPanel, takePicture, test, testMoving, truthOf, visitAs } from './site';

/** Goes on as the check asks, until it has read everything. */
async function answer(admin: FrameLocator): Promise<void> {
  const proven = admin.getByText('Memberships can be read.');
  const goOn = admin.getByRole('button', { name: 'Go on' });
  await expect(proven.or(goOn)).toBeVisible();
  if (await goOn.isVisible()) await goOn.click();
  await expect(proven).toBeVisible();
}

test('a key is rotated without downtime, and moving is proven there and back', async ({ site, page, context }) => {
  test.slow();
  const simulator = truthOf(site);
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const admin = await openAdmin(page, site);
  await admin.getByLabel('API key').fill('sl_wrong');
  await admin.getByRole('button', { name: 'Save and check' }).click();
  await expect(admin.getByText('The new key was not stored')).toBeVisible();
  await admin.getByLabel('API key').fill(simulator.key);
  await admin.getByRole('button', { name: 'Save and check' }).click();
  await expect(admin.getByText('Settings saved.')).toBeVisible();
  await answer(admin);

  const before = simulator.truth.snapshot().segments;
  await testMoving(admin);
  await expect(admin.getByText('Everybody else stayed where they were.', { exact: false })).toBeVisible();
  await expect(admin.getByRole('list', { name: 'Steps of the test' }).getByText('Confirmed')).toHaveCount(2);
  expect(simulator.truth.writes().map(({ kind }) => kind)).toEqual(['move', 'move']);
  const sorted = (segments: typeof before) => segments.map(({ id, memberIds }) => [id, [...memberIds].sort()]);
  expect(sorted(simulator.truth.snapshot().segments)).toEqual(sorted(before));
});

test('a corrected path switches changes off until it is checked, and the page says what came and what to do', async ({
  site,
  page,
  context,
}) => {
  test.slow();
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const admin = await openAdmin(page, site);
  await admin.getByText('How this Shorter Loop answers').click();
  await admin.getByRole('button', { name: 'Change: List of segments' }).click();
  const path = admin.getByLabel('Path', { exact: true });
  await expect(path).toBeFocused();
  await path.fill('api/v9/segments');
  await admin.getByRole('form', { name: 'List of segments' }).getByRole('button', { name: 'Save and check' }).click();
  await expect(admin.getByText('A path starts with a slash', { exact: false })).toBeVisible();
  await path.fill('/api/v9/segments');
  await admin.getByRole('form', { name: 'List of segments' }).getByRole('button', { name: 'Save and check' }).click();
  await expect(admin.getByText('Changes stay off.', { exact: false })).toBeVisible();
  await expect(admin.getByText(/^What came: .*status 404/)).toBeVisible();
  await expect(admin.getByText(/^Chosen .*by /).first()).toBeVisible();
  await takePicture(page, 'connection-failed', { fullPage: true });
  const panel = await openPanel(page, site, site.jira.issueFor('one').key);
  await expect(panel.getByText('The connection has not passed its check')).toBeVisible();
  await expect(panel.getByRole('button', { name: /^Move from/ })).toHaveCount(0);

  // What the page offers leads back.
  const again = await openAdmin(page, site);
  await again.getByRole('button', { name: 'Check connection' }).click();
  await again.getByRole('button', { name: 'Correct: List of segments' }).click();
  await again.getByLabel('Path', { exact: true }).fill('/api/v2/segments');
  await again.getByRole('form', { name: 'List of segments' }).getByRole('button', { name: 'Save and check' }).click();
  await answer(again);
});

test('what tells former members is entered by hand, and said as it stands', async ({ site, page, context }) => {
  test.slow();
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const admin = await openAdmin(page, site);
  await admin.getByText('How this Shorter Loop answers').click();
  await admin.getByRole('button', { name: 'Change: All segments with their members' }).click();
  const mark = admin.getByLabel('What tells former members', { exact: true });
  const form = admin.getByRole('form', { name: 'All segments with their members' });
  await mark.fill('nickname');
  await form.getByRole('button', { name: 'Save and check' }).click();
  await expect(admin.getByText('Enter the place of a field whose name says it', { exact: false })).toBeVisible();
  await mark.fill('status');
  await form.getByRole('button', { name: 'Save and check' }).click();
  await answer(admin);
  await expect(admin.getByText('Former members are told by status', { exact: false }).first()).toBeVisible();
  await expect(admin.getByText(/^Chosen .*by /).first()).toBeVisible();
});
