import { readFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { FrameLocator, Locator, Page } from '@playwright/test';
import { expect, openAdmin, SCREENSHOTS, test, visitAs } from './site';

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(['iframe', 'body']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

/** Goes through the queue until it shows this card. */
async function skipTo(admin: FrameLocator, card: Locator): Promise<void> {
  await expect(admin.getByRole('article')).toBeVisible();
  await expect(async () => {
    if (!(await card.isVisible())) await admin.getByRole('button', { name: 'Skip' }).click();
    await expect(card).toBeVisible({ timeout: 500 });
  }).toPass();
}

test.describe('the People tab', () => {
  test('counts the reporters, and resolves an ambiguous one from the queue', async ({ site, page, context }) => {
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const admin = await openAdmin(page, site, 'people');
    await expect(
      admin.getByText(/^About \d+ work items: reading them costs \d+ to \d+ of the 6,500 Jira points/),
    ).toBeVisible();
    await admin.getByRole('button', { name: 'Count reporters' }).click();
    const table = admin.getByRole('table', { name: 'Reporters by how they match' });
    await expect(table.getByRole('row', { name: /^Needs review .* 4 / })).toBeVisible();
    await expect(admin.getByText(/Counted/)).toBeVisible();
    await expect(admin.getByTestId('people-bar').locator('rect')).toHaveCount(5);

    const accountId = site.jira.issueFor('ambiguous').reporterAccountId ?? '';
    const card = admin.getByRole('article').filter({ hasText: accountId });
    await skipTo(admin, card);
    await expect(card.getByText('Several members have their email. Which of them is it?')).toBeVisible();
    await page.screenshot({ path: path.join(SCREENSHOTS, 'light', 'people.png'), fullPage: true });
    await expectAccessible(page);
    const candidates = card.getByRole('list', { name: 'Members with this email' }).getByRole('listitem');
    await expect(candidates).toHaveCount(2);
    await candidates
      .first()
      .getByRole('button', { name: /^Link to / })
      .click();
    await expect(card.getByText('Linked by hand.')).toBeVisible();
    await expect(table.getByRole('row', { name: /^Needs review .* 3 / })).toBeVisible();
    await card.getByRole('button', { name: 'Next' }).click();
    await expect(card).toBeHidden();
  });

  test('says what trusting portal customers risks, and refuses what is no domain', async ({ site, page, context }) => {
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const admin = await openAdmin(page, site, 'people');
    const section = admin.getByRole('region', { name: 'Linking by email' });
    await expect(section.getByText(/^Risk: /)).toBeHidden();
    await section.getByLabel('Portal customers').selectOption({ label: 'Link by email from these domains' });
    await expect(section.getByText(/^Risk: whoever can sign up for your portal/)).toBeVisible();
    await section.getByLabel('Trusted domains').fill('nothing');
    await section.getByRole('button', { name: 'Save' }).click();
    await expect(section.getByText('“nothing” is not a domain such as company.example.')).toBeVisible();
    await section.getByLabel('Trusted domains').fill('@B\u00fccher.example, acme.example');
    await section.getByRole('button', { name: 'Save' }).click();
    await expect(section.getByText('Saved. Links that exist stay as they are.')).toBeVisible();
    await expect(section.getByLabel('Trusted domains')).toHaveValue('xn--bcher-kva.example, acme.example');
    await expectAccessible(page);
  });

  test('finds somebody on either side, and unlinks them', async ({ site, page, context }) => {
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const admin = await openAdmin(page, site, 'people');
    const seed = site.jira.memberFor('linked');
    await admin.getByRole('button', { name: 'Shorter Loop members' }).click();
    await admin.getByLabel('Name, member ID or whole email').fill(`#${seed?.id}`);
    await admin.getByRole('search').getByRole('button', { name: 'Search' }).click();
    const row = admin.getByRole('list', { name: 'Members', exact: true }).getByRole('listitem');
    const { displayName } = site.jira.people.find(
      ({ accountId }) => accountId === site.jira.issueFor('linked').reporterAccountId,
    ) ?? { displayName: '' };
    await row.getByRole('button', { name: displayName }).click();
    const card = admin.getByRole('article', { name: displayName });
    await card.getByRole('button', { name: /^Unlink from / }).click();
    await expect(card.getByText('No member in any segment has their email.')).toBeVisible();
  });

  test('shows what an import would do, does it once it is confirmed, and exports it again', async ({
    site,
    page,
    context,
  }) => {
    await visitAs(context, site, { accountId: site.jira.adminAccountId, theme: 'dark' });
    const admin = await openAdmin(page, site, 'people');
    const { jira } = site;
    const one = jira.issueFor('one').reporterAccountId ?? '';
    const memberId = jira.memberFor('one')?.id ?? 0;
    const lines = [
      'accountId,memberId',
      `${one},${memberId}`,
      `${one},${memberId}`,
      `${jira.issueFor('many').reporterAccountId ?? ''},999999`,
      `=HYPERLINK("x"),1`,
      `nobody,${memberId}`,
    ];
    await admin
      .getByLabel('Import links from a CSV file')
      .setInputFiles({ name: 'links.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
    await expect(admin.getByText('1 row of 5 would be linked')).toBeVisible();
    const troubled = admin.getByRole('table', { name: 'Rows that are not linked' });
    for (const what of [
      'duplicate account',
      'this member is in no segment',
      'a cell with a formula',
      'Jira has no such account',
    ]) {
      await expect(troubled.getByRole('cell', { name: what })).toBeVisible();
    }
    const formula = troubled.getByRole('row', { name: /^5 a cell with a formula =HYPERLINK\("x"\) 1$/ });
    await expect(formula).toBeVisible();
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.screenshot({ path: path.join(SCREENSHOTS, 'dark', 'people-import.png'), fullPage: true });
    await expectAccessible(page);
    expect(site.host.kvs.entity('link').map(({ key }) => key)).not.toContain(one);
    await admin.getByRole('button', { name: 'Import 1 link' }).click();
    await expect(admin.getByText('1 reporter linked')).toBeVisible();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      admin.getByRole('button', { name: 'Export links' }).click(),
    ]);
    expect(readFileSync(await download.path(), 'utf8')).toContain(`${one},${memberId},import`);
  });

  test('asks before it reads more than is left of the hour, rests, and says until when', async ({
    site,
    page,
    context,
  }) => {
    const hourMs = Math.floor(Date.now() / 3_600_000) * 3_600_000;
    site.host.platform.kvs.handle('/api/v1/entity/set', {
      entityName: 'jira-budget',
      key: 'hour',
      value: { hourMs, points: 6_490, stoppedUntilMs: 0, revision: 'before' },
    });
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const admin = await openAdmin(page, site, 'people');
    await expect(admin.getByText(/^About \d+ work items/)).toBeVisible();
    await admin.getByRole('button', { name: 'Count reporters' }).click();
    const question = admin.getByRole('group', { name: 'That is a lot to read at once.' });
    await expect(question).toBeVisible();
    await expectAccessible(page);
    await question.getByRole('button', { name: /^Read \d+ work items$/ }).click();
    await expect(admin.getByText(/^Paused until .* this hour’s Jira points are used up/)).toBeVisible();
    await page.screenshot({ path: path.join(SCREENSHOTS, 'light', 'people-paused.png'), fullPage: true });
    await admin.getByRole('button', { name: 'Pause' }).click();
    await expect(admin.getByRole('button', { name: 'Continue counting' })).toBeVisible();
  });

  test('fits a narrow window', async ({ site, page, context }) => {
    await page.setViewportSize({ width: 360, height: 900 });
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const admin = await openAdmin(page, site, 'people');
    await admin.getByRole('button', { name: 'Count reporters' }).click();
    await expect(admin.getByText(/Counted/)).toBeVisible();
    expect(await admin.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth)).toBeLessThanOrEqual(0);
    await page.screenshot({ path: path.join(SCREENSHOTS, 'light', 'people-narrow.png'), fullPage: true });
  });
});
