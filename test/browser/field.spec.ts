import { AxeBuilder } from '@axe-core/playwright';
import path from 'node:path';
import { expect, openAdmin, SCREENSHOTS, test, visitAs } from './site';

test('a list knows the segments that an admin chose, and a query by the field finds the work items', async ({
  site,
  page,
  context,
}) => {
  // The directory is read, as it is within five minutes of the connection.
  await site.host.runScheduledTrigger('tick');
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const admin = await openAdmin(page, site, 'access');
  const section = admin.locator('section', { hasText: 'Reporter segments as a field' });
  await section.getByLabel('The field shows').selectOption('on');
  // A segment of somebody who is linked.
  const [segmentId] = site.jira.memberFor('linked')?.segmentIds ?? [];
  const name = site.simulator?.segments.find(({ id }) => id === segmentId)?.name ?? '';
  await section.getByLabel(name, { exact: true }).check();
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await section.scrollIntoViewIfNeeded();
    await page.screenshot({ path: path.join(SCREENSHOTS, `field-${String(width)}.png`), fullPage: true });
  }
  const { violations } = await new AxeBuilder({ page }).include(['iframe', 'body']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  await section.getByRole('button', { name: 'Save field' }).click();
  await expect(section.getByText(/^Saved\./)).toBeVisible();
  await site.host.platform.queue.idle();

  const expected = site.jira.issues.filter(({ custom }) => custom?.customfield_10100?.includes(name) === true);
  expect(expected.length).toBeGreaterThan(0);
  await page.goto(`${site.url}/issues?jql=${encodeURIComponent(`"Reporter segments" = "${name}"`)}`);
  await expect(page.getByRole('status').first()).toContainText(`${String(expected.length)} work item`);
  await expect(page.getByRole('list', { name: 'Found' })).toContainText(`Reporter segments: ${name}`);
  await page.screenshot({ path: path.join(SCREENSHOTS, 'field-list.png') });

  await page.goto(`${site.url}/browse/${expected[0]?.key ?? ''}`);
  await expect(page.locator('.details__row', { hasText: 'Reporter segments' })).toContainText(name);
});
