import path from 'node:path';
import { chromium, type Locator, type Page } from '@playwright/test';
import { z } from 'zod';
import { prove } from '../../sandbox/configure';
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
  /** How much is shown around that part, in pixels; nothing unless given. */
  readonly margin?: number;
};

/** How many of the sandbox's reporters the rules make certain: see sandbox/README.md. */
const CERTAIN = 150;
const linkSchema = z.object({ state: z.literal('linked') });

/** How often is looked whether a frame is whole, and how long between. */
const MOST_TRIES = 100;
const TRY_AGAIN_MS = 100;

type Picture = { readonly path: string } & Pick<Shot, 'height' | 'margin'>;

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
    margin: 40,
    take: async (page, sandbox) => {
      await knowEverybody(sandbox);
      await fillField(sandbox);
      await visitAs(page.context(), sandbox, { width: '480' });
      const { issue, from, to } = castOf(sandbox);
      const panel = await openPanel(page, sandbox, issue.key);
      await move(panel, from.name, to.name);
      await flagsOf(page).getByRole('button', { name: 'Undo' }).waitFor();
      await sandbox.host.platform.queue.idle();
      // The column beside the panel says what it said when the work item was opened.
      const moved = await openPanel(page, sandbox, issue.key);
      await moved.getByText('confirmed', { exact: true }).waitFor();
      await moved.getByRole('button', { name: 'Undo' }).waitFor();
      return page.locator('.issue');
    },
  },
  {
    name: 'board',
    take: async (page, sandbox) => {
      await knowEverybody(sandbox);
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
      await admin.getByText('Memberships can be read.').waitFor({ timeout: 90_000 });
      return admin.locator('section').filter({ hasText: 'Memberships can be read.' });
    },
  },
  {
    name: 'people',
    take: async (page, sandbox) => {
      await knowEverybody(sandbox);
      await visitAs(page.context(), sandbox, { accountId: sandbox.jira.adminAccountId });
      const admin = await openAdmin(page, sandbox, 'people');
      await admin.getByText(/^All reporters are known\./).waitFor();
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
      await isWhole(page.locator('.component-form iframe'));
      return page.locator('.component-form');
    },
  },
  {
    name: 'bulk',
    height: 1230,
    take: async (page, sandbox) => {
      await knowEverybody(sandbox);
      await visitAs(page.context(), sandbox, { accountId: sandbox.jira.adminAccountId });
      await page.goto(`${sandbox.url}/apps/segments-bulk`);
      const bulk = page.frameLocator('iframe');
      await bulk.getByLabel('Query (JQL)').fill('project = ACME AND type = Bug AND created >= -90d');
      await bulk.getByText('Move to a segment', { exact: true }).click();
      await bulk.getByLabel('To', { exact: true }).selectOption({ label: castOf(sandbox).to.name });
      await bulk.getByRole('button', { name: 'Preview' }).click();
      await bulk.getByRole('button', { name: /^Move \d+ people$/ }).waitFor();
      // Names come after the rows, from Jira.
      await bulk.getByRole('cell', { name: 'someone', exact: true }).first().waitFor({ state: 'detached' });
      await isWhole(page.locator('iframe'));
      return page.locator('iframe');
    },
  },
];

/**
 * What happens by itself within minutes: the directory is read, and then every project's reporters, who are linked
 * where they are certain. Throws when they are not: no picture shows a site that nobody has.
 */
async function knowEverybody({ host }: Sandbox): Promise<void> {
  for (let ticks = 0; ticks < 4 && countLinks(host) < CERTAIN; ticks += 1) {
    await host.runScheduledTrigger('tick');
    await host.platform.queue.idle();
  }
  if (countLinks(host) < CERTAIN) throw new Error(`Only ${countLinks(host)} of ${CERTAIN} reporters are linked`);
}

/**
 * Waits until a frame is as high as what is in it: the page around it learns of that a moment later, and of a frame
 * that nobody sees not at all.
 */
async function isWhole(frame: Locator): Promise<void> {
  await frame.scrollIntoViewIfNeeded();
  const inside = frame.contentFrame().locator('html');
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const [box, height] = await Promise.all([frame.boundingBox(), inside.evaluate((root) => root.scrollHeight)]);
    if (box !== null && box.height >= height) return;
    await frame.page().waitForTimeout(TRY_AGAIN_MS);
  }
  throw new Error('A frame does not become as high as what is in it');
}

/** Switches the field *Reporter segments* on for all segments, as an admin does, and waits until it is filled. */
async function fillField({ host, jira, simulator }: Sandbox): Promise<void> {
  await host.invoke({
    moduleKey: 'segments-admin',
    functionKey: 'admin.saveField',
    payload: { isOn: true, segmentIds: simulator?.segments.map(({ id }) => id) ?? [] },
    accountId: jira.adminAccountId,
  });
  await host.platform.queue.idle();
}

function countLinks({ kvs }: Sandbox['host']): number {
  return kvs.entity('link').filter(({ value }) => linkSchema.safeParse(value).success).length;
}

/** Takes a picture of a part of the page, of all of it unless a height is given. */
async function shoot(page: Page, part: Locator, { path: file, height, margin = 0 }: Picture): Promise<void> {
  const options = { path: file, animations: 'disabled' } as const;
  if (height === undefined && margin === 0) return void (await part.screenshot(options));
  // A part of the whole page is told by where it is in it, and a box by where it is on the screen.
  await page.evaluate(() => window.scrollTo(0, 0));
  const box = await part.boundingBox();
  if (box === null) throw new Error(`There is nothing to see for ${file}`);
  const [x, y] = [Math.max(0, box.x - margin), Math.max(0, box.y - margin)];
  const clip = {
    x,
    y,
    width: box.x + box.width + margin - x,
    height: Math.min(box.height, height ?? box.height) + box.y + margin - y,
  };
  await page.screenshot({ ...options, fullPage: true, clip });
}

async function main(): Promise<void> {
  const executablePath = process.env.CHROME_PATH;
  const browser = await chromium.launch({
    args: ['--no-sandbox'],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  const sandbox = await startSandbox({ extraReporters: 142, isLiving: true });
  // All of them, or those that are named: `npm run screenshots -- automation`.
  const wanted = process.argv.slice(2);
  try {
    for (const { name, take, ...picture } of SHOTS.filter(
      (shot) => wanted.length === 0 || wanted.includes(shot.name),
    )) {
      await sandbox.reset();
      // Everything that a site can have tried with a test person.
      prove(sandbox.host, ['add']);
      const context = await browser.newContext({ viewport: { width: 1080, height: 800 } });
      const page = await context.newPage();
      const part = await take(page, sandbox);
      const file = path.join(IMAGES, `${name}.png`);
      await shoot(page, part.first(), { ...picture, path: file });
      console.log(file);
      await context.close();
    }
  } finally {
    await sandbox.stop();
    await browser.close();
  }
}

void main();
