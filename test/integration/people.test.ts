import type { ImportVerdict, LinkPage, LinkPair, ScanView } from '../../src/contract';
import { readDirectory } from '../../src/adapters/store';
import { batchPartial } from '../support/platformFaults';
import { createSite, problemOf, valueOf, type Site, type SiteOptions } from '../support/site';

let site: Site;
afterEach(() => site.stop());

const open = async (options: SiteOptions = {}): Promise<Site> => (site = await createSite(options));
const idOf = (state: Parameters<Site['jira']['issueFor']>[0]): string =>
  site.jira.issueFor(state).reporterAccountId ?? '';
const stored = (entity: string): readonly { readonly key: string; readonly value: unknown }[] =>
  site.platform.kvs.entity(entity);

async function count(projectKeys: readonly string[] = []): Promise<ScanView> {
  valueOf(await site.admin('admin.startScan', { projectKeys }));
  for (let steps = 0; steps < 20; steps += 1) {
    const scan = valueOf(await site.admin('admin.stepScan'));
    if (scan?.phase === 'done') return scan;
  }
  throw new Error('The count does not end');
}
const queue = async (state: string) =>
  valueOf(await site.admin('admin.peopleQueue', { state, after: null })).accountIds;

describe('the count of reporters', () => {
  it('finds each state that the site shows, asks Jira about many at once, and keeps no name and no e-mail', async () => {
    await open();
    const scan = await count();
    expect(scan).toMatchObject({
      phase: 'done',
      projectKeys: [],
      counts: { linked: 2, ambiguous: 4, notFound: 1, emailHidden: 2, notAPerson: 1 },
    });
    expect([...(await queue('ambiguous'))].sort()).toEqual(
      [idOf('ambiguous'), idOf('customer'), idOf('inactive'), idOf('secondAccount')].sort(),
    );
    expect([...(await queue('emailHidden'))].sort()).toEqual([idOf('customerHidden'), idOf('emailHidden')].sort());
    expect(await queue('notFound')).toContain(idOf('notFound'));
    expect(
      site.jira.calls().filter(({ path }) => path.startsWith('/rest/api/3/user/email')).length,
    ).toBeLessThanOrEqual(1);
    const kept = JSON.stringify([stored('reporter'), stored('scan')]);
    for (const { email, displayName } of site.jira.people) {
      expect(kept).not.toContain(displayName);
      if (email !== null) expect(kept).not.toContain(email);
    }
  });

  it('is held to the projects that were chosen, and refuses what is no project key', async () => {
    await open();
    expect((await count(['ACME'])).issues).toBe((await count()).issues);
    expect(
      problemOf(await site.admin('admin.startScan', { projectKeys: ['ACME") OR key is not EMPTY OR project in ("X'] })),
    ).toMatchObject({ code: 'invalidInput' });
  });

  it('counts everybody once over many pages, with few calls a person', async () => {
    await open({ members: 1_400, extraReporters: 1_200 });
    site.jira.reset();
    const scan = await count();
    const total = Object.values(scan.counts).reduce((sum, one) => sum + one, 0);
    expect(stored('reporter')).toHaveLength(total);
    expect(scan.counts.found).toBeGreaterThanOrEqual(1_200);
    expect(site.jira.calls().length).toBeLessThan(40);
  });

  it('goes on after Jira failed, and starts over when its token has expired', async () => {
    await open({ members: 800, extraReporters: 700 });
    const whole = await count();
    valueOf(await site.admin('admin.startScan', { projectKeys: [] }));
    site.jira.faults.add({ path: '/search/jql', fault: { kind: 'status', code: 500 }, times: 1 });
    expect(problemOf(await site.admin('admin.stepScan'))).toMatchObject({ code: 'jira', status: 500 });
    const [directoryMeta] = site.platform.kvs.entity('scan');
    site.platform.kvs.handle('/api/v1/entity/set', {
      entityName: 'scan',
      key: 'people',
      value: { ...(directoryMeta?.value as object), pageToken: 'expired', issues: 99 },
    });
    let scan = valueOf(await site.admin('admin.stepScan'));
    while (scan !== null && scan.phase !== 'done') scan = valueOf(await site.admin('admin.stepScan'));
    expect(scan).toMatchObject({ issues: whole.issues, counts: whole.counts });
  });

  it('comes to the same when two pages drive it at once', async () => {
    await open({ members: 800, extraReporters: 700 });
    const whole = await count();
    valueOf(await site.admin('admin.startScan', { projectKeys: [] }));
    await Promise.all([site.admin('admin.stepScan'), site.admin('admin.stepScan')]);
    let scan = valueOf(await site.admin('admin.stepScan'));
    while (scan !== null && scan.phase !== 'done') scan = valueOf(await site.admin('admin.stepScan'));
    expect(scan?.counts).toEqual(whole.counts);
  });

  it('leaves nothing of earlier counts behind', async () => {
    await open();
    const gone = { accountId: 'gone', scanId: 'earlier', state: 'notFound', page: 0 };
    await count();
    const [directoryMeta] = site.platform.kvs.entity('scan');
    site.platform.kvs.handle('/api/v1/entity/set', {
      entityName: 'scan',
      key: 'people',
      value: { ...(directoryMeta?.value as object), earlier: ['earlier'] },
    });
    site.platform.kvs.handle('/api/v1/entity/set', { entityName: 'reporter', key: 'gone', value: gone });
    await count();
    expect(stored('reporter').map(({ key }) => key)).not.toContain('gone');
  });

  it('reads no members where a directory of many is kept, and finds the same', async () => {
    await open({ members: 4_000, extraReporters: 100 });
    const live = await count();
    await site.refreshSlice();
    expect((await site.app.runAs({}, readDirectory))?.complete?.segments.length).toBeGreaterThan(0);
    const reads = site.simulator.requests().length;
    expect((await count()).counts).toEqual(live.counts);
    const one = site.jira.memberFor('one')?.id ?? 0;
    const rows = [
      { accountId: idOf('one'), memberId: one },
      { accountId: idOf('many'), memberId: 999_999 },
    ];
    expect(valueOf(await site.admin('admin.checkImport', { rows, replace: false })).verdicts).toEqual([
      'new',
      'unknownMember',
    ]);
    expect(site.simulator.requests()).toHaveLength(reads);
  });

  it('answers nothing to go on with before one was begun', async () => {
    await open();
    expect(valueOf(await site.admin('admin.stepScan'))).toBeNull();
    expect(valueOf(await site.admin('admin.people'))).toMatchObject({
      scan: null,
      projects: [{ key: 'ACME', name: 'Acme Cloud' }],
    });
  });
});

describe('a reporter in the queue', () => {
  it('is shown with the candidates, linked to one, and leaves the queue and its count', async () => {
    await open();
    const before = await count();
    const accountId = idOf('ambiguous');
    const { match } = valueOf(await site.admin('admin.reporter', { accountId }));
    if (match.state !== 'ambiguous') throw new Error(`The match is ${match.state}`);
    expect(match.candidates).toHaveLength(2);
    const [first] = match.candidates;
    expect(first?.segmentIds.length).toBeGreaterThan(0);
    const linked = valueOf(await site.admin('admin.linkReporter', { accountId, memberId: first?.id }));
    expect(linked.match).toMatchObject({
      state: 'linked',
      member: { id: first?.id },
      link: { how: 'manual', byAccountId: site.jira.adminAccountId },
    });
    expect(await queue('ambiguous')).not.toContain(accountId);
    expect(valueOf(await site.admin('admin.people')).scan?.counts).toEqual({
      ...before.counts,
      ambiguous: before.counts.ambiguous - 1,
      linked: before.counts.linked + 1,
    });
  });

  it('is unlinked only from the member who was seen, and is counted as what they are then', async () => {
    await open();
    const before = await count();
    const accountId = idOf('one');
    const memberId = site.jira.memberFor('one')?.id ?? 0;
    valueOf(await site.admin('admin.linkReporter', { accountId, memberId }));
    expect(problemOf(await site.admin('admin.unlinkReporter', { accountId, memberId: memberId + 1 }))).toEqual({
      code: 'stale',
      reason: 'linkChanged',
    });
    expect(valueOf(await site.admin('admin.unlinkReporter', { accountId, memberId })).match).toMatchObject({
      state: 'found',
    });
    expect(valueOf(await site.admin('admin.people')).scan?.counts).toEqual(before.counts);
  });

  it('can be no account that Jira does not know, no app, and no member that Shorter Loop does not know', async () => {
    await open();
    const memberId = site.jira.memberFor('one')?.id ?? 0;
    expect(problemOf(await site.admin('admin.linkReporter', { accountId: 'nobody', memberId }))).toMatchObject({
      code: 'invalidInput',
      field: 'accountId',
    });
    expect(problemOf(await site.admin('admin.linkReporter', { accountId: idOf('app'), memberId }))).toMatchObject({
      code: 'noMember',
      state: 'notAPerson',
    });
    expect(
      problemOf(await site.admin('admin.linkReporter', { accountId: idOf('one'), memberId: 999_999 })),
    ).toMatchObject({ code: 'invalidInput', field: 'memberId' });
    expect(problemOf(await site.admin('admin.reporter', { accountId: 'a b/../c' }))).toMatchObject({
      code: 'invalidInput',
      field: 'accountId',
    });
  });
});

describe('the search for members', () => {
  it('finds by id, by e-mail and by name within a segment, with the accounts that are linked', async () => {
    await open();
    const seed = site.jira.memberFor('linked');
    if (seed === undefined) throw new Error('Nobody is linked');
    const byId = valueOf(await site.admin('admin.findMembers', { query: `#${seed.id}`, segmentId: null }));
    expect(byId.members).toEqual([expect.objectContaining({ id: seed.id, linkedAccountIds: [idOf('linked')] })]);
    expect(
      valueOf(await site.admin('admin.findMembers', { query: seed.email, segmentId: null })).members.map(
        ({ id }) => id,
      ),
    ).toContain(seed.id);
    const [home] = seed.segmentIds;
    const other = byId.segments.find(({ id }) => !seed.segmentIds.includes(id));
    const within = async (segmentId: number | undefined) =>
      valueOf(await site.admin('admin.findMembers', { query: seed.lastName, segmentId })).members.map(({ id }) => id);
    expect(await within(home)).toContain(seed.id);
    expect(await within(other?.id)).not.toContain(seed.id);
    expect(JSON.stringify(byId)).not.toContain('@');
  });
});

describe('the import of links', () => {
  const rowsOf = (pairs: readonly [string, number | undefined][]): LinkPair[] =>
    pairs.map(([accountId, memberId]) => ({ accountId, memberId: memberId ?? 0 }));

  it('says for each row what it would do, and stores nothing before it is confirmed', async () => {
    await open();
    const linked = site.jira.memberFor('linked')?.id;
    const one = site.jira.memberFor('one')?.id;
    const rows = rowsOf([
      [idOf('one'), one],
      [idOf('linked'), linked],
      [idOf('many'), 999_999],
      ['nobody', one],
      [idOf('app'), one],
    ]);
    const before = JSON.stringify(stored('link'));
    expect(valueOf(await site.admin('admin.checkImport', { rows, replace: false })).verdicts).toEqual<ImportVerdict[]>([
      'new',
      'same',
      'unknownMember',
      'unknownAccount',
      'notAPerson',
    ]);
    const elsewhere = rowsOf([[idOf('linked'), one]]);
    expect(valueOf(await site.admin('admin.checkImport', { rows: elsewhere, replace: false })).verdicts).toEqual([
      'linkedElsewhere',
    ]);
    expect(valueOf(await site.admin('admin.checkImport', { rows: elsewhere, replace: true })).verdicts).toEqual([
      'replaces',
    ]);
    expect(JSON.stringify(stored('link'))).toBe(before);
    expect(valueOf(await site.admin('admin.importLinks', { rows, replace: false })).verdicts).toEqual<ImportVerdict[]>([
      'new',
      'same',
      'unknownMember',
      'unknownAccount',
      'notAPerson',
    ]);
    expect(valueOf(await site.admin('admin.reporter', { accountId: idOf('one') })).match).toMatchObject({
      state: 'linked',
      member: { id: one },
      link: { how: 'import' },
    });
  });

  it('refuses an account that stands there twice, and more rows than one request takes', async () => {
    await open();
    const row = { accountId: idOf('one'), memberId: 1 };
    expect(
      problemOf(await site.admin('admin.checkImport', { rows: [row, { ...row, memberId: 2 }], replace: false })),
    ).toMatchObject({ code: 'invalidInput', field: 'rows' });
    const many = Array.from({ length: 1_001 }, (_, nth) => ({ accountId: `a${nth}`, memberId: 1 }));
    expect(problemOf(await site.admin('admin.importLinks', { rows: many, replace: false }))).toMatchObject({
      code: 'invalidInput',
    });
  });

  it('tells of a row that storage refused, and imports the others', async () => {
    await open();
    const rows = rowsOf([
      [idOf('one'), site.jira.memberFor('one')?.id],
      [idOf('many'), site.jira.memberFor('many')?.id],
    ]);
    const refuse = batchPartial((key) => key === idOf('many'));
    site.platform.intercept(async (call, ...rest) =>
      call.path.endsWith('/batch/set') ? refuse(call, ...rest) : undefined,
    );
    expect(valueOf(await site.admin('admin.importLinks', { rows, replace: false })).verdicts).toEqual([
      'new',
      'notStored',
    ]);
    expect(stored('link').map(({ key }) => key)).not.toContain(idOf('many'));
  });

  it('takes 10,000 rows, and gives all of them back', async () => {
    await open({ members: 10_500, segments: 2, extraReporters: 10_000, offline: true });
    const rows = site.jira.crowd.map(({ accountId, member }) => ({ accountId, memberId: member.id }));
    expect(rows).toHaveLength(10_000);
    const verdicts: ImportVerdict[] = [];
    for (let start = 0; start < rows.length; start += 1_000) {
      verdicts.push(
        ...valueOf(await site.admin('admin.importLinks', { rows: rows.slice(start, start + 1_000), replace: false }))
          .verdicts,
      );
    }
    expect(verdicts.filter((verdict) => verdict === 'new')).toHaveLength(10_000);
    const exported: LinkPair[] = [];
    for (let after: number | null = null, isLast = false; !isLast;) {
      const page: LinkPage = valueOf(await site.admin('admin.exportLinks', { after }));
      exported.push(...page.links);
      after = page.next;
      isLast = page.next === null;
    }
    const pairs = new Set(exported.map(({ accountId, memberId }) => `${accountId} ${memberId}`));
    expect(exported).toHaveLength(pairs.size);
    expect(rows.every(({ accountId, memberId }) => pairs.has(`${accountId} ${memberId}`))).toBe(true);
  }, 60_000);
});
