import { z } from 'zod';
import { createJira, type IssueState, type Jira } from '../../../../sandbox/jira';
import type { JiraRestAnswer, JiraRestRequest } from '../../../../sandbox/forge/jiraRest';
import { createSimulator } from '../../../../sandbox/shorterloop';

const clock = { now: () => 1_790_000_000_000 };
const members = createSimulator({ members: 60, segments: 8 }).truth.snapshot().members;
const SCOPES = ['read:jira-work', 'read:jira-user', 'read:email-address:jira'];

const site = (): Jira => createJira({ members, clock });

async function get(
  jira: Jira,
  path: string,
  request: Partial<JiraRestRequest> = {},
): Promise<JiraRestAnswer & { json: unknown }> {
  const answer = await jira.rest({
    as: 'user',
    accountId: jira.defaultAccountId,
    method: 'GET',
    path,
    body: null,
    scopes: SCOPES,
    ...request,
  });
  return { ...answer, json: JSON.parse(answer.body) };
}
const email = (jira: Jira, accountId: string | null, request: Partial<JiraRestRequest> = {}) =>
  get(jira, `/rest/api/3/user/email?accountId=${encodeURIComponent(accountId ?? '')}`, {
    as: 'app',
    accountId: null,
    ...request,
  });
const reporterOf = async (jira: Jira, state: IssueState): Promise<unknown> =>
  (await get(jira, `/rest/api/3/issue/${jira.issueFor(state).id}?fields=reporter`)).json;

describe("the sandbox's issues", () => {
  it('are the same for the same seed, and show one state each', () => {
    const [one, again] = [site(), site()];
    expect(again.issues).toEqual(one.issues);
    expect(again.people).toEqual(one.people);
    expect(new Set(one.issues.map(({ state }) => state)).size).toBe(one.issues.length);
    expect(one.issues.map(({ key }) => key)).toContain('ACME-101');
  });

  it.each([
    ['one', (count: number) => count === 1],
    ['many', (count: number) => count >= 4],
    ['none', (count: number) => count === 0],
  ] as const)('include a reporter whose member is in %s', (state, fits) => {
    expect(fits(site().memberFor(state)?.segmentIds.length ?? -1)).toBe(true);
  });

  it('include an e-mail that two readable members share', async () => {
    const jira = site();
    const { json } = await email(jira, jira.issueFor('ambiguous').reporterAccountId);
    expect(json).toEqual({ accountId: expect.any(String), email: expect.any(String) });
    const shared = members.filter(
      (member) => member.email === jira.memberFor('ambiguous')?.email && member.segmentIds.length > 0,
    );
    expect(shared).toHaveLength(2);
    expect(json).toMatchObject({ email: shared[0]?.email });
  });

  it('include a reporter whose e-mail no member has', async () => {
    const jira = site();
    const { json } = await email(jira, jira.issueFor('notFound').reporterAccountId);
    const { email: asked } = z.object({ email: z.string() }).parse(json);
    expect(members.map((member) => member.email)).not.toContain(asked);
  });

  it('give every reporter who is a member the e-mail of that member, unless a link is to decide', async () => {
    const jira = site();
    for (const state of ['one', 'many', 'found', 'longName', 'nonLatin', 'rightToLeft', 'markup'] as const) {
      expect((await email(jira, jira.issueFor(state).reporterAccountId)).json).toMatchObject({
        email: jira.memberFor(state)?.email,
      });
    }
    expect((await email(jira, jira.issueFor('linked').reporterAccountId)).json).not.toMatchObject({
      email: jira.memberFor('linked')?.email,
    });
  });

  it('come with the links that the linked and the unlinked reporters need', () => {
    const jira = site();
    const seeds = (['linked', 'none', 'found'] as const).map((state) => ({
      accountId: jira.issueFor(state).reporterAccountId,
      memberId: jira.memberFor(state)?.id,
      state: state === 'found' ? 'unlinked' : 'linked',
    }));
    expect(jira.links).toEqual(seeds.map((seed) => expect.objectContaining(seed)));
  });

  it('are not made for a state that nobody named', () => {
    const jira = createJira({ members: [], clock });
    expect(jira.memberFor('one')).toBeUndefined();
    expect(jira.issueFor('one').reporterAccountId).not.toBeNull();
  });
});

describe('reading an issue', () => {
  it('gives the reporter and no other field when only that was asked for', async () => {
    const jira = site();
    const issue = jira.issueFor('one');
    expect(await reporterOf(jira, 'one')).toEqual({
      expand: expect.any(String),
      id: issue.id,
      key: issue.key,
      self: expect.any(String),
      fields: {
        reporter: expect.objectContaining({
          accountId: issue.reporterAccountId,
          active: true,
          accountType: 'atlassian',
          avatarUrls: expect.any(Object),
        }),
      },
    });
  });

  it('works by key in any case, and gives everything without a fields parameter', async () => {
    const { json } = await get(site(), '/rest/api/3/issue/acme-101');
    expect(json).toMatchObject({
      key: 'ACME-101',
      fields: { summary: expect.any(String), status: {}, project: { key: 'ACME' }, comment: { total: 2 } },
    });
    expect((await get(site(), '/rest/api/3/issue/ACME-101?fields=-comment')).json).not.toHaveProperty('fields.comment');
  });

  it('gives null, an app or a former user where the reporter is one', async () => {
    const jira = site();
    expect(await reporterOf(jira, 'noReporter')).toMatchObject({ fields: { reporter: null } });
    expect(await reporterOf(jira, 'app')).toMatchObject({ fields: { reporter: { accountType: 'app' } } });
    expect(await reporterOf(jira, 'formerUser')).toMatchObject({
      fields: { reporter: { accountId: 'unknown', displayName: 'Former user', active: false } },
    });
  });

  it('shows an e-mail only where its owner lets people see it', async () => {
    const jira = site();
    expect(await reporterOf(jira, 'emailVisible')).toHaveProperty(
      'fields.reporter.emailAddress',
      jira.memberFor('emailVisible')?.email,
    );
    for (const state of ['one', 'emailHidden', 'app'] as const)
      expect(await reporterOf(jira, state)).not.toHaveProperty('fields.reporter.emailAddress');
  });

  it('answers 404 alike for an issue that is not there and for one the person may not see', async () => {
    const jira = site();
    const missing = await get(jira, '/rest/api/3/issue/ACME-999');
    const unseen = await get(jira, '/rest/api/3/issue/ACME-101', { accountId: jira.noAccessAccountId });
    expect([missing.status, unseen.status]).toEqual([404, 404]);
    expect(unseen.json).toEqual(missing.json);
    expect(missing.json).toEqual({
      errorMessages: ['Issue does not exist or you do not have permission to see it.'],
      errors: {},
    });
  });

  it.each([
    ['nobody', { as: 'none', accountId: null }],
    ['an account that is not known', { accountId: 'nobody-1' }],
    ['a former user', { accountId: 'unknown' }],
  ] as const)('answers 401 to %s', async (_name, request) => {
    expect((await get(site(), '/rest/api/3/issue/ACME-101', request)).status).toBe(401);
  });
});

describe('asking for an e-mail', () => {
  it('is for the app alone', async () => {
    const jira = site();
    expect((await email(jira, jira.defaultAccountId, { as: 'user', accountId: jira.adminAccountId })).status).toBe(403);
    expect((await email(jira, jira.defaultAccountId)).status).toBe(200);
  });

  it.each(['emailHidden', 'emailVisible', 'app', 'formerUser'] as const)(
    'answers 404 for the reporter of %s',
    async (state) => {
      const jira = site();
      expect((await email(jira, jira.issueFor(state).reporterAccountId)).status).toBe(404);
    },
  );

  it.each([
    ['appNotApproved', 400],
    ['emailUnavailable', 503],
  ] as const)('answers as the switch %s says, and leaves other resources alone', async (kind, status) => {
    const jira = site();
    jira.faults.add({ fault: { kind } });
    expect((await email(jira, jira.defaultAccountId)).status).toBe(status);
    expect((await get(jira, '/rest/api/3/issue/ACME-101')).status).toBe(200);
    jira.reset();
    expect((await email(jira, jira.defaultAccountId)).status).toBe(200);
  });
});

describe('asking for permissions', () => {
  const held = async (jira: Jira, accountId: string) => {
    const { json } = await get(jira, '/rest/api/3/mypermissions?permissions=BROWSE_PROJECTS,EDIT_ISSUES,ADMINISTER', {
      accountId,
    });
    const { permissions } = z
      .object({ permissions: z.record(z.string(), z.object({ havePermission: z.boolean() })) })
      .parse(json);
    return Object.entries(permissions).flatMap(([name, { havePermission }]) => (havePermission ? [name] : []));
  };

  it('tells what each person may do', async () => {
    const jira = site();
    expect(await held(jira, jira.adminAccountId)).toEqual(['BROWSE_PROJECTS', 'EDIT_ISSUES', 'ADMINISTER']);
    expect(await held(jira, jira.defaultAccountId)).toEqual(['BROWSE_PROJECTS', 'EDIT_ISSUES']);
    expect(await held(jira, jira.viewerAccountId)).toEqual(['BROWSE_PROJECTS']);
    expect(await held(jira, jira.noAccessAccountId)).toEqual([]);
  });

  it('answers in the shape of Jira', async () => {
    const { json } = await get(site(), '/rest/api/3/mypermissions?permissions=EDIT_ISSUES&issueId=10101');
    expect(json).toEqual({
      permissions: {
        EDIT_ISSUES: {
          id: '12',
          key: 'EDIT_ISSUES',
          name: 'Edit Issues',
          type: 'PROJECT',
          description: '',
          havePermission: true,
        },
      },
    });
  });

  it.each([
    ['permissions=EDIT_ISSUES&issueId=99999', 404],
    ['permissions=EDIT_ISSUES&issueKey=ACME-999', 404],
    ['permissions=EDIT_ISSUES&projectKey=OTHER', 404],
    ['permissions=EDIT_ISSUES&projectKey=ACME', 200],
    ['permissions=EDIT_EVERYTHING', 400],
    ['', 400],
  ])('for "%s" answers %i', async (query, status) => {
    expect((await get(site(), `/rest/api/3/mypermissions?${query}`)).status).toBe(status);
  });

  it('answers 404 for an issue that the person may not see', async () => {
    const jira = site();
    expect(
      (
        await get(jira, '/rest/api/3/mypermissions?permissions=EDIT_ISSUES&issueId=10101', {
          accountId: jira.noAccessAccountId,
        })
      ).status,
    ).toBe(404);
  });
});

describe('what a person may do', () => {
  const names = (...permissions: string[]) => `/rest/api/3/mypermissions?permissions=${permissions.join(',')}`;
  const work = ['TRANSITION_ISSUES', 'ASSIGN_ISSUES', 'RESOLVE_ISSUES', 'MANAGE_WATCHERS'];
  const heldOf = async (jira: Jira, accountId: string) => {
    const { json } = await get(jira, names('BROWSE_PROJECTS', 'ADD_COMMENTS', ...work, 'ADMINISTER_PROJECTS'), {
      accountId,
    });
    const { permissions } = z
      .object({ permissions: z.record(z.string(), z.object({ havePermission: z.boolean() })) })
      .parse(json);
    return Object.keys(permissions).filter((name) => permissions[name]?.havePermission);
  };

  it('follows the role: who edits also transitions, assigns, resolves and watches', async () => {
    const jira = site();
    expect(await heldOf(jira, jira.defaultAccountId)).toEqual(['BROWSE_PROJECTS', 'ADD_COMMENTS', ...work]);
    expect(await heldOf(jira, jira.viewerAccountId)).toEqual(['BROWSE_PROJECTS', 'ADD_COMMENTS']);
    expect(await heldOf(jira, jira.adminAccountId)).toEqual([
      'BROWSE_PROJECTS',
      'ADD_COMMENTS',
      ...work,
      'ADMINISTER_PROJECTS',
    ]);
  });

  it('changes at once with another role, and is as seeded after a reset', async () => {
    const jira = site();
    jira.setRole(jira.defaultAccountId, 'viewer');
    expect(await heldOf(jira, jira.defaultAccountId)).toEqual(['BROWSE_PROJECTS', 'ADD_COMMENTS']);
    expect(jira.people.find(({ accountId }) => accountId === jira.defaultAccountId)?.role).toBe('viewer');
    jira.setRole(jira.defaultAccountId, 'noAccess');
    expect((await get(jira, '/rest/api/3/issue/ACME-101')).status).toBe(404);
    jira.reset();
    expect(await heldOf(jira, jira.defaultAccountId)).toEqual(['BROWSE_PROJECTS', 'ADD_COMMENTS', ...work]);
  });

  it('can be changed for those only who are there', () => {
    expect(() => site().setRole('nobody-1', 'admin')).toThrow('nobody-1');
    expect(() => site().setGroups('nobody-1', [])).toThrow('nobody-1');
  });
});

describe('groups', () => {
  const own = async (jira: Jira, accountId: string, query = '?expand=groups') =>
    (await get(jira, `/rest/api/3/myself${query}`, { accountId })).json;
  const groupNames = async (jira: Jira, accountId: string) => {
    const { groups } = z
      .object({ groups: z.object({ size: z.number(), items: z.array(z.object({ name: z.string() })) }) })
      .parse(await own(jira, accountId));
    expect(groups.size).toBe(groups.items.length);
    return groups.items.map(({ name }) => name);
  };

  it('are told to their members when asked for, with id and address', async () => {
    const jira = site();
    const [first] = jira.groups;
    expect(await own(jira, jira.defaultAccountId)).toMatchObject({
      groups: {
        size: 2,
        items: [
          {
            name: 'product-team',
            groupId: first?.groupId,
            self: expect.stringContaining('/rest/api/3/group?groupId='),
          },
          { name: 'support' },
        ],
      },
    });
    expect(await own(jira, jira.defaultAccountId, '')).not.toHaveProperty('groups');
    expect(await groupNames(jira, jira.viewerAccountId)).toEqual(['support']);
    expect(await groupNames(jira, jira.adminAccountId)).toEqual(['product-team', 'jira-administrators']);
    expect((await get(jira, '/rest/api/3/myself?expand=groups', { as: 'app', accountId: null })).json).toMatchObject({
      groups: { size: 0, items: [] },
    });
  });

  it('can be changed until a reset', async () => {
    const jira = site();
    jira.setGroups(jira.viewerAccountId, ['product-team', 'jira-administrators']);
    expect(await groupNames(jira, jira.viewerAccountId)).toEqual(['product-team', 'jira-administrators']);
    jira.setGroups(jira.viewerAccountId, []);
    expect(jira.groupsOf(jira.viewerAccountId)).toEqual([]);
    jira.reset();
    expect(await groupNames(jira, jira.viewerAccountId)).toEqual(['support']);
  });

  it('are found by a part of their name', async () => {
    expect((await get(site(), '/rest/api/3/groups/picker?query=ADMIN')).json).toMatchObject({ total: 0 });
    const { json } = await get(site(), '/rest/api/3/groups/picker?query=ADMIN&caseInsensitive=true');
    expect(json).toMatchObject({ total: 1, groups: [{ name: 'jira-administrators', groupId: expect.any(String) }] });
    const jira = site();
    const [product, support] = jira.groups;
    const without = `excludeId=${product?.groupId}&excludeId=${support?.groupId}`;
    expect((await get(jira, `/rest/api/3/groups/picker?query=p&${without}`)).json).toMatchObject({ total: 0 });
  });

  it('are hidden from those who may not browse users and groups', async () => {
    const jira = site();
    const as = { accountId: jira.noAccessAccountId };
    expect(await get(jira, '/rest/api/3/groups/picker?query=s', as)).toMatchObject({
      status: 200,
      json: { total: 0, groups: [] },
    });
  });
});

describe('reading users', () => {
  it('gives those who are there, ten at a time unless asked for more', async () => {
    const jira = site();
    const ids = jira.people.map(({ accountId }) => `accountId=${encodeURIComponent(accountId)}`).join('&');
    expect((await get(jira, `/rest/api/3/user/bulk?${ids}&accountId=nobody-1`)).json).toMatchObject({
      maxResults: 10,
      isLast: false,
      total: jira.people.length,
    });
    const { json } = await get(jira, `/rest/api/3/user/bulk?${ids}&maxResults=200`);
    expect(json).toMatchObject({ isLast: true, values: jira.people.map(({ accountId }) => ({ accountId })) });
  });

  it('gives oneself, with the own e-mail', async () => {
    const jira = site();
    expect((await get(jira, '/rest/api/3/myself')).json).toMatchObject({
      accountId: jira.defaultAccountId,
      emailAddress: 'agent@acme.example',
    });
  });
});

describe('every resource', () => {
  const paths = [
    'issue/ACME-101',
    'mypermissions?permissions=EDIT_ISSUES',
    'user/email?accountId=x',
    'user/bulk?accountId=x',
    'myself',
    'groups/picker?query=x',
  ];

  it.each(paths)('%s needs its scope', async (path) => {
    const { status, json } = await get(site(), `/rest/api/3/${path}`, { scopes: ['storage:app'] });
    expect([status, json]).toEqual([401, { code: 401, message: 'Unauthorized; scope does not match' }]);
  });

  it.each(paths)('%s can be rate limited, with the reason and the wait', async (path) => {
    const jira = site();
    jira.faults.add({ times: 1, fault: { kind: 'rateLimited', retryAfterSeconds: 2, reason: 'jira-burst-based' } });
    const limited = await get(jira, `/rest/api/3/${path}`);
    expect([limited.status, limited.headers]).toEqual([
      429,
      expect.objectContaining({ 'retry-after': '2', 'ratelimit-reason': 'jira-burst-based' }),
    ]);
    expect((await get(jira, `/rest/api/3/${path}`)).status).not.toBe(429);
  });

  it('can be rate limited with nothing but the instant at which it ends', async () => {
    const jira = site();
    jira.faults.add({
      fault: { kind: 'rateLimited', retryAfterSeconds: null, reason: null, resetAtMs: Date.UTC(2026, 0, 5, 10) },
    });
    const { headers } = await get(jira, '/rest/api/3/myself');
    expect(headers).toEqual({ 'content-type': expect.any(String), 'x-ratelimit-reset': '2026-01-05T10:00:00.000Z' });
  });

  it('may fail alone', async () => {
    const jira = site();
    jira.faults.add({ path: '/mypermissions', fault: { kind: 'status', code: 500 } });
    expect((await get(jira, '/rest/api/3/mypermissions?permissions=ADMINISTER')).status).toBe(500);
    expect((await get(jira, '/rest/api/3/myself')).status).toBe(200);
  });

  it.each([
    ['GET', '/rest/api/3/project/ACME/components'],
    ['PUT', '/rest/api/3/issue/ACME-101'],
    ['GET', '/rest/api/2/issue/ACME-101'],
  ])('that is not modelled answers 501 and names itself (%s %s)', async (method, path) => {
    const answer = await get(site(), path, { method });
    expect(answer.status).toBe(501);
    expect(answer.body).toContain(`${method} ${path}`);
  });

  it('is on record until a reset', async () => {
    const jira = site();
    await get(jira, '/rest/api/3/myself');
    await get(jira, '/rest/api/3/nowhere', { as: 'app', accountId: null });
    expect(jira.calls()).toEqual([
      {
        as: 'user',
        accountId: jira.defaultAccountId,
        method: 'GET',
        path: '/rest/api/3/myself',
        status: 200,
        atMs: 1_790_000_000_000,
      },
      { as: 'app', accountId: null, method: 'GET', path: '/rest/api/3/nowhere', status: 501, atMs: 1_790_000_000_000 },
    ]);
    jira.reset();
    expect(jira.calls()).toEqual([]);
  });
});
