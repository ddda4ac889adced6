import type { FrameLocator } from '@playwright/test';
import german from '../../static/locales/de-DE.json';
import english from '../../static/locales/en-US.json';
import japanese from '../../static/locales/ja-JP.json';
import { textsOf } from '../support/catalogue';
import { cutOf } from './accessible';
import { expect, openAdmin, openPanel, takePicture, test, visitAs } from './site';

const LANGUAGES = [
  { locale: 'de-DE', texts: german },
  { locale: 'ja-JP', texts: japanese },
] as const;

/** Everything that a page says, written or only spoken. */
function said(frame: FrameLocator): Promise<string[]> {
  return frame.locator('body').evaluate((body) => {
    const written: string[] = [];
    const nodes = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) written.push(nodes.currentNode.textContent?.trim() ?? '');
    const spoken = ['aria-label', 'title', 'placeholder'].flatMap((name) =>
      [...body.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name) ?? ''),
    );
    return [...new Set([...written, ...spoken])].filter((text) => text !== '');
  });
}

for (const { locale, texts } of LANGUAGES) {
  // Samples name segments, which keep their names in every language.
  const own = new Set([...textsOf(texts).values(), ...textsOf(english.admin.apiClients.sample).values()]);
  const foreign = new Set([...textsOf(english).values()].filter((text) => !own.has(text) && /\p{L}{2}/u.test(text)));

  test(`the panel in ${locale} says nothing in English and fits 320 px`, async ({ site, page, context }) => {
    await visitAs(context, site, { width: '320', locale });
    for (const state of ['many', 'ambiguous', 'emailHidden'] as const) {
      const panel = await openPanel(page, site, site.jira.issueFor(state).key);
      await expect(
        panel.getByText(state === 'many' ? texts.panel.segments : texts.panel[state].title, { exact: true }).last(),
      ).toBeVisible();
      await expect(panel.locator('html')).toHaveAttribute('lang', locale);
      await expect(page.getByRole('heading', { name: texts.modules.panel })).toBeVisible();
      expect((await said(panel)).filter((text) => foreign.has(text))).toEqual([]);
      await takePicture(page.locator('.panel'), `${locale}/${state}`);
      if (state === 'many') {
        await panel.getByText(texts.panel.move.open, { exact: true }).first().click();
        await expect(panel.getByRole('listbox')).toBeVisible();
        expect((await said(panel)).filter((text) => foreign.has(text))).toEqual([]);
      }
      expect(await cutOf(panel)).toBe(0);
    }
  });

  test(`the admin page in ${locale} says nothing in English`, async ({ site, page, context }) => {
    await visitAs(context, site, { accountId: site.jira.adminAccountId, locale });
    const admin = await openAdmin(page, site);
    for (const tab of await admin.getByRole('tab').all()) {
      await tab.click();
      await expect(admin.getByRole('tabpanel').locator('p, h2').first()).toBeVisible();
      expect((await said(admin)).filter((text) => foreign.has(text))).toEqual([]);
    }
    await takePicture(page, `${locale}/admin`, { fullPage: true });
  });
}

test('the panel is in English where its texts do not arrive, and for a language that the app does not have', async ({
  site,
  page,
  context,
}) => {
  await visitAs(context, site, { locale: 'de-DE' });
  await page.route('**/__LOCALES__/de-DE.json', (route) => route.fulfill({ status: 500 }));
  const { key } = site.jira.issueFor('many');
  await expect(
    (await openPanel(page, site, key)).getByRole('heading', { name: english.panel.segments, exact: true }),
  ).toBeVisible();
  await visitAs(context, site, { locale: 'es-ES' });
  await expect(
    (await openPanel(page, site, key)).getByRole('heading', { name: english.panel.segments, exact: true }),
  ).toBeVisible();
});
