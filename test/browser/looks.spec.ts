import { cutOf, expectAccessible } from './accessible';
import {
  castOf,
  confirmIn,
  expect,
  flagsOf,
  move,
  openAdmin,
  openPanel,
  setPanelWidth,
  setTheme,
  takePicture,
  test,
  THEMES,
  visitAs,
} from './site';

const STATES = [
  'one',
  'many',
  'none',
  'linked',
  'found',
  'ambiguous',
  'notFound',
  'emailHidden',
  'noReporter',
  'app',
  'formerUser',
  'longName',
  'nonLatin',
  'rightToLeft',
  'markup',
] as const;

/** Colours are all that the dark theme changes: these states have each of them. */
const DARK_STATES: readonly (typeof STATES)[number][] = ['one', 'many', 'found', 'ambiguous', 'emailHidden'];

for (const state of STATES)
  test(`the panel of an issue in the state "${state}" is accessible and fits every width`, async ({
    site,
    page,
    context,
  }) => {
    await visitAs(context, site);
    const panel = await openPanel(page, site, site.jira.issueFor(state).key);
    await expect(panel.getByRole('heading').first()).toBeVisible();
    for (const theme of DARK_STATES.includes(state) ? THEMES : (['light'] as const)) {
      await setTheme(page, panel, theme);
      for (const width of ['320', '900'] as const) {
        await setPanelWidth(page, width);
        expect(await cutOf(panel)).toBe(0);
        await takePicture(page.locator('.panel'), `${theme}/${state}-${width}`);
      }
      await expectAccessible(page, '.panel iframe', theme === 'light' ? 'all' : 'colors');
    }
  });

for (const theme of THEMES) {
  test.describe(`in the ${theme} theme`, () => {
    test('the dialogs and results of a write are accessible', async ({ site, page, context }) => {
      await visitAs(context, site, { theme, width: '480' });
      const { issue, ...segments } = castOf(site);
      const [from, to] = [segments.from.name, segments.to.name];
      const panel = await openPanel(page, site, issue.key);
      const shoot = async (name: string, what = page.locator('.panel')): Promise<void> => {
        await takePicture(what, `${theme}/${name}`);
        await expectAccessible(page, '.panel iframe');
      };
      await panel.getByRole('button', { name: `Move from ${from}`, exact: true }).click();
      await shoot('choose-target');
      await panel.getByRole('combobox').press('Escape');
      await panel.getByRole('button', { name: `Remove from ${from}` }).click();
      await shoot('dialog-remove', page.locator('dialog'));
      await confirmIn(page, 'Cancel');
      await move(panel, from, to);
      await expect(flagsOf(page)).toContainText(`Moved to ${to}`);
      await expect(panel.getByText(`Moved from ${from} to ${to}`)).toBeVisible();
      await shoot('result-confirmed');
    });

    test('the admin page and its check are accessible', async ({ site, page, context }) => {
      await visitAs(context, site, { theme, accountId: site.jira.adminAccountId });
      const admin = await openAdmin(page, site);
      await admin.getByRole('button', { name: 'Check connection' }).click();
      // Right after another check it rests, and goes on by itself; what is proven is not asked about again.
      await expect(admin.getByText('Memberships can be read.')).toBeVisible();
      await admin.getByText('How this Shorter Loop answers').click();
      await admin.getByRole('button', { name: 'Change: All segments with their members' }).click();
      await takePicture(page, `${theme}/admin`, { fullPage: true });
      await expectAccessible(page);
    });

    test('the whole issue page shows the panel where Jira does', async ({ site, page, context }) => {
      await page.setViewportSize({ width: 1280, height: 900 });
      await visitAs(context, site, { theme });
      const panel = await openPanel(page, site, site.jira.issueFor('many').key);
      await expect(panel.locator('html')).toHaveAttribute('data-color-mode', theme);
      await expect(panel.getByRole('heading').first()).toBeVisible();
      await takePicture(page, `${theme}/issue`);
    });
  });
}
