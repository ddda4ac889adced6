import { randomUUID } from 'node:crypto';
import { teamAccess } from '../../sandbox/teamAccess';
import { callsOf, createSite, linkedOf, problemOf, valueOf, type Site, type SiteOptions } from '../support/site';

let site: Site;
afterEach(() => site.stop());
const ADMIN = { permission: 'ADMINISTER', groupNames: [] } as const;
const EDIT_MISSING = { code: 'notPermitted', needed: 'EDIT_ISSUES' };
const ADMIN_MISSING = { code: 'notPermitted', needed: 'ADMINISTER' };

/** What nobody has tried yet, for everybody who may do it. */
const NOT_TRIED = {
  add: { code: 'writeNotProven', kind: 'add' },
  invite: { code: 'featureOff', feature: 'addByEmail' },
};

/** A site on which only Jira's admins link by hand; the reporter of issue "one" is linked. */
async function prepare(options: SiteOptions = {}): Promise<void> {
  site = await createSite({ offline: true, ...options });
  valueOf(await site.admin('admin.saveAccess', teamAccess({ link: ADMIN })));
  valueOf(await site.panel('panel.open', {}));
  site.platform.clearRecords();
}

/** What the panel says in one way or the other. */
async function refusalsOf(functionKey: 'panel.open' | 'panel.readThrough', accountId?: string) {
  const who = accountId === undefined ? {} : { accountId };
  return valueOf(await site.panel(functionKey, {}, who)).refusals;
}

describe('a panel', () => {
  it.each(['panel.open', 'panel.readThrough'] as const)('says by %s what each viewer would be refused', async (key) => {
    await prepare();
    expect(await refusalsOf(key)).toEqual({ move: null, remove: null, link: ADMIN_MISSING, ...NOT_TRIED });
    expect(await refusalsOf(key, site.jira.adminAccountId)).toEqual({
      move: null,
      remove: null,
      link: null,
      ...NOT_TRIED,
    });
    expect(await refusalsOf(key, site.jira.viewerAccountId)).toEqual({
      move: EDIT_MISSING,
      remove: EDIT_MISSING,
      add: EDIT_MISSING,
      invite: EDIT_MISSING,
      link: ADMIN_MISSING,
    });
  });

  it('says with a directory the same, in four calls, and five where a rule names groups', async () => {
    await prepare();
    await site.refreshSlice();
    site.platform.clearRecords();
    expect(await refusalsOf('panel.open')).toEqual({ move: null, remove: null, link: ADMIN_MISSING, ...NOT_TRIED });
    expect(callsOf(site)).toHaveLength(4);
    const grouped = { permission: 'EDIT_ISSUES', groupNames: ['product-team'] } as const;
    valueOf(await site.admin('admin.saveAccess', teamAccess({ link: grouped })));
    site.platform.clearRecords();
    expect((await refusalsOf('panel.open', site.jira.viewerAccountId)).link).toEqual(EDIT_MISSING);
    expect(callsOf(site)).toHaveLength(5);
  });

  it('refuses what it says, and link, unlink and search by a rule of their own', async () => {
    await prepare();
    const memberId = site.jira.memberFor('one')?.id ?? 0;
    expect(problemOf(await site.panel('panel.link', { memberId }))).toEqual(ADMIN_MISSING);
    expect(problemOf(await site.panel('panel.unlink', { memberId }))).toEqual(ADMIN_MISSING);
    expect(problemOf(await site.panel('panel.searchMembers', { query: 'ann' }))).toEqual(ADMIN_MISSING);
    const accountId = site.jira.adminAccountId;
    expect(valueOf(await site.panel('panel.link', { memberId }, { accountId })).refusals.link).toBeNull();
  });

  it('opens all the same when Jira can not say who may do what, and offers nothing', async () => {
    await prepare();
    site.platform.intercept(({ path }) =>
      path.includes('/mypermissions') ? { status: 503, headers: {}, body: '{}' } : undefined,
    );
    const down = expect.objectContaining({ code: 'jira', status: 503 }) as unknown;
    expect(await refusalsOf('panel.open')).toEqual({
      move: down,
      remove: down,
      add: down,
      invite: down,
      link: down,
    });
  });
});

describe('the history of a panel', () => {
  /** Moves the reporter, and answers what `panel.history` says of it. */
  async function moved() {
    await prepare();
    const view = valueOf(await site.panel('panel.open', {}));
    const { member } = linkedOf(view);
    const [fromSegmentId = 0] = member.segmentIds;
    const toSegmentId = view.segments.find(({ id }) => !member.segmentIds.includes(id))?.id ?? 0;
    const operationId = randomUUID();
    valueOf(await site.panel('panel.move', { operationId, memberId: member.id, fromSegmentId, toSegmentId }));
    const undoableWith = async (shown: object | null): Promise<boolean[]> => {
      const rows = valueOf(await site.panel('panel.history', { shown }));
      return rows.map(({ undoable }) => undoable);
    };
    return { member, fromSegmentId, toSegmentId, undoableWith };
  }

  it('is left out by the opening, and comes in three calls without asking Shorter Loop', async () => {
    const { member, toSegmentId, undoableWith } = await moved();
    expect(valueOf(await site.panel('panel.open', {})).history).toBeNull();
    site.platform.clearRecords();
    expect(await undoableWith({ id: member.id, segmentIds: [toSegmentId] })).toEqual([true]);
    expect(callsOf(site).map(({ kind }) => kind)).toEqual(['jira', 'kvs', 'kvs']);
  });

  it('offers an undo only for the linked member where the page shows them', async () => {
    const { member, fromSegmentId, undoableWith } = await moved();
    expect(await undoableWith({ id: member.id, segmentIds: [fromSegmentId] })).toEqual([false]);
    expect(await undoableWith({ id: member.id + 1, segmentIds: [fromSegmentId] })).toEqual([false]);
    expect(await undoableWith(null)).toEqual([false]);
  });

  it('is told to nobody who may not see the issue', async () => {
    await prepare();
    const accountId = site.jira.noAccessAccountId;
    expect(problemOf(await site.panel('panel.history', { shown: null }, { accountId }))).toEqual({
      code: 'issueNotVisible',
    });
    expect(valueOf(await site.panel('panel.history', { shown: null }, { issue: 'noReporter' }))).toEqual([]);
    expect(problemOf(await site.panel('panel.history', {}))).toMatchObject({ code: 'invalidInput' });
  });
});
