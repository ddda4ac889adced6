import { AxeBuilder } from '@axe-core/playwright';
import path from 'node:path';
import { profileNamed } from '../../sandbox/shorterloop';
import { expect, move, openAdmin, openPanel, SCREENSHOTS, test, testMoving, truthOf, visitAs, flagsOf } from './site';

const server = profileNamed('mixed-raw-key-pages')?.server;
if (server === undefined) throw new Error('There is no such server');

test.use({ sandboxOptions: { fresh: true, profile: server } });

// Not seen to end yet: the check rests between its requests for longer than the test waits.
test.fixme('another envelope, ids as texts, pages of 20 and a bare key: the page alone leads to a confirmed move', async ({
  site,
  page,
  context,
}) => {
  // Ten requests a minute are all that a check makes: it rests in between.
  test.slow();
  const simulator = truthOf(site);
  const shoot = async (name: string): Promise<void> => {
    for (const width of [340, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      const overflow = await admin.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await page.screenshot({ path: path.join(SCREENSHOTS, `${name}-${String(width)}.png`), fullPage: true });
    }
    const { violations } = await new AxeBuilder({ page }).include(['iframe', 'body']).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  };
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const admin = await openAdmin(page, site);
  await expect(admin.getByLabel('API key')).toBeVisible();
  await shoot('form-1-settings');
  await admin.getByLabel('API key').fill(simulator.key);
  await admin.getByLabel('Initiative ID').fill(String(simulator.initiativeId));
  await admin.getByRole('button', { name: 'Save and check' }).click();

  // Whatever the page asks and wherever it rests, it says how to go on.
  const proven = admin.getByText('Memberships can be read.');
  const goOn = admin.getByRole('button', { name: 'Go on' });
  const asked = admin.getByRole('group', { name: 'Which segment may the check read by itself?' });
  await expect(asked.or(proven)).toBeVisible();
  await shoot('form-2-question');
  const [testing] = simulator.segments.filter(({ id }) => id === simulator.testing?.from);
  if (await asked.isVisible()) {
    const select = admin.getByLabel('Segment to read');
    const offered = await select.locator('option').allTextContents();
    // Where as many are in it as servers like to show, the check would ask whether that is all.
    const plain = simulator.segments.find(({ id, name }) => {
      const members = simulator.truth.membersOf(id)?.length ?? 0;
      return offered.includes(name) && members > 1 && members % 5 !== 0;
    });
    await select.selectOption({ label: plain?.name ?? '' });
    await goOn.click();
  }
  await expect(proven).toBeVisible({ timeout: 150_000 });
  await expect(admin.getByText('Authorization: •••').first()).toBeVisible();
  await expect(admin.getByText('IDs are sent as text.')).toBeVisible();
  await shoot('form-3-found');

  await testMoving(admin, {
    ...(testing === undefined ? {} : { from: { label: testing.name } }),
    also: ['Removing', 'Adding'],
  });
  await expect(admin.getByText(/Moving.*Adding.*Removing.*: work and are switched on\./)).toBeVisible();
  await shoot('form-4-tested');

  await visitAs(context, site);
  const { issue, member } = { issue: site.jira.issueFor('one'), member: site.jira.memberFor('one') };
  const now = simulator.truth.membershipsOf(member?.id ?? 0);
  const from = simulator.segments.find(({ id }) => now.includes(id));
  const to = simulator.segments.find(({ id }) => !now.includes(id));
  if (from === undefined || to === undefined) throw new Error('The seed has no segment to move from or to');
  const panel = await openPanel(page, site, issue.key);
  await move(panel, from.name, to.name);
  await expect(flagsOf(page)).toContainText(`Moved to ${to.name}`);
  expect(simulator.truth.membershipsOf(member?.id ?? 0)).toContain(to.id);
});
