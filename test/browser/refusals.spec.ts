import type { FrameLocator } from '@playwright/test';
import type { SaveAccessInput } from '../../src/contract';
import type { Sandbox } from '../../sandbox/sandbox';
import { teamAccess } from '../../sandbox/teamAccess';
import { castOf, expect, openPanel, test, truthOf, visitAs } from './site';

const ADMINS = { permission: 'ADMINISTER', groupNames: [] } as const;

/** Who may do what, as an admin saves it. */
async function saveAccess(site: Sandbox, changes: Partial<SaveAccessInput>): Promise<void> {
  const saved = await site.host.invoke({
    moduleKey: 'segments-admin',
    functionKey: 'admin.saveAccess',
    payload: teamAccess(changes),
    accountId: site.jira.adminAccountId,
  });
  expect(saved).toMatchObject({ kind: 'ok' });
}

const acts = (panel: FrameLocator) => panel.getByRole('button', { name: /^(Move|Add|Remove|Undo|Link|Unlink|Search)/ });

test.describe('the panel', () => {
  test('offers a viewer nothing, and says in one line what it takes', async ({ site, page, context }) => {
    const { issue, from } = castOf(site, 'one');
    await visitAs(context, site, { accountId: site.jira.viewerAccountId });
    const panel = await openPanel(page, site, issue.key);
    await expect(panel.getByText(from.name).first()).toBeVisible();
    await expect(
      panel.getByText('Move, Add, Remove, and Link: You need the permission “Edit issues” on this work item.'),
    ).toBeVisible();
    await expect(acts(panel)).toHaveCount(0);
  });

  test('takes away the undo of a move from whoever may not move any more', async ({ site, page, context }) => {
    const { issue, from, to } = castOf(site, 'one');
    await visitAs(context, site);
    const panel = await openPanel(page, site, issue.key);
    await panel.getByRole('button', { name: `Move from ${from.name}`, exact: true }).click();
    await panel.getByRole('option', { name: to.name, exact: true }).click();
    await expect(acts(panel).filter({ hasText: 'Undo' }).first()).toBeVisible();
    await saveAccess(site, { move: ADMINS });
    await page.reload();
    await expect(panel.getByText(`Moved from ${from.name} to ${to.name}`)).toBeVisible();
    await expect(panel.getByText('Move: You need the permission “Administer Jira”.')).toBeVisible();
    await expect(acts(panel).filter({ hasText: /Undo|Move/ })).toHaveCount(0);
    await expect(acts(panel).filter({ hasText: 'Remove' })).not.toHaveCount(0);
  });

  for (const state of ['ambiguous', 'notFound', 'emailHidden'] as const)
    test(`offers nobody to link where linking is for others (${state})`, async ({ site, page, context }) => {
      await saveAccess(site, { link: { permission: 'EDIT_ISSUES', groupNames: ['jira-administrators'] } });
      await visitAs(context, site);
      const panel = await openPanel(page, site, site.jira.issueFor(state).key);
      await expect(
        panel.getByText('Link: You are not in any of the groups that a Jira admin has chosen for this.'),
      ).toBeVisible();
      await expect(panel.getByText('Someone who may link people can do it by hand.')).toBeVisible();
      await expect(acts(panel)).toHaveCount(0);
      await expect(panel.getByRole('search')).toHaveCount(0);
    });

  test('says nothing of permissions where there is nobody to change', async ({ site, page, context }) => {
    await visitAs(context, site, { accountId: site.jira.viewerAccountId });
    const panel = await openPanel(page, site, site.jira.issueFor('noReporter').key);
    await expect(panel.getByText('No reporter', { exact: true })).toBeVisible();
    await expect(panel.getByText('You need the permission')).toHaveCount(0);
  });
});

test.describe('the board', () => {
  const openBoard = async (page: Parameters<typeof openPanel>[0], site: Sandbox) => {
    await page.goto(`${site.url}/projects/ACME/board`);
    return page.frameLocator('iframe');
  };

  test('tells whoever may not see it which permission that takes, and in which project', async ({
    site,
    page,
    context,
  }) => {
    await visitAs(context, site, { accountId: site.jira.viewerAccountId });
    const board = await openBoard(page, site);
    const alert = board.getByRole('alert');
    await expect(alert).toContainText('You don’t have permission to see the segment board');
    await expect(alert).toContainText('You need the permission “Edit issues” in the project ACME.');
    await expect(board.getByText('on this work item')).toHaveCount(0);
  });

  test('is there to look at for whoever may not change people', async ({ site, page, context }) => {
    await saveAccess(site, { board: { permission: 'BROWSE_PROJECTS', groupNames: [] } });
    await visitAs(context, site, { accountId: site.jira.viewerAccountId });
    const board = await openBoard(page, site);
    await expect(board.getByText('You can view this board, but not change it')).toBeVisible();
    await expect(board.getByText('You need the permission “Edit issues” in this project.')).toBeVisible();
    await board.getByRole('option').first().click();
    await expect(board.getByText(/1 person selected|1 selected/)).toBeVisible();
    await expect(board.getByRole('button', { name: /Move|Remove/ })).toHaveCount(0);
    await expect(board.locator('[role=option][draggable=true]')).toHaveCount(0);
  });

  test('offers no change of people who report nothing here to whoever may not make it', async ({
    site,
    page,
    context,
  }) => {
    await saveAccess(site, { others: ADMINS });
    await visitAs(context, site);
    // Whoever looks at the work item links its reporter.
    const { issue, from, member } = castOf(site, 'one');
    await openPanel(page, site, issue.key);
    const board = await openBoard(page, site);
    await expect(board.getByText('You can change only people who report in this project')).toBeVisible();
    await expect(board.getByText('You need the permission “Administer Jira”.')).toBeVisible();
    const column = board.getByRole('region', { name: from.name, exact: true });
    const reporter = column.getByRole('option').filter({ hasText: new RegExp(`#${String(member.id)}(?!\\d)`) });
    const other = board.locator('[role=option]:not(.card-reporter)').first();
    await expect(other).not.toHaveAttribute('draggable', 'true');

    await other.click();
    await expect(board.getByText('1 of them reports nothing in this project and is left out.')).toBeVisible();
    await expect(board.getByRole('button', { name: /^(Move|Remove)/ })).toHaveCount(0);
    await page.keyboard.press('m');
    await expect(board.getByRole('dialog')).toHaveCount(0);
    await column.getByRole('searchbox').fill(`#${String(member.id)}`);
    await expect(reporter).toHaveAttribute('draggable', 'true');
    await reporter.click();
    await expect(board.getByRole('button', { name: /^Move/ })).toBeVisible();
    expect(truthOf(site).truth.writes()).toHaveLength(0);
  });
});
