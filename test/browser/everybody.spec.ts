import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, openAdmin, SCREENSHOTS, test, truthOf, visitAs } from './site';

// As `npm start` has it: 163 people report, of whom 150 are certain.
test.use({ sandboxOptions: { fresh: true, extraReporters: 142, isLiving: true } });

test('from a fresh install, with no panel opened, everybody is known who can be', async ({ site, page, context }) => {
  const simulator = truthOf(site);
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const admin = await openAdmin(page, site);
  await admin.getByLabel('API key').fill(simulator.key);
  await admin.getByLabel('Initiative id').fill(String(simulator.initiativeId));
  await admin.getByRole('button', { name: 'Save and check' }).click();
  await admin.getByRole('button', { name: 'Go on' }).click();
  await expect(admin.getByRole('heading', { name: 'Who is linked' })).toBeVisible();
  await expect(admin.getByRole('switch', { name: 'Link certain matches automatically' })).toBeChecked();
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: path.join(SCREENSHOTS, `setup-linking-${String(width)}.png`), fullPage: true });
  }
  const { violations } = await new AxeBuilder({ page }).include(['iframe', 'body']).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);

  // The schedule, which nobody here waits five minutes for.
  for (const _tick of ['the directory', 'the reporters']) {
    await site.host.runScheduledTrigger('tick');
    await site.host.platform.queue.idle();
  }
  await openAdmin(page, site, 'people');
  const table = admin.getByRole('table', { name: 'Reporters by state' });
  await expect(admin.getByText(/^All reporters are known\./)).toBeVisible();
  await page.screenshot({ path: path.join(SCREENSHOTS, 'everybody-people.png'), fullPage: true });
  // Of the 150 one was linked by hand to a member who is in no segment any more: that link stands, and is told.
  await expect(table.getByRole('row', { name: /^Linked 149 / })).toBeVisible();
  await expect(table.getByRole('row', { name: /^Linked member is gone / })).toBeVisible();
  for (const cause of ['Ambiguous', 'Not found', 'Email hidden'])
    await expect(table.getByRole('row', { name: new RegExp(`^${cause} `) })).toBeVisible();

  await page.goto(`${site.url}/projects/ACME/board`);
  const board = page.frameLocator('iframe');
  const legend = board.getByRole('list', { name: 'Segments' });
  await expect(legend.locator('.series-1')).toBeVisible();
  await expect(board.getByText(/ reporters on this site are linked to a member\./)).toBeVisible();
  await expect(board.getByRole('button', { name: 'Review reporters' })).toBeVisible();
  await page.screenshot({ path: path.join(SCREENSHOTS, 'everybody-board.png'), fullPage: true });
});
