import type { FrameLocator, Page } from '@playwright/test';
import type { Sandbox } from '../../sandbox/sandbox';
import { expect, test } from './site';

test.use({ sandboxOptions: { members: 120, segments: 6, extraIssues: 5_300 } });

/** Opens the project's board and answers its frame. */
async function openBoard(page: Page, site: Sandbox): Promise<FrameLocator> {
  await page.goto(`${site.url}/projects/ACME/board`);
  return page.frameLocator('iframe');
}

const written = (number: number): string => number.toLocaleString('en-US');

test('the board opens for the newest work items, says what all of them cost, and counts them for a day', async ({
  site,
  page,
}) => {
  const total = site.jira.issues.length;
  const board = await openBoard(page, site);
  await expect(board.getByText(`The newest 50 of about ${written(total)} work items are counted.`)).toBeVisible();
  await board
    .getByRole('button', { name: `Count all ${written(total)} work items (about ${written(total + 6 * 4)} points)` })
    .click();
  await expect(board.getByText(`All ${written(total)} work items are counted.`)).toBeVisible();
  await expect(board.locator('.bars')).toBeVisible();
  await page.reload();
  await expect(board.getByText(`All ${written(total)} work items are counted.`)).toBeVisible();
  await expect(board.getByRole('button', { name: /^Count all/ })).toHaveCount(0);
});

test('a count pauses where Jira says that few points are left, and keeps what it has', async ({ site, page }) => {
  const total = site.jira.issues.length;
  const board = await openBoard(page, site);
  site.jira.setHourlyQuota(3_800);
  await board.getByRole('button', { name: /^Count all/ }).click();
  await expect(
    board.getByText(
      `The count has paused after 3,000 of about ${written(total)} work items. It continues automatically while this page is open.`,
    ),
  ).toBeVisible();
  await expect(board.getByText('This site’s hourly Jira points are used up')).toBeVisible();
  await expect(board.locator('.bars')).toBeVisible();
});
