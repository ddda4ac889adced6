import { chromium, type Browser, type Frame, type Page } from '@playwright/test';
import { z } from 'zod';
import type { BoardMember, BoardMembers, BoardMembersInput, BoardView, Segment } from '../../src/contract';
import { partAfter } from '../../src/features/board/members';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import { median } from './intervals';

/** What a column of 100,000 costs the browser over one of 1,000. */
export type BoardFigures = {
  /** From the start of the page's loading until the first cards are painted; medians of pairs. */
  readonly paintRatio: number;
  /** From letting a card go over another column until it is painted there as under way; medians of pairs. */
  readonly dragRatio: number;
};

/** How many pairs are counted; one more comes before them, uncounted. */
const PAIRS = 7;
const SIZES = { small: 1_000, large: 100_000 } as const;
const FROM: Segment = { id: 11, name: 'Everybody' };
const TO: Segment = { id: 15, name: 'Champions' };
const CARD_CENTRE_PX = 24;

type Timed = { readonly paintMs: number; readonly dragMs: number };

/**
 * Measures the built page in the sandbox's Jira. The app's answers are made beforehand and given at once,
 * because how long Shorter Loop takes to tell of 100,000 people is not the page's doing; they come in the
 * parts in which the app gives them. Small and large take leases in one browser.
 */
export async function measureBoard(say: (line: string) => void): Promise<BoardFigures> {
  const sandbox = await startSandbox({ members: 20, segments: 2 });
  const executablePath = process.env.CHROME_PATH;
  const browser = await chromium.launch({
    args: ['--no-sandbox', '--disable-gpu'],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  try {
    const pairs: { readonly small: Timed; readonly large: Timed }[] = [];
    for (let nth = 0; nth <= PAIRS; nth += 1)
      pairs.push({
        small: await measureOnce(browser, sandbox, SIZES.small),
        large: await measureOnce(browser, sandbox, SIZES.large),
      });
    const counted = pairs.slice(1);
    const of = (size: 'small' | 'large', what: keyof Timed): number => median(counted.map((pair) => pair[size][what]));
    for (const what of ['paintMs', 'dragMs'] as const)
      say(
        `board, ${what}: ${of('small', what).toFixed(1)} ms with 1,000 members, ${of('large', what).toFixed(1)} ms with 100,000 (medians of ${String(PAIRS)} pairs)`,
      );
    return {
      paintRatio: rounded(of('large', 'paintMs') / of('small', 'paintMs')),
      dragRatio: rounded(of('large', 'dragMs') / of('small', 'dragMs')),
    };
  } finally {
    await browser.close();
    await sandbox.stop();
  }
}

async function measureOnce(browser: Browser, sandbox: Sandbox, size: number): Promise<Timed> {
  const page = await browser.newPage({ viewport: { width: 1_400, height: 1_000 } });
  try {
    await answerAtOnce(page, size);
    await page.goto(`${sandbox.url}/projects/ACME/board`);
    const frame = await boardFrame(page);
    const paintMs = await frame.evaluate(firstCardsPainted);
    // The drag begins once all parts are there: a page that still takes in people is another matter.
    await frame.waitForFunction(
      (count) =>
        document.querySelector('.count [aria-hidden]')?.textContent.replace(/\D/g, '') === count &&
        document.querySelector('.column-note')?.textContent === '',
      String(size),
    );
    return { paintMs, dragMs: await drag(page, frame) };
  } finally {
    await page.close();
  }
}

async function boardFrame(page: Page): Promise<Frame> {
  const element = await page.waitForSelector('iframe', { state: 'attached' });
  const frame = await element.contentFrame();
  if (frame === null) throw new Error('The board has no frame');
  await frame.waitForSelector('.columns');
  return frame;
}

/** Runs in the page: the time, since it began to load, of the frame after the one that drew cards. */
async function firstCardsPainted(): Promise<number> {
  // No function of its own here: its name would be one of a helper that the page does not have.
  while (document.querySelector('.card') === null) await new Promise(requestAnimationFrame);
  // The frame that shows them has ended when the next one begins.
  await new Promise(requestAnimationFrame);
  return performance.now();
}

/** Drags the first card of the first column onto the second. */
async function drag(page: Page, frame: Frame): Promise<number> {
  const card = await frame.waitForSelector('[data-segment="11"] .card');
  const target = await frame.waitForSelector('[data-segment="15"]');
  const [from, to] = [await card.boundingBox(), await target.boundingBox()];
  if (from === null || to === null) throw new Error('The board is not drawn');
  await page.mouse.move(from.x + from.width / 2, from.y + CARD_CENTRE_PX);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2 + 20, from.y + CARD_CENTRE_PX + 20);
  await page.mouse.move(to.x + to.width / 2, to.y + 200, { steps: 4 });
  const shown = frame.evaluate(dropPainted);
  await page.mouse.up();
  return shown;
}

/** Runs in the page: from the drop to the frame after the one that drew the card in the other column. */
async function dropPainted(): Promise<number> {
  const droppedMs = await new Promise<number>((resolve) =>
    addEventListener('drop', () => resolve(performance.now()), { once: true, capture: true }),
  );
  while (document.querySelector('[data-segment="15"] .card-pending') === null) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - droppedMs;
}

/** Answers what the page invokes from memory; a move never comes to an end. */
async function answerAtOnce(page: Page, size: number): Promise<void> {
  const people = new Map([
    [FROM.id, Array.from({ length: size }, (_, nth): BoardMember => [nth + 1, `Member number ${String(nth + 1)}`])],
    [TO.id, Array.from({ length: 50 }, (_, nth): BoardMember => [200_000 + nth, `Champion ${String(nth)}`])],
  ]);
  const view: BoardView = {
    segments: [FROM, TO].map((segment) => ({ ...segment, members: people.get(segment.id)?.length ?? 0 })),
    countedAtMs: 0,
    refusals: { move: null, remove: null, add: null, others: null },
    inviteRefusal: null,
    sync: null,
  };
  const partOf = (segment: Segment, afterMemberId: number | null): BoardMembers => {
    const members = people.get(segment.id) ?? [];
    return { segment, total: members.length, ...partAfter(members, afterMemberId ?? 0) };
  };
  const parts = new Map([FROM, TO].flatMap((segment) => partsOf((afterMemberId) => partOf(segment, afterMemberId))));
  await page.route('**/__forge/bridge', async (route) => {
    const asked: unknown = route.request().postDataJSON();
    const { op, data } = bridgeCall(asked);
    if (op !== 'invoke') return route.continue();
    const answer = (body: string) => route.fulfill({ contentType: 'application/json', body });
    switch (data.functionKey) {
      case 'board.open':
        return answer(ok(view));
      case 'board.members':
        return answer(parts.get(partKey(data.payload.segmentId, data.payload.afterMemberId)) ?? '');
      case 'board.reporters':
        return answer(ok({ months: [], issues: 0, total: 0, points: 0, kept: null, withoutSegment: [] }));
      default:
        return new Promise<void>(() => undefined);
    }
  });
}

/** All parts of a column as the page will ask for them, written out. */
function partsOf(partAt: (afterMemberId: number | null) => BoardMembers): [string, string][] {
  const parts: [string, string][] = [];
  let afterMemberId: number | null = null;
  do {
    const part: BoardMembers = partAt(afterMemberId);
    parts.push([partKey(part.segment.id, afterMemberId), ok(part)]);
    afterMemberId = part.nextAfterMemberId;
  } while (afterMemberId !== null);
  return parts;
}

function partKey(segmentId: number, afterMemberId: number | null): string {
  return `${String(segmentId)} ${String(afterMemberId)}`;
}

function ok(value: object): string {
  return JSON.stringify({ ok: { kind: 'ok', value } });
}

const membersSchema: z.ZodType<BoardMembersInput> = z.object({
  segmentId: z.number(),
  afterMemberId: z.number().nullable(),
});
const callSchema = z.object({
  op: z.string(),
  data: z
    .object({
      functionKey: z.string().default(''),
      payload: membersSchema.catch({ segmentId: 0, afterMemberId: null }),
    })
    .catch({ functionKey: '', payload: { segmentId: 0, afterMemberId: null } }),
});

function bridgeCall(asked: unknown): z.infer<typeof callSchema> {
  return callSchema.parse(asked);
}

function rounded(ratio: number): number {
  return Number(ratio.toFixed(3));
}
