import {
  castOf,
  createCaller,
  expect,
  flagsOf,
  move,
  openAdmin,
  openPanel,
  takePicture,
  test,
  truthOf,
  visitAs,
} from './site';

test.describe('a page that has to wait', () => {
  test('opens the panel by itself once Shorter Loop lets it, and moves the reporter once', async ({
    site,
    page,
    context,
  }) => {
    const simulator = truthOf(site);
    const { issue, member, from, to } = castOf(site);
    await visitAs(context, site);
    const reading = simulator.faults.add({
      match: { route: 'segmentsWithMembers' },
      fault: { kind: 'status', code: 429, retryAfterSeconds: 9 },
    });
    await page.goto(`${site.url}/browse/${issue.key}`);
    const panel = page.frameLocator('.panel iframe');
    await expect(panel.getByText('Shorter Loop asked us to wait')).toBeVisible();
    await expect(panel.getByText(/Trying again in \d+ s/)).toBeVisible();
    reading.remove();
    await expect(panel.getByRole('button', { name: `Move from ${from.name}`, exact: true })).toBeVisible();

    simulator.faults.add({
      match: { route: 'move', nth: 1 },
      fault: { kind: 'status', code: 429, retryAfterSeconds: 1 },
    });
    await move(panel, from.name, to.name);
    await expect(flagsOf(page)).toContainText(`Moved to ${to.name}`);
    expect(simulator.truth.writes()).toHaveLength(1);
    expect(simulator.truth.membershipsOf(member.id)).toEqual([to.id]);
  });

  test('lets its user stop waiting', async ({ site, page, context }) => {
    const { simulator, jira } = site;
    await visitAs(context, site);
    simulator?.faults.add({
      match: { route: 'segmentsWithMembers' },
      fault: { kind: 'status', code: 429, retryAfterSeconds: 30 },
    });
    await page.goto(`${site.url}/browse/${jira.issueFor('one').key}`);
    const panel = page.frameLocator('.panel iframe');
    await panel.getByRole('button', { name: 'Stop waiting' }).click();
    await expect(panel.getByRole('button', { name: /Try again in \d+ s/ })).toBeVisible();
  });
});

test.describe('who may change people', () => {
  test('is set on the admin page, by a group that is looked for, and holds on the panel at once', async ({
    site,
    page,
    context,
  }) => {
    const { jira } = site;
    await visitAs(context, site, { accountId: jira.adminAccountId });
    const admin = await openAdmin(page, site, 'access');
    const moving = admin.getByRole('group', { name: 'Move and undo' });
    await moving.getByRole('searchbox').fill('nobody-knows');
    await expect(moving.getByText('No other Jira group matches.')).toBeVisible();
    await moving.getByRole('searchbox').fill('jira-admin');
    await moving.getByRole('button', { name: 'Choose jira-administrators' }).click();
    await admin.getByRole('button', { name: 'Save permissions' }).click();
    await expect(admin.getByText('Saved.', { exact: true })).toBeVisible();

    await visitAs(context, site);
    const panel = await openPanel(page, site, jira.issueFor('one').key);
    await expect(panel.getByText('You are not in any of the groups')).toBeVisible();
    await expect(panel.getByRole('button', { name: /^Move from/ })).toHaveCount(0);
    await expect(panel.getByRole('button', { name: /^Remove from/ }).first()).toBeVisible();
  });
});

test.describe('callers from outside', () => {
  test('are made with a secret that is shown once, and revoked', async ({ site, page, context }) => {
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    const admin = await openAdmin(page, site, 'apiClients');
    const { key, url } = await createCaller(admin, 'Support desk');
    const asked = await fetch(url, {
      method: 'POST',
      headers: { 'X-Segments-Key': key, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        operationId: 'browser-test-1',
        sentAt: new Date().toISOString(),
        action: 'get',
        issueKey: 'ACME-101',
      }),
    });
    expect([asked.status, await asked.json()]).toEqual([200, expect.objectContaining({ found: expect.any(Boolean) })]);
    await takePicture(page, 'callers', { fullPage: true });
    await page.reload();
    const again = page.frameLocator('iframe');
    await expect(again.getByRole('list', { name: 'API clients' }).getByText('Support desk')).toBeVisible();
    await expect(again.getByText('New secret')).toHaveCount(0);
    await again.getByRole('button', { name: 'Revoke Support desk' }).click();
    await again.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await expect(again.getByText('There are no API clients yet.')).toBeVisible();
  });
});
