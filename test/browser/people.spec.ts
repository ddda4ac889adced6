import { readFileSync } from 'node:fs';
import type { Sandbox } from '../../sandbox/sandbox';
import { cutOf, expectAccessible } from './accessible';
import { expect, openAdmin, takePicture, test, visitAs } from './site';

/** What happens by itself within minutes: the directory is read, and then every project's reporters. */
async function knowEverybody({ host }: Sandbox): Promise<void> {
  await host.runScheduledTrigger('tick');
  await host.platform.queue.idle();
  await host.runScheduledTrigger('tick');
  await host.platform.queue.idle();
}

test.describe('the People tab', () => {
  test('knows the reporters by itself, and resolves an ambiguous one from the queue', async ({
    site,
    page,
    context,
  }) => {
    await knowEverybody(site);
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const admin = await openAdmin(page, site, 'people');
    await expect(admin.getByText(/^All reporters are known\./)).toBeVisible();
    const table = admin.getByRole('table', { name: 'Reporters by state' });
    await expect(table.getByRole('row', { name: /^Ambiguous .* 1 / })).toBeVisible();
    const accountId = site.jira.issueFor('ambiguous').reporterAccountId ?? '';
    const card = admin.getByRole('article').filter({ hasText: accountId });
    await expect(card.getByText('Several members have their email. Which of them is it?')).toBeVisible();
    await takePicture(page, 'light/people', { fullPage: true });
    await expectAccessible(page);
    const candidates = card.getByRole('list', { name: 'Members with this email' }).getByRole('listitem');
    await expect(candidates).toHaveCount(2);
    await candidates
      .first()
      .getByRole('button', { name: /^Link to / })
      .click();
    await expect(card.getByText('Linked by hand.')).toBeVisible();
    await expect(table.getByRole('row', { name: /^Ambiguous / })).toHaveCount(0);
    await card.getByRole('button', { name: 'Next' }).click();
    await expect(admin.getByText('Nobody is left here.')).toBeVisible();
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
    await takePicture(page, 'dark/people-import', { fullPage: true });
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

  test('fits a narrow window', async ({ site, page, context }) => {
    await page.setViewportSize({ width: 360, height: 900 });
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const admin = await openAdmin(page, site, 'people');
    await expect(admin.getByRole('heading', { name: 'Reporters', exact: true })).toBeVisible();
    expect(await cutOf(admin)).toBe(0);
    await takePicture(page, 'light/people-narrow', { fullPage: true });
  });
});
