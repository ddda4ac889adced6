import type { Locator } from '@playwright/test';
import { expect, openAdmin, test, visitAs } from './site';

/** What a person can type or choose in on a tab; a file's name is the browser's own, and a switch acts at once. */
const FIELDS = 'input:not([type=file], [readonly], [role=switch]), select, textarea:not([readonly])';

test('what is typed on any tab of the admin page is still there after another tab', async ({ site, page, context }) => {
  test.slow();
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const admin = await openAdmin(page, site);
  await expect(admin.getByRole('tab', { selected: true })).toBeVisible();
  const tabs = await admin.getByRole('tab').all();
  let fieldsSeen = 0;
  for (const [place, tab] of tabs.entries()) {
    await tab.click();
    const panel = admin.getByRole('tabpanel');
    await expect(panel.getByRole('heading').first()).toBeVisible();
    await expect(panel.locator('.loading')).toHaveCount(0);
    for (const field of await panel.locator(FIELDS).all()) await alter(field);
    await expect(panel.getByText('Searching…')).toHaveCount(0);
    const typed = await valuesOf(panel);
    await tabs[(place + 1) % tabs.length]?.click();
    await expect(tab).toHaveAttribute('aria-selected', 'false');
    await tab.click();
    await expect(panel.locator(FIELDS)).toHaveCount(typed.length);
    expect(await valuesOf(panel), await tab.innerText()).toEqual(typed);
    fieldsSeen += typed.length;
  }
  expect(fieldsSeen).toBeGreaterThan(20);
});

test('a form says that it is not saved, and forgets what was typed once it is', async ({ site, page, context }) => {
  await visitAs(context, site, { accountId: site.jira.adminAccountId });
  const admin = await openAdmin(page, site, 'ledger');
  const days = admin.getByLabel('Days', { exact: false }).first();
  await days.fill('300');
  await admin.getByRole('tab', { name: 'Health' }).click();
  await admin.getByRole('tab', { name: 'Ledger' }).click();
  await expect(days).toHaveValue('300');
  await expect(admin.getByText('You have unsaved changes.')).toBeVisible();
  await admin.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(admin.getByText('You have unsaved changes.')).toHaveCount(0);
});

/** Changes a field to something else that it can hold. */
async function alter(field: Locator): Promise<void> {
  if (!(await field.isVisible()) || (await field.isDisabled())) return;
  const { tag, type, options, value } = await field.evaluate((element) => ({
    tag: element.tagName,
    type: element.getAttribute('type'),
    options: element instanceof HTMLSelectElement ? [...element.options].map((option) => option.value) : [],
    value: 'value' in element ? element.value : '',
  }));
  if (tag === 'SELECT') {
    const other = options.find((option) => option !== value);
    if (other !== undefined) await field.selectOption(other);
  } else if (type === 'checkbox' || type === 'radio') await field.click();
  else if (type === 'date') await field.fill('2026-01-02');
  else await field.fill('77');
}

function valuesOf(panel: Locator): Promise<readonly string[]> {
  return panel.locator(FIELDS).evaluateAll((fields) =>
    fields.map((field) => {
      if (field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio'))
        return String(field.checked);
      return 'value' in field ? String(field.value) : '';
    }),
  );
}
