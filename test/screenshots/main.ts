import path from 'node:path';
import { chromium, type Locator, type Page } from '@playwright/test';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import { castOf, flagsOf, move, openAdmin, openPanel, visitAs } from '../browser/site';

const IMAGES = path.join(__dirname, '../../docs/images');

/** A picture of the guides. */
type Shot = {
  /** Its file name, without the ending. */
  readonly name: string;
  /** Does what has to be done until it is there to see, and answers the part of the page that is shown. */
  readonly take: (page: Page, sandbox: Sandbox) => Promise<Locator>;
  /** How much of that part is shown, in pixels from its top; all of it unless given. */
  readonly height?: number;
};

type Picture = { readonly path: string; readonly height: number | undefined };

const SHOTS: readonly Shot[] = [
  {
    name: 'panel',
    take: async (page, sandbox) => {
      await visitAs(page.context(), sandbox, { width: '480' });
      const panel = await openPanel(page, sandbox, sandbox.jira.issueFor('many').key);
      await panel.getByRole('heading').first().waitFor();
      return page.locator('.panel');
    },
  },
  {
    name: 'panel-moved',
    take: async (page, sandbox) => {
      await visitAs(page.context(), sandbox, { width: '480' });
      const { issue, from, to } = castOf(sandbox);
      const panel = await openPanel(page, sandbox, issue.key);
      await move(panel, from.name, to.name);
      await flagsOf(page).getByRole('button', { name: 'Undo' }).waitFor();
      return page.locator('.issue');
    },
  },
  {
    name: 'board',
    take: async (page, sandbox) => {
      await linkReporters(sandbox);
      await visitAs(page.context(), sandbox);
      await page.goto(`${sandbox.url}/projects/ACME/board`);
      const board = page.frameLocator('iframe');
      await board.getByRole('option').first().waitFor();
      await board.getByRole('button', { name: /^Count all/ }).click();
      await board.getByText(/^All .* work items are counted\.$/).waitFor();
      await board.getByText('Some segments are still loading').waitFor({ state: 'detached' });
      await board.getByLabel('Only reporters in this project').check();
      return page.locator('iframe');
    },
  },
  {
    name: 'connection',
    take: async (page, sandbox) => {
      await visitAs(page.context(), sandbox, { accountId: sandbox.jira.adminAccountId });
      const admin = await openAdmin(page, sandbox);
      await admin.getByRole('button', { name: 'Check connection' }).click();
      await admin.getByRole('button', { name: 'Go on' }).click({ timeout: 90_000 });
      await admin.getByText('Memberships can be read.').waitFor({ timeout: 90_000 });
      return admin.locator('section').filter({ hasText: 'Memberships can be read.' });
    },
  },
  {
    name: 'people',
    take: async (page, sandbox) => {
      await visitAs(page.context(), sandbox, { accountId: sandbox.jira.adminAccountId });
      const admin = await openAdmin(page, sandbox, 'people');
      await admin.getByRole('button', { name: 'Refresh now' }).click();
      await admin.getByText(/memberships in .* segments, as of/).waitFor();
      await admin.getByRole('button', { name: 'Count reporters' }).click();
      await admin.getByRole('list', { name: 'Members with this email' }).waitFor();
      return page.locator('.admin__module');
    },
  },
  {
    name: 'ledger',
    take: async (page, sandbox) => {
      await visitAs(page.context(), sandbox);
      const { issue, from, to } = castOf(sandbox);
      const panel = await openPanel(page, sandbox, issue.key);
      await move(panel, from.name, to.name);
      await flagsOf(page).getByText(`Moved to ${to.name}`).waitFor();
      await visitAs(page.context(), sandbox, { accountId: sandbox.jira.adminAccountId });
      const admin = await openAdmin(page, sandbox, 'ledger');
      await admin.getByRole('button', { name: 'Details' }).first().click();
      return page.locator('.admin__module');
    },
  },
  {
    name: 'health',
    take: async (page, sandbox) => {
      await visitAs(page.context(), sandbox);
      const fault = sandbox.simulator?.faults.add({ fault: { kind: 'status', code: 503 } });
      const panel = await openPanel(page, sandbox, sandbox.jira.issueFor('many').key);
      await panel.getByRole('alert').first().waitFor();
      fault?.remove();
      await visitAs(page.context(), sandbox, { accountId: sandbox.jira.adminAccountId });
      const admin = await openAdmin(page, sandbox, 'health');
      await admin.getByText('Failures in the last seven days').waitFor();
      return page.locator('.admin__module');
    },
  },
  {
    name: 'automation',
    take: async (page, sandbox) => {
      await visitAs(page.context(), sandbox, { accountId: sandbox.jira.adminAccountId });
      await page.goto(`${sandbox.url}/automation`);
      await page.getByLabel('Then').selectOption({ label: 'Move reporter to segment' });
      await page.getByRole('button', { name: 'Add component' }).click();
      const form = page.frameLocator('.component-form iframe');
      const { from, to } = castOf(sandbox);
      await form.getByLabel('From segment').selectOption({ label: from.name });
      await form.getByLabel('To segment').selectOption({ label: to.name });
      await page.getByRole('button', { name: 'Next' }).and(page.locator(':enabled')).waitFor();
      return page.locator('.component-form');
    },
  },
  {
    name: 'bulk',
    height: 1230,
    take: async (page, sandbox) => {
      await visitAs(page.context(), sandbox, { accountId: sandbox.jira.adminAccountId });
      await page.goto(`${sandbox.url}/apps/segments-bulk`);
      const bulk = page.frameLocator('iframe');
      await bulk.getByLabel('Query (JQL)').fill('project = ACME');
      await bulk.getByLabel('To', { exact: true }).selectOption({ label: castOf(sandbox).to.name });
      await bulk.getByRole('button', { name: 'Preview' }).click();
      await bulk.getByRole('button', { name: /^Move \d+ people$/ }).waitFor();
      return page.locator('iframe');
    },
  },
];

/** Opens the panel of every issue, which links the reporters whose email decides. */
async function linkReporters({ host, jira }: Sandbox): Promise<void> {
  for (const { id, key } of jira.issues) {
    const extension = { issue: { id, key }, project: { key: 'ACME' } };
    const accountId = jira.defaultAccountId;
    await host.invoke({ moduleKey: 'segments-panel', functionKey: 'panel.open', payload: {}, accountId, extension });
  }
}

/** Takes a picture of a part of the page, of all of it unless a height is given. */
async function shoot(page: Page, part: Locator, { path: file, height }: Picture): Promise<void> {
  const options = { path: file, animations: 'disabled' } as const;
  const box = await part.boundingBox();
  if (height === undefined || box === null) await part.screenshot(options);
  else await page.screenshot({ ...options, fullPage: true, clip: { ...box, height: Math.min(box.height, height) } });
}

async function main(): Promise<void> {
  const executablePath = process.env.CHROME_PATH;
  const browser = await chromium.launch({
    args: ['--no-sandbox'],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  const sandbox = await startSandbox({ extraReporters: 180 });
  // All of them, or those that are named: `npm run screenshots -- automation`.
  const wanted = process.argv.slice(2);
  try {
    for (const { name, take, height } of SHOTS.filter((shot) => wanted.length === 0 || wanted.includes(shot.name))) {
      await sandbox.reset();
      const context = await browser.newContext({ viewport: { width: 1080, height: 800 } });
      const page = await context.newPage();
      const part = await take(page, sandbox);
      const file = path.join(IMAGES, `${name}.png`);
      await shoot(page, part.first(), { path: file, height });
      console.log(file);
      await context.close();
    }
  } finally {
    await sandbox.stop();
    await browser.close();
  }
}

void main();
