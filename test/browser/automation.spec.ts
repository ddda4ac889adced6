import type { Page } from '@playwright/test';
import { switchOnJql } from '../support/jql';
import { expectAccessible } from './accessible';
import { castOf, expect, openAdmin, openPanel, takePicture, test, visitAs } from './site';

/**
 * Presses *Next* until the form is closed. Automation's page waits half a second for a form's answer; where the
 * machine is busy, the answer comes later, and *Next* can be pressed again.
 */
async function goOn(page: Page): Promise<void> {
  const next = page.getByRole('button', { name: 'Next', disabled: false });
  await expect(async () => {
    if (await next.isVisible()) await next.click();
    expect(await page.locator('.component-form').isVisible()).toBe(false);
  }).toPass();
}

/** Saves the rule that is being edited: the page is shown anew, with the builder empty. */
async function saveChanged(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { name: `Edit ${name}` })).toBeVisible();
  await page.getByRole('button', { name: 'Turn on rule' }).click();
  await expect(page.getByRole('heading', { name: 'New rule' })).toBeVisible();
}

/** Adds one of the app's actions to the rule that is being built, and fills in its form. */
async function addAction(page: Page, name: string, choices: Readonly<Record<string, string>>): Promise<void> {
  await page.getByLabel('Then').selectOption({ label: name });
  await page.getByRole('button', { name: 'Add component' }).click();
  const form = page.frameLocator('.component-form iframe');
  await expect(form.getByLabel('Work item')).toHaveValue('{{issue.key}}');
  for (const [label, option] of Object.entries(choices)) await form.getByLabel(label).selectOption({ label: option });
  await goOn(page);
}

async function addCondition(page: Page, left: string, right: string): Promise<void> {
  await page.getByLabel('Then').selectOption({ label: 'Condition' });
  await page.getByRole('button', { name: 'Add component' }).click();
  await page.getByLabel('First value').fill(left);
  await page.getByLabel('Second value').fill(right);
  await goOn(page);
}

async function turnOn(page: Page, name: string, when: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByLabel('When').selectOption({ label: when });
  await page.getByRole('button', { name: 'Turn on rule' }).click();
  await expect(page.getByRole('button', { name: `Run ${name}` })).toBeVisible();
}

test.describe('a rule', () => {
  test('that is built with the real form moves the reporter when a work item is transitioned', async ({
    site,
    page,
    context,
  }) => {
    const { from, to, memberships } = castOf(site);
    await visitAs(context, site, { accountId: site.jira.adminAccountId });
    await page.goto(`${site.url}/automation`);

    await page.getByLabel('Then').selectOption({ label: 'Move reporter to segment' });
    await page.getByRole('button', { name: 'Add component' }).click();
    const form = page.frameLocator('.component-form iframe');
    await form.getByLabel('From segment').selectOption({ label: from.name });
    // Next asks the form to submit itself; a form that is not right says what is missing, and stays.
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(form.getByText('Choose one.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Next' })).toBeEnabled();
    await form.getByLabel('To segment').selectOption({ label: from.name });
    await expect(form.getByText('Choose another segment than the one to move from.')).toBeVisible();
    await page.getByRole('button', { name: 'Next' }).click();
    await expect(page.getByRole('button', { name: 'Next' })).toBeEnabled();
    await expect(form.getByText('Choose another segment than the one to move from.')).toBeVisible();
    await form.getByLabel('To segment').selectOption({ label: to.name });
    await takePicture(page, 'automation-form', { fullPage: true });
    await expectAccessible(page, '.component-form iframe');
    await goOn(page);
    await turnOn(page, 'Promote testers', 'Transitioned to Done');

    await page.getByLabel('Run for work item').selectOption('ACME-101');
    await page.getByLabel('Transition to').selectOption('Done');
    await page.getByRole('button', { name: 'Transition', exact: true }).click();
    const log = page.getByRole('list', { name: 'Audit log' });
    await expect(log.getByText('The reporter was moved. This was verified in Shorter Loop.')).toBeVisible();
    expect(memberships()).toEqual([to.id]);

    await page.getByRole('button', { name: 'Run Promote testers' }).click();
    await expect(log.getByText('alreadyThere').first()).toBeVisible();
    await takePicture(page, 'automation-audit', { fullPage: true });
    const panel = await openPanel(page, site, 'ACME-101');
    await expect(panel.getByText(`Moved from ${from.name} to ${to.name}`)).toBeVisible();
  });

  test('raises the priority only when the reporter is in a segment', async ({ site, page, context }) => {
    const { simulator, jira } = site;
    const names =
      simulator?.segments.filter(({ id }) => jira.memberFor('one')?.segmentIds.includes(id)).map(({ name }) => name) ??
      [];
    await visitAs(context, site, { accountId: jira.adminAccountId });
    await page.goto(`${site.url}/automation`);
    await addAction(page, "Get reporter's segments", {});
    await addCondition(page, '{{fetchedShorterloopReporter.segmentNames}}', names[0] ?? '');
    await page.getByLabel('Then').selectOption({ label: 'Set priority' });
    await page.getByRole('button', { name: 'Add component' }).click();
    await page.locator('.component-form').getByLabel('Priority').selectOption('Low');
    await goOn(page);
    await turnOn(page, 'Rank by segment', 'Run by hand');
    const log = page.getByRole('list', { name: 'Audit log' });
    await page.getByLabel('Run for work item').selectOption('ACME-101');
    await page.getByRole('button', { name: 'Run Rank by segment' }).click();
    await expect(log.getByText('Priority is Low now.')).toBeVisible();
    await page.getByLabel('Run for work item').selectOption(jira.issueFor('notFound').key);
    await page.getByRole('button', { name: 'Run Rank by segment' }).click();
    await expect(log.getByText('NO ACTIONS PERFORMED')).toBeVisible();
    expect(jira.issueFor('one').priority).toBe('Low');
    expect(jira.issueFor('notFound').priority).not.toBe('Low');
  });

  test('tells its owner each cause of failure in its own words, and warns of a segment that was deleted', async ({
    site,
    page,
    context,
  }) => {
    const { simulator, jira } = site;
    if (simulator === null) throw new Error('This test needs the embedded Shorter Loop');
    const [first, second] = simulator.segments;
    await visitAs(context, site, { accountId: jira.adminAccountId });
    await page.goto(`${site.url}/automation`);
    await addAction(page, 'Move reporter to segment', {
      'From segment': 'Any segment (people in several are skipped)',
      'To segment': second?.name ?? '',
    });
    await turnOn(page, 'Move all', 'Run by hand');
    const log = page.getByRole('list', { name: 'Audit log' });
    const causes: readonly (readonly [string, string])[] = [
      ['ambiguous', 'More than one Shorter Loop member'],
      ['notFound', 'No segment has a member'],
      ['emailHidden', 'email is not visible to the app'],
      ['noReporter', 'no reporter who could be a member'],
      ['found', 'unlinked from their Shorter Loop member by hand'],
    ];
    for (const [state, text] of causes) {
      const issue = jira.issues.find((one) => one.state === state);
      await page.getByLabel('Run for work item').selectOption(issue?.key ?? '');
      await page.getByRole('button', { name: 'Run Move all' }).click();
      await expect(log.getByText(text).first()).toBeVisible();
    }
    await expect(log.getByText('SOME ERRORS').first()).toBeVisible();
    expect(simulator.truth.writes()).toEqual([]);

    simulator.faults.add({
      match: { route: 'listSegments', nth: 1 },
      fault: { kind: 'segmentDeleted', id: second?.id ?? 0 },
    });
    await page.getByRole('button', { name: 'Edit Move all' }).click();
    await page.getByRole('button', { name: 'Edit component 1' }).click();
    const form = page.frameLocator('.component-form iframe');
    await expect(form.getByText(`This segment was deleted or is not visible: #${String(second?.id)}`)).toBeVisible();
    // Nothing was changed yet: a form that is as it was stored stays pristine.
    await expect(page.getByRole('button', { name: 'Next' })).toBeDisabled();
    await form.getByLabel('To segment').selectOption({ label: first?.name ?? '' });
    await expect(page.getByRole('button', { name: 'Next' })).toBeEnabled();
  });
});

test('a rule that failed is counted with its cause, found by what its audit log prints, and skips once it is told to', async ({
  site,
  page,
  context,
}) => {
  const { jira, simulator } = site;
  await visitAs(context, site, { accountId: jira.adminAccountId });
  await page.goto(`${site.url}/automation`);
  await addAction(page, 'Move reporter to segment', {
    'From segment': 'Any segment (people in several are skipped)',
    'To segment': simulator?.segments[1]?.name ?? '',
  });
  await turnOn(page, 'Move all', 'Run by hand');
  const { key } = jira.issueFor('notFound');
  const log = page.getByRole('list', { name: 'Audit log' });
  const run = async () => {
    await page.getByLabel('Run for work item').selectOption(key);
    await page.getByRole('button', { name: 'Run Move all' }).click();
  };
  await run();
  const said = log.getByText(/No segment has a member.* Operation [\da-f-]{36}\./);
  await expect(said).toBeVisible();
  const text = await said.innerText();

  await page.getByRole('button', { name: 'Edit Move all' }).click();
  await page.getByRole('button', { name: 'Edit component 1' }).click();
  const form = page.frameLocator('.component-form iframe');
  await form.getByLabel('If the person isn’t known').selectOption('Add them to Shorter Loop');
  await expect(form.getByText('Not tested yet')).toBeVisible();
  await expectAccessible(page, '.component-form iframe');
  await form.getByLabel('If the person isn’t known').selectOption('Skip and go on');
  await goOn(page);
  await saveChanged(page, 'Move all');
  await run();
  await expect(log.getByText('outcome: skipped').first()).toBeVisible();

  const health = await openAdmin(page, site, 'health');
  const failed = health.getByRole('list', { name: 'Failed rules' });
  await expect(failed).toContainText('The reporter isn’t known in Shorter Loop');
  await expect(failed).toContainText(`Move reporter, ${key}`);
  await expect(failed).toContainText('1 in the last week');

  const ledger = await openAdmin(page, site, 'ledger');
  const search = async (operationId: string) => {
    await ledger.getByLabel('Operation ID').fill(operationId);
    await ledger.getByRole('button', { name: 'Search', exact: true }).click();
  };
  await search(text);
  await expect(ledger.getByText('A rule failed under this operation ID')).toBeVisible();
  await search('1b4e28ba-2fa1-81d2-883f-0016d3cca427');
  await expect(ledger.getByText(/No change and no failed rule is kept under this operation ID\./)).toBeVisible();
  await search('my rule');
  await expect(ledger.getByText(/^Enter an ID such as/)).toBeVisible();
});

// Automation's documentation does not say whether Next waits for the form, nor whether what is submitted
// replaces the stored inputs or is put over them.
for (const reading of [
  'next=waits&inputs=replace',
  'next=waits&inputs=merge',
  'next=goes&inputs=replace',
  'next=goes&inputs=merge',
]) {
  test.describe(`the form of an action under ${reading}`, () => {
    test('clears what was cleared, shows what Automation did not accept, and takes smart values for segments', async ({
      site,
      page,
      context,
    }) => {
      const { to, memberships } = castOf(site);
      await visitAs(context, site, { accountId: site.jira.adminAccountId });
      await page.goto(`${site.url}/automation?${reading}`);
      const form = page.frameLocator('.component-form iframe');
      await addAction(page, 'Move reporter to segment', {
        'From segment': 'Any segment (people in several are skipped)',
        'To segment': to.name,
      });

      // What was cleared is cleared in the rule, and the rule can't be saved; leaving the form in another way than by Next keeps that.
      await page.getByRole('button', { name: 'Edit component 1' }).click();
      await form.getByLabel('To segment').selectOption({ label: 'Choose a segment' });
      await expect(form.getByText('Choose one.')).toBeVisible();
      await page.getByRole('textbox', { name: 'Name' }).fill('By smart value');
      await page.getByRole('button', { name: 'Turn on rule' }).click();
      await expect(page.getByRole('alert').first()).toContainText('not configured rightly');

      // Automation opens the form with what it did not accept; the form's words are in the reader's language.
      await expect(form.getByText('Choose one.')).toBeVisible();
      await form.getByLabel('To segment').selectOption({ label: 'Use a smart value…' });
      const smart = form.getByLabel('Smart value for the segment to join');
      await smart.fill('{{issue.summary');
      await expect(form.getByText('Enter a smart value between two braces on each side.')).toBeVisible();
      await smart.fill('{{issue.labels}}');
      await goOn(page);
      await expect(form.getByLabel('To segment')).toHaveCount(0);
      await page.getByRole('button', { name: 'Turn on rule' }).click();
      await expect(page.getByRole('button', { name: 'Run By smart value' })).toBeVisible();
      const rules = await (await fetch(`${site.url}/__sandbox/rules`)).json();
      expect(rules).toMatchObject([
        { components: [{ inputs: { issueKey: '{{issue.key}}', source: 'any', target: '{{issue.labels}}' } }] },
      ]);

      // The labels of this work item name no segment: the log says so, and nobody is moved.
      const before = memberships();
      await page.getByLabel('Run for work item').selectOption('ACME-101');
      await page.getByRole('button', { name: 'Run By smart value' }).click();
      await expect(page.getByRole('list', { name: 'Audit log' }).getByText('SOME ERRORS')).toBeVisible();
      expect(memberships()).toEqual(before);
    });
  });
}

test('Back discards what was changed in the form, and while a rule is checked nothing can be changed', async ({
  site,
  page,
  context,
}) => {
  const { to } = castOf(site);
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  await page.goto(`${site.url}/automation`);
  const form = page.frameLocator('.component-form iframe');
  await addAction(page, 'Move reporter to segment', {
    'From segment': 'Any segment (people in several are skipped)',
    'To segment': to.name,
  });
  await page.getByRole('button', { name: 'Edit component 1' }).click();
  await form.getByLabel('To segment').selectOption({ label: 'Choose a segment' });
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Edit component 1' }).click();
  await expect(form.getByLabel('To segment')).toHaveValue(`#${String(to.id)}`);
  const check = (isValidating: boolean) =>
    page.evaluate(
      `window.forgeSandbox.emit('AUTOMATION_ACTION_VALIDATE_RULE_EVENT', { isValidating: ${isValidating} })`,
    );
  await check(true);
  await expect(form.getByLabel('To segment')).toBeDisabled();
  await check(false);
  await expect(form.getByLabel('To segment')).toBeEnabled();
});

test.describe('JQL', () => {
  test('finds the work items of a segment, keeps the answer, and is brought up to date after a move', async ({
    site,
    page,
    context,
  }) => {
    const { simulator, jira, host } = site;
    if (simulator === null) throw new Error('This test needs the embedded Shorter Loop');
    const memberId = jira.memberFor('one')?.id ?? 0;
    const from = simulator.segments.find(({ id }) => simulator.truth.membershipsOf(memberId).includes(id));
    await visitAs(context, site);
    await openPanel(page, site, 'ACME-101');
    await switchOnJql(site);
    const search = async (jql: string): Promise<void> => {
      await page.goto(`${site.url}/issues`);
      await page.getByLabel('JQL').fill(jql);
      await page.getByRole('button', { name: 'Search' }).click();
    };
    const query = `reporter in reporterInSegment("${from?.name ?? ''}")`;
    await search(query);
    await expect(page.getByRole('link', { name: 'ACME-101' })).toBeVisible();
    await takePicture(page, 'jql');
    await search(`${query} AND key != ACME-101`);
    await expect(page.getByRole('link', { name: 'ACME-101' })).toHaveCount(0);
    await search('reporter in reporterInSegment("Nobody")');
    await expect(page.getByRole('alert')).toContainText('can tell nothing of “Nobody”');
    await search('nonsense = 1');
    await expect(page.getByRole('alert')).toContainText("Field 'nonsense' does not exist");

    await host.invoke({
      moduleKey: 'segments-panel',
      functionKey: 'panel.remove',
      payload: { operationId: '11111111-2222-4333-8444-000000000009', memberId, fromSegmentId: from?.id },
      accountId: jira.defaultAccountId,
      extension: { issue: { id: jira.issueFor('one').id } },
    });
    await search(query);
    await expect(page.getByRole('link', { name: 'ACME-101' })).toBeVisible();
    await host.runScheduledTrigger('tick');
    await search(query);
    await expect(page.getByRole('link', { name: 'ACME-101' })).toHaveCount(0);
  });
});
