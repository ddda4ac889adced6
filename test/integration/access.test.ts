import { randomUUID } from 'node:crypto';
import {
  DEFAULT_ACCESS,
  JIRA_PERMISSIONS,
  type AccessSettings,
  type JiraPermission,
  type SaveAccessInput,
} from '../../src/contract';
import { accessFor } from '../../sandbox/teamAccess';
import { writeRows } from '../support/ledgerRows';
import { createSite, linkedOf, problemOf, valueOf, type Site, type SiteOptions } from '../support/site';

let site: Site;
afterEach(() => site.stop());

/** The acts of the panel, by the rule that guards them. */
const GUARDED = {
  'panel.move': 'move',
  'panel.undo': 'move',
  'panel.link': 'link',
  'panel.unlink': 'link',
  'panel.searchMembers': 'link',
  'panel.remove': 'remove',
} as const;
type Guarded = keyof typeof GUARDED;
const FUNCTIONS = Object.keys(GUARDED) as Guarded[];

async function prepare(options: Pick<SiteOptions, 'access'> = {}) {
  site = await createSite({ offline: true, ...options });
  const view = valueOf(await site.panel('panel.open', {}));
  const { member } = linkedOf(view);
  const [from = 0] = member.segmentIds;
  const to = view.segments.find(({ id }) => !member.segmentIds.includes(id))?.id ?? 0;
  const payload = () => ({
    operationId: randomUUID(),
    memberId: member.id,
    fromSegmentId: from,
    toSegmentId: to,
    undoes: randomUUID(),
    query: 'an',
  });
  const before = { writes: site.simulator.truth.writes().length, ledger: writeRows(site.platform.kvs).length };
  const nothingHappened = (): void => {
    expect(site.simulator.truth.writes()).toHaveLength(before.writes);
    expect(writeRows(site.platform.kvs)).toHaveLength(before.ledger);
    expect(site.platform.kvs.entity('lease')).toEqual([]);
  };
  return { payload, nothingHappened };
}

async function saveAccess(changes: Partial<SaveAccessInput>): Promise<AccessSettings> {
  return valueOf(await site.admin('admin.saveAccess', { ...accessFor('EDIT_ISSUES'), ...changes }));
}

/** Whether the app lets someone do it: whatever it then says of the payload, it is no refusal. */
async function mayDo(name: Guarded, payload: object, accountId: string): Promise<string> {
  const answer = await site.panel(name, payload, { accountId });
  return answer.kind === 'problem' && answer.problem.code === 'notPermitted' ? answer.problem.needed : 'yes';
}

describe.each(FUNCTIONS)('%s', (name) => {
  it.each(JIRA_PERMISSIONS.filter((permission) => permission !== 'BROWSE_PROJECTS'))(
    'is for those who hold %s on the issue, when a rule says so',
    async (permission: JiraPermission) => {
      const { payload } = await prepare();
      await saveAccess({ [GUARDED[name]]: { permission, groupNames: [] } });
      expect(await mayDo(name, payload(), site.jira.adminAccountId)).toBe('yes');
      expect(await mayDo(name, payload(), site.jira.viewerAccountId)).toBe(permission);
    },
  );

  it('is for the members of a group, when a rule names one', async () => {
    const { payload } = await prepare();
    const access = await saveAccess({
      [GUARDED[name]]: { permission: 'BROWSE_PROJECTS', groupNames: ['Support', 'jira-administrators'] },
    });
    expect(access[GUARDED[name]].groups.map((group) => group.name)).toEqual(['support', 'jira-administrators']);
    expect(await mayDo(name, payload(), site.jira.adminAccountId)).toBe('yes');
    expect(await mayDo(name, payload(), site.jira.viewerAccountId)).toBe('yes');
    site.jira.setGroups(site.jira.viewerAccountId, ['product-team']);
    expect(await mayDo(name, payload(), site.jira.viewerAccountId)).toBe('GROUP');
  });

  it('follows a role that changes at once', async () => {
    const { payload, nothingHappened } = await prepare();
    site.jira.setRole(site.jira.defaultAccountId, 'viewer');
    expect(await mayDo(name, payload(), site.jira.defaultAccountId)).toBe('EDIT_ISSUES');
    nothingHappened();
  });

  it.each([
    ['fails', { kind: 'status', code: 500 } as const],
    ['is limited', { kind: 'rateLimited', retryAfterSeconds: 1_800, reason: 'jira-quota-tenant-based' } as const],
    ['refuses', { kind: 'status', code: 403 } as const],
  ])('is closed while Jira %s', async (_what, fault) => {
    const { payload, nothingHappened } = await prepare();
    site.jira.faults.add({ fault, path: '/mypermissions' });
    expect(problemOf(await site.panel(name, payload()))).toMatchObject({ code: 'jira' });
    nothingHappened();
  });

  it.each([
    ['a permission that is not in the answer', '/mypermissions', '{"permissions":{}}', 'notPermitted'],
    [
      'a permission that is not said clearly',
      '/mypermissions',
      '{"permissions":{"BROWSE_PROJECTS":{"havePermission":"yes"}}}',
      'jira',
    ],
    ['an answer that is no JSON', '/mypermissions', '<html>', 'jira'],
    ['groups that are not in the answer', '/myself', '{"accountId":"x"}', 'jira'],
    ['no groups', '/myself', '{"groups":{"items":[]}}', 'notPermitted'],
  ])('is closed by %s', async (_what, path, body, code) => {
    const { payload, nothingHappened } = await prepare();
    await saveAccess({ [GUARDED[name]]: { permission: 'BROWSE_PROJECTS', groupNames: ['support'] } });
    site.platform.intercept((call) =>
      call.kind === 'jira' && call.path.includes(path)
        ? { status: 200, headers: { 'content-type': 'application/json' }, body }
        : undefined,
    );
    expect(problemOf(await site.panel(name, payload()))).toMatchObject({ code });
    nothingHappened();
  });
});

describe('the rules', () => {
  it('are Edit issues for a change of the reporter, and Administer Jira for all that reaches others, until an admin says otherwise', async () => {
    site = await createSite({ offline: true, access: 'default' });
    expect(valueOf(await site.admin('admin.loadAccess'))).toEqual(DEFAULT_ACCESS);
    expect(DEFAULT_ACCESS).toMatchObject({
      move: { permission: 'EDIT_ISSUES' },
      remove: { permission: 'EDIT_ISSUES' },
      add: { permission: 'EDIT_ISSUES' },
      board: { permission: 'ADMINISTER' },
      link: { permission: 'ADMINISTER' },
      others: { permission: 'ADMINISTER' },
      bulk: { permission: 'ADMINISTER' },
    });
  });

  it('name no group that Jira does not know, and then nothing is stored', async () => {
    await prepare({ access: 'default' });
    const wrong = await site.admin('admin.saveAccess', {
      ...accessFor('EDIT_ISSUES'),
      remove: { permission: 'ADMINISTER', groupNames: ['support', 'nobody'] },
    });
    expect(problemOf(wrong)).toEqual({
      code: 'invalidInput',
      field: 'remove.groupNames',
      reason: { code: 'groupUnknown', name: 'nobody' },
    });
    expect(valueOf(await site.admin('admin.loadAccess'))).toEqual(DEFAULT_ACCESS);
  });

  it.each([
    ['an unknown permission', { permission: 'ALL', groupNames: [] }, 'move.permission'],
    [
      'too many groups',
      { permission: 'ADMINISTER', groupNames: Array.from({ length: 11 }, (_, n) => `g${n}`) },
      'move.groupNames',
    ],
    ['an empty name', { permission: 'ADMINISTER', groupNames: [' '] }, 'move.groupNames.0'],
  ])('refuse %s', async (_what, move, field) => {
    await prepare();
    expect(problemOf(await site.admin('admin.saveAccess', { ...accessFor('EDIT_ISSUES'), move }))).toMatchObject({
      code: 'invalidInput',
      field,
    });
  });
});
