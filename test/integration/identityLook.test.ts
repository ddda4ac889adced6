import type { IdentitySettings } from '../../src/contract';
import {
  changeIdentity,
  changeSettings,
  dismissReporter,
  noteReporters,
  readReporters,
  readSettings,
  readSyncTotals,
  reportersIn,
  type ReporterNote,
} from '../../src/adapters/store';
import { lookAtReporters, type ReporterFinding } from '../../src/usecases/lookup';
import { notesOf } from '../../src/features/identity/note';
import type { Reporter } from '../../src/domain/people';
import type { IssueState } from '../../sandbox/jira';
import { createSite, problemOf, valueOf, type Site, type SiteOptions } from '../support/site';

let site: Site;
afterEach(() => site.stop());

const inApp = <T>(work: () => Promise<T>): Promise<T> => site.app.runAs({ moduleKey: 'tick' }, work);
const idOf = (state: IssueState): string => site.jira.issueFor(state).reporterAccountId ?? '';
const linked = (): string[] => site.platform.kvs.entity('link').map(({ key }) => key);
const ledger = (): number => site.platform.kvs.entity('ledger').length;

function reporterOf(accountId: string): Reporter {
  const person = site.jira.people.find((one) => one.accountId === accountId);
  return {
    accountId,
    displayName: '',
    accountType: person?.accountType ?? null,
    active: person?.active ?? null,
    visibleEmail: null,
  };
}

async function open(options: SiteOptions = {}): Promise<void> {
  site = await createSite(options);
  await site.refreshSlice();
}

const look = (states: readonly IssueState[]) =>
  inApp(() => lookAtReporters(states.map(idOf).map(reporterOf), { entryPoint: 'app', issue: null }));
async function found(...states: readonly IssueState[]): Promise<ReporterFinding[]> {
  const findings = valueOf(await look(states));
  return states.map(idOf).flatMap((accountId) => findings.get(accountId) ?? []);
}
const settings = (change: Partial<IdentitySettings>) => inApp(() => changeIdentity(change));

describe('a look at reporters', () => {
  it('links who is certain, with a row in the ledger, and tells everybody else by their cause', async () => {
    await open();
    const states = ['one', 'ambiguous', 'notFound', 'emailHidden', 'customer', 'inactive', 'app'] as const;
    const before = ledger();
    expect((await found(...states)).map(({ state }) => state)).toEqual([
      'linked',
      'emailShared',
      'notFound',
      'emailHidden',
      'untrustedAccount',
      'inactiveAccount',
      'notAPerson',
    ]);
    expect(linked()).toContain(idOf('one'));
    expect(ledger()).toBe(before + 1);
    expect((await found(...states)).map(({ state }) => state)[0]).toBe('linked');
    expect(ledger()).toBe(before + 1);
  });

  it('links nobody while linking is off, and says who would be; while the reads are not proven nobody is looked up', async () => {
    await open();
    await settings({ isAutomatic: false });
    expect(await found('one')).toMatchObject([
      { state: 'certain', memberId: site.jira.memberFor('one')?.id, link: { state: 'none' } },
    ]);
    await settings({ isAutomatic: true });
    const stored = await inApp(readSettings);
    if (stored !== null) await inApp(() => changeSettings(() => ({ ...stored, proofs: {} })));
    expect(problemOf(await look(['one']))).toMatchObject({ code: 'notProven' });
    expect(linked()).not.toContain(idOf('one'));
  });

  it('links nobody again whom somebody unlinked, or called no person', async () => {
    await open();
    const accountId = idOf('one');
    const [{ memberId } = { memberId: null }] = await found('one');
    valueOf(await site.admin('admin.unlinkReporter', { accountId, memberId }));
    expect(await found('one')).toMatchObject([{ state: 'unlinked', link: { state: 'unlinked' } }]);
    const other = idOf('many');
    await inApp(() => noteReporters([{ accountId: other, state: 'notFound', memberId: null, issues: 'one' }]));
    expect(await inApp(() => dismissReporter(other, 'notAPerson'))).toBe(true);
    expect(await found('many')).toMatchObject([{ state: 'certain', link: { state: 'none' } }]);
    expect(linked()).not.toContain(other);
  });

  it('gives one member to one account, also where two look in the same moment', async () => {
    await open();
    await settings({ customers: { kind: 'all' } });
    const looks = await Promise.all([look(['one']), look(['secondAccount']), look(['one']), look(['secondAccount'])]);
    expect(looks.map(({ kind }) => kind)).toEqual(['ok', 'ok', 'ok', 'ok']);
    const links = site.platform.kvs.entity('link').map(({ key }) => key);
    expect(links.filter((key) => [idOf('one'), idOf('secondAccount')].includes(key)).length).toBeLessThanOrEqual(1);
  });

  it('looks at nobody where Jira gives no addresses, instead of calling them hidden', async () => {
    await open();
    site.jira.faults.add({ path: '/user/email/bulk', fault: { kind: 'status', code: 500 }, times: 5 });
    expect(problemOf(await look(['one']))).toMatchObject({ code: 'jira' });
    expect(linked()).not.toContain(idOf('one'));
  });

  it('keeps no name and no address', async () => {
    await open();
    await settings({ customers: { kind: 'none' } });
    const findings = await found('one', 'customer');
    await inApp(() =>
      noteReporters(
        (['one', 'customer'] as const).map((state, nth) => ({
          accountId: idOf(state),
          state: 'notFound',
          memberId: null,
          emailKey: findings[nth]?.emailKey ?? null,
          domain: findings[nth]?.domain ?? null,
          issues: 'one',
        })),
      ),
    );
    const kept = JSON.stringify(site.platform.kvs.entity('reporter'));
    for (const { email, displayName } of site.jira.people) {
      expect(kept).not.toContain(displayName);
      if (email !== null) expect(kept).not.toContain(email);
    }
    expect(Object.values((await inApp(readSyncTotals))?.domains.customers ?? {})).toEqual([1]);
  });
});

describe('accounts that share an address', () => {
  /** All ways to see three accounts: who together, and what first. */
  const ORDERS = [
    'abc',
    ...['ab c', 'c ab', 'ac b', 'b ac', 'bc a', 'a bc'],
    ...['a b c', 'a c b', 'b a c', 'b c a', 'c a b', 'c b a'],
  ];
  let laterMs = 0;
  let accounts: Readonly<Record<string, string>>;
  let memberId: number;
  beforeEach(async () => {
    laterMs = 0;
    const now = Date.now.bind(Date);
    jest.spyOn(Date, 'now').mockImplementation(() => now() + laterMs);
    await open({ extraReporters: 3 });
    const [first] = site.jira.crowd;
    memberId = first?.member.id ?? 0;
    accounts = Object.fromEntries(site.jira.crowd.map(({ accountId }, nth) => ['abc'[nth] ?? '', accountId]));
    for (const accountId of Object.values(accounts))
      site.jira.setPerson(accountId, { email: first?.member.email ?? '' });
  });
  afterEach(() => jest.mocked(Date.now).mockRestore());

  async function see(letters: string): Promise<(string | undefined)[]> {
    const people = Array.from(letters).map((letter) => reporterOf(accounts[letter] ?? ''));
    const told = valueOf(await inApp(() => lookAtReporters(people, { entryPoint: 'app', issue: null })));
    await inApp(() => noteReporters(notesOf(told, () => 'one')));
    return people.map(({ accountId }) => told.get(accountId)?.state);
  }
  const linkedOnes = (): string[] =>
    Object.keys(accounts).filter((letter) => linked().includes(accounts[letter] ?? ''));

  it.each(ORDERS)('are one member’s only for who came alone and first (%s)', async (order) => {
    const seen = order.split(' ');
    for (const letters of seen) await see(letters);
    const [first = ''] = seen;
    expect(linkedOnes()).toEqual(first.length === 1 ? [first] : []);
    // Also when each of them is looked at for themselves, at once and much later.
    for (const atMs of [0, 3_600_000, 40 * 24 * 3_600_000]) {
      laterMs = atMs;
      for (const letter of 'cab') await see(letter);
      expect(linkedOnes()).toEqual(first.length === 1 ? [first] : []);
    }
  });

  it('are somebody’s again once the others have another address or are deactivated', async () => {
    expect(await see('abc')).toEqual(['memberLinked', 'memberLinked', 'memberLinked']);
    laterMs = 3_600_000;
    site.jira.setPerson(accounts['a'] ?? '', { email: 'another@elsewhere.example' });
    site.jira.setPerson(accounts['b'] ?? '', { active: false });
    expect(await see('c')).toEqual(['memberLinked']);
    expect([await see('a'), await see('b')]).toEqual([['notFound'], ['inactiveAccount']]);
    expect(await see('c')).toEqual(['linked']);
    expect(site.platform.kvs.entity('link').find(({ key }) => key === accounts['c'])?.value).toMatchObject({
      memberId,
    });
  });

  it('are nobody’s in a panel either', async () => {
    await see('ab');
    const issueId = site.jira.issues.find(({ reporterAccountId }) => reporterAccountId === accounts['c'])?.id;
    const view = valueOf(await site.panel('panel.open', {}, issueId === undefined ? {} : { issueId }));
    expect(view.match).toMatchObject({ state: 'ambiguous', reason: 'memberLinked' });
    expect(linkedOnes()).toEqual([]);
  });
});

describe('what is noted of reporters', () => {
  const page = (cycleId: string, ...numbers: number[]): ReporterNote['issues'] => ({
    cycleId,
    projectId: '1',
    numbers,
  });
  const note = (accountId: string, change: Partial<ReporterNote> = {}): ReporterNote => ({
    accountId,
    state: 'notFound',
    memberId: null,
    issues: 'one',
    ...change,
  });
  const noted = (...notes: ReporterNote[]) => inApp(() => noteReporters(notes));
  const counts = async () => (await inApp(readSyncTotals))?.counts;

  it('counts issues once, whatever comes twice, late or side by side', async () => {
    await open();
    const first = note('a', { issues: page('r', 9, 8, 7) });
    await noted(first);
    await Promise.all([noted(first), noted(note('a', { issues: page('r', 6, 5) })), noted(first)]);
    await noted(first);
    expect(await counts()).toMatchObject({ notFound: { reporters: 1, issues: 5 } });
    await noted(note('a', { issues: page('later', 9) }));
    expect(await counts()).toMatchObject({ notFound: { reporters: 1, issues: 5 } });
    await noted(note('a', { issues: page('last', 9) }));
    expect(await counts()).toMatchObject({ notFound: { reporters: 1, issues: 1 } });
  });

  it('keeps the counts equal to the rows, with a hundred changes at once', async () => {
    await open();
    const states = ['notFound', 'emailHidden', 'certain', 'emailShared'] as const;
    const changes = Array.from({ length: 100 }, (_, nth) =>
      note(`person-${String(nth % 37)}`, { state: states[nth % 4] ?? 'notFound', issues: page('r', 1000 - nth) }),
    );
    await Promise.all(Array.from({ length: 10 }, (_, nth) => noted(...changes.slice(nth * 10, nth * 10 + 10))));
    const rows = await inApp(() => readReporters(Array.from({ length: 37 }, (_, nth) => `person-${String(nth)}`)));
    for (const state of states) {
      const those = [...rows.values()].filter((row) => row.state === state);
      expect((await counts())?.[state]).toEqual({
        reporters: those.length,
        issues: those.reduce((sum, { issues }) => sum + issues, 0),
      });
    }
  });

  it('tells those with the most issues first, page by page', async () => {
    await open();
    await noted(
      ...['a', 'b', 'c'].map((accountId, nth) =>
        note(accountId, { issues: page('r', ...Array.from({ length: [2, 30, 1][nth] ?? 0 }, (_, one) => one + 1)) }),
      ),
    );
    const first = await inApp(() => reportersIn('notFound', null, 2));
    expect(first.reporters.map(({ accountId }) => accountId)).toEqual(['b', 'a']);
    const second = await inApp(() => reportersIn('notFound', first.next, 2));
    expect([second.reporters.map(({ accountId }) => accountId), second.next]).toEqual([['c'], null]);
  });

  it('lets a later finding bring nobody back whom somebody dismissed, but a link', async () => {
    await open();
    await noted(note('a'), note('b'));
    await inApp(() => dismissReporter('a', 'skipped'));
    await inApp(() => dismissReporter('b', 'notAPerson'));
    await noted(note('a', { state: 'emailShared' }), note('b', { state: 'emailShared' }));
    expect(await counts()).toMatchObject({
      skipped: { reporters: 1 },
      notAPerson: { reporters: 1 },
      notFound: { reporters: 0 },
      emailShared: { reporters: 0 },
    });
    expect(await inApp(() => dismissReporter('nobody', 'skipped'))).toBe(false);
  });

  it('believes the link that is stored more than what was found before it', async () => {
    await open();
    const accountId = idOf('one');
    await found('one');
    await noted(note(accountId, { state: 'notFound' }), note('never', { issues: 'known' }));
    const rows = await inApp(() => readReporters([accountId, 'never']));
    expect(rows.get(accountId)).toMatchObject({ state: 'linked', memberId: site.jira.memberFor('one')?.id });
    expect(rows.has('never')).toBe(false);
  });
});
