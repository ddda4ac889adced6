import { expect, openAdmin, test, visitAs } from './site';

test.describe('the Access tab', () => {
  test('pins the panel to the projects that an admin chooses, and says how far Jira is', async ({
    site,
    page,
    context,
  }) => {
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const admin = await openAdmin(page, site, 'access');
    const projects = admin.getByRole('group', { name: /^Projects: / });
    const pin = admin.getByRole('button', { name: 'Pin the panel', exact: true });
    await expect(pin).toBeDisabled();
    await admin.getByLabel('Find a project').fill('nothing like it');
    await expect(projects.getByRole('checkbox')).toHaveCount(0);
    await admin.getByLabel('Find a project').fill('acm');
    await projects.getByLabel('Acme Cloud (ACME)').check();
    await pin.click();
    await expect(admin.getByText('Jira is working on it: 50 %')).toBeVisible();
    await expect(admin.getByText('Jira has finished.')).toBeVisible();
    await expect(projects).toContainText('Pinned');
    await page.reload();
    await projects.getByLabel(/^Acme Cloud \(ACME\)/).check();
    await admin.getByRole('button', { name: 'Unpin the panel' }).click();
    await expect(admin.getByText('Jira has finished.')).toBeVisible();
    await expect(projects).not.toContainText('Pinned');
  });

  test('finds groups as one types, keeps what is chosen, and warns where everybody may do it', async ({
    site,
    page,
    context,
  }) => {
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const admin = await openAdmin(page, site, 'access');
    const rule = admin.getByRole('group', { name: /^Link and unlink/ });
    await rule.getByLabel('Jira permission').selectOption({ label: 'Edit issues' });
    await expect(rule.getByText('This may be everyone')).toBeVisible();

    const field = rule.getByRole('searchbox');
    await field.fill('SUPP');
    await admin.getByRole('button', { name: 'Save permissions' }).click();
    await expect(rule.getByText('Choose a group from the list, or clear the text.')).toBeVisible();
    await rule.getByRole('button', { name: 'Choose support' }).click();
    await expect(rule.getByRole('button', { name: 'Remove support' })).toBeVisible();
    await expect(field).toHaveValue('');
    await expect(rule.getByText('This may be everyone')).toHaveCount(0);
    await expect(rule.getByText('People with “Edit issues” on the work item who are in support.')).toBeVisible();

    await admin.getByRole('button', { name: 'Save permissions' }).click();
    await expect(admin.getByText('Saved.')).toBeVisible();
    await page.reload();
    await expect(rule.getByRole('button', { name: 'Remove support' })).toBeVisible();
  });

  test('tells of someone the verdict of every act, each with the condition that decides it', async ({
    site,
    page,
    context,
  }) => {
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const admin = await openAdmin(page, site, 'access');
    await admin.getByLabel('Person', { exact: true }).fill('Priya');
    await admin.getByRole('button', { name: 'Choose Priya Raman' }).click();
    await admin.getByLabel('Work item key').fill(site.jira.issueFor('one').key);
    await admin.getByRole('button', { name: 'Test', exact: true }).click();
    const verdicts = admin.getByRole('list', { name: 'Test as someone' });
    const refused = verdicts.locator('.verdict').filter({ hasText: 'Not allowed' });
    await expect(verdicts.locator('.verdict')).toHaveCount(8);
    await expect(refused).toHaveCount(7);
    await expect(refused.filter({ hasText: 'Link and unlink by hand' })).toContainText('Has “Edit issues”: No');
    await expect(refused.filter({ hasText: 'Start bulk runs' })).toContainText('Has “Administer Jira”: No');
  });

  test('says that no group matches, and that Jira could not be searched', async ({ site, page, context }) => {
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const admin = await openAdmin(page, site, 'access');
    const rule = admin.getByRole('group', { name: 'Remove' });
    await rule.getByRole('searchbox').fill('nothing like it');
    await expect(rule.getByText('No other Jira group matches.')).toBeVisible();
    site.jira.faults.add({ path: 'groups/picker', fault: { kind: 'status', code: 503 } });
    await rule.getByRole('searchbox').fill('support');
    await expect(rule.getByText('Jira could not be searched. Try again.')).toBeVisible();
  });
});
