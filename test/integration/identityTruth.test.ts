import { z } from 'zod';
import { changeIdentity, readIdentitySync, readReporters, readSyncTotals } from '../../src/adapters/store';
import { answerFromCrowd, type Crowd, type CrowdAccount } from '../support/crowdedJira';
import { askNow } from '../support/directory';
import { createIdentityLab } from '../support/identityLab';
import {
  castOf,
  chances,
  changedAccount,
  issuesOf,
  oneOf,
  wantingOf,
  type Chance,
  type StoryMember,
  type Told,
} from '../support/identityStory';
import type { Site } from '../support/site';

/** How many stories are played: a few with every test, 2,000 where `IDENTITY_STORIES` says so, from one on. */
const STORIES = Number(process.env.IDENTITY_STORIES ?? '20');
const FIRST_STORY = Number(process.env.IDENTITY_FIRST_STORY ?? '1');
const PEOPLE = Number(process.env.IDENTITY_PEOPLE ?? '60');
const FEW = ['ONE', 'TWO', 'SIX', 'SHUT'];
/** More than one row of storage holds, and than Jira lists at once: one story in twenty has so many. */
const MANY = [...FEW, ...Array.from({ length: 100 }, (_, nth) => `P${letters(nth)}`)];
const HOUR_MS = 3_600_000;
const MONTH_MS = 31 * 24 * HOUR_MS;

const lab = createIdentityLab();
const linkSchema = z.object({ state: z.enum(['linked', 'unlinked']), memberId: z.number(), how: z.string() });

/** A site in the middle of a story. */
type Story = {
  readonly site: Site;
  readonly chance: Chance;
  readonly crowd: Crowd;
  readonly told: readonly Told[];
  readonly areCustomersTrusted: boolean;
  /** The hour for which Jira said that few points are left, and whether the app must have heard it. */
  readonly near: { hour: number; isHeard: boolean };
};

const inApp = <T>({ site }: Story, work: () => Promise<T>): Promise<T> => site.app.runAs({ moduleKey: 'tick' }, work);
const hourNow = (): number => Math.floor(Date.now() / HOUR_MS);

function letters(nth: number): string {
  return String.fromCharCode(65 + Math.floor(nth / 26), 65 + (nth % 26));
}

const membersOf = ({ simulator }: Site): StoryMember[] =>
  simulator.truth.snapshot().members.filter(({ segmentIds }) => segmentIds.length > 0);

async function begin(seed: number): Promise<Story> {
  const chance = chances(seed);
  const site = await lab.open({
    members: Math.max(200, PEOPLE * 2),
    segments: 5,
    seed: 1 + (seed % 4),
    queueSecondMs: 1,
  });
  const areCustomersTrusted = chance() < 0.5;
  const told = castOf(chance, membersOf(site), PEOPLE);
  for (const { account, link } of told)
    if (link !== null)
      site.platform.kvs.handle('/api/v1/entity/set', {
        entityName: 'link',
        key: account.accountId,
        value: { ...link, how: 'manual', atMs: 1 },
      });
  const projects = seed % 20 === 10 ? MANY : FEW;
  const issues = issuesOf(chance, told, projects);
  const near: Story['near'] = { hour: 0, isHeard: false };
  const crowd: Crowd = {
    projects,
    closed: new Set(['SHUT']),
    accounts: new Map(told.map(({ account }) => [account.accountId, account])),
    issues,
    pageSize: 5 + Math.floor(chance() * 30),
    refusesGoneKeys: chance() < 0.5,
    // Of the site's number alone, so that what else happens in a story stays as it was.
    refusesNames: seed % 4 === 3,
    countsAbout: seed % 2 === 1 ? issues.length + 5_000 : issues.length,
    afterPage: () => {
      // A second issue of somebody goes.
      const place = Math.floor(chance() * issues.length);
      const gone = issues[place];
      const others = issues.filter((one) => one.accountId === gone?.accountId && one.projectKey === gone.projectKey);
      if (chance() < 0.3 && others.length > 1) issues.splice(place, 1);
    },
    isNearLimit: () => {
      expect([near.hour === hourNow(), near.isHeard]).not.toEqual([true, true]);
      if (chance() > 0.02) return false;
      near.hour = hourNow();
      near.isHeard = false;
      return true;
    },
  };
  lab.intercept(site, answerFromCrowd(crowd));
  const story = { site, chance, crowd, told, areCustomersTrusted, near };
  await inApp(story, () => changeIdentity({ customers: { kind: areCustomersTrusted ? 'all' : 'none' } }));
  return story;
}

/** In slices of some steps, at times two side by side, with calls that fail, until the cycle that begins now is over. */
async function work(story: Story): Promise<void> {
  const { site, chance, near } = story;
  const sinceMs = Date.now();
  for (let slices = 0; slices < 800; slices += 1) {
    // So few that the limiter of fetches, which knows the real clock, has none of them wait.
    let steps = Math.floor(chance() * 6);
    const limiter = {
      spend: () => Promise.resolve(),
      hasTime: () => {
        steps -= 1;
        return steps >= 0;
      },
    };
    const isFailing = chance() < 0.3;
    let calls = isFailing ? Math.floor(chance() * 60) : Number.POSITIVE_INFINITY;
    const heal = site.platform.intercept(() => {
      calls -= 1;
      if (calls < 0) throw new TypeError('fetch failed');
      return undefined;
    });
    const slice = () => site.syncSlice({}, limiter).catch(() => undefined);
    await (chance() < 0.2 ? Promise.all([slice(), slice()]) : slice());
    heal();
    // Whoever died at the answer could note nothing of it.
    near.isHeard = !isFailing;
    lab.wait(11 * 60_000);
    const sync = await inApp(story, readIdentitySync);
    if (sync?.phase === 'done' && sync.startedAtMs >= sinceMs) return;
  }
  throw new Error('The identity sync does not end');
}

type Links = ReadonlyMap<string, { readonly memberId: number; readonly how: string }>;

function linksOf({ site }: Story): Links {
  const rows = site.platform.kvs.entity('link').map(({ key, value }) => [key, linkSchema.parse(value)] as const);
  return new Map(rows.filter(([, { state }]) => state === 'linked'));
}

/** People who report something that the app may read. */
function shownIn({ crowd }: Story): ReadonlySet<string> {
  const readable = crowd.issues.filter(({ projectKey }) => !crowd.closed.has(projectKey));
  const shown = new Set(readable.map(({ accountId }) => accountId));
  shown.delete('unknown');
  return shown;
}

/**
 * Whoever has a link has it by the rules: what stood stands, who was unlinked stays so, and who is new has the address
 * of that member, who has nobody else.
 */
function expectRules(story: Story, before: Links, wanting: ReadonlyMap<number, readonly string[]>): void {
  const links = linksOf(story);
  for (const [accountId, { memberId }] of before) expect(links.get(accountId)?.memberId).toBe(memberId);
  for (const { account, link } of story.told)
    if (link?.state === 'unlinked') expect(links.has(account.accountId)).toBe(false);
  const owners = new Map<number, string[]>();
  for (const [accountId, { memberId }] of links) owners.set(memberId, [...(owners.get(memberId) ?? []), accountId]);
  for (const [accountId, { memberId, how }] of links) {
    if (how === 'email') expect([memberId, owners.get(memberId)]).toEqual([memberId, [accountId]]);
    if (!before.has(accountId)) expect(wanting.get(memberId)).toContain(accountId);
  }
}

/** Whoever is the only one to want a member whom nobody has or had is linked. */
function expectNobodyMissed(
  story: Story,
  wanting: ReadonlyMap<number, readonly string[]>,
  contested: ReadonlySet<number>,
): void {
  const links = linksOf(story);
  const taken = new Set([...links.values()].map(({ memberId }) => memberId));
  const unlinked = new Set(story.told.flatMap(({ account, link }) => (link === null ? [] : [account.accountId])));
  const shown = shownIn(story);
  for (const [memberId, accountIds] of wanting) {
    const [accountId, ...others] = accountIds.filter((id) => shown.has(id) && !links.has(id));
    if (accountId === undefined || others.length > 0 || taken.has(memberId) || contested.has(memberId)) continue;
    expect([memberId, accountId, unlinked.has(accountId)]).toEqual([memberId, accountId, true]);
  }
}

async function expectKnown(story: Story): Promise<void> {
  const totals = await inApp(story, readSyncTotals);
  const known = Object.values(totals?.counts ?? {}).reduce((sum, { reporters }) => sum + reporters, 0);
  const rows = story.site.platform.kvs.entity('reporter').map(({ key }) => key);
  expect(rows.toSorted()).toEqual([...shownIn(story)].toSorted());
  expect(known).toBe(rows.length);
}

const wantingNow = ({ site, crowd, areCustomersTrusted }: Story) =>
  wantingOf(crowd.accounts.values(), membersOf(site), areCustomersTrusted);

/** A month later accounts and members have other addresses, are deactivated, or were erased. */
async function letAMonthPass({ site, chance, crowd, near }: Story): Promise<void> {
  const members = membersOf(site);
  for (const [accountId, account] of [...crowd.accounts]) {
    const changed = changedAccount(chance, account, members);
    if (changed === null) crowd.accounts.delete(accountId);
    else crowd.accounts.set(accountId, changed);
  }
  for (const [place, issue] of crowd.issues.entries())
    if (!crowd.accounts.has(issue.accountId)) crowd.issues[place] = { ...issue, accountId: 'unknown' };
  for (const { id } of members)
    if (chance() < 0.05)
      site.simulator.changeMember(id, {
        email: chance() < 0.5 ? `new-${String(id)}@elsewhere.example` : oneOf(members, chance).email,
      });
  lab.wait(MONTH_MS);
  near.isHeard = false;
  askNow(site);
  await site.refreshSlice();
  await site.platform.queue.idle();
}

/** Somebody reports for the first time, and no event tells of it. */
async function sweepNew(story: Story): Promise<void> {
  const { site, chance, crowd, near } = story;
  const fresh = Array.from({ length: 12 }, (_, nth): CrowdAccount => ({
    accountId: `fresh-${String(nth)}`,
    accountType: 'atlassian',
    active: true,
    email: oneOf(membersOf(site), chance).email,
  }));
  for (const [nth, account] of fresh.entries()) {
    crowd.accounts.set(account.accountId, account);
    crowd.issues.push({ projectKey: 'TWO', number: 8_000_000 + nth, accountId: account.accountId, isNew: true });
  }
  const before = linksOf(story);
  lab.wait(25 * HOUR_MS);
  for (let tries = 0; tries < 20; tries += 1) {
    near.isHeard = false;
    await site.syncSlice();
    lab.wait(HOUR_MS);
  }
  const known = await inApp(story, () => readReporters(fresh.map(({ accountId }) => accountId)));
  expect(known.size).toBe(fresh.length);
  expectRules(story, before, wantingNow(story));
}

async function play(seed: number): Promise<void> {
  const story = await begin(seed);
  const before = linksOf(story);
  const shown = shownIn(story);
  await work(story);
  const first = wantingNow(story);
  expectRules(story, before, first);
  const seen = (accountIds: readonly string[]): string[] => accountIds.filter((id) => shown.has(id));
  const contested = new Set([...first].flatMap(([id, accountIds]) => (seen(accountIds).length > 1 ? [id] : [])));
  expectNobodyMissed(story, first, contested);
  await expectKnown(story);
  const linked = linksOf(story);
  await letAMonthPass(story);
  await work(story);
  expectRules(story, linked, wantingNow(story));
  expectNobodyMissed(story, wantingNow(story), contested);
  await expectKnown(story);
  await sweepNew(story);
  expect(JSON.stringify(story.site.platform.kvs.entity('reporter'))).not.toContain('unknown');
}

it.each(Array.from({ length: STORIES }, (_, nth) => nth + FIRST_STORY))(
  'links exactly whom the rules allow, whatever goes wrong on the way (story %i)',
  async (seed) => {
    await play(seed);
  },
);
