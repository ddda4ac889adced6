import type { FrameLocator, Locator, Page } from '@playwright/test';
import type { Sandbox } from '../../sandbox/sandbox';
import { expectAccessible } from './accessible';
import { expect, holdCalls, proveAlso, takePicture, test, truthOf, visitAs } from './site';

const SEGMENTS = 4;
test.use({ sandboxOptions: { extraReporters: 24, members: 120, segments: SEGMENTS } });

const WIDTHS = [320, 900, 1280] as const;

/** Looks at a page at every width, and has axe look as well. */
async function looksWell(page: Page, name: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await expectAccessible(page);
    await takePicture(page, `${name}-${String(width)}`, { fullPage: true });
  }
}

async function openBulk(page: Page, site: Sandbox): Promise<FrameLocator> {
  await page.goto(`${site.url}/apps/segments-bulk`);
  return page.frameLocator('iframe');
}

async function openBoard(page: Page, site: Sandbox): Promise<FrameLocator> {
  await page.goto(`${site.url}/projects/ACME/board`);
  const board = page.frameLocator('iframe');
  await expect(board.locator('.column .list')).toHaveCount(SEGMENTS);
  return board;
}

const column = (board: FrameLocator, name: string): Locator => board.getByRole('region', { name, exact: true });

/** The card of a member in a column, brought into sight. */
async function find(board: FrameLocator, segmentName: string, memberId: number): Promise<Locator> {
  const text = `#${String(memberId)}`;
  await column(board, segmentName).getByRole('searchbox').fill(text);
  const card = column(board, segmentName)
    .getByRole('option')
    .filter({ hasText: new RegExp(`${text}(?!\\d)`) });
  await expect(card).toBeVisible();
  return card;
}

/** The first two segments, and members of the first alone. */
function addable(site: Sandbox) {
  const { segments, truth } = truthOf(site);
  const [from, to] = segments;
  const [one, two] = truth
    .snapshot()
    .members.filter(({ segmentIds }) => segmentIds.length === 1 && segmentIds[0] === from?.id);
  if (from === undefined || to === undefined || one === undefined || two === undefined)
    throw new Error('This test needs two segments, and two members of the first alone');
  return { from, to, one, two };
}

test('several people are added in bulk, which is the default, and keep their segments; the run is taken back', async ({
  site,
  page,
  context,
}) => {
  proveAlso(site, ['add']);
  const { segments, truth } = truthOf(site);
  const [target] = segments;
  if (target === undefined) throw new Error('The seed has no segments');
  const before = new Map(truth.snapshot().members.map(({ id, segmentIds }) => [id, segmentIds]));
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const bulk = await openBulk(page, site);

  await expect(bulk.getByLabel('Add to a segment, keep the others')).toBeChecked();
  await expect(bulk.getByRole('group', { name: 'From' })).toHaveCount(0);
  await bulk.getByRole('button', { name: 'Preview' }).click();
  await expect(bulk.getByText('Choose a segment.')).toBeVisible();
  await bulk.getByLabel('Query (JQL)').fill('project = ACME');
  await bulk.getByLabel('To', { exact: true }).selectOption({ label: target.name });
  await looksWell(page, 'bulk-add-form');
  await bulk.getByRole('button', { name: 'Preview' }).click();
  const start = bulk.getByRole('button', { name: /^Add \d+ people$/ });
  await expect(start).toBeVisible();
  await expect(bulk.getByRole('heading', { name: `Add to ${target.name}` })).toBeVisible();
  await expect(bulk.getByRole('cell', { name: '(all kept)' })).toBeVisible();
  await looksWell(page, 'bulk-add-preview');
  expect(truth.writes()).toEqual([]);

  await start.click();
  await expect(bulk.getByText('Finished')).toBeVisible();
  await expect(bulk.getByText('Verified in Shorter Loop.').first()).toBeVisible();
  const added = new Set(truth.writes().flatMap(({ applied }) => applied));
  expect(added.size).toBeGreaterThan(5);
  for (const [memberId, kept] of before) {
    const wanted = added.has(memberId) ? [...kept, target.id] : kept;
    expect(new Set(truth.membershipsOf(memberId))).toEqual(new Set(wanted));
  }

  await bulk.getByRole('button', { name: 'Undo this run' }).click();
  await bulk.getByRole('button', { name: /^Remove \d+ people$/ }).click();
  await expect(bulk.getByText('Finished')).toBeVisible();
  for (const [memberId, kept] of before) expect(new Set(truth.membershipsOf(memberId))).toEqual(new Set(kept));
});

test('a removal in bulk says before for how many it is their last segment', async ({ site, page, context }) => {
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const bulk = await openBulk(page, site);
  await bulk.getByLabel('Remove from a segment').check();
  await bulk.getByLabel('Query (JQL)').fill('project = ACME');
  await bulk.getByRole('group', { name: 'From' }).getByRole('checkbox').first().check();
  await bulk.getByRole('button', { name: 'Preview' }).click();
  await expect(bulk.getByText(/^For \d+ (person|people) this is their last segment/)).toBeVisible();
  await expectAccessible(page);
});

test('where adding is not tried, nobody is offered it; everybody is told so in a line, and admins are led to it', async ({
  site,
  page,
  context,
}) => {
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const bulk = await openBulk(page, site);
  await expect(bulk.getByLabel('Move to a segment')).toBeChecked();
  await expect(bulk.getByLabel('Add to a segment, keep the others')).toHaveCount(0);
  await expect(bulk.getByText('Adding is not switched on yet')).toBeVisible();
  await expect(bulk.getByRole('button', { name: 'Open the app’s settings' })).toBeVisible();
  await expectAccessible(page);

  await visitAs(context, site);
  const board = await openBoard(page, site);
  await expect(board.getByText(/^Adding people: Nobody has tried yet/)).toBeVisible();
  await expect(board.getByRole('button', { name: 'Open the app’s settings' })).toHaveCount(0);
  const { from, one } = addable(site);
  await (await find(board, from.name, one.id)).click();
  await expect(board.getByRole('button', { name: 'Move…', exact: true })).toBeVisible();
  await expect(board.getByRole('button', { name: 'Add to segment…' })).toHaveCount(0);
  await page.keyboard.press('a');
  await expect(board.getByRole('dialog')).toHaveCount(0);
});

test('people are added on the board with the pointer and with the keyboard, and stay in their segment', async ({
  site,
  page,
}) => {
  proveAlso(site, ['add']);
  const { from, to, one, two } = addable(site);
  const { truth } = truthOf(site);
  const board = await openBoard(page, site);

  await (await find(board, from.name, one.id)).click();
  await board.getByRole('button', { name: 'Add to segment…' }).click();
  const dialog = board.getByRole('dialog', { name: /^Add .* to a segment$/ });
  await expect(dialog.getByRole('group', { name: `They stay in “${from.name}”. Add them to` })).toBeVisible();
  await looksWell(page, 'board-add-dialog');
  await page.setViewportSize({ width: 1280, height: 900 });
  await dialog.getByRole('radio', { name: to.name, exact: true }).check();
  const letGo = await holdCalls(page, 'board.add');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(await find(board, to.name, one.id)).toContainText('Adding…');
  await expect(await find(board, from.name, one.id)).toContainText('Adding…');
  await letGo();
  await expect(board.getByText(`1 person added to “${to.name}”.`)).toBeVisible();
  await expect(await find(board, to.name, one.id)).toContainText('Added');
  expect(new Set(truth.membershipsOf(one.id))).toEqual(new Set([from.id, to.id]));

  await (await find(board, from.name, two.id)).click();
  await column(board, from.name).getByRole('listbox').focus();
  await page.keyboard.press('a');
  await board.getByRole('dialog').getByRole('radio', { name: to.name, exact: true }).press('Space');
  await page.keyboard.press('Enter');
  await expect(await find(board, to.name, two.id)).toContainText('Added');
  expect(new Set(truth.membershipsOf(two.id))).toEqual(new Set([from.id, to.id]));
  expect(truth.writes()).toHaveLength(2);
  await expectAccessible(page);
});

test('a removal on the board says before that it is somebody’s last segment', async ({ site, page }) => {
  proveAlso(site, ['add']);
  const { from, one } = addable(site);
  const board = await openBoard(page, site);
  await (await find(board, from.name, one.id)).click();
  await board.getByRole('button', { name: 'Remove…' }).click();
  const dialog = board.getByRole('dialog');
  await expect(dialog.getByText('For 1 person this is their last segment')).toBeVisible();
  await expect(
    dialog.getByText('To add someone from their last segment again, use one of their work items'),
  ).toBeVisible();
  await looksWell(page, 'board-last-segment');
});

test('whoever reports and is in no segment stands below the board, with the work item where they are added', async ({
  site,
  page,
  context,
}) => {
  proveAlso(site, ['add']);
  for (const _tick of ['the directory', 'the reporters']) {
    await site.host.runScheduledTrigger('tick');
    await site.host.platform.queue.idle();
  }
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const board = await openBoard(page, site);
  const line = board.getByText(/who reported the newest work items (is|are) in no segment/);
  await expect(line).toContainText('Adding people: ');
  const { key } = site.jira.issueFor('notFound');
  await expect(board.getByRole('button', { name: key, exact: true })).toHaveCount(0);

  proveAlso(site, ['addByEmail']);
  await openBoard(page, site);
  await expect(line).toContainText('open their work item');
  await looksWell(page, 'board-no-segment');
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    board.getByRole('button', { name: key, exact: true }).click(),
  ]);
  await expect(opened).toHaveURL(new RegExp(`/browse/${key}$`));
});
