import { z } from 'zod';
import type { Sandbox } from '../../sandbox/sandbox';
import { expectAccessible } from './accessible';
import { expect, openAdmin, takePicture, test, truthOf, visitAs } from './site';

/** The keys of the issues whose reporters have a link to a member of a segment, in the order of their text. */
function issuesOfMembers({ host, jira, simulator }: Sandbox, segmentId: number): string[] {
  const members = new Set(simulator?.truth.membersOf(segmentId) ?? []);
  const row = z.object({ state: z.string(), memberId: z.number() });
  const linked = host.kvs.entity('link').filter(({ value }) => {
    const { state, memberId } = row.parse(value);
    return state === 'linked' && members.has(memberId);
  });
  const accounts = new Set(linked.map(({ key }) => key));
  const issues = jira.issues.filter(({ reporterAccountId }) => accounts.has(reporterAccountId ?? ''));
  return issues.map(({ key }) => key).toSorted();
}

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
    await takePicture(page, `setup-linking-${String(width)}`, { fullPage: true });
  }
  await expectAccessible(page);

  // The schedule, which nobody here waits five minutes for.
  for (const _tick of ['the directory', 'the reporters']) {
    await site.host.runScheduledTrigger('tick');
    await site.host.platform.queue.idle();
  }
  await openAdmin(page, site, 'people');
  const table = admin.getByRole('table', { name: 'Reporters by state' });
  await expect(admin.getByText(/^All reporters are known\./)).toBeVisible();
  await takePicture(page, 'everybody-people', { fullPage: true });
  await expect(table.getByRole('row', { name: /^Linked 150 / })).toBeVisible();
  // Of the 150 one was linked by hand to a member who is in no segment any more: that link stands, and is told.
  await expect(table.getByRole('row', { name: /^Of them: Linked member is gone .* 1 / })).toBeVisible();
  await expect(admin.getByText('4 reporters need a decision.')).toBeVisible();
  const review = admin.getByRole('group', { name: 'Which reporters to review' });
  await expect(review.getByRole('button')).toHaveText([
    'Ambiguous (1)',
    'One account too many (1)',
    'Not found (1)',
    'Deactivated account (1)',
  ]);
  const marked = admin.getByRole('group', { name: 'Reporters whose link no longer fits' });
  await expect(marked.getByRole('button')).toHaveText(['Linked member is gone (1)']);
  const leftOut = admin.getByRole('group', { name: 'Reporters who are left out' });
  await expect(leftOut.getByRole('button')).toHaveText(['Portal customer (2)', 'Email hidden (3)']);

  await page.goto(`${site.url}/projects/ACME/board`);
  const board = page.frameLocator('iframe');
  const legend = board.getByRole('list', { name: 'Segments' });
  await expect(legend.locator('.series-1')).toBeVisible();
  await expect(
    board.getByText(
      '150 of 160 reporters on this site are linked to a member. 4 need a decision. 1 link no longer fits',
    ),
  ).toBeVisible();
  await expect(board.getByRole('button', { name: 'Review reporters' })).toBeVisible();
  await takePicture(page, 'everybody-board', { fullPage: true });

  // The JQL function is an admin's to switch on; nobody has opened a panel.
  await openAdmin(page, site, 'access');
  await admin.getByLabel('Who gets an answer').selectOption({ label: 'Everyone who can search' });
  await admin.getByRole('button', { name: 'Save search' }).click();
  await expect(admin.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  const [segment] = simulator.segments.filter(({ id }) => (simulator.truth.membersOf(id)?.length ?? 0) > 0);
  const issues = issuesOfMembers(site, segment?.id ?? 0);
  expect(issues.length).toBeGreaterThan(5);
  const search = page.getByLabel('JQL', { exact: true });
  await page.goto(`${site.url}/issues`);
  await search.fill(`reporter in reporterInSegment("${segment?.name ?? ''}")`);
  await page.getByRole('button', { name: 'Search' }).click();
  const found = page.getByRole('link', { name: /^ACME-\d+$/ });
  await expect(found).toHaveCount(issues.length);
  expect((await found.allTextContents()).toSorted()).toEqual(issues);
  await takePicture(page, 'everybody-search', { fullPage: true });
});
