import { cutOf, expectAccessible } from './accessible';
import { expect, openAdmin, openPanel, takePicture, test, truthOf, visitAs } from './site';

test.use({ sandboxOptions: { fresh: true } });

test.describe('a fresh installation', () => {
  test('asks once who may use it, and a group that is chosen can link in the same minute', async ({
    site,
    page,
    context,
  }) => {
    const simulator = truthOf(site);
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const admin = await openAdmin(page, site);
    await expect(admin.getByText('Who may use it')).toHaveCount(0);
    await admin.getByLabel('API key').fill(simulator.key);
    await admin.getByLabel('Initiative id').fill(String(simulator.initiativeId));
    await admin.getByRole('button', { name: 'Save and check' }).click();
    await admin.getByRole('button', { name: 'Go on' }).click();
    await expect(admin.getByRole('heading', { name: 'Who may use it' })).toBeVisible();
    for (const width of [320, 900]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await cutOf(admin)).toBe(0);
      await takePicture(page, `setup-who-${String(width)}`, { fullPage: true });
    }
    await expectAccessible(page);

    await admin.getByRole('button', { name: 'Allow these groups' }).click();
    await expect(admin.getByText('Choose a group from the list, or clear the text.')).toBeVisible();
    await admin.getByLabel('Groups that may').last().fill('supp');
    await admin.getByRole('button', { name: 'Choose support' }).click();
    await admin.getByRole('button', { name: 'Allow these groups' }).click();
    await expect(admin.getByText('Saved. People in support can use it now.')).toBeVisible();

    // The default user of the sandbox is in support.
    await visitAs(context, site);
    const panel = await openPanel(page, site, site.jira.issueFor('ambiguous').key);
    await panel
      .getByRole('button', { name: /^Link to / })
      .first()
      .click();
    await expect(panel.getByText('Linked by hand').first()).toBeVisible();

    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    await openAdmin(page, site);
    await expect(admin.getByRole('heading', { name: 'Test with a test person' })).toBeVisible();
    await expect(admin.getByRole('heading', { name: 'Who may use it' })).toHaveCount(0);
  });

  test('leaves it to administrators when told so, and does not ask again', async ({ site, page, context }) => {
    const simulator = truthOf(site);
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const admin = await openAdmin(page, site);
    await admin.getByLabel('API key').fill(simulator.key);
    await admin.getByLabel('Initiative id').fill(String(simulator.initiativeId));
    await admin.getByRole('button', { name: 'Save and check' }).click();
    await admin.getByRole('button', { name: 'Go on' }).click();
    await admin.getByRole('button', { name: 'Keep it to administrators' }).click();
    await expect(admin.getByText('It stays with Jira administrators.')).toBeVisible();
    await page.reload();
    await expect(admin.getByRole('heading', { name: 'Test with a test person' })).toBeVisible();
    await expect(admin.getByRole('heading', { name: 'Who may use it' })).toHaveCount(0);
  });
});
