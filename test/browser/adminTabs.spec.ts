import { cutOf, expectAccessible } from './accessible';
import { expect, openAdmin, setTheme, takePicture, test, THEMES, visitAs } from './site';

test('the tabs are one stop of the Tab key, opened by arrows, and a reload, Back and Forward lead to them', async ({
  site,
  page,
  context,
}) => {
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const admin = await openAdmin(page, site);
  const selected = admin.getByRole('tab', { selected: true });
  await expect(selected).toHaveText('Connection');
  await selected.focus();
  await page.keyboard.press('End');
  await expect(selected).toBeFocused();
  await expect(admin.getByRole('tab').last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(selected).toHaveText('Connection');
  await admin.getByRole('tab', { name: 'Access' }).click();
  await expect(
    admin.getByRole('tabpanel', { name: 'Access' }).getByRole('heading', { name: 'Who may do what' }),
  ).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/admin/apps/segments-admin/access');
  await page.reload();
  await expect(selected).toHaveText('Access');
  await page.goBack();
  await expect(selected).toHaveText('Connection');
  await page.goForward();
  await expect(selected).toHaveText('Access');
});

test('an address that names no tab opens the first one', async ({ site, page, context }) => {
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const admin = await openAdmin(page, site, 'nothing');
  await expect(admin.getByRole('tab', { selected: true })).toHaveText('Connection');
});

test('Manage apps leads by Configure to the same page, which works without an address of its own', async ({
  site,
  page,
  context,
}) => {
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  await page.goto(`${site.url}/admin/manage-apps`);
  await page.getByRole('link', { name: 'Configure' }).click();
  const admin = page.frameLocator('iframe');
  await expect(admin.getByRole('tab', { selected: true })).toHaveText('Connection');
  await admin.getByRole('tab', { name: 'Access' }).click();
  await expect(
    admin.getByRole('tabpanel', { name: 'Access' }).getByRole('heading', { name: 'Who may do what' }),
  ).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/admin/manage-apps/configure');
});

test('an issue is tested as the app, and where it is not seen the page says what to grant', async ({
  site,
  page,
  context,
}) => {
  const issue = site.jira.issueFor('one');
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const admin = await openAdmin(page, site, 'access');
  await admin.getByLabel('Test as').selectOption({ label: 'The app, for requests of API clients' });
  await admin.getByLabel('Work item key').fill(issue.key);
  const verdicts = admin.getByRole('list', { name: 'Test as someone' });
  await admin.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(verdicts.getByText('Can see the work item: Yes')).toBeVisible();
  // The admin reads the issue by its key, and then the app by its id.
  site.jira.faults.add({ path: `/rest/api/3/issue/${issue.id}`, fault: { kind: 'status', code: 404 } });
  await admin.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(verdicts.getByText('Can see the work item: No')).toBeVisible();
  await expect(admin.getByText('atlassian-addons-project-access')).toBeVisible();
});

test('every tab is accessible and fits every width, in both themes', async ({ site, page, context }) => {
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const admin = await openAdmin(page, site);
  await expect(admin.getByRole('tab', { selected: true })).toBeVisible();
  for (const tab of await admin.getByRole('tab').all()) {
    const name = (await tab.textContent()) ?? '';
    await tab.click();
    const panel = admin.getByRole('tabpanel', { name });
    await expect(panel.getByRole('heading').first()).toBeVisible();
    await expect(panel.locator('.loading')).toHaveCount(0);
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      for (const theme of THEMES) {
        await setTheme(page, admin, theme);
        expect(await cutOf(admin)).toBe(0);
        await takePicture(page, `${theme}/admin-${name.toLowerCase()}-${width}`, { fullPage: true });
        if (width === 1280) await expectAccessible(page, 'iframe', theme === 'light' ? 'all' : 'colors');
      }
    }
  }
});
