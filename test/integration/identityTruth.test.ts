import { changeIdentity, readIdentitySync, readSyncTotals } from '../../src/adapters/store';
import { createSite, type Site } from '../support/site';
import { answerFromCrowd, type Crowd, type CrowdAccount, type CrowdIssue } from '../support/crowdedJira';

/** How many stories are played: a few with every test, 2,000 where `IDENTITY_STORIES` says so. */
const STORIES = Number(process.env.IDENTITY_STORIES ?? '20');
const PEOPLE = Number(process.env.IDENTITY_PEOPLE ?? '60');
const PROJECTS = ['ONE', 'TWO', 'SIX', 'SHUT'];

let site: Site;
let laterMs = 0;
beforeEach(() => {
  laterMs = 0;
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const now = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => now() + laterMs);
});
afterEach(() => site.stop());

/** Numbers from 0 to 1 that a seed decides. */
function chances(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

type Told = {
  readonly account: CrowdAccount;
  readonly link: { readonly memberId: number; readonly state: string } | null;
};

/** People as a site has them: most are certain, the others are customers, bots, hidden, deactivated, twice there. */
function castOf(chance: () => number, members: readonly { readonly id: number; readonly email: string }[]): Told[] {
  return Array.from({ length: PEOPLE }, (_, nth): Told => {
    const member = members[Math.floor(chance() * members.length)] ?? { id: 1, email: 'nobody@elsewhere.example' };
    const other = members[Math.floor(chance() * members.length)] ?? member;
    const kind = chance();
    const account: CrowdAccount = {
      accountId: `account-${String(nth)}`,
      accountType: kind < 0.1 ? 'customer' : kind < 0.14 ? 'app' : 'atlassian',
      active: chance() > 0.08,
      email: kind > 0.9 ? null : kind > 0.8 ? `nobody-${String(nth)}@elsewhere.example` : member.email.toUpperCase(),
    };
    const link = chance();
    if (link < 0.06) return { account, link: { memberId: other.id, state: 'linked' } };
    return { account, link: link < 0.12 ? { memberId: member.id, state: 'unlinked' } : null };
  });
}

/** Whom the rules allow to be linked: exactly those, and of each group of accounts that share a member one at most. */
function allowed(
  told: readonly Told[],
  members: readonly { readonly id: number; readonly email: string }[],
  all: boolean,
) {
  const owners = new Map<string, number[]>();
  for (const { id, email } of members)
    owners.set(email.toLowerCase(), [...(owners.get(email.toLowerCase()) ?? []), id]);
  const taken = new Set(told.flatMap(({ link }) => (link?.state === 'linked' ? [link.memberId] : [])));
  for (const { memberId, state } of site.jira.links) if (state === 'linked') taken.add(memberId);
  const wanting = new Map<number, string[]>();
  for (const { account, link } of told) {
    const [memberId, ...others] = owners.get(account.email?.toLowerCase() ?? '') ?? [];
    const isTrusted = account.accountType === 'atlassian' || (account.accountType === 'customer' && all);
    if (memberId === undefined || others.length > 0 || !isTrusted || !account.active || taken.has(memberId)) continue;
    // Who was unlinked is another account of that address, and takes nothing.
    if (link?.state === 'linked') continue;
    const known = wanting.get(memberId) ?? [];
    wanting.set(memberId, [...known, ...(link === null ? [account.accountId] : [`unlinked ${account.accountId}`])]);
  }
  return wanting;
}

async function play(seed: number): Promise<void> {
  const chance = chances(seed);
  site = await createSite({ members: Math.max(200, PEOPLE * 2), segments: 5, seed });
  await site.refreshSlice();
  const isAll = chance() < 0.5;
  await site.app.runAs({ moduleKey: 'tick' }, () => changeIdentity({ customers: { kind: isAll ? 'all' : 'none' } }));
  const members = site.simulator.truth.snapshot().members.filter(({ segmentIds }) => segmentIds.length > 0);
  const told = castOf(chance, members);
  for (const { account, link } of told)
    if (link !== null)
      site.platform.kvs.handle('/api/v1/entity/set', {
        entityName: 'link',
        key: account.accountId,
        value: { ...link, how: 'manual', atMs: 1 },
      });
  const issues: CrowdIssue[] = told.flatMap(({ account: { accountId } }, nth) =>
    Array.from({ length: 1 + Math.floor(chance() * 3) }, (_, one) => ({
      projectKey: PROJECTS[Math.floor(chance() * PROJECTS.length)] ?? 'ONE',
      number: (nth + 1) * 7 + one,
      accountId,
    })),
  );
  issues.push({ projectKey: 'ONE', number: 9_999, accountId: 'unknown' });
  const shown = new Set(issues.flatMap(({ projectKey, accountId }) => (projectKey === 'SHUT' ? [] : [accountId])));
  const crowd: Crowd = {
    projects: PROJECTS,
    closed: new Set(['SHUT']),
    accounts: new Map(told.map(({ account }) => [account.accountId, account])),
    issues,
    pageSize: 5 + Math.floor(chance() * 30),
    refusesGoneKeys: chance() < 0.5,
    afterPage: () => {
      // A second issue of somebody goes, and some later one comes.
      const place = Math.floor(chance() * issues.length);
      const gone = issues[place];
      const others = issues.filter((one) => one.accountId === gone?.accountId && one.projectKey === gone.projectKey);
      if (chance() < 0.3 && others.length > 1) issues.splice(place, 1);
    },
  };
  site.platform.intercept(answerFromCrowd(crowd));
  await work(chance);
  expectTruth(told, allowed(told, members, isAll), shown);
  const totals = await site.app.runAs({ moduleKey: 'tick' }, readSyncTotals);
  const known = Object.values(totals?.counts ?? {}).reduce((sum, { reporters }) => sum + reporters, 0);
  shown.delete('unknown');
  expect(known).toBe(shown.size);
  expect(JSON.stringify(site.platform.kvs.entity('reporter'))).not.toContain('unknown');
}

/** In slices of some steps, at times two side by side, with calls that fail. */
async function work(chance: () => number): Promise<void> {
  for (let slices = 0; slices < 200; slices += 1) {
    let steps = Math.floor(chance() * 6);
    const limiter = {
      spend: () => Promise.resolve(),
      hasTime: () => {
        steps -= 1;
        return steps >= 0;
      },
    };
    let calls = chance() < 0.3 ? Math.floor(chance() * 60) : Number.POSITIVE_INFINITY;
    const heal = site.platform.intercept(() => {
      calls -= 1;
      if (calls < 0) throw new TypeError('fetch failed');
      return undefined;
    });
    const slice = () => site.syncSlice({}, limiter).catch(() => undefined);
    await (chance() < 0.2 ? Promise.all([slice(), slice()]) : slice());
    heal();
    laterMs += 11 * 60_000;
    const sync = await site.app.runAs({ moduleKey: 'tick' }, readIdentitySync);
    if (sync?.phase === 'done') return;
  }
  throw new Error('The identity sync does not end');
}

function expectTruth(
  told: readonly Told[],
  wanting: ReadonlyMap<number, readonly string[]>,
  shown: ReadonlySet<string>,
) {
  const links = new Map(
    site.platform.kvs.entity('link').map(({ key, value }) => [key, value as { state: string; memberId: number }]),
  );
  const made = new Map(
    [...links].filter(([, { state }]) => state === 'linked').map(([key, { memberId }]) => [key, memberId]),
  );
  for (const { account, link } of told) {
    if (link?.state === 'linked') expect(made.get(account.accountId)).toBe(link.memberId);
    if (link?.state === 'unlinked') expect(made.has(account.accountId)).toBe(false);
  }
  const ours = told.filter(({ link }) => link === null).map(({ account }) => account.accountId);
  const may = new Map([...wanting].flatMap(([memberId, ids]) => ids.map((id) => [id, memberId] as const)));
  for (const accountId of ours) if (made.has(accountId)) expect(made.get(accountId)).toBe(may.get(accountId));
  for (const [memberId, accountIds] of wanting) {
    const seen = accountIds.filter((id) => shown.has(id.replace('unlinked ', '')));
    const linked = accountIds.filter((id) => made.get(id) === memberId);
    const isContested = seen.length > 1;
    if (isContested) expect(linked.length).toBeLessThanOrEqual(1);
    else expect(linked).toEqual(seen.filter((id) => !id.startsWith('unlinked ')));
  }
}

it.each(Array.from({ length: STORIES }, (_, nth) => nth + 1))(
  'links exactly whom the rules allow, whatever goes wrong on the way (story %i)',
  async (seed) => {
    await play(seed);
  },
);
