import { WHOLE_LEDGER, type LedgerFilter, type LedgerRecord } from '../../src/contract';
import { eraseAccount } from '../../src/adapters/store';
import { createSite, linkedOf, valueOf, type Site } from '../support/site';

let site: Site;
afterEach(async () => {
  jest.restoreAllMocks();
  await site.stop();
});

const search = async (filter: Partial<LedgerFilter> = {}): Promise<readonly LedgerRecord[]> =>
  valueOf(await site.admin('admin.ledgerPage', { filter: { ...WHOLE_LEDGER, ...filter }, after: null })).entries;
const told = (entries: readonly LedgerRecord[]) =>
  entries.map((entry) => ({
    kind: entry.kind,
    how: 'how' in entry ? entry.how : null,
    by: entry.actorAccountId,
    reporter: entry.reporterAccountId,
    member: entry.members[0]?.memberId,
    from: entry.entryPoint,
    issue: entry.issueKey,
  }));
const reporterOf = (state: 'one' | 'many' | 'ambiguous'): string => site.jira.issueFor(state).reporterAccountId ?? '';
const memberOf = (state: 'one' | 'many' | 'ambiguous'): number => site.jira.memberFor(state)?.id ?? 0;

describe('links in the ledger', () => {
  it('has who linked and unlinked whom by hand, on which work item', async () => {
    site = await createSite();
    const memberId = memberOf('ambiguous');
    valueOf(await site.panel('panel.link', { memberId }, { issue: 'ambiguous', accountId: site.jira.adminAccountId }));
    valueOf(
      await site.panel('panel.unlink', { memberId }, { issue: 'ambiguous', accountId: site.jira.adminAccountId }),
    );
    const row = {
      by: site.jira.adminAccountId,
      reporter: reporterOf('ambiguous'),
      member: memberId,
      from: 'panel',
      issue: site.jira.issueFor('ambiguous').key,
      how: 'manual',
    };
    expect(told(await search())).toEqual([
      { ...row, kind: 'unlink' },
      { ...row, kind: 'link' },
    ]);
  });

  it('has each automatic link once, by the app, however often and by how many they are looked at', async () => {
    site = await createSite();
    await Promise.all([site.panel('panel.open', {}), site.panel('panel.open', {}), site.panel('panel.open', {})]);
    linkedOf(valueOf(await site.panel('panel.open', {})));
    expect(told(await search())).toEqual([
      {
        kind: 'link',
        how: 'email',
        by: null,
        reporter: reporterOf('one'),
        member: memberOf('one'),
        from: 'app',
        issue: null,
      },
    ]);
  });

  it('has what an admin links, unlinks and imports', async () => {
    site = await createSite();
    const one = { accountId: reporterOf('one'), memberId: memberOf('one') };
    const many = { accountId: reporterOf('many'), memberId: memberOf('many') };
    valueOf(await site.admin('admin.linkReporter', one));
    valueOf(await site.admin('admin.unlinkReporter', one));
    valueOf(await site.admin('admin.importLinks', { rows: [one, many], replace: true }));
    const entries = told(await search());
    expect(entries.map(({ kind, how, member }) => [kind, how, member])).toEqual(
      expect.arrayContaining([
        ['link', 'manual', one.memberId],
        ['unlink', 'manual', one.memberId],
        ['link', 'import', one.memberId],
        ['link', 'import', many.memberId],
      ]),
    );
    expect(new Set(entries.map(({ by, from }) => `${String(by)} ${from}`))).toEqual(
      new Set([`${site.jira.adminAccountId} admin`]),
    );
  });

  it('finds them by kind, member and reporter, and exports them', async () => {
    site = await createSite();
    linkedOf(valueOf(await site.panel('panel.open', {})));
    linkedOf(valueOf(await site.panel('panel.open', {}, { issue: 'many' })));
    expect(await search({ kind: 'link' })).toHaveLength(2);
    expect(await search({ kind: 'unlink' })).toHaveLength(0);
    expect(await search({ kind: 'move' })).toHaveLength(0);
    expect(await search({ kind: 'link', memberId: memberOf('many') })).toHaveLength(1);
    expect(await search({ reporterAccountId: reporterOf('one') })).toHaveLength(1);
    expect(await search({ entryPoint: 'app' })).toHaveLength(2);
    const { heading, lines } = valueOf(
      await site.admin('admin.ledgerExport', { filter: { ...WHOLE_LEDGER, kind: 'link' }, after: null }),
    );
    expect(heading.split(',')).toContain('link_origin');
    expect(lines.trim().split('\r\n')).toHaveLength(2);
    expect(lines).toMatch(/,link,confirmed,,app,/);
    expect(lines).toMatch(/,email,,,\r\n/);
  });

  it('keeps the panel’s recent changes to what was written to Shorter Loop', async () => {
    site = await createSite();
    linkedOf(valueOf(await site.panel('panel.open', {})));
    expect(valueOf(await site.panel('panel.readThrough', {})).history).toEqual([]);
  });

  it('forgets a closed account in them, whoever it was', async () => {
    site = await createSite();
    linkedOf(valueOf(await site.panel('panel.open', {})));
    await site.app.runAs({ moduleKey: 'tick' }, () => eraseAccount(reporterOf('one')));
    expect((await search()).map(({ reporterAccountId }) => reporterAccountId)).toEqual(['erased']);
    const stored = ['link', 'ledger', 'member-claim'].flatMap((entity) => site.platform.kvs.entity(entity));
    expect(JSON.stringify(stored)).not.toContain(reporterOf('one'));
  });

  it('leaves neither link nor row where storage takes only one of them', async () => {
    site = await createSite();
    const memberId = memberOf('ambiguous');
    jest.spyOn(console, 'error').mockImplementation();
    site.platform.intercept(async ({ path }) =>
      path.endsWith('/transaction')
        ? { status: 500, headers: {}, body: JSON.stringify({ code: 'INTERNAL_SERVER_ERROR', message: 'by request' }) }
        : undefined,
    );
    const who = { issue: 'ambiguous', accountId: site.jira.adminAccountId };
    expect((await site.panel('panel.link', { memberId }, who)).kind).toBe('problem');
    expect(site.platform.kvs.entity('ledger')).toEqual([]);
    expect(site.platform.kvs.entity('link').map(({ key }) => key)).not.toContain(reporterOf('ambiguous'));
  });
});
