import { expect, move, openAdmin, openPanel, test, testMoving, visitAs, flagsOf } from './site';

test.use({ sandboxOptions: { fresh: true } });

test.describe('a fresh installation', () => {
  test('gets from installed to a confirmed move by the admin page, and never shows the key', async ({
    site,
    page,
    context,
  }) => {
    const { simulator, jira } = site;
    if (simulator === null) throw new Error('This test needs the embedded Shorter Loop');
    const issue = jira.issueFor('one');
    const bodies: Promise<string>[] = [];
    page.on('response', (response) => bodies.push(response.text().catch(() => '')));

    await visitAs(context, site);
    const before = await openPanel(page, site, issue.key);
    await expect(before.getByText('Not connected to Shorter Loop yet')).toBeVisible();

    await visitAs(context, site, { accountId: jira.adminAccountId });
    const admin = await openAdmin(page, site);
    await admin.getByLabel('API key').fill(simulator.key);
    await admin.getByLabel('Initiative ID').fill(String(simulator.initiativeId));
    await admin.getByRole('button', { name: 'Save and check' }).click();
    await admin.getByRole('button', { name: 'Go on' }).click();
    await expect(admin.getByText('Memberships can be read.')).toBeVisible();
    await testMoving(admin);
    await expect(admin.getByLabel('API key')).toHaveValue('');

    await visitAs(context, site);
    const panel = await openPanel(page, site, issue.key);
    const [from] = simulator.segments.filter(({ id }) =>
      simulator.truth.membershipsOf(jira.memberFor('one')?.id ?? 0).includes(id),
    );
    const [to] = simulator.segments.filter(({ id }) => id !== from?.id);
    if (from === undefined || to === undefined) throw new Error('The seed has no segments');
    await move(panel, from.name, to.name);
    await expect(flagsOf(page)).toContainText(`Moved to ${to.name}`);

    const seen = (await Promise.all(bodies)).join('\n');
    expect(seen).toContain('Save and check');
    expect(seen).not.toContain(simulator.key);
    for (const { email } of simulator.members) expect(seen).not.toContain(email);
  });

  test('says for a wrong key which step failed and what to do', async ({ site, page, context }) => {
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const admin = await openAdmin(page, site);
    await admin.getByLabel('API key').fill('not-the-key');
    await admin.getByLabel('Initiative ID').fill('4711');
    await admin.getByRole('button', { name: 'Save and check' }).click();
    await expect(admin.getByText('Shorter Loop did not accept the key.')).toBeVisible();
    await expect(admin.getByText('Enter a valid key above.', { exact: false })).toBeVisible();
    await expect(admin.getByText('Changes stay off.', { exact: false })).toBeVisible();
    await admin.getByRole('button', { name: 'Correct: How the key is sent' }).click();
    await expect(admin.getByLabel('Header', { exact: true })).toBeFocused();
  });

  test('is closed to everyone who does not administer Jira', async ({ site }) => {
    const answers = await Promise.all(
      ['admin.load', 'admin.save', 'admin.check'].map((functionKey) =>
        site.host.invoke({
          moduleKey: 'segments-admin',
          functionKey,
          payload: {},
          accountId: site.jira.defaultAccountId,
        }),
      ),
    );
    expect(answers).toEqual(
      Array.from({ length: 3 }, () => ({ kind: 'problem', problem: { code: 'notPermitted', needed: 'ADMINISTER' } })),
    );
  });
});
