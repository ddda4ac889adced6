import { castOf, expect, move, openPanel, test, truthOf, visitAs, flagsOf, confirmIn } from './site';

test.describe('the issue panel', () => {
  test('moves the reporter, confirms it, takes it back, and removes another', async ({ site, page, context }) => {
    await visitAs(context, site);
    const { issue, from, to, memberships } = castOf(site, 'one');
    const panel = await openPanel(page, site, issue.key);
    expect(memberships()).toEqual([from.id]);

    await move(panel, from.name, to.name);
    await expect(flagsOf(page)).toContainText(`is now in ${to.name}`);
    expect(memberships()).toEqual([to.id]);
    await expect(panel.getByRole('button', { name: `Move from ${to.name}`, exact: true })).toBeVisible();

    await flagsOf(page).getByRole('button', { name: 'Undo' }).click();
    await expect(flagsOf(page)).toContainText(`is back in ${from.name}`);
    expect(memberships()).toEqual([from.id]);
    await expect(panel.getByText(`Moved back from ${to.name} to ${from.name}`)).toBeVisible();

    const another = castOf(site, 'many');
    const otherPanel = await openPanel(page, site, another.issue.key);
    await otherPanel.getByRole('button', { name: `Remove from ${another.from.name}` }).click();
    await confirmIn(page, 'Remove', `from ${another.from.name}?`);
    await expect(flagsOf(page)).toContainText(`is no longer in ${another.from.name}`);
    expect(another.memberships()).not.toContain(another.from.id);
    expect(truthOf(site).truth.writes()).toHaveLength(3);
  });

  test('can be used with the keyboard alone', async ({ site, page, context }) => {
    await visitAs(context, site);
    const { issue, from, to, memberships } = castOf(site, 'one');
    const panel = await openPanel(page, site, issue.key);
    await panel.getByRole('button', { name: `Move from ${from.name}`, exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect(panel.getByRole('combobox')).toBeFocused();
    await page.keyboard.type(to.name);
    await page.keyboard.press('Enter');
    await expect(flagsOf(page)).toContainText(`Moved to ${to.name}`);
    expect(memberships()).toEqual([to.id]);
  });

  test('does not call a move done that Shorter Loop only claims', async ({ site, page, context }) => {
    await visitAs(context, site);
    const { issue, from, to, memberships } = castOf(site, 'one');
    truthOf(site).faults.add({ match: { route: 'move' }, fault: { kind: 'successFalse', applied: false } });
    const panel = await openPanel(page, site, issue.key);
    await move(panel, from.name, to.name);
    await expect(panel.getByRole('status').filter({ hasText: 'Refused' })).toBeVisible();
    await expect(flagsOf(page)).toBeEmpty();
    expect(memberships()).toEqual([from.id]);
  });

  test('says what is not known when the answer is lost and nothing can be read afterwards', async ({
    site,
    page,
    context,
  }) => {
    await visitAs(context, site);
    const { issue, from, to } = castOf(site, 'one');
    const { faults } = truthOf(site);
    const panel = await openPanel(page, site, issue.key);
    faults.add({ match: { route: 'move' }, fault: { kind: 'resetAfterApplying' } });
    // Read before the move, and not afterwards.
    faults.add({ match: { route: 'segmentsWithMembers', nth: 2, times: 20 }, fault: { kind: 'status', code: 503 } });
    await move(panel, from.name, to.name);
    const result = panel.getByRole('status').filter({ hasText: 'Outcome not known' });
    await expect(result).toBeVisible();
    faults.clear();
    await result.getByRole('button', { name: 'Check again' }).click();
    await expect(panel.getByRole('button', { name: `Move from ${to.name}`, exact: true })).toBeVisible();
  });

  test('links by hand one of two members who share an e-mail, and takes the link back', async ({
    site,
    page,
    context,
  }) => {
    await visitAs(context, site);
    const panel = await openPanel(page, site, site.jira.issueFor('ambiguous').key);
    await panel
      .getByRole('button', { name: /^Link to / })
      .first()
      .click();
    await expect(panel.getByText('Linked by hand').first()).toBeVisible();
    await panel.getByRole('button', { name: /^Unlink from / }).click();
    await expect(panel.getByText('More than one member matches')).toBeVisible();
  });

  test('finds a member by name where the e-mail is hidden', async ({ site, page, context }) => {
    await visitAs(context, site);
    const wanted = truthOf(site).members.find(({ id }) => truthOf(site).truth.membershipsOf(id).length === 1);
    if (wanted === undefined) throw new Error('The seed has no such member');
    const panel = await openPanel(page, site, site.jira.issueFor('emailHidden').key);
    await panel.getByLabel('Name or email in Shorter Loop').fill(`${wanted.firstName} ${wanted.lastName}`);
    await panel.getByRole('button', { name: 'Search' }).click();
    await panel.getByRole('button', { name: new RegExp(`^Link to .*#${String(wanted.id)}$`) }).click();
    await expect(panel.getByText('Linked by hand').first()).toBeVisible();
  });

  test('refuses a change by someone who may not edit the issue any more', async ({ site, page, context }) => {
    await visitAs(context, site);
    const { issue, from, to, memberships } = castOf(site, 'one');
    const panel = await openPanel(page, site, issue.key);
    await expect(panel.getByRole('button', { name: `Move from ${from.name}`, exact: true })).toBeVisible();
    site.jira.setRole(site.jira.defaultAccountId, 'viewer');
    await move(panel, from.name, to.name);
    await expect(panel.getByText('You don’t have permission to move people')).toBeVisible();
    expect(memberships()).toEqual([from.id]);
  });
});
