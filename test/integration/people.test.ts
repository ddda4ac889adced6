import type { ImportVerdict, LinkPage, LinkPair } from '../../src/contract';
import { batchPartial } from '../support/platformFaults';
import { createSite, problemOf, valueOf, type Site, type SiteOptions } from '../support/site';

let site: Site;
afterEach(() => site.stop());

const open = async (options: SiteOptions = {}): Promise<Site> => (site = await createSite(options));
const idOf = (state: Parameters<Site['jira']['issueFor']>[0]): string =>
  site.jira.issueFor(state).reporterAccountId ?? '';
const stored = (entity: string): readonly { readonly key: string; readonly value: unknown }[] =>
  site.platform.kvs.entity(entity);

describe('a reporter in the queue', () => {
  it('is shown with the candidates, linked to one, and leaves the queue and its count', async () => {
    await open();
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
  });

  it('is unlinked only from the member who was seen, and is counted as what they are then', async () => {
    await open();
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
  });
});
