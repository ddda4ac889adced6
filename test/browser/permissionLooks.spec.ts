import type { FrameLocator, Page } from '@playwright/test';
import { teamAccess } from '../../sandbox/teamAccess';
import type { Sandbox } from '../../sandbox/sandbox';
import { cutOf, expectAccessible } from './accessible';
import { expect, openAdmin, openPanel, setPanelWidth, setTheme, takePicture, test, THEMES, visitAs } from './site';

/** The screens that tell what someone may do, each with what is there once it has opened. */
const SCREENS: Readonly<Record<string, (page: Page, site: Sandbox) => Promise<FrameLocator>>> = {
  'panel-viewer': async (page, site) => openPanel(page, site, site.jira.issueFor('one').key),
  'panel-viewer-notFound': async (page, site) => openPanel(page, site, site.jira.issueFor('notFound').key),
  'board-closed': async (page, site) => framed(page, `${site.url}/projects/ACME/board`),
  'bulk-closed': async (page, site) => framed(page, `${site.url}/apps/segments-bulk`),
  access: async (page, site) => openAdmin(page, site, 'access'),
  health: async (page, site) => openAdmin(page, site, 'health'),
};

async function framed(page: Page, address: string): Promise<FrameLocator> {
  await page.goto(address);
  return page.frameLocator('iframe');
}

/** A change that waits and one that failed, a group that is chosen, and rules that warn. */
async function prepare(site: Sandbox): Promise<void> {
  const { host, jira } = site;
  const payload = teamAccess({
    board: { permission: 'EDIT_ISSUES', groupNames: ['support', 'jira-administrators'] },
    bulk: { permission: 'ADMINISTER', groupNames: [] },
  });
  await host.invoke({
    moduleKey: 'segments-admin',
    functionKey: 'admin.saveAccess',
    payload,
    accountId: jira.adminAccountId,
  });
  for (const state of ['queued', 'failed'])
    for (const nth of [1, 2])
      host.platform.kvs.handle('/api/v1/entity/set', {
        entityName: 'queued-change',
        key: `${state}-${nth}`,
        value: {
          state,
          kind: 'move',
          source: 'Decision makers of the northern region',
          target: 'Beta testers',
          entryPoint: 'automation',
          actorAccountId: jira.defaultAccountId,
          reporterAccountId: jira.viewerAccountId,
          issueId: jira.issueFor('one').id,
          issueKey: jira.issueFor('one').key,
          askedAtMs: Date.now() - 60_000,
          notBeforeMs: Date.now() + 3_600_000,
          attempt: nth,
          ...(state === 'failed' ? { failure: nth === 1 ? 'notPermitted' : 'tooManyAttempts' } : {}),
        },
      });
}

for (const [name, open] of Object.entries(SCREENS))
  test(`${name} says who may do what, in both themes and at every width`, async ({ site, page, context }) => {
    await prepare(site);
    const isAdmin = name === 'access' || name === 'health';
    const accountId = isAdmin ? site.jira.adminAccountId : site.jira.viewerAccountId;
    await visitAs(context, site, { accountId });
    const frame = await open(page, site);
    await expect(frame.locator('.loading')).toHaveCount(0);
    await expect(frame.locator('main')).toContainText(/./);
    for (const width of ['320', '900'] as const) {
      if (name.startsWith('panel')) await setPanelWidth(page, width);
      else await page.setViewportSize({ width: Number(width), height: 900 });
      for (const theme of THEMES) {
        await setTheme(page, frame, theme);
        expect(await cutOf(frame)).toBe(0);
        await takePicture(page, `${theme}/may-${name}-${width}`, { fullPage: true });
        if (width === '900') await expectAccessible(page, 'iframe', theme === 'light' ? 'all' : 'colors');
      }
    }
  });
