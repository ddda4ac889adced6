import { renameSegment } from '../support/segments';
import { expect, openAdmin, openPanel, test, visitAs, flagsOf } from './site';

test('searches by segment are switched on under Access, where it says what that tells whom', async ({
  site,
  page,
  context,
}) => {
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const admin = await openAdmin(page, site, 'access');
  await expect(admin.getByText('anyone who can search work items can find out who is in a segment')).toBeVisible();
  const choice = admin.getByLabel('Who gets an answer');
  await expect(choice).toHaveValue('off');
  await choice.selectOption({ label: 'Everyone who can search' });
  await admin.getByRole('button', { name: 'Save search' }).click();
  await expect(admin.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await page.reload();
  await expect(choice).toHaveValue('on');
});

test('segments of one name, or of none, are told apart by their ids before somebody is moved', async ({
  site,
  page,
  context,
}) => {
  const { simulator, jira } = site;
  if (simulator === null) throw new Error('This test needs the embedded Shorter Loop');
  const memberships = simulator.truth.membershipsOf(jira.memberFor('one')?.id ?? 0);
  const [twin, other, blank] = simulator.segments.filter(({ id }) => !memberships.includes(id));
  if (twin === undefined || other === undefined || blank === undefined) throw new Error('Three other segments');
  for (const { id } of [twin, other]) await renameSegment({ simulator }, id, 'Twin');
  await renameSegment({ simulator }, blank.id, ' ');
  await visitAs(context, site);
  const panel = await openPanel(page, site, 'ACME-101');
  await panel.getByRole('button', { name: /^Move/ }).first().click();
  for (const text of [`Twin (#${twin.id})`, `Twin (#${other.id})`, `#${blank.id}`])
    await expect(panel.getByRole('option', { name: text, exact: true })).toHaveCount(1);
  await panel.getByRole('option', { name: `Twin (#${other.id})`, exact: true }).click();
  await expect(flagsOf(page)).toContainText(`Twin (#${other.id})`);
});
