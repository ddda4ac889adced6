import { randomUUID } from 'node:crypto';
import { asUser, route } from '@forge/api';
import { DEFAULT_ACCESS, type AccessSettings, type Act, type ProjectScope, type Result } from '../../src/contract';
import {
  authorize,
  authorizeOnIssues,
  verdicts,
  type AccessRules,
  type Actor,
  type Place,
} from '../../src/usecases/access';
import { writeApiClient } from '../../src/adapters/store';
import { refusalsOf } from '../../src/features/bulk/access';
import { createSite, type Site } from '../support/site';

let site: Site;
beforeEach(async () => {
  site = await createSite({ offline: true });
});
afterEach(() => site.stop());

const everywhere: ProjectScope = { kind: 'all' };
const elsewhere: ProjectScope = { kind: 'only', projects: [{ id: '99999', key: 'OTHER', name: 'Other' }] };
const rulesOf = (changes: Partial<AccessSettings> = {}, scope: ProjectScope = everywhere): AccessRules => ({
  access: { ...DEFAULT_ACCESS, ...changes },
  scope,
});
const issuePlace = (): Place => ({ kind: 'issue', issueId: site.jira.issueFor('one').id, projectId: '10000' });
const project: Place = { kind: 'project', projectKey: 'ACME' };
const anywhere: Place = { kind: 'anywhere' };

/** Asks within an invocation of the queue, where nobody is there, unless a user is named. */
function ask(actor: Actor, acts: readonly (Act | 'look')[], place: Place, rules = rulesOf(), userId?: string) {
  const who = userId === undefined ? {} : { accountId: userId };
  return site.app.runAs({ moduleKey: 'queued-changes', ...who }, () => authorize(actor, acts, place, rules));
}
const told = (answer: Result<true>) => (answer.kind === 'ok' ? 'yes' : answer.problem);
const jiraCalls = () =>
  site.platform.calls.filter(({ kind }) => kind === 'jira').map(({ path }) => path.replace(/\?.*/, ''));

describe('an account that is not there any more', () => {
  const asked = (accountId: string) => ({ kind: 'account', accountId }) as const;

  it('is asked for by its own permissions, in each place', async () => {
    const { adminAccountId, defaultAccountId, viewerAccountId } = site.jira;
    for (const place of [issuePlace(), project, anywhere]) {
      expect(told(await ask(asked(defaultAccountId), ['move'], place))).toBe('yes');
      expect(told(await ask(asked(adminAccountId), ['move', 'others'], place))).toBe('yes');
      expect(told(await ask(asked(viewerAccountId), ['move'], place))).toEqual({
        code: 'notPermitted',
        needed: 'EDIT_ISSUES',
      });
      expect(told(await ask(asked(defaultAccountId), ['move', 'others'], place))).toEqual({
        code: 'notPermitted',
        needed: 'ADMINISTER',
      });
    }
  });

  it('may nothing where it sees nothing', async () => {
    const { noAccessAccountId } = site.jira;
    expect(told(await ask(asked(noAccessAccountId), ['move'], issuePlace()))).toEqual({ code: 'issueNotVisible' });
    expect(told(await ask(asked(noAccessAccountId), ['look'], issuePlace()))).toEqual({ code: 'issueNotVisible' });
    expect(told(await ask(asked(noAccessAccountId), ['board'], project))).toEqual({ code: 'projectNotVisible' });
    expect(told(await ask(asked(noAccessAccountId), ['look'], project))).toEqual({ code: 'projectNotVisible' });
  });

  it('is asked for its groups only where a rule names one', async () => {
    const { defaultAccountId } = site.jira;
    const move = { permission: 'EDIT_ISSUES', groups: [{ id: 'nobodys', name: 'nobody' }] } as const;
    expect(told(await ask(asked(defaultAccountId), ['remove'], issuePlace(), rulesOf({ move })))).toBe('yes');
    expect(jiraCalls()).toEqual(['/rest/api/3/mypermissions']);
    expect(told(await ask(asked(defaultAccountId), ['move'], issuePlace(), rulesOf({ move })))).toEqual({
      code: 'notPermitted',
      needed: 'GROUP',
    });
    expect(jiraCalls().slice(1).sort()).toEqual(['/rest/api/3/mypermissions', '/rest/api/3/myself']);
  });

  it.each(['missing consent', 'a closed account'])('may nothing with %s, and that is told', async (how) => {
    const accountId = how === 'a closed account' ? 'nobody-any-more' : site.jira.defaultAccountId;
    if (how === 'missing consent')
      site.platform.intercept((call) =>
        call.kind === 'jira'
          ? Promise.resolve({ status: 401, headers: { 'forge-proxy-error': 'NEEDS_AUTHENTICATION_ERR' }, body: '' })
          : undefined,
      );
    const answer = told(await ask(asked(accountId), ['move'], issuePlace()));
    expect(answer).toEqual({ code: 'consentNeeded' });
  });

  it('is told about an outage as one, so that it can be asked for later', async () => {
    site.jira.faults.add({ fault: { kind: 'status', code: 500 }, path: '/mypermissions' });
    expect(told(await ask(asked(site.jira.defaultAccountId), ['move'], issuePlace()))).toMatchObject({ code: 'jira' });
  });

  it('is asked for under the scopes alone that allow impersonation', async () => {
    const { adminAccountId } = site.jira;
    const statuses = await site.app.runAs({ moduleKey: 'queued-changes', accountId: adminAccountId }, async () => {
      const path = route`/rest/api/3/jql/function/computation`;
      const theirs = await asUser().requestJira(path);
      return [theirs.status, (await asUser(site.jira.defaultAccountId).requestJira(path)).status];
    });
    // Jira lets apps alone ask for computations: 403 for whoever has the scope, 401 without.
    expect(statuses).toEqual([403, 401]);
  });
});

describe('the user of an invocation', () => {
  it('is judged as they are now', async () => {
    const { defaultAccountId, viewerAccountId } = site.jira;
    const user = { kind: 'user' } as const;
    expect(told(await ask(user, ['move'], issuePlace(), rulesOf(), defaultAccountId))).toBe('yes');
    expect(told(await ask(user, ['move'], issuePlace(), rulesOf(), viewerAccountId))).toMatchObject({
      code: 'notPermitted',
    });
    expect(told(await ask(user, ['look'], issuePlace(), rulesOf(), viewerAccountId))).toBe('yes');
  });

  it('is asked for a consent that is missing by Forge, and nothing is decided', async () => {
    site.platform.intercept((call) =>
      call.kind === 'jira'
        ? Promise.resolve({ status: 401, headers: { 'forge-proxy-error': 'NEEDS_AUTHENTICATION_ERR' }, body: '' })
        : undefined,
    );
    await expect(
      ask({ kind: 'user' }, ['move'], issuePlace(), rulesOf(), site.jira.defaultAccountId),
    ).rejects.toThrow();
  });

  it('is not asked about the project of an issue, whose id is known', async () => {
    const here: ProjectScope = { kind: 'only', projects: [{ id: '10000', key: 'ACME', name: 'Acme' }] };
    const { defaultAccountId } = site.jira;
    expect(told(await ask({ kind: 'user' }, ['move'], issuePlace(), rulesOf({}, here), defaultAccountId))).toBe('yes');
    expect(jiraCalls()).toEqual(['/rest/api/3/mypermissions']);
  });

  it('is told each verdict by one question to Jira', async () => {
    const acts = ['move', 'remove', 'link', 'board'] as const;
    const judged = await site.app.runAs({ moduleKey: 'segments-panel', accountId: site.jira.defaultAccountId }, () =>
      verdicts({ kind: 'user' }, acts, issuePlace(), rulesOf()),
    );
    const needed = { code: 'notPermitted', needed: 'ADMINISTER' };
    expect(judged).toEqual({ kind: 'ok', value: { move: null, remove: null, link: needed, board: needed } });
    expect(jiraCalls()).toEqual(['/rest/api/3/mypermissions']);
  });
});

describe('a project where the app is off', () => {
  it.each([
    { kind: 'user' },
    { kind: 'app' },
    { kind: 'account', accountId: 'somebody' },
    { kind: 'apiClient', apiClientId: 'some' },
  ] as const)('is closed to $kind before anything is asked', async (actor) => {
    const rules = rulesOf({}, elsewhere);
    expect(told(await ask(actor, ['look'], issuePlace(), rules, site.jira.adminAccountId))).toEqual({
      code: 'projectOff',
    });
    expect(site.platform.calls).toEqual([]);
  });

  it('is known by what its key means now', async () => {
    const { adminAccountId } = site.jira;
    const user = { kind: 'user' } as const;
    const here: ProjectScope = { kind: 'only', projects: [{ id: '10000', key: 'OLD', name: 'Old' }] };
    expect(told(await ask(user, ['board'], project, rulesOf({}, elsewhere), adminAccountId))).toEqual({
      code: 'projectOff',
    });
    expect(told(await ask(user, ['board'], project, rulesOf({}, here), adminAccountId))).toBe('yes');
  });
});

describe('an API client', () => {
  async function client(acts: readonly ('move' | 'remove' | 'add' | 'get')[]): Promise<Actor> {
    const apiClientId = randomUUID();
    await site.app.runAs({ moduleKey: 'api-requests' }, () =>
      writeApiClient({
        id: apiClientId,
        name: 'client',
        acts: [...acts],
        secretHash: 'a'.repeat(64),
        createdByAccountId: site.jira.adminAccountId,
        createdAtMs: Date.now(),
        lastUsedAtMs: null,
      }),
    );
    return { kind: 'apiClient', apiClientId };
  }

  it('may what an admin ticked, and nothing else', async () => {
    const actor = await client(['move', 'get']);
    expect(told(await ask(actor, ['move'], issuePlace()))).toBe('yes');
    expect(told(await ask(actor, ['look'], issuePlace()))).toBe('yes');
    for (const act of ['remove', 'add', 'link', 'board', 'others', 'bulk'] as const)
      expect(told(await ask(actor, [act], issuePlace()))).toEqual({ code: 'apiClientMayNot', act });
    expect(told(await ask(actor, ['move', 'remove'], issuePlace()))).toEqual({
      code: 'apiClientMayNot',
      act: 'remove',
    });
    expect(jiraCalls()).toEqual([]);
  });

  it('may nothing once it is gone', async () => {
    expect(told(await ask({ kind: 'apiClient', apiClientId: 'gone' }, ['move'], issuePlace()))).toEqual({
      code: 'apiClientGone',
    });
  });

  it('is held to the projects where the app is on', async () => {
    const actor = await client(['move']);
    expect(told(await ask(actor, ['move'], project, rulesOf({}, elsewhere)))).toEqual({ code: 'projectOff' });
    expect(told(await ask(actor, ['move'], project))).toBe('yes');
  });
});

describe('the app itself', () => {
  it('finishes what was allowed before, and asks nobody', async () => {
    expect(await ask({ kind: 'app' }, ['move'], issuePlace())).toEqual({ kind: 'ok', value: true });
    expect(told(await ask({ kind: 'app' }, ['move', 'others', 'bulk'], issuePlace()))).toBe('yes');
    expect(site.platform.calls).toEqual([]);
  });
});

describe('many issues at once', () => {
  type Asker = Parameters<typeof authorizeOnIssues>[0];
  const NOBODYS = { permission: 'EDIT_ISSUES', groups: [{ id: 'nobodys', name: 'nobody' }] } as const;
  const ids = () => site.jira.issues.slice(0, 3).map(({ id }) => id);
  const inProject = (issueIds: readonly string[], projectId = '10000') =>
    issueIds.map((issueId) => ({ issueId, projectId }));
  async function refusals(
    actor: Asker,
    acts: readonly Act[],
    { issues = inProject(ids()), rules = rulesOf(), userId = site.jira.defaultAccountId } = {},
  ): Promise<unknown> {
    const answer = await site.app.runAs({ moduleKey: 'segments-board', accountId: userId }, () =>
      authorizeOnIssues(actor, acts, issues, rules),
    );
    return answer.kind === 'ok' ? Object.fromEntries(answer.value) : answer;
  }
  const onAll = (problem: object) => Object.fromEntries(ids().map((id) => [id, problem]));

  it('stand in nobody’s way where every act is allowed, by one question', async () => {
    expect(await refusals({ kind: 'user' }, ['move', 'remove'])).toEqual({});
    expect(jiraCalls()).toEqual(['/rest/api/3/permissions/check']);
  });

  it('are refused for the first act that is not allowed, as on a single one', async () => {
    const user = { kind: 'user' } as const;
    const edit = { code: 'notPermitted', needed: 'EDIT_ISSUES' };
    expect(await refusals(user, ['move'], { userId: site.jira.viewerAccountId })).toEqual(onAll(edit));
    const administer = { code: 'notPermitted', needed: 'ADMINISTER' };
    expect(await refusals(user, ['move', 'others'])).toEqual(onAll(administer));
    expect(await refusals(user, ['move', 'others'], { userId: site.jira.adminAccountId })).toEqual({});
  });

  it('are judged for somebody who is not there by their own permissions', async () => {
    const asked = { kind: 'account', accountId: site.jira.viewerAccountId } as const;
    const userId = site.jira.adminAccountId;
    expect(await refusals(asked, ['move'], { userId })).toEqual(onAll({ code: 'notPermitted', needed: 'EDIT_ISSUES' }));
    expect(await refusals({ ...asked, accountId: site.jira.defaultAccountId }, ['move'], { userId })).toEqual({});
  });

  it('are not seen by whoever does not see them', async () => {
    expect(await refusals({ kind: 'user' }, ['move'], { userId: site.jira.noAccessAccountId })).toEqual(
      onAll({ code: 'issueNotVisible' }),
    );
  });

  it('are closed one by one where the app is off, and only the others are asked about', async () => {
    const [first = '', second = ''] = ids();
    const rules = rulesOf({}, { kind: 'only', projects: [{ id: '10000', key: 'ACME', name: 'Acme' }] });
    const issues = [...inProject([first]), ...inProject([second], '99999')];
    const asked: string[] = [];
    site.platform.intercept((_call, _proceed, { body }) => {
      asked.push(String(body));
      return undefined;
    });
    expect(await refusals({ kind: 'user' }, ['move'], { issues, rules })).toEqual({ [second]: { code: 'projectOff' } });
    expect(asked.join()).toContain(first);
    expect(asked.join()).not.toContain(second);
  });

  it('ask for groups only where a rule names one and an issue is left', async () => {
    const user = { kind: 'user' } as const;
    await refusals(user, ['remove'], { rules: rulesOf({ move: NOBODYS }) });
    expect(jiraCalls()).toEqual(['/rest/api/3/permissions/check']);
    site.platform.clearRecords();
    expect(await refusals(user, ['move', 'remove'], { rules: rulesOf({ move: NOBODYS }) })).toEqual(
      onAll({ code: 'notPermitted', needed: 'GROUP' }),
    );
    expect(jiraCalls().sort()).toEqual(['/rest/api/3/myself', '/rest/api/3/permissions/check']);
    site.platform.clearRecords();
    await refusals(user, ['move'], { rules: rulesOf({ move: NOBODYS }, elsewhere) });
    expect(jiraCalls()).toEqual([]);
  });

  it.each(['/permissions/check', '/myself'])('are a problem where Jira can’t answer %s', async (path) => {
    site.jira.faults.add({ fault: { kind: 'status', code: 500 }, path });
    expect(await refusals({ kind: 'user' }, ['move'], { rules: rulesOf({ move: NOBODYS }) })).toMatchObject({
      kind: 'problem',
      problem: { code: 'jira', status: 500 },
    });
  });

  it('are a problem with the cause where consent is missing', async () => {
    site.platform.intercept((call) =>
      call.kind === 'jira'
        ? Promise.resolve({ status: 401, headers: { 'forge-proxy-error': 'NEEDS_AUTHENTICATION_ERR' }, body: '' })
        : undefined,
    );
    const asked = { kind: 'account', accountId: site.jira.viewerAccountId } as const;
    expect(await refusals(asked, ['move'])).toEqual({ kind: 'problem', problem: { code: 'consentNeeded' } });
    // Who is there is asked for it by Forge itself, which the error leads to.
    await expect(refusals({ kind: 'user' }, ['move'])).rejects.toThrow();
  });
});

describe('an outage of Jira', () => {
  const GROUP_RULE = { permission: 'EDIT_ISSUES', groups: [{ id: 'nobodys', name: 'nobody' }] } as const;

  it('is told as one where only the groups can’t be read', async () => {
    site.jira.faults.add({ fault: { kind: 'status', code: 500 }, path: '/myself' });
    const user = { kind: 'user' } as const;
    const { defaultAccountId } = site.jira;
    expect(
      told(await ask(user, ['move'], issuePlace(), rulesOf({ move: GROUP_RULE }), defaultAccountId)),
    ).toMatchObject({ code: 'jira', status: 500 });
  });

  it('is told as one where only the project can’t be read, to a user and to an API client', async () => {
    site.jira.faults.add({ fault: { kind: 'status', code: 500 }, path: '/rest/api/3/project' });
    const rules = rulesOf({}, elsewhere);
    const { adminAccountId } = site.jira;
    expect(told(await ask({ kind: 'user' }, ['board'], project, rules, adminAccountId))).toMatchObject({
      code: 'jira',
      status: 500,
    });
    const apiClientId = randomUUID();
    await site.app.runAs({ moduleKey: 'api-requests' }, () =>
      writeApiClient({
        id: apiClientId,
        name: 'client',
        acts: ['move'],
        secretHash: 'a'.repeat(64),
        createdByAccountId: adminAccountId,
        createdAtMs: Date.now(),
        lastUsedAtMs: null,
      }),
    );
    expect(told(await ask({ kind: 'apiClient', apiClientId }, ['move'], project, rules))).toMatchObject({
      code: 'jira',
      status: 500,
    });
  });
});

describe('groups that Jira does not tell in full', () => {
  const GROUPS = { permission: 'EDIT_ISSUES', groups: [{ id: 'g-own', name: 'support' }] } as const;
  const rules = () => rulesOf({ move: GROUPS, bulk: GROUPS });
  const user = { kind: 'user' } as const;
  /** Has Jira answer the two questions for somebody's groups so. */
  function tell(own: object, ofAccount: unknown = null): void {
    const headers = { 'content-type': 'application/json' };
    site.platform.intercept(({ kind, path }) => {
      if (kind !== 'jira') return undefined;
      if (path.includes('/myself')) return { status: 200, headers, body: JSON.stringify({ accountId: 'a', ...own }) };
      if (!path.includes('/user/groups')) return undefined;
      return { status: ofAccount === null ? 403 : 200, headers, body: JSON.stringify(ofAccount) };
    });
  }
  const asked = () => ask(user, ['move'], issuePlace(), rules(), site.jira.defaultAccountId);
  const odd = { groups: { items: [{ groupId: null, name: 'support' }, { groupId: 'g1' }], size: 2 } };
  const part = { groups: { items: [{ groupId: 'g1' }], size: 60, 'max-results': 1 } };

  it.each([
    ['one of them can’t be read', odd],
    ['there are more of them', part],
  ])('are asked for by the account where %s', async (_what, own) => {
    tell(own, [{ groupId: 'g-own' }, { groupId: 'g1' }]);
    expect(told(await asked())).toBe('yes');
    tell(own, [{ groupId: 'g1' }]);
    expect(told(await asked())).toEqual({ code: 'notPermitted', needed: 'GROUP' });
  });

  it.each([
    ['one of them can’t be read', odd],
    ['there are more of them', part],
  ])('permit nothing and refuse nobody for good where %s, and Jira says no more', async (_what, own) => {
    tell(own);
    expect(told(await asked())).toEqual({ code: 'jira', status: null, retryAfterMs: null, limit: null });
    const shown = await site.app.runAs({ moduleKey: 'segments-panel', accountId: site.jira.defaultAccountId }, () =>
      verdicts(user, ['move', 'remove'], issuePlace(), rules()),
    );
    expect(shown).toMatchObject({ value: { move: { code: 'jira' }, remove: null } });
    const run = await site.app.runAs({ moduleKey: 'segments-bulk', accountId: site.jira.defaultAccountId }, () =>
      refusalsOf(user, 'move', [{ issueId: site.jira.issueFor('one').id, projectId: '10000' }], rules()),
    );
    expect(run).toMatchObject({ kind: 'problem', problem: { code: 'jira' } });
  });
});
