import { AxeBuilder } from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Page } from '@playwright/test';
import type { Sandbox } from '../../sandbox/sandbox';
import { expect, SCREENSHOTS, test, visitAs } from './site';

const REPORTERS = 24;
test.use({ sandboxOptions: { extraReporters: REPORTERS, members: 120, segments: 4 } });

async function openBulk(page: Page, site: Sandbox): Promise<FrameLocator> {
  await page.goto(`${site.url}/apps/segments-bulk`);
  return page.frameLocator('iframe');
}

async function noViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('iframe').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

test('a query is previewed, run to its report, and taken back', async ({ site, page, context }) => {
  test.setTimeout(90_000);
  const { simulator, jira } = site;
  if (simulator === null) throw new Error('This test needs the embedded Shorter Loop');
  const [target] = simulator.segments;
  if (target === undefined) throw new Error('The seed has no segments');
  const before = new Map(jira.crowd.map(({ member }) => [member.id, simulator.truth.membershipsOf(member.id)]));
  await visitAs(context, site, { accountId: jira.adminAccountId });
  const bulk = await openBulk(page, site);

  await bulk.getByLabel('Query (JQL)').fill('project = ACME');
  await bulk.getByLabel('To', { exact: true }).selectOption({ label: target.name });
  await noViolations(page);
  await page.screenshot({ path: path.join(SCREENSHOTS, 'bulk-form.png'), fullPage: true });
  await bulk.getByRole('button', { name: 'Preview' }).click();
  const start = bulk.getByRole('button', { name: /^Move \d+ people$/ });
  await expect(start).toBeVisible();
  expect(simulator.truth.writes()).toEqual([]);
  await expect(bulk.getByText('E-mail address hidden').first()).toBeVisible();
  await noViolations(page);
  await page.screenshot({ path: path.join(SCREENSHOTS, 'bulk-preview.png'), fullPage: true });

  const [download] = await Promise.all([page.waitForEvent('download'), bulk.getByRole('button', { name: 'Download as CSV' }).click()]);
  const csv = await readFile(await download.path(), 'utf8');
  expect(csv.trim().split('\r\n').length).toBeGreaterThan(REPORTERS);

  await start.click();
  await expect(bulk.getByRole('progressbar')).toBeVisible();
  await expect(bulk.getByText('Finished')).toBeVisible({ timeout: 40_000 });
  await expect(bulk.getByText('Read back where they should be.').first()).toBeVisible();
  await noViolations(page);
  await page.screenshot({ path: path.join(SCREENSHOTS, 'bulk-report.png'), fullPage: true });
  // Whoever was in several segments is left alone: it is unclear which one they should leave.
  for (const [memberId, segmentIds] of before) expect(simulator.truth.membershipsOf(memberId)).toEqual(segmentIds.length === 1 ? [target.id] : segmentIds);

  await bulk.getByRole('button', { name: 'Undo this run' }).click();
  await bulk.getByRole('button', { name: /^Move \d+ people$/ }).click();
  await expect(bulk.getByText('Finished')).toBeVisible({ timeout: 40_000 });
  for (const [memberId, segmentIds] of before) expect(simulator.truth.membershipsOf(memberId)).toEqual(segmentIds);

  await bulk.getByRole('button', { name: 'All runs' }).click();
  await expect(bulk.getByRole('button', { name: /^Open:/ })).toHaveCount(2);
  await page.screenshot({ path: path.join(SCREENSHOTS, 'bulk-history.png'), fullPage: true });
});

test('a form says what is missing, fits 320 pixels, and stands on dark ground', async ({ site, page, context }) => {
  await page.setViewportSize({ width: 360, height: 900 });
  await visitAs(context, site, { accountId: site.jira.adminAccountId, theme: 'dark' });
  const bulk = await openBulk(page, site);
  await bulk.getByText('A list of account IDs').click();
  await bulk.getByRole('button', { name: 'Preview' }).click();
  await expect(bulk.getByText('Give at least one account ID.')).toBeVisible();
  await expect(bulk.getByText('Choose a segment that people are not moved from.')).toBeVisible();
  await noViolations(page);
  const width = await bulk.locator('html').evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(width).toBeLessThanOrEqual(0);
  await page.screenshot({ path: path.join(SCREENSHOTS, 'bulk-narrow-dark.png'), fullPage: true });
});

test('a run is closed to whoever may not move people in bulk', async ({ site, page, context }) => {
  await visitAs(context, site);
  const bulk = await openBulk(page, site);
  await expect(bulk.getByText('Only for Jira admins')).toBeVisible();
});
