import { profileNamed } from '../../sandbox/shorterloop';
import { cutOf, expectAccessible } from './accessible';
import { expect, flagsOf, openAdmin, openPanel, takePicture, test, testMoving, truthOf, visitAs } from './site';

const server = profileNamed('mixed-raw-key-pages')?.server;
if (server === undefined) throw new Error('There is no such server');

test.use({ sandboxOptions: { fresh: true, profile: server } });

test('another envelope, ids as texts, pages of 20 and a bare key: the page alone leads to a confirmed move', async ({
  site,
  page,
  context,
}) => {
  // Ten requests a minute are all that a check makes: it rests up to a minute in between, and goes on by itself.
  test.slow();
  const simulator = truthOf(site);
  const shoot = async (name: string): Promise<void> => {
    for (const width of [340, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await cutOf(admin)).toBe(0);
      await takePicture(page, `${name}-${String(width)}`, { fullPage: true });
    }
    await expectAccessible(page);
  };
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const admin = await openAdmin(page, site);
  await expect(admin.getByLabel('API key')).toBeVisible();
  await shoot('form-1-settings');
  await admin.getByLabel('API key').fill(simulator.key);
  await admin.getByLabel('Initiative ID').fill(String(simulator.initiativeId));
  await admin.getByRole('button', { name: 'Save and check' }).click();

  // Whatever the page asks, it is answered by what stands on the screen and in Shorter Loop.
  const proven = admin.getByText('Memberships can be read.');
  const asksWhich = admin.getByRole('group', { name: 'Which segment may the check read by itself?' });
  const asksWhole = admin.getByRole('group', { name: /^Are these .* entries all that there are\?$/ });
  await expect(asksWhich).toBeVisible();
  await shoot('form-2-question');
  const named = (await asksWhich.locator('option').allTextContents())[0] ?? '';
  const members = simulator.truth.membersOf(simulator.segments.find(({ name }) => name === named)?.id ?? 0) ?? [];
  await asksWhich.getByRole('button', { name: 'Go on' }).click();
  await expect(asksWhole.or(proven)).toBeVisible();
  if (await asksWhole.isVisible()) {
    // Members of several segments end at the same round number here, as those of a cut answer do.
    await expect(asksWhole).toContainText(`exactly ${String(members.length)} entries came`);
    await shoot('form-2-whole');
    await asksWhole.getByRole('button', { name: 'Yes, these are all' }).click();
  }
  await expect(proven).toBeVisible();
  await expect(admin.getByText('Authorization: •••').first()).toBeVisible();
  await expect(admin.getByText('IDs are sent as text.')).toBeVisible();
  await shoot('form-3-found');

  const [testing] = simulator.segments.filter(({ id }) => id === simulator.testing?.from);
  await testMoving(admin, {
    ...(testing === undefined ? {} : { from: { label: testing.name } }),
    also: ['Removing'],
  });
  await expect(admin.getByText(/Moving.*Removing.*: work and are switched on\./)).toBeVisible();
  await shoot('form-4-tested');

  await visitAs(context, site);
  const { issue, member } = { issue: site.jira.issueFor('one'), member: site.jira.memberFor('one') };
  const now = simulator.truth.membershipsOf(member?.id ?? 0);
  const from = simulator.segments.find(({ id }) => now.includes(id));
  const to = simulator.segments.find(({ id }) => !now.includes(id));
  if (from === undefined || to === undefined) throw new Error('The seed has no segment to move from or to');
  const panel = await openPanel(page, site, issue.key);
  // Of so many segments one is found by typing.
  await panel.getByRole('button', { name: `Move from ${from.name}`, exact: true }).click();
  await panel.getByRole('combobox').fill(to.name);
  await panel.getByRole('option', { name: to.name, exact: true }).click();
  await expect(flagsOf(page)).toContainText(`Moved to ${to.name}`);
  expect(simulator.truth.membershipsOf(member?.id ?? 0)).toContain(to.id);
});
