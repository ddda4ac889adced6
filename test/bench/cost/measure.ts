import path from 'node:path';
import { z } from 'zod';
import { boardResolver } from '../../../src';
import type { BoardMembers, BoardView } from '../../../src/contract';
import { scheduledTriggersOf } from '../../../sandbox/forge/scheduledTriggers';
import { readManifest } from '../../../sandbox/forge/manifest';
import { createSite, type Site } from '../../support/site';
import { startVirtualTime, type VirtualTime } from '../../support/virtualTime';
import type { CostFigures } from '.';

const SIZES = [5_000, 100_000] as const;
const SEGMENTS = 12;
const DAY_MINUTES = 1_440;
const MINUTE_MS = 60_000;
const DAYS_A_MONTH = 30.4;
/** How often the manifest's intervals come round, in minutes. */
const MINUTES = { fiveMinute: 5, hour: 60, day: DAY_MINUTES, week: 7 * DAY_MINUTES } as const;

/** Measures both in the sandbox: the points by its Jira's meter, the invocations by playing a day of the manifest's schedule in virtual time. */
export async function measureCost(say: (line: string) => void): Promise<CostFigures> {
  const opened: number[] = [];
  for (const extraIssues of SIZES) opened.push(await pointsOfSite(extraIssues, say));
  return { boardPoints: Math.max(...opened), idleInvocationsPerMonth: Math.round((await idleDay(say)) * DAYS_A_MONTH) };
}

async function pointsOfSite(extraIssues: number, say: (line: string) => void): Promise<number> {
  const site = await createSite({ offline: true, segments: SEGMENTS, extraIssues });
  try {
    const panel = await spentBy(site, async () => void answered(await site.panel('panel.open', undefined)));
    const board = await spentBy(site, () => openBoard(site));
    const people = await spentBy(site, async () => {
      answered(await site.admin('admin.sync'));
      answered(await site.admin('admin.directory'));
    });
    const bulk = await spentBy(site, async () => void answered(await site.bulk('bulk.open')));
    say(
      `points with ${String(site.jira.issues.length)} issues: panel (cold) ${String(panel)}, board ${String(board)}, People tab ${String(people)}, bulk page ${String(bulk)}`,
    );
    return board;
  } finally {
    await site.stop();
  }
}

/** Asks all that the page asks as it opens. */
async function openBoard(site: Site): Promise<void> {
  const ask = async (functionKey: string, payload?: unknown): Promise<unknown> =>
    answered(
      await site.app.invoke(boardResolver, {
        moduleKey: 'segments-board',
        functionKey,
        payload,
        extension: { project: { id: '10000', key: 'ACME' } },
        accountId: site.jira.defaultAccountId,
      }),
    );
  const { segments } = viewSchema.parse(await ask('board.open'));
  if (segments.length !== SEGMENTS) throw new Error(`The board opened with ${String(segments.length)} segments`);
  for (const { id: segmentId } of segments) {
    for (let afterMemberId: number | null = null, isMore = true; isMore; isMore = afterMemberId !== null) {
      const part: z.infer<typeof partSchema> = partSchema.parse(
        await ask('board.members', { segmentId, afterMemberId }),
      );
      afterMemberId = part.nextAfterMemberId;
    }
  }
  await ask('board.reporters');
}

async function spentBy(site: Site, work: () => Promise<void>): Promise<number> {
  const before = site.jira.points();
  await work();
  return site.jira.points() - before;
}

/** Plays one day of the manifest's schedule on a connected site that nobody uses, and counts the invocations. */
async function idleDay(say: (line: string) => void): Promise<number> {
  const triggers = scheduledTriggersOf(readManifest(path.join(__dirname, '../../..')));
  const unknown = triggers.filter(({ key }) => key !== 'tick');
  if (unknown.length > 0)
    throw new Error(`The benchmark can't run ${unknown.map(({ key }) => key).join(', ')}: it has to be told how`);
  const time = startVirtualTime();
  let deliveries = 0;
  const site = await time.until(
    createSite({
      offline: true,
      refreshes: true,
      onDelivery: (key, run) => ((deliveries += 1), run(`${key}-${String(deliveries)}`)),
    }),
  );
  try {
    // What connecting has begun is no part of an idle day.
    await time.until(site.platform.queue.idle());
    deliveries = 0;
    const points = site.jira.points();
    const ticks = await playDay(
      site,
      time,
      triggers.map(({ interval = 'hour' }) => MINUTES[interval]),
    );
    say(
      `an idle day: ${String(ticks)} scheduled runs, ${String(deliveries)} deliveries, ${String(site.jira.points() - points)} points of Jira's`,
    );
    return ticks + deliveries;
  } finally {
    await site.stop();
    time.stop();
  }
}

async function playDay(site: Site, time: VirtualTime, everyMinutes: readonly number[]): Promise<number> {
  const step = Math.min(...everyMinutes);
  let ticks = 0;
  for (let minute = step; minute <= DAY_MINUTES; minute += step) {
    await time.pass(step * MINUTE_MS);
    for (const every of everyMinutes) {
      if (minute % every !== 0) continue;
      ticks += 1;
      await time.until(site.tick());
    }
  }
  await time.until(site.platform.queue.idle());
  return ticks;
}

const okSchema = z.object({ kind: z.literal('ok'), value: z.unknown() });
const viewSchema: z.ZodType<Pick<BoardView, 'segments'>> = z.object({
  segments: z.array(z.object({ id: z.number(), name: z.string(), members: z.number().nullable() })),
});
const partSchema: z.ZodType<Pick<BoardMembers, 'nextAfterMemberId'>> = z.object({
  nextAfterMemberId: z.number().nullable(),
});

/** The value of an answer. Throws for a problem: a page that did not open has cost nothing that counts. */
function answered(answer: unknown): unknown {
  const parsed = okSchema.safeParse(answer);
  if (!parsed.success) throw new Error(`The app answered with ${JSON.stringify(answer)}`);
  return parsed.data.value;
}
