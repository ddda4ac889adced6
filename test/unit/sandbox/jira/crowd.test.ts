import { createJira, type Jira, type JiraIssue, type MemberSeed } from '../../../../sandbox/jira';
import { parseStart } from '../../../../sandbox/options';
import { createSimulator } from '../../../../sandbox/shorterloop';
import { identifyByEmail, personhoodOf } from '../../../../src/domain/people';

const DAY_MS = 86_400_000;
const nowMs = 1_790_000_000_000;
const clock = { now: () => nowMs };
const members = createSimulator({}).truth.snapshot().members;
const started = parseStart([]);
const extraReporters = started.kind === 'options' ? started.options.reporters : 0;
const jira = createJira({ members, clock, extraReporters, isLiving: true });

/** What the rules of identity say of each reporter, on a site where the app has linked nobody yet. */
function statesOf(site: Jira, all: readonly MemberSeed[]): Map<string, number> {
  const links = new Map(site.links.map((link) => [link.accountId, link]));
  const reporters = [...new Set(site.issues.flatMap(({ reporterAccountId }) => reporterAccountId ?? []))];
  const states = new Map<string, number>();
  const addressed = (email: string) =>
    site.people.filter(
      (one) => one.email === email && (one.emailVisibility === 'appOnly' || one.emailVisibility === 'everyone'),
    );
  for (const accountId of reporters) {
    const person = site.people.find((one) => one.accountId === accountId);
    if (person === undefined) throw new Error(`Nobody has the account ${accountId}`);
    const reporter = { ...person, visibleEmail: null };
    const isTold = addressed(person.email ?? '').includes(person);
    const email = isTold && person.email !== null ? { kind: 'email' as const, email: person.email } : null;
    const candidates = all.filter((member) => member.email === person.email && member.segmentIds.length > 0);
    const linked = site.links.filter(({ state, memberId }) => state === 'linked' && memberId === candidates[0]?.id);
    const others = [...addressed(person.email ?? ''), ...linked].map((one) => one.accountId);
    const trusted = others.filter((id) => site.people.find((one) => one.accountId === id)?.accountType === 'atlassian');
    const settings = { customers: { kind: 'none' as const } };
    const byEmail = identifyByEmail(reporter, email, {
      candidates: candidates.map(({ id }) => id),
      otherAccounts: trusted,
      settings,
    });
    const state =
      links.get(accountId)?.state ??
      (personhoodOf(reporter).kind === 'notAPerson'
        ? 'notAPerson'
        : byEmail.kind === 'review'
          ? byEmail.reason
          : byEmail.kind);
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  return states;
}

test('of 163 reporters 150 are certain by the rules, 4 have to be decided, each for another cause, and 9 stay out', () => {
  const states = Object.fromEntries(statesOf(jira, members));
  expect(states).toEqual({
    // 148 by their address, and two by hand before.
    certain: 148,
    linked: 2,
    emailShared: 1,
    memberLinked: 1,
    nobody: 1,
    inactiveAccount: 1,
    // They stay as they are: unlinked by hand, without an address for the app, customers, robots and the erased.
    unlinked: 1,
    hidden: 3,
    untrustedAccount: 2,
    notAPerson: 3,
  });
});

describe('its issues', () => {
  const crowd = jira.issues.filter(({ key }) => Number(key.slice(5)) > 1_000);
  const different = (what: (issue: JiraIssue) => string | undefined): number => new Set(crowd.map(what)).size;

  test('differ in type, status, priority, label, component and summary', () => {
    expect(different(({ type }) => type.name)).toBe(4);
    expect(different(({ status }) => status.name)).toBe(4);
    expect(different(({ priority }) => priority)).toBe(3);
    expect(different(({ labels }) => labels[0])).toBeGreaterThan(7);
    expect(different(({ components }) => components[0])).toBe(9);
    expect(different(({ summary }) => summary)).toBeGreaterThan(50);
  });

  test('were created over a year, each month of it, and changed and resolved no sooner and no later than now', () => {
    for (let month = 0; month < 12; month += 1) {
      const [fromMs, toMs] = [nowMs - (month + 1) * 30 * DAY_MS, nowMs - month * 30 * DAY_MS];
      expect(crowd.filter(({ createdMs }) => createdMs >= fromMs && createdMs < toMs).length).toBeGreaterThan(8);
    }
    for (const { createdMs, updatedMs, resolvedMs, status } of crowd) {
      expect(createdMs).toBeGreaterThanOrEqual(nowMs - 365 * DAY_MS);
      expect(updatedMs).toBeGreaterThanOrEqual(createdMs);
      expect(updatedMs).toBeLessThanOrEqual(nowMs);
      expect(resolvedMs).toBe(status.name === 'Done' ? updatedMs : null);
    }
  });

  test('are more than one of some reporters', () => {
    const counts = new Map<string | null, number>();
    for (const { reporterAccountId } of crowd) counts.set(reporterAccountId, (counts.get(reporterAccountId) ?? 0) + 1);
    expect(Math.max(...counts.values())).toBeGreaterThan(5);
    expect([...counts.values()].filter((count) => count === 1).length).toBeGreaterThan(30);
  });

  test('are the same by the same seed, and others by another', () => {
    const shown = (site: Jira) => site.issues.map(({ key, summary, createdMs }) => `${key} ${summary} ${createdMs}`);
    expect(shown(createJira({ members, clock, extraReporters, isLiving: true }))).toEqual(shown(jira));
    expect(shown(createJira({ members, clock, extraReporters, isLiving: true, seed: 2 }))).not.toEqual(shown(jira));
  });

  test('are one for each of the crowd where the site has no year behind it', () => {
    const young = createJira({ members, clock, extraReporters: 40 });
    expect(young.issues).toHaveLength(60);
    expect(young.crowd.map(({ issueKey, accountId }) => [issueKey, accountId])).toEqual(
      young.issues.slice(20).map(({ key, reporterAccountId }) => [key, reporterAccountId]),
    );
  });
});
