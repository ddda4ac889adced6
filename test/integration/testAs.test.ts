import { teamAccess } from '../../sandbox/teamAccess';
import { JIRA_PERMISSIONS, type SaveAccessInput, type Verdict } from '../../src/contract';
import { boardResolver } from '../../src';
import { createSite, problemOf, valueOf, type Site } from '../support/site';

let site: Site;
beforeEach(async () => {
  site = await createSite({ offline: true });
});
afterEach(() => site.stop());

const issueKey = (): string => site.jira.issueFor('one').key;
const ask = async (accountId: string): Promise<readonly Verdict[]> =>
  valueOf(await site.admin('admin.testAs', { accountId, issueKey: issueKey() }));
const allowed = (verdicts: readonly Verdict[]): string[] =>
  verdicts.filter(({ isAllowed }) => isAllowed).map(({ act }) => act);
const usual: SaveAccessInput = teamAccess();

describe('a test as someone', () => {
  it('says what each person may do on an issue', async () => {
    const { jira } = site;
    expect(allowed(await ask(jira.adminAccountId))).toEqual([
      'look',
      'board',
      'link',
      'move',
      'remove',
      'add',
      'others',
      'bulk',
    ]);
    expect(allowed(await ask(jira.defaultAccountId))).toEqual([
      'look',
      'board',
      'link',
      'move',
      'remove',
      'add',
      'others',
    ]);
    expect(allowed(await ask(jira.viewerAccountId))).toEqual(['look']);
    expect(allowed(await ask(jira.noAccessAccountId))).toEqual([]);
  });

  it.each(JIRA_PERMISSIONS)('agrees with the entry point when linking needs %s and a group', async (permission) => {
    valueOf(await site.admin('admin.saveAccess', { ...usual, link: { permission, groupNames: ['support'] } }));
    for (const accountId of [site.jira.adminAccountId, site.jira.defaultAccountId, site.jira.viewerAccountId]) {
      const verdict = (await ask(accountId)).find(({ act }) => act === 'link');
      const answer = await site.panel('panel.searchMembers', { query: 'an' }, { accountId });
      expect([accountId, verdict?.isAllowed]).toEqual([accountId, answer.kind === 'ok']);
      expect(verdict?.conditions).toContainEqual({
        kind: 'inGroup',
        groups: ['support'],
        holds: accountId !== site.jira.adminAccountId,
      });
    }
  });

  it('does not allow what Jira does not tell', async () => {
    valueOf(
      await site.admin('admin.saveAccess', { ...usual, move: { permission: 'EDIT_ISSUES', groupNames: ['support'] } }),
    );
    site.jira.faults.add({ path: '/user/groups', fault: { kind: 'status', code: 500 } });
    const move = (await ask(site.jira.defaultAccountId)).find(({ act }) => act === 'move');
    expect(move).toMatchObject({
      isAllowed: false,
      conditions: expect.arrayContaining([{ kind: 'inGroup', groups: ['support'], holds: null }]),
    });
  });

  it('as the app says what a request of an API client can see', async () => {
    const asApp = async () => valueOf(await site.admin('admin.testAs', { accountId: null, issueKey: issueKey() }));
    const told = (isAllowed: boolean, seen: boolean | null) => [
      {
        act: 'look',
        isAllowed,
        conditions: [
          { kind: 'seesIssue', holds: seen },
          { kind: 'projectOn', holds: true },
        ],
      },
    ];
    expect(await asApp()).toEqual(told(true, true));
    // The admin reads the issue by its key, and then the app by its id.
    const path = `/rest/api/3/issue/${site.jira.issueFor('one').id}`;
    for (const [code, seen] of [
      [404, false],
      [403, false],
      [500, null],
    ] as const) {
      site.jira.faults.clear();
      site.jira.faults.add({ path, fault: { kind: 'status', code } });
      expect(await asApp()).toEqual(told(false, seen));
    }
  });

  it('reads a key that was copied with what can not be seen', async () => {
    const asked = { accountId: site.jira.defaultAccountId, issueKey: `\u200b ${issueKey()}\ufeff\u00a0` };
    expect(valueOf(await site.admin('admin.testAs', asked))).toEqual(await ask(site.jira.defaultAccountId));
  });

  it('names what is wrong with the question', async () => {
    expect(problemOf(await site.admin('admin.testAs', { accountId: 'nobody', issueKey: issueKey() }))).toMatchObject({
      code: 'invalidInput',
      field: 'accountId',
    });
    expect(
      problemOf(await site.admin('admin.testAs', { accountId: site.jira.viewerAccountId, issueKey: 'ACME-99999' })),
    ).toEqual({ code: 'issueNotVisible' });
  });
});

describe('the projects in which the app is used', () => {
  const only = (keys: readonly string[] | null) => site.admin('admin.saveProjects', { keys });
  const elsewhere = (): void =>
    void site.platform.kvs.handle('/api/v1/set', {
      key: 'projects',
      value: { version: 1, scope: { kind: 'only', projects: [{ id: '99', key: 'ELSE', name: 'Elsewhere' }] } },
    });

  it('are all of them until an admin names some, each known to Jira', async () => {
    expect(valueOf(await site.admin('admin.loadProjects'))).toEqual({ kind: 'all' });
    expect(valueOf(await only(['acme', 'ACME']))).toMatchObject({ kind: 'only', projects: [{ key: 'ACME' }] });
    expect(problemOf(await only(['ACME', 'NONE']))).toMatchObject({ code: 'invalidInput', field: 'keys.1' });
    for (const key of ['ß', 'A/../X', '1A', 'ACME?X=Y'])
      expect(problemOf(await only(['ACME', key]))).toEqual({
        code: 'invalidInput',
        field: 'keys.1',
        reason: { code: 'projectUnknown', key },
      });
    expect(problemOf(await only([]))).toMatchObject({ code: 'invalidInput', field: 'keys' });
    expect(valueOf(await site.admin('admin.loadProjects'))).toMatchObject({ kind: 'only' });
    expect(valueOf(await only(null))).toEqual({ kind: 'all' });
  });

  it('hold for the panel, every change, actions and API clients, before anything about a person is read', async () => {
    const { id, secret } = valueOf(
      await site.admin('admin.createApiClient', { name: 'Tool', acts: ['get', 'remove'] }),
    );
    elsewhere();
    site.platform.clearRecords();
    expect(problemOf(await site.panel('panel.open', {}))).toEqual({ code: 'projectOff' });
    expect(problemOf(await site.panel('panel.open', {}, { issue: 'noReporter' }))).toEqual({ code: 'projectOff' });
    expect(problemOf(await site.panel('panel.searchMembers', { query: 'an' }))).toEqual({ code: 'projectOff' });
    expect(await site.action('get-reporter-segments', { issueKey: issueKey() })).toMatchObject({
      errors: [{ message: expect.stringContaining('not switched on in this project') }],
    });
    const body = {
      operationId: 'operation-1',
      sentAt: new Date().toISOString(),
      action: 'remove',
      source: '1',
      issueKey: issueKey(),
    };
    expect((await site.apiClient({ 'x-segments-key': `${id}.${secret}` }, body)).statusCode).toBe(403);
    const board = (functionKey: string) =>
      site.app.invoke(boardResolver, {
        moduleKey: 'segments-board',
        functionKey,
        payload: { pageToken: null },
        extension: { project: { key: 'ACME' } },
        accountId: site.jira.adminAccountId,
      });
    for (const name of ['board.open', 'board.reporters'])
      expect(await board(name)).toEqual({ kind: 'problem', problem: { code: 'projectOff' } });
    expect(site.platform.calls.filter(({ kind }) => kind === 'egress')).toEqual([]);
    expect(allowed(await ask(site.jira.adminAccountId))).toEqual([]);
  });

  it('leave the reporters of other projects out of a bulk run, and say why', async () => {
    elsewhere();
    const target = site.simulator.segments[0]?.id;
    const run = valueOf(
      await site.bulk('bulk.create', {
        source: { kind: 'jql', jql: 'project = ACME' },
        act: { kind: 'move', from: null, to: target },
      }),
    );
    const { run: read } = valueOf(
      await site.bulk('bulk.read', { runId: run.runId, kind: 'jql', jql: 'project = ACME', pageToken: null }),
    );
    expect(read.verdicts.projectOff).toBeGreaterThan(0);
    expect(Object.entries(read.verdicts).filter(([, count]) => count > 0)).toEqual([
      ['projectOff', read.verdicts.projectOff],
    ]);
  });

  it('leave the board on where the project is one of them', async () => {
    valueOf(await only(['ACME']));
    const answer = await site.app.invoke(boardResolver, {
      moduleKey: 'segments-board',
      functionKey: 'board.open',
      extension: { project: { key: 'ACME' } },
      accountId: site.jira.defaultAccountId,
    });
    expect(answer).toMatchObject({ kind: 'ok' });
  });
});
