import type { FrameLocator, Locator, Page } from '@playwright/test';
import type { Sandbox } from '../../sandbox/sandbox';
import { cutOf, expectAccessible } from './accessible';
import { expect, holdCalls, setTheme, takePicture, test, THEMES, visitAs } from './site';

test.use({ sandboxOptions: { members: 120, segments: 6, extraReporters: 40 } });

/** Opens the project's board and answers its frame, with the members of every column there. */
async function openBoard(page: Page, site: Sandbox): Promise<FrameLocator> {
  await page.goto(`${site.url}/projects/ACME/board`);
  const board = page.frameLocator('iframe');
  await expect(board.locator('.column .list')).toHaveCount(6);
  return board;
}

function simulatorOf({ simulator }: Sandbox) {
  if (simulator === null) throw new Error('This test needs the embedded Shorter Loop');
  return simulator;
}

/** Members of the first segment who are not in the second, by id, with both segments. */
function movable(site: Sandbox) {
  const { segments, truth } = simulatorOf(site);
  const [from, to] = segments;
  if (from === undefined || to === undefined) throw new Error('This test needs two segments');
  const { members } = truth.snapshot();
  const people = members.filter(({ segmentIds }) => segmentIds.includes(from.id) && !segmentIds.includes(to.id));
  const [one, two, three] = people;
  if (one === undefined || two === undefined || three === undefined)
    throw new Error('This test needs three people to move');
  return { from, to, one, two, three };
}

const column = (board: FrameLocator, name: string): Locator => board.getByRole('region', { name, exact: true });
const card = (board: FrameLocator, segmentName: string, memberId: number): Locator =>
  column(board, segmentName)
    .getByRole('option')
    .filter({ hasText: new RegExp(`#${String(memberId)}(?!\\d)`) });
/** Brings somebody into sight: lists draw only what is in view. */
async function find(board: FrameLocator, segmentName: string, memberId: number): Promise<Locator> {
  await column(board, segmentName)
    .getByRole('searchbox')
    .fill(`#${String(memberId)}`);
  const found = card(board, segmentName, memberId);
  await expect(found).toBeVisible();
  return found;
}
const segmentsOf = (site: Sandbox, memberId: number): readonly number[] =>
  simulatorOf(site).truth.membershipsOf(memberId);

test('people are selected and moved with the keyboard alone', async ({ site, page }) => {
  const { from, to } = movable(site);
  const board = await openBoard(page, site);
  const list = column(board, from.name).getByRole('listbox');
  await list.focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(list.locator('[aria-selected=true]')).toHaveCount(3);
  await page.keyboard.press('m');
  const dialog = board.getByRole('dialog', { name: 'Move 3 people' });
  await dialog.getByRole('radio', { name: to.name, exact: true }).press('Space');
  await page.keyboard.press('Enter');
  await expect(board.getByText(/moved to|Not all changes|No changes were/).first()).toBeVisible();
  const writes = simulatorOf(site).truth.writes();
  expect(writes).toHaveLength(1);
});

test('several selected people are dragged together, in one request', async ({ site, page }) => {
  const { from, to, one, two } = movable(site);
  const board = await openBoard(page, site);
  // Selected while the list is filtered to one after the other: the selection outlasts a filter.
  await (await find(board, from.name, one.id)).click();
  await (await find(board, from.name, two.id)).click({ modifiers: ['ControlOrMeta'] });
  await expect(board.getByText(`2 selected in ${from.name}`)).toBeVisible();
  await card(board, from.name, two.id).dragTo(column(board, to.name));
  await expect(board.getByText(`2 people moved to “${to.name}”.`)).toBeVisible();
  expect(simulatorOf(site).truth.writes()).toHaveLength(1);
  for (const { id } of [one, two]) expect(segmentsOf(site, id)).toContain(to.id);
});

test('a move that Shorter Loop refuses goes back to its column and says why', async ({ site, page }) => {
  const { from, to, one } = movable(site);
  const board = await openBoard(page, site);
  simulatorOf(site).faults.add({ match: { route: 'move' }, fault: { kind: 'status', code: 422 } });
  await (await find(board, from.name, one.id)).dragTo(column(board, to.name));
  await expect(board.getByText('Shorter Loop refused, and nothing was changed.')).toBeVisible();
  await expect(card(board, from.name, one.id)).toContainText('Not moved');
  expect(segmentsOf(site, one.id)).toContain(from.id);
});

test('a card that is dragged is in its new column at once, says that its move is under way, and then that it was moved', async ({
  site,
  page,
}) => {
  const { from, to, one } = movable(site);
  const board = await openBoard(page, site);
  const letGo = await holdCalls(page, 'board.move');
  await (await find(board, from.name, one.id)).dragTo(column(board, to.name));
  await expect(await find(board, to.name, one.id)).toContainText('Moving…');
  await expect(card(board, from.name, one.id)).toHaveCount(0);
  await letGo();
  await expect(card(board, to.name, one.id)).toContainText('Moved');
  await expect(board.getByText(`1 person moved to “${to.name}”.`)).toBeVisible();
  expect(segmentsOf(site, one.id)).toContain(to.id);
  expect(segmentsOf(site, one.id)).not.toContain(from.id);
});

test('a removal asks first, and takes the person out of the one segment', async ({ site, page }) => {
  const { from, one } = movable(site);
  const board = await openBoard(page, site);
  await (await find(board, from.name, one.id)).click();
  await board.getByRole('button', { name: 'Remove…' }).click();
  await board.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(board.getByText(`1 person removed from “${from.name}”.`)).toBeVisible();
  expect(segmentsOf(site, one.id)).not.toContain(from.id);
});

test('whoever may not edit sees that they may not see the board, and nobody’s name', async ({
  site,
  page,
  context,
}) => {
  await visitAs(context, site, { accountId: site.jira.viewerAccountId });
  await page.goto(`${site.url}/projects/ACME/board`);
  const board = page.frameLocator('iframe');
  await expect(board.getByRole('alert')).toBeVisible();
  await expect(board.getByRole('option')).toHaveCount(0);
});

test('the board is accessible and fits every width, in both themes', async ({ site, page, context }) => {
  await visitAs(context, site);
  const board = await openBoard(page, site);
  await expect(board.locator('.bars')).toBeVisible();
  await column(board, simulatorOf(site).segments[0]?.name ?? '')
    .getByRole('option')
    .nth(1)
    .click();
  for (const width of [320, 1400]) {
    await page.setViewportSize({ width, height: 1000 });
    for (const theme of THEMES) {
      await setTheme(page, board, theme);
      expect(await cutOf(board)).toBe(0);
      await takePicture(page, `${theme}/board-${String(width)}`, { fullPage: true });
      if (width === 1400) await expectAccessible(page, 'iframe', theme === 'light' ? 'all' : 'colors');
    }
  }
});
