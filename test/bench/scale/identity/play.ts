import { readIdentitySync, readRefresh, readSyncTotals } from '../../../../src/adapters/store';
import { askForRefresh } from '../../../../src/usecases/jobs';
import { syncWhenDue } from '../../../../src/usecases/identity';
import type { Interceptor } from '../../../../sandbox/forge/platform';
import { createMeter as createJiraMeter } from '../../../../sandbox/jira/points';
import { createSite, type Site } from '../../../support/site';
import { startVirtualTime, type VirtualTime } from '../../../support/virtualTime';
import { slowStorage } from '../../slowStorage';
import { brokenBy, createMeter, type Peaks } from '../meter';
import { ISSUES_A_REPORTER, jiraOf } from './jira';

/** How many members a segment has. */
const MEMBERS_A_SEGMENT = 5_000;
const FEWEST_SEGMENTS = 6;
/** Of each request to Shorter Loop, in milliseconds of virtual time. */
const LATENCY_MS = 300;
/** How often the app's scheduled trigger runs. */
const TICK_MS = 300_000;
/** The directory is refreshed more often; what that costs is not counted here, and within a day it is not stale. */
const REFRESH_MS = 12 * 3_600_000;
/** The first of them matter to whoever has just connected. */
const FIRST = 1_000;
const FIVE_MINUTES_MS = 300_000;

/** What knowing the reporters of a site took in virtual time, from the connection on, and what it used. */
export type PlayedSync = {
  readonly reporters: number;
  readonly issues: number;
  readonly linked: number;
  /** Until everybody is known, with the hours in which it rests for Jira's points. */
  readonly hours: number;
  /** The same without them. */
  readonly workedMinutes: number;
  /** Until the first thousand were linked, with the first refresh of the directory. */
  readonly minutesToFirst: number | null;
  /** How many were linked five minutes after the connection. */
  readonly linkedInFive: number;
  /** Jira's points, as Jira counts them. */
  readonly points: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  /** To storage, to Jira and to Shorter Loop. */
  readonly calls: number;
  readonly consumerSeconds: number;
  readonly peaks: Peaks;
  readonly broken: readonly string[];
};

/** Plays the identity sync of a site with so many reporters, all of them members. Throws when somebody is missed. */
export async function playSync(reporters: number): Promise<PlayedSync> {
  const time = startVirtualTime();
  try {
    const startMs = Date.now();
    const site = await time.until(
      createSite({
        offline: true,
        members: Math.ceil(reporters * 1.02),
        segments: Math.max(FEWEST_SEGMENTS, Math.ceil(reporters / MEMBERS_A_SEGMENT)),
        refreshes: true,
        syncs: true,
      }),
    );
    return await playOn(site, time, startMs, reporters);
  } finally {
    time.stop();
  }
}

async function playOn(site: Site, time: VirtualTime, startMs: number, reporters: number): Promise<PlayedSync> {
  const emails = emailsOf(site);
  const emailOf = (nth: number): string => emails[nth] ?? '';
  const meter = createMeter({ areQuestionsFetches: true });
  const jira = createJiraMeter(Date.now);
  const first = watchFirst(startMs);
  site.platform.intercept(slowStorage);
  site.platform.intercept(slowShorterLoop);
  site.platform.intercept(answerFrom(jira.behind(jiraOf(reporters, emailOf))));
  site.platform.intercept(first.intercept);
  site.platform.intercept(meter.intercept);
  let refreshedMs = 0;
  await time.until(site.platform.queue.idle());
  const readSync = () => time.until(site.app.runAs({ moduleKey: 'tick' }, readIdentitySync));
  for (let sync = await readSync(); sync?.phase !== 'done'; sync = await readSync()) {
    site.platform.clearRecords();
    const nextMs = Math.max(Date.now() + 1, sync?.restsUntilMs ?? 0);
    await time.pass(Math.ceil(nextMs / TICK_MS) * TICK_MS - Date.now());
    if (Date.now() - refreshedMs > REFRESH_MS) {
      refreshedMs = Date.now();
      await meter.without(() => time.until(refreshed(site)));
    }
    await time.until(site.app.runAs({ moduleKey: 'tick' }, syncWhenDue));
    await time.until(site.platform.queue.idle());
  }
  const hours = (Date.now() - startMs) / 3_600_000;
  const totals = await time.until(site.app.runAs({ moduleKey: 'tick' }, readSyncTotals));
  const sync = await readSync();
  const linked = totals?.counts.linked.reporters ?? 0;
  const known = Object.values(totals?.counts ?? {}).reduce((sum, { reporters: those }) => sum + those, 0);
  if (known !== reporters || linked !== reporters)
    throw new Error(`Of ${String(reporters)} reporters ${String(known)} are known and ${String(linked)} linked`);
  const peaks = meter.peaks();
  const { storage, fetches, questions, writeUnits, readUnits } = meter.totals;
  await time.until(site.stop());
  return {
    reporters,
    issues: reporters * ISSUES_A_REPORTER,
    linked,
    hours: rounded(hours, 2),
    workedMinutes: rounded((sync?.workedMs ?? 0) / 60_000, 1),
    minutesToFirst: first.atMs() === null ? null : rounded((first.atMs() ?? 0) / 60_000, 2),
    linkedInFive: first.inFive(),
    points: jira.points(),
    writeUnits,
    readUnits,
    calls: storage + fetches + questions,
    consumerSeconds: Math.round(meter.livedMs() / 1_000),
    peaks,
    broken: brokenBy(peaks),
  };
}

/** The addresses of those who are in a segment and linked to nobody yet, each of one member. */
function emailsOf({ simulator, jira }: Site): readonly string[] {
  const owners = new Map<string, number>();
  const linked = new Set(jira.links.map(({ memberId }) => memberId));
  const members = simulator.truth
    .snapshot()
    .members.filter(({ id, segmentIds }) => segmentIds.length > 0 && !linked.has(id));
  for (const { email } of members) owners.set(email.toLowerCase(), (owners.get(email.toLowerCase()) ?? 0) + 1);
  return [...owners].flatMap(([email, many]) => (many === 1 ? [email] : []));
}

async function refreshed(site: Site): Promise<void> {
  await site.app.runAs({ moduleKey: 'tick' }, askForRefresh);
  await site.platform.queue.idle();
  const refresh = await site.app.runAs({ moduleKey: 'tick' }, readRefresh);
  if (refresh?.failure !== null) throw new Error('The directory was not refreshed');
}

const slowShorterLoop: Interceptor = async ({ kind }, proceed) => {
  if (kind !== 'egress') return undefined;
  await new Promise((resolve) => setTimeout(resolve, LATENCY_MS));
  return proceed();
};

function answerFrom(rest: ReturnType<typeof jiraOf>): Interceptor {
  return ({ kind, path, method }, _proceed, { body }) =>
    kind === 'jira' ? rest({ as: 'app', accountId: null, method, path, body, scopes: [] }) : undefined;
}

/** Notes when {@link FIRST} links were stored, and how many within five minutes. */
function watchFirst(startMs: number) {
  let links = 0;
  let inFive = 0;
  let atMs: number | null = null;
  const intercept: Interceptor = ({ kind, path }, _proceed, { body }) => {
    if (kind !== 'kvs' || !path.endsWith('/entity/set') || body?.includes('"entityName":"link"') !== true)
      return undefined;
    const passedMs = Date.now() - startMs;
    links += 1;
    if (passedMs <= FIVE_MINUTES_MS) inFive = links;
    if (links === FIRST) atMs = passedMs;
    return undefined;
  };
  return { intercept, atMs: () => atMs, inFive: () => inFive };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
