import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  test as base,
  expect,
  type BrowserContext,
  type FrameLocator,
  type Locator,
  type Page,
} from '@playwright/test';
import { z } from 'zod';
import type { ProofName } from '../../src/contract';
import { prove } from '../../sandbox/configure';
import { bundleApp } from '../../sandbox/forge/bundle';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox';
import type { Simulator } from '../../sandbox/shorterloop';
import { AXE_SCRIPT } from './accessible';

/** A page's call of a resolver function, as it reaches the product. */
export const invokeCall = z.looseObject({
  op: z.literal('invoke'),
  data: z.looseObject({ functionKey: z.string(), payload: z.unknown().optional() }),
});

/** Where pictures go: a folder that git ignores. */
const PICTURES = path.join(__dirname, '../../screenshots');

/**
 * Takes a picture for whoever looks at it; no test does. One of a whole page takes as long as loading it, so that
 * `npm test` takes none (`PICTURES=none`).
 * @param name its path in the folder of pictures, without the ending
 */
export async function takePicture(of: Page | Locator, name: string, options: { fullPage?: true } = {}): Promise<void> {
  if (process.env.PICTURES === 'none') return;
  await of.screenshot({ path: path.join(PICTURES, `${name}.png`), ...options });
}

/** The sandbox of a worker: the running one where it is made as the last one was, otherwise another in its place. */
type OneSandbox = { readonly as: (options: SandboxOptions) => Promise<Sandbox>; readonly stop: () => Promise<void> };

/** A sandbox for the tests of a worker, made of the app once, and put back to its seed before each test. */
export const test = base.extend<{ site: Sandbox; sandboxOptions: SandboxOptions }, { oneSandbox: OneSandbox }>({
  // Options of a test, not of a worker: for a worker's, Playwright would start another process and another browser.
  sandboxOptions: [{}, { option: true }],
  oneSandbox: [
    // Playwright reads what a fixture needs from its first parameter, even where that is nothing.
    async ({}, use) => {
      const one = await createOneSandbox();
      await use(one);
      await one.stop();
    },
    { scope: 'worker' },
  ],
  site: async ({ oneSandbox, sandboxOptions, page }, use) => {
    const sandbox = await oneSandbox.as(sandboxOptions);
    const strayed = watchPage(page, [sandbox.url, sandbox.host.uiOrigin]);
    await use(sandbox);
    expect(strayed).toEqual([]);
  },
});
export { expect };

async function createOneSandbox(): Promise<OneSandbox> {
  const bundle = await bundleApp(path.join(__dirname, '../..'));
  let running: { readonly sandbox: Sandbox; readonly options: SandboxOptions } | null = null;
  return {
    async as(options) {
      if (running !== null && isDeepStrictEqual(running.options, options)) {
        await running.sandbox.reset();
        return running.sandbox;
      }
      await running?.sandbox.stop();
      running = null;
      const sandbox = await startSandbox({ ...options, bundle, uiScripts: AXE_SCRIPT });
      running = { sandbox, options };
      return sandbox;
    },
    async stop() {
      await running?.sandbox.stop();
      bundle.remove();
    },
  };
}

/** What a page did that no page may: a request to another origin, a CSP violation, an error that nobody handled. */
function watchPage(page: Page, origins: readonly string[]): string[] {
  const strayed: string[] = [];
  page.on('request', (request) => {
    if (!origins.some((origin) => request.url().startsWith(origin)) && !request.url().startsWith('data:'))
      strayed.push(`request to ${request.url()}`);
  });
  page.on('pageerror', (error) => strayed.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      strayed.push(`console: ${message.text()}`);
  });
  return strayed;
}

export const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];
type PanelWidth = '320' | '480' | '640' | '900' | 'full';

/** What a visitor set in the sandbox bar. */
export type Visitor = {
  readonly accountId?: string;
  readonly theme?: Theme;
  readonly width?: PanelWidth;
  readonly locale?: string;
};

/** Sets the sandbox bar's choices for every page of a context. */
export async function visitAs(
  context: BrowserContext,
  sandbox: Sandbox,
  { accountId, theme = 'light', width = 'full', locale = 'en-US' }: Visitor = {},
): Promise<void> {
  const cookie = (name: string, value: string) => ({ name, value: encodeURIComponent(value), url: sandbox.url });
  await context.clearCookies();
  await context.addCookies([
    cookie('sandbox-account', accountId ?? sandbox.jira.defaultAccountId),
    cookie('sandbox-theme', theme),
    cookie('sandbox-panel-width', width),
    cookie('sandbox-locale', locale),
  ]);
}

/** Opens an issue and answers the panel's frame. */
export async function openPanel(page: Page, sandbox: Sandbox, issueKey: string): Promise<FrameLocator> {
  await page.goto(`${sandbox.url}/browse/${issueKey}`);
  const panel = page.frameLocator('.panel iframe');
  await expect(panel.getByText('Loading segments')).toHaveCount(0);
  return panel;
}

/** Opens the app's admin page, at a tab other than the first when one is named, and answers its frame. */
export async function openAdmin(page: Page, sandbox: Sandbox, tab = ''): Promise<FrameLocator> {
  await page.goto(`${sandbox.url}/admin/apps/segments-admin${tab === '' ? '' : `/${tab}`}`);
  return page.frameLocator('iframe');
}

/** Chooses in the sandbox bar of an open page; theme and width change without loading it again. */
async function chooseInBar(page: Page, name: 'theme' | 'width', value: string): Promise<void> {
  await page.locator(`[data-sandbox=${name}]`).evaluate((select, chosen) => {
    if (!(select instanceof HTMLSelectElement)) throw new Error('There is no such choice');
    select.value = chosen;
    select.dispatchEvent(new Event('change'));
  }, value);
}

/** Puts the product's page into another theme; the app's pages follow by themselves. */
export async function setTheme(page: Page, frame: FrameLocator, theme: Theme): Promise<void> {
  await chooseInBar(page, 'theme', theme);
  await expect(frame.locator('html')).toHaveAttribute('data-color-mode', theme);
}

/** Gives the panel of an open work item another width. */
export async function setPanelWidth(page: Page, width: PanelWidth): Promise<void> {
  await chooseInBar(page, 'width', width);
}

/** Makes a caller that may move and read, on the open Callers tab; answers its key and the address that it calls. */
export async function createCaller(
  admin: FrameLocator,
  name: string,
): Promise<{ readonly key: string; readonly url: string }> {
  await admin.getByLabel('Name of the new API client').fill(name);
  await admin.getByLabel('Move', { exact: true }).check();
  await admin.getByRole('button', { name: 'Create API client' }).click();
  await expect(admin.getByText('New secret')).toBeVisible();
  return {
    key: await admin.getByLabel('X-Segments-Key header').inputValue(),
    url: await admin.getByLabel('Address', { exact: true }).inputValue(),
  };
}

/** Tries moving with a test person on the open Connection tab, and whatever else is named. */
export async function testMoving(
  admin: FrameLocator,
  {
    from = 1,
    also = [],
  }: { readonly from?: number | { readonly label: string }; readonly also?: readonly string[] } = {},
): Promise<void> {
  await admin.getByRole('button', { name: 'Choose a test person' }).click();
  await admin.getByLabel('Segment of the test person').selectOption(typeof from === 'number' ? { index: from } : from);
  await admin.getByLabel('Test person', { exact: true }).selectOption({ index: 1 });
  await admin.getByLabel('Segment to move them to').selectOption({ index: 1 });
  for (const kind of also) await admin.getByLabel(kind, { exact: true }).check();
  await admin.getByRole('button', { name: 'Show what the test does' }).click();
  await admin.getByRole('button', { name: 'Start the test' }).click();
  await expect(admin.getByText('switched on.').last()).toBeVisible();
}

/** Moves the member of an open panel: two clicks. */
export async function move(panel: FrameLocator, from: string, to: string): Promise<void> {
  await panel.getByRole('button', { name: `Move from ${from}`, exact: true }).click();
  await panel.getByRole('option', { name: to, exact: true }).click();
}

/** Notes further calls as tried with a test person. */
export function proveAlso(site: Sandbox, names: readonly ProofName[]): void {
  prove(site.host, names);
}

/** The product's flags, which stand outside of the app's pages. */
export function flagsOf(page: Page): Locator {
  return page.locator('[data-flags]');
}

/** Answers the dialog of the product that an app's page opened, after it said what it is expected to. */
export async function confirmIn(page: Page, button: string, said = ''): Promise<void> {
  const dialog = page.locator('dialog').frameLocator('iframe');
  await expect(dialog.getByRole('heading')).toContainText(said);
  await dialog.getByRole('button', { name: button, exact: true }).click();
}

/**
 * Holds the calls that a page makes of a function, so that what it shows meanwhile stays for as long as a test looks.
 * @param functionKey the resolver function, such as `board.move`
 * @returns what lets them go, these and all that come
 */
export async function holdCalls(page: Page, functionKey: string): Promise<() => Promise<void>> {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route('**/__forge/bridge', async (route) => {
    const call = invokeCall.safeParse(route.request().postDataJSON());
    if (call.success && call.data.data.functionKey === functionKey) await held;
    // A page that was left meanwhile has taken its call back.
    await route.fallback().catch(() => undefined);
  });
  return async () => {
    letGo();
    await page.unroute('**/__forge/bridge');
  };
}

/** Opens the issue context in the right column, which is closed at first, and answers its frame. */
export async function openContext(page: Page): Promise<FrameLocator> {
  const line = page.locator('.context__toggle');
  if ((await line.getAttribute('aria-expanded')) !== 'true') await line.click();
  return page.frameLocator('.context iframe');
}

/** A reporter's issue and member, with a segment they are in and one they are not in. */
export function castOf(site: Sandbox, state: 'one' | 'many' = 'one') {
  const simulator = truthOf(site);
  const issue = site.jira.issueFor(state);
  const member = site.jira.memberFor(state);
  if (member === undefined) throw new Error(`No member for ${state}`);
  const now = simulator.truth.membershipsOf(member.id);
  const from = simulator.segments.find(({ id }) => now.includes(id));
  const to = simulator.segments.find(({ id }) => !now.includes(id));
  if (from === undefined || to === undefined) throw new Error('The seed has no segment to move from or to');
  return { issue, member, from, to, memberships: () => simulator.truth.membershipsOf(member.id) };
}

/** The embedded Shorter Loop. */
export function truthOf({ simulator }: Sandbox): Simulator {
  if (simulator === null) throw new Error('This test needs the embedded Shorter Loop');
  return simulator;
}
