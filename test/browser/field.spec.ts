import { expectAccessible } from './accessible';
import { expect, openAdmin, takePicture, test, visitAs } from './site';

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
    await takePicture(page, `field-${String(width)}`, { fullPage: true });
  }
  await expectAccessible(page);
  await section.getByRole('button', { name: 'Save field' }).click();
  await expect(section.getByText(/^Saved\./)).toBeVisible();
  await site.host.platform.queue.idle();

  const expected = site.jira.issues.filter(({ custom }) => custom?.customfield_10100?.includes(name) === true);
  expect(expected.length).toBeGreaterThan(0);
  await page.goto(`${site.url}/issues?jql=${encodeURIComponent(`"Reporter segments" = "${name}"`)}`);
  await expect(page.getByRole('status').first()).toContainText(`${String(expected.length)} work item`);
  await expect(page.getByRole('list', { name: 'Found' })).toContainText(`Reporter segments: ${name}`);
  await takePicture(page, 'field-list');

  await page.goto(`${site.url}/browse/${expected[0]?.key ?? ''}`);
  await expect(page.locator('.details__row', { hasText: 'Reporter segments' })).toContainText(name);
});

test('someone who is moved on the board changes the field of their 40 open work items', async ({
  site,
  page,
  context,
}) => {
  const { simulator, jira, host } = site;
  const member = jira.memberFor('linked');
  const from = simulator?.segments.find(({ id }) => member?.segmentIds.includes(id));
  const to = simulator?.segments.find(({ id }) => member?.segmentIds.includes(id) === false);
  const first = jira.issueFor('linked');
  if (member === undefined || from === undefined || to === undefined) throw new Error('Somebody is linked');
  const isOpen = ({ reporterAccountId, status }: (typeof jira.issues)[number]): boolean =>
    reporterAccountId === first.reporterAccountId && status.category !== 'done';
  while (jira.issues.filter(isOpen).length < 40) jira.createIssue(first.key);
  const shown = (): string[] => jira.issues.filter(isOpen).map(({ custom }) => String(custom?.customfield_10100));
  await host.runScheduledTrigger('tick');

  await visitAs(context, site, { accountId: jira.adminAccountId });
  const admin = await openAdmin(page, site, 'access');
  const section = admin.locator('section', { hasText: 'Reporter segments as a field' });
  await section.getByLabel('The field shows').selectOption('on');
  for (const { name } of [from, to]) await section.getByLabel(name, { exact: true }).check();
  await section.getByRole('button', { name: 'Save field' }).click();
  await expect(section.getByText(/^Saved\./)).toBeVisible();
  await host.platform.queue.idle();
  expect(shown()).toEqual(Array.from({ length: 40 }, () => from.name));
  const before = jira.fieldValues.written();

  await page.goto(`${site.url}/projects/ACME/board`);
  const board = page.frameLocator('iframe');
  const column = board.getByRole('region', { name: from.name, exact: true });
  await column.getByRole('searchbox').fill(`#${String(member.id)}`);
  const card = column.getByRole('option').filter({ hasText: new RegExp(`#${String(member.id)}(?!\\d)`) });
  await expect(card).toContainText('work items here');
  await card.click();
  await board.getByRole('button', { name: 'Move…', exact: true }).click();
  await board.getByRole('dialog').getByRole('radio', { name: to.name, exact: true }).check();
  await board.getByRole('dialog').getByRole('button', { name: 'Move', exact: true }).click();
  await expect(board.getByText(`1 person moved to “${to.name}”.`)).toBeVisible();
  await host.platform.queue.idle();
  expect(shown()).toEqual(Array.from({ length: 40 }, () => to.name));
  expect(jira.fieldValues.written() - before).toBe(40);

  await page.goto(`${site.url}/issues?jql=${encodeURIComponent(`"Reporter segments" = "${to.name}"`)}`);
  const found = jira.issues.filter(({ custom }) => custom?.customfield_10100?.includes(to.name) === true);
  await expect(page.getByRole('status').first()).toContainText(`${String(found.length)} work items`);
});
