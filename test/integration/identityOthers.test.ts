import { readIdentitySync, readReporters } from '../../src/adapters/store';
import { answerFromCrowd, type Crowd } from '../support/crowdedJira';
import { createIdentityLab } from '../support/identityLab';
import type { Site } from '../support/site';

const lab = createIdentityLab();
const HOUR_MS = 3_600_000;
const OTHERS = 250;
/** More than Jira's points of an hour pay for. */
const BUSY_ISSUES = 6_000;

/** The newest issues are all of one person, and everybody else reported one of the oldest each. */
async function openBusy(refusesNames: boolean): Promise<{ readonly site: Site; readonly crowd: Crowd }> {
  const site = await lab.open({ members: 600, segments: 5 });
  const owners = new Map<string, number>();
  const linkedNow = new Set(site.jira.links.map(({ memberId }) => memberId));
  const { members } = site.simulator.truth.snapshot();
  const inSegments = members.filter(({ id, segmentIds }) => segmentIds.length > 0 && !linkedNow.has(id));
  for (const { email } of inSegments) owners.set(email, (owners.get(email) ?? 0) + 1);
  const emails = [...owners].flatMap(([email, many]) => (many === 1 ? [email] : [])).slice(0, OTHERS + 1);
  expect(emails).toHaveLength(OTHERS + 1);
  const accounts = emails.map((email, nth) => ({
    accountId: `account-${String(nth)}`,
    accountType: 'atlassian' as const,
    active: true,
    email,
  }));
  const issues = Array.from({ length: OTHERS + BUSY_ISSUES }, (_, nth) => ({
    projectKey: 'ONE',
    number: nth + 1,
    accountId: `account-${String(nth < OTHERS ? nth + 1 : 0)}`,
  }));
  const crowd: Crowd = {
    projects: ['ONE', 'SHUT'],
    closed: new Set(['SHUT']),
    accounts: new Map(accounts.map((account) => [account.accountId, account])),
    issues,
    pageSize: 500,
    refusesGoneKeys: true,
    refusesNames,
    countsAbout: issues.length,
    afterPage: () => undefined,
    isNearLimit: () => false,
  };
  lab.intercept(site, answerFromCrowd(crowd));
  return { site, crowd };
}

const unlimited = { spend: () => Promise.resolve(), hasTime: () => true };
const linked = (site: Site): number => site.platform.kvs.entity('link').length;
const inApp = <T>(site: Site, work: () => Promise<T>): Promise<T> => site.app.runAs({ moduleKey: 'tick' }, work);

async function expectAllCounted(site: Site, { accounts }: Crowd): Promise<void> {
  for (let hours = 0; (await inApp(site, readIdentitySync))?.phase !== 'done'; hours += 1) {
    expect(hours).toBeLessThan(6);
    lab.wait(HOUR_MS);
    await site.syncSlice({}, unlimited);
  }
  const known = await inApp(site, () => readReporters([...accounts.keys()]));
  expect(known.get('account-0')?.issues).toBe(BUSY_ISSUES);
  expect([...known.values()].filter(({ issues, state }) => issues === 1 && state === 'linked')).toHaveLength(OTHERS);
}

describe('those whom the newest work items leave out', () => {
  it('are linked before the points of the first hour are used up, and counted later', async () => {
    const { site, crowd } = await openBusy(false);
    const before = linked(site);
    await site.syncSlice({}, unlimited);
    expect(await inApp(site, readIdentitySync)).toMatchObject({ phase: 'reading', pass: 'rest' });
    expect(linked(site) - before).toBe(OTHERS + 1);
    await expectAllCounted(site, crowd);
  });

  it('come with the rest where Jira does not take their names', async () => {
    const { site, crowd } = await openBusy(true);
    const before = linked(site);
    await site.syncSlice({}, unlimited);
    expect(await inApp(site, readIdentitySync)).toMatchObject({ phase: 'reading', pass: 'rest' });
    expect(linked(site) - before).toBe(1);
    await expectAllCounted(site, crowd);
    expect(linked(site) - before).toBe(OTHERS + 1);
  });
});
