import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, FrameLocator, Page } from '@playwright/test';
import type { Sandbox } from '../../sandbox/sandbox';
import { stepsOf, type GuideAction } from '../support/guide';
import { expect, openAdmin, openPanel, test, visitAs } from './site';

const STEPS = stepsOf(
  readFileSync(path.join(__dirname, '../../docs/admin.md'), 'utf8'),
  'In five minutes: from installed to a confirmed move',
);

/** A reader who knows nothing but the guide, the key and the number that Shorter Loop gave them. */
type Reader = { readonly page: Page; readonly context: BrowserContext; readonly site: Sandbox; frame: FrameLocator };

test.use({ sandboxOptions: { fresh: true } });

test('docs/admin.md alone leads from a fresh installation to a confirmed move', async ({ site, page, context }) => {
  expect(STEPS.map(({ number }) => number)).toEqual(STEPS.map((_step, nth) => nth + 1));
  expect(STEPS.length).toBeGreaterThanOrEqual(10);
  const reader: Reader = { page, context, site, frame: page.frameLocator('iframe') };
  for (const { number, text, actions } of STEPS) {
    await test.step(`${number}. ${text}`, async () => {
      expect(actions.length, 'a step that tells to do nothing').toBeGreaterThan(0);
      for (const action of actions) await follow(reader, action);
    });
  }
  const writes = site.simulator?.truth.writes() ?? [];
  // There and back for the proof, and the move on the issue.
  expect(writes).toHaveLength(3);
});

async function follow(reader: Reader, action: GuideAction): Promise<void> {
  switch (action.verb) {
    case 'open':
      reader.frame = await open(reader, action.place);
      return;
    case 'enter':
      return scope(reader.frame).getByLabel(action.label).fill(valueOf(reader, action.value));
    case 'choose':
      return chooseFirst(reader.frame, action.label);
    case 'press':
      return scope(reader.frame)
        .getByRole('button')
        .filter({ hasText: exactly(action.label) })
        .first()
        .click();
    case 'see':
      // In its very letters: a dialog that says what will be confirmed is not yet “Confirmed”.
      return expect(reader.frame.getByText(new RegExp(escaped(action.label))).first()).toBeVisible();
  }
}

/** The places that the guide names, by the words for them in it. */
async function open({ page, context, site }: Reader, place: string): Promise<FrameLocator> {
  switch (place) {
    case 'Jira settings → Apps → Shorter Loop segments':
      await visitAs(context, site, { accountId: site.jira.adminAccountId });
      return openAdmin(page, site);
    case 'a work item whose reporter is a member':
      await visitAs(context, site);
      return openPanel(page, site, site.jira.issueFor('one').key);
    default:
      throw new Error(`Nobody knows where “${place}” is`);
  }
}

function valueOf({ site: { simulator } }: Reader, value: string): string {
  const known: Record<string, string | undefined> = {
    'your API key': simulator?.key,
    'your initiative id': String(simulator?.initiativeId),
  };
  const found = known[value];
  if (found === undefined) throw new Error(`Nobody knows “${value}”`);
  return found;
}

/** The first choice below the prompt, in the select that has this label or this prompt. */
async function chooseFirst(frame: FrameLocator, label: string): Promise<void> {
  // A list to search and choose from: what is chosen is done at once.
  if ((await frame.getByPlaceholder(label, { exact: true }).count()) > 0) {
    await frame.getByRole('option').first().click();
    return;
  }
  const labelled = frame.getByLabel(label, { exact: true });
  const prompted = frame.locator('select').filter({ has: frame.locator('option', { hasText: exactly(label) }) });
  const select = labelled.or(prompted).first();
  await expect(select.locator('option').nth(1)).toBeAttached();
  await select.selectOption({ index: 1 });
}

/** An open dialog is all that can be used. */
function scope(frame: FrameLocator) {
  return frame.locator('dialog[open], body:not(:has(dialog[open]))').first();
}

function exactly(text: string): RegExp {
  return new RegExp(`^${escaped(text)}$`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
