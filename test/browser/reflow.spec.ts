import type { FrameLocator, Page } from '@playwright/test';
import type { Sandbox } from '../../sandbox/sandbox';
import german from '../../static/locales/de-DE.json';
import english from '../../static/locales/en-US.json';
import french from '../../static/locales/fr-FR.json';
import japanese from '../../static/locales/ja-JP.json';
import { cutOf, violationsIn, type Judged } from './accessible';
import {
  castOf,
  expect,
  flagsOf,
  openAdmin,
  openContext,
  proveAlso,
  setTheme,
  test,
  THEMES,
  truthOf,
  visitAs,
} from './site';

/** A page of 1280 by 1024 px at 400 % has as much room as the last one. */
const SIZES = [
  { width: 900, height: 900 },
  { width: 320, height: 900 },
  { width: 320, height: 256 },
] as const;
const LANGUAGES = [
  { locale: 'en-US', texts: english },
  { locale: 'de-DE', texts: german },
  { locale: 'fr-FR', texts: french },
  { locale: 'ja-JP', texts: japanese },
] as const;

/**
 * What axe looks at in one size and theme, null for nothing. It judges colors, room and texts, which do not change each
 * other: it looks at everything in the first size, at the colors in the other theme, and at the rest in other sizes. A
 * language changes no color.
 */
function judgedAt(nth: number, theme: (typeof THEMES)[number], isWhole: boolean): Judged | null {
  if (theme === 'dark') return nth === 0 ? 'colors' : null;
  if (isWhole) return nth === 0 ? 'all' : 'allButColors';
  return nth === 0 || nth === SIZES.length - 1 ? 'allButColors' : null;
}

/** One surface at every size, in both themes where all is looked at: nothing is cut at its side, axe finds nothing. */
async function looksWell(page: Page, surface: string, { frame, isWhole }: Looked): Promise<void> {
  const found: string[] = [];
  for (const [nth, size] of SIZES.entries()) {
    await page.setViewportSize(size);
    for (const theme of isWhole ? THEMES : (['light'] as const)) {
      await setTheme(page, frame, theme);
      const where = `${surface}, ${theme}, ${String(size.width)} × ${String(size.height)}`;
      const cut = await cutOf(frame);
      if (cut > 0) found.push(`${where}: ${String(cut)} px are cut`);
      const judged = judgedAt(nth, theme, isWhole);
      if (judged === null) continue;
      for (const violation of await violationsIn(frame.locator('body'), judged)) found.push(`${where}: ${violation}`);
    }
  }
  expect(found).toEqual([]);
  await page.setViewportSize(SIZES[0]);
}

/** The frame of a surface, and whether axe looks at everything. */
type Looked = {
  readonly frame: FrameLocator;
  readonly isWhole: boolean;
};

/** What happens by itself within minutes: the directory is read, and then every project's reporters. */
async function knowEverybody({ host }: Sandbox): Promise<void> {
  for (let times = 0; times < 2; times += 1) {
    await host.runScheduledTrigger('tick');
    await host.platform.queue.idle();
  }
}

for (const { locale, texts } of LANGUAGES) {
  const { panel: words } = texts;
  const isWhole = locale === 'en-US';

  test(`the work item's surfaces reflow and are accessible: ${locale}`, async ({ site, page, context }) => {
    proveAlso(site, ['add', 'addByEmail']);
    await visitAs(context, site, { locale });
    await page.setViewportSize(SIZES[0]);
    await page.goto(`${site.url}/browse/${site.jira.issueFor('notFound').key}`);
    const column = await openContext(page);
    await column.getByRole('button', { name: words.invite.open }).click();
    await expect(column.getByRole('listbox')).toBeVisible();
    await looksWell(page, 'inviting', { frame: column, isWhole });
    await column.getByRole('option', { name: truthOf(site).segments[0]?.name ?? '', exact: true }).click();
    await expect(flagsOf(page).getByRole('button').first()).toBeVisible();
    await looksWell(page, 'a flag', { frame: column, isWhole });

    await page.goto(`${site.url}/browse/${site.jira.issueFor('noReporter').key}`);
    await openContext(page);
    await expect(column.getByRole('heading').first()).toBeAttached();
    await looksWell(page, 'nobody', { frame: column, isWhole });

    const { issue, from } = castOf(site, 'one');
    await page.goto(`${site.url}/browse/${issue.key}`);
    await openContext(page);
    await column.getByRole('button', { name: words.add.open }).click();
    await expect(column.getByRole('listbox')).toBeVisible();
    await looksWell(page, 'adding', { frame: column, isWhole });
    await column.getByRole('combobox').press('Escape');
    const dialog = page.locator('dialog').frameLocator('iframe');
    await column.getByRole('button', { name: words.remove.openFrom.replace('{from}', from.name) }).click();
    await expect(dialog.getByRole('heading')).toBeVisible();
    await looksWell(page, 'removing', { frame: dialog, isWhole });

    await page.goto(`${site.url}/projects/ACME/board`);
    const board = page.frameLocator('iframe');
    await board.getByRole('listbox').first().getByRole('option').first().click();
    await board.getByRole('button', { name: texts.board.selection.add }).click();
    await expect(board.getByRole('dialog')).toBeVisible();
    await looksWell(page, 'adding on the board', { frame: board, isWhole });
  });
}

test("the admin's surfaces reflow and are accessible, in every language", async ({ site, page, context }) => {
  await knowEverybody(site);
  for (const { locale, texts } of LANGUAGES) {
    const isWhole = locale === 'en-US';
    await visitAs(context, site, { accountId: site.jira.adminAccountId, locale });
    await page.setViewportSize(SIZES[0]);
    const access = await openAdmin(page, site, 'access');
    await access.getByLabel(texts.admin.access.field.label).selectOption('on');
    await expect(access.getByText(texts.admin.access.panels.find)).toBeVisible();
    await looksWell(page, `access, ${locale}`, { frame: access, isWhole });
    const people = await openAdmin(page, site, 'people');
    await expect(people.getByRole('tabpanel').getByRole('heading').first()).toBeVisible();
    await looksWell(page, `people, ${locale}`, { frame: people, isWhole });
  }
});
