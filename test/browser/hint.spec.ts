import { expectAccessible } from './accessible';
import { expect, openAdmin, test, visitAs } from './site';

test('an admin gets an address for hints, with a secret that is shown once, and sees when a hint came', async ({
  site,
  page,
  context,
}) => {
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const admin = await openAdmin(page, site, 'apiClients');
  const card = admin.locator('section').filter({ hasText: 'Hints from Shorter Loop' });
  await expect(card.getByText('No hint has come yet.')).toBeVisible();
  const address = await card.getByLabel('Address for hints', { exact: true }).inputValue();
  await card.getByRole('button', { name: 'Make a secret' }).click();
  await expect(card.getByText('The secret is shown only now')).toBeVisible();
  const secret = await card.getByLabel('Secret for hints', { exact: true }).inputValue();
  expect(secret.length).toBeGreaterThan(20);
  await expectAccessible(page);

  const hint = (key: string) =>
    page.request.post(address, { headers: { 'x-segments-key': key }, data: { member: { id: 7 } } });
  expect((await hint(`${secret}x`)).status()).toBe(401);
  await openAdmin(page, site, 'apiClients');
  await expect(card.getByText('No hint has come yet.')).toBeVisible();
  await expect(card.getByLabel('Secret for hints', { exact: true })).toHaveCount(0);
  expect((await hint(secret)).status()).toBe(202);
  await openAdmin(page, site, 'apiClients');
  await expect(card.getByText('The last hint came')).toBeVisible();

  // Another secret: the one before it is no longer taken.
  await card.getByRole('button', { name: 'Replace the secret' }).click();
  await expect(card.getByText('The secret is shown only now')).toBeVisible();
  const next = await card.getByLabel('Secret for hints', { exact: true }).inputValue();
  expect(next).not.toBe(secret);
  expect((await hint(secret)).status()).toBe(401);
  expect((await hint(next)).status()).toBe(202);
});
