import type { Page } from '@playwright/test';
import type { Sandbox } from '../../sandbox/sandbox';
import { castOf, expect, flagsOf, openContext, openPanel, proveAlso, test, truthOf, visitAs } from './site';

/** The line of the issue context while it is closed. */
const lineOf = (page: Page) => page.getByRole('button', { name: /^Shorter Loop/ });

async function openIssue(page: Page, site: Sandbox, key: string): Promise<void> {
  await page.goto(`${site.url}/browse/${key}`);
}

test.describe('the issue context', () => {
  test('shows an agent the segment without a click, and moves in two with a way back', async ({
    site,
    page,
    context,
  }) => {
    await visitAs(context, site);
    const { issue, from, to, memberships } = castOf(site, 'one');
    // A panel that was opened once has linked the reporter, and the directory is there.
    await openPanel(page, site, issue.key);
    await site.host.runScheduledTrigger('tick');
    await site.host.platform.queue.idle();
    await page.reload();
    await expect(lineOf(page)).toContainText(from.name);

    const column = await openContext(page);
    await expect(column.getByText(/other work items? by this person/)).toBeVisible();
    await expect(column.getByRole('button', { name: 'Open Shorter Loop' })).toBeVisible();
    await column.getByRole('button', { name: `Move from ${from.name}`, exact: true }).click();
    await column.getByRole('option', { name: to.name, exact: true }).click();
    await expect(flagsOf(page)).toContainText(`Moved to ${to.name}`);
    expect(memberships()).toEqual([to.id]);
    await flagsOf(page).getByRole('button', { name: 'Undo' }).click();
    await expect(flagsOf(page)).toContainText(`Moved back to ${from.name}`);
    expect(memberships()).toEqual([from.id]);
  });

  test('offers a viewer nothing, and says what it takes', async ({ site, page, context }) => {
    await visitAs(context, site, { accountId: site.jira.viewerAccountId });
    const { issue, from } = castOf(site, 'one');
    await openIssue(page, site, issue.key);
    const column = await openContext(page);
    await expect(column.getByText(from.name).first()).toBeVisible();
    await expect(column.getByText('You need the permission “Edit issues” on this work item.')).toBeVisible();
    await expect(column.getByRole('button', { name: /^(Move|Add|Remove|Undo|Link|Unlink)/ })).toHaveCount(0);
  });

  test('adds a person in no segment, and says so in the flag', async ({ site, page, context }) => {
    proveAlso(site, ['add']);
    await visitAs(context, site);
    const { issue, member, to } = nobodyOf(site);
    await openIssue(page, site, issue.key);
    const column = await openContext(page);
    await expect(column.getByText('is in no segment.')).toBeVisible();
    await column.getByRole('button', { name: 'Add to segment…' }).click();
    await column.getByRole('option', { name: to.name, exact: true }).click();
    await expect(flagsOf(page)).toContainText(`Added to ${to.name}`);
    expect(truthOf(site).truth.membershipsOf(member.id)).toEqual([to.id]);
  });

  test('adds to Shorter Loop whom nobody knows there, and says first what that sends', async ({
    site,
    page,
    context,
  }) => {
    proveAlso(site, ['add', 'addByEmail']);
    await visitAs(context, site);
    await openIssue(page, site, site.jira.issueFor('notFound').key);
    const column = await openContext(page);
    await column.getByRole('button', { name: 'Add to Shorter Loop…' }).click();
    await expect(column.getByText('which may send them an invitation by email')).toBeVisible();
    const { name } = truthOf(site).segments[0] ?? { name: '' };
    await column.getByRole('option', { name, exact: true }).click();
    await expect(flagsOf(page)).toContainText(`Added to ${name}`);
    await expect(column.getByRole('button', { name: `Move from ${name}`, exact: true })).toBeVisible();
  });

  test('tells users in a line that adding is not tested yet, and leads admins to it', async ({
    site,
    page,
    context,
  }) => {
    const { issue } = castOf(site, 'one');
    await visitAs(context, site);
    await openIssue(page, site, issue.key);
    const column = await openContext(page);
    await expect(column.getByText(/^Add: /)).toBeVisible();
    await expect(column.getByRole('button', { name: 'Open the app’s settings' })).toHaveCount(0);
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    await openIssue(page, site, issue.key);
    await expect((await openContext(page)).getByRole('button', { name: 'Open the app’s settings' })).toBeVisible();
  });

  test('says before a removal that it is the last segment', async ({ site, page, context }) => {
    await visitAs(context, site);
    const { issue, from, memberships } = castOf(site, 'one');
    await openIssue(page, site, issue.key);
    const column = await openContext(page);
    await column.getByRole('button', { name: `Remove from ${from.name}` }).click();
    const dialog = page.locator('dialog').frameLocator('iframe');
    await expect(dialog.getByText('This is their last segment')).toBeVisible();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(memberships()).toEqual([from.id]);
  });
});

/** A reporter who is linked and in no segment, with a segment to add them to. */
function nobodyOf(site: Sandbox) {
  const issue = site.jira.issueFor('none');
  const member = site.jira.memberFor('none');
  const [to] = truthOf(site).segments;
  if (member === undefined || to === undefined) throw new Error('The seed has nobody in no segment');
  return { issue, member, to };
}
