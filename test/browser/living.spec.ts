import { violationsIn } from './accessible';
import { expect, takePicture, test, visitAs } from './site';

// As `npm start` has it, with fewer people.
test.use({ sandboxOptions: { members: 300, segments: 6, extraReporters: 60, isLiving: true } });

test.describe('a sandbox that somebody has just started', () => {
  test('says what to try first until it was read', async ({ site, page, context }) => {
    await visitAs(context, site);
    await page.goto(site.url);
    const card = page.getByRole('complementary', { name: 'What to try first' });
    await expect(card.getByRole('listitem')).toHaveCount(7);
    expect(await violationsIn(page.locator('[data-first-steps]'))).toEqual([]);

    await takePicture(page, 'first-steps');
    await card.getByRole('link', { name: 'Segment board' }).click();
    await expect(page.getByRole('heading', { name: 'Segment board' }).first()).toBeVisible();
    await card.getByRole('button', { name: 'Got it' }).click();
    await expect(card).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Segment board' }).first()).toBeVisible();
    await expect(card).toHaveCount(0);
  });

  test('opens the admin page as the admin', async ({ site, page, context }) => {
    await visitAs(context, site, { accountId: site.jira.viewerAccountId });
    await page.goto(`${site.url}/browse/ACME-101`);
    await page.getByRole('complementary', { name: 'Sandbox' }).getByRole('link', { name: 'Admin page' }).click();
    await expect(page.locator('[data-sandbox="account"]')).toHaveValue(site.jira.adminAccountId);
    await expect(page.frameLocator('iframe').getByRole('tab').first()).toBeVisible();
  });

  test('answers the query that the bulk page gives as an example', async ({ site, page, context }) => {
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    await page.goto(`${site.url}/apps/segments-bulk`);
    const bulk = page.frameLocator('iframe');
    const hint = await bulk.getByText('For example: ').innerText();
    const query = hint.replace('For example: ', '');
    const found = await site.jira.search(site.jira.adminAccountId, query);
    const reporters =
      found.kind === 'found' ? new Set(found.issues.map((issue) => issue.reporterAccountId)) : new Set();
    expect(reporters.size).toBeGreaterThan(10);
    expect(reporters.size).toBeLessThan(60);
    await bulk.getByLabel('Query (JQL)').fill(query);
    await bulk.getByLabel('To', { exact: true }).selectOption({ index: 1 });
    await bulk.getByRole('button', { name: 'Preview' }).click();
    await expect(bulk.getByRole('button', { name: /^Move \d+ people$/ })).toBeEnabled();
  });

  test('lets an admin create a work item for somebody, give it to another and delete it', async ({
    site,
    page,
    context,
  }) => {
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const [first, second] = site.jira.crowd.map(({ accountId }) => accountId);
    await page.goto(`${site.url}/browse/ACME-101`);
    await page.getByRole('link', { name: 'Create', exact: true }).click();
    await page.getByLabel('Summary').fill('A wish by phone');
    await page.locator('select[name="reporterAccountId"]').selectOption(first ?? '');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'A wish by phone' })).toBeVisible();
    const created = site.jira.issues.at(-1);
    expect(created).toMatchObject({ summary: 'A wish by phone', reporterAccountId: first });
    await expect(page.frameLocator('.panel iframe').getByText('Segments', { exact: true })).toBeVisible();

    await page.getByText('Change reporter or delete').click();
    await page.getByLabel('New reporter').selectOption(second ?? '');
    await page.getByRole('button', { name: 'Change reporter' }).click();
    await expect(async () => expect(created?.reporterAccountId).toBe(second)).toPass();

    await page.getByText('Change reporter or delete').click();
    await page.getByRole('button', { name: 'Delete work item' }).click();
    await expect(page).toHaveURL(/\/issues$/);
    expect(site.jira.issues.some(({ key }) => key === created?.key)).toBe(false);
  });
});
