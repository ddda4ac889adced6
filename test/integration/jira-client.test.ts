import { createServer, type Server } from 'node:http';
import { createCloudClient, UserDetailsSchema } from 'jira.js/cloud';
import { createClient, isSchemaMismatchError, type Client } from 'jira.js/core';
import { z } from 'zod';
import { createJira, type Jira } from '../../sandbox/jira';
import { createSimulator } from '../../sandbox/shorterloop';
import { operationsInSource, operationsOf } from '../support/jiraOperations';

/**
 * The Jira stand-in as a client of others sees it. jira.js holds every answer to schemas that are
 * generated from Atlassian's published description, and is told to throw when one does not fit.
 */
const members = createSimulator({ members: 60, segments: 8 }).truth.snapshot().members;
const jqlApp = {
  functions: () => [
    {
      key: 'f',
      functionKey: 'ari:f',
      name: 'f',
      arguments: [{ name: 'a', required: false }],
      types: ['user'],
      operators: ['in'],
    },
  ],
  compute: () => Promise.resolve({ jql: 'type = Bug' }),
};
const FIELD = {
  id: 'customfield_10100',
  key: 'app__DEVELOPMENT__reporter-segments',
  moduleKey: 'reporter-segments',
  name: 'Reporter segments',
  type: 'ari:cloud:ecosystem::extension/app/environment/static/reporter-segments',
};
const PANEL = 'ari:cloud:ecosystem::extension/app/environment/static/segments-panel';
const SCOPES = [
  'read:jira-work',
  'read:jira-user',
  'read:email-address:jira',
  'read:app-data:jira',
  'write:app-data:jira',
  'manage:jira-project',
];

let jira: Jira;
let server: Server;
/** What the next answer's body is turned into before it is sent. */
let spoil: (body: string) => string;
/** Verb and path of every request that came in. */
let received: string[];

beforeEach(async () => {
  jira = createJira({ members, clock: { now: () => 1_790_000_000_000 }, jqlApp, fields: [FIELD] });
  spoil = (body) => body;
  received = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      const method = request.method ?? '';
      const path = request.url ?? '';
      received.push(`${method} ${path}`);
      const body = chunks.length === 0 ? null : Buffer.concat(chunks).toString();
      void jira
        .rest({
          as: token === 'app' ? 'app' : 'user',
          accountId: token === 'app' ? null : token,
          method,
          path,
          body,
          scopes: SCOPES,
        })
        .then((answer) => {
          response.writeHead(answer.status, answer.headers).end(spoil(answer.body));
        });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

/** The client's transport, as the app (`app`) or as a person by their account id. */
function transport(token: string): Client {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stand-in does not listen');
  return createClient({
    host: `http://127.0.0.1:${address.port}`,
    auth: { type: 'bearer', token },
    onSchemaMismatch: 'throw',
    retry: { maxAttempts: 1 },
  });
}
const asApp = () => createCloudClient(transport('app'));
const asUser = (accountId = jira.defaultAccountId) => createCloudClient(transport(accountId));

const reporter = () => {
  const { reporterAccountId } = jira.issueFor('emailVisible');
  const person = jira.people.find(({ accountId }) => accountId === reporterAccountId);
  if (person === undefined) throw new Error('The issue has a reporter');
  return person;
};
/** A user as the description has one, with what the app and its pages read required. */
const fullUser = UserDetailsSchema.required({
  accountId: true,
  accountType: true,
  active: true,
  avatarUrls: true,
  displayName: true,
  self: true,
});
const isFullUser = (value: unknown, accountId: string | null) =>
  expect(fullUser.parse(value).accountId).toBe(accountId);

/**
 * One call of each operation. Where jira.js has no schema, or Atlassian's description contradicts
 * itself, the row holds the answer to a schema of its own, written from the page that it names.
 */
const CALLS: Readonly<Record<string, () => Promise<void>>> = {
  'GET /rest/api/3/issue/{}': async () => {
    const issue = await asUser().issues.getIssue({ issueIdOrKey: 'ACME-101', fields: ['reporter', 'project'] });
    expect(issue).toMatchObject({
      key: 'ACME-101',
      id: jira.issueFor('one').id,
      fields: { project: { id: '10000', key: 'ACME' } },
    });
    isFullUser(issue.fields?.['reporter'], jira.issueFor('one').reporterAccountId);
  },
  'GET /rest/api/3/mypermissions': async () => {
    const { permissions } = await asUser(jira.viewerAccountId).permissions.getMyPermissions({
      permissions: 'EDIT_ISSUES,BROWSE_PROJECTS',
      issueId: jira.issueFor('one').id,
    });
    // The description says no more of a permission than that it is there; UserPermission of the same page is what it looks like.
    const held = z
      .record(
        z.string(),
        z.object({
          id: z.string(),
          key: z.string(),
          name: z.string(),
          type: z.enum(['PROJECT', 'GLOBAL']),
          havePermission: z.boolean(),
        }),
      )
      .parse(permissions);
    expect([held['EDIT_ISSUES']?.havePermission, held['BROWSE_PROJECTS']?.havePermission]).toEqual([false, true]);
  },
  'POST /rest/api/3/permissions/check': async () => {
    const issue = Number(jira.issueFor('one').id);
    const granted = await asUser().permissions.getBulkPermissions({
      globalPermissions: ['ADMINISTER'],
      projectPermissions: [{ permissions: ['EDIT_ISSUES'], issues: [issue], projects: [10_000] }],
    });
    expect(granted).toEqual({
      globalPermissions: [],
      projectPermissions: [{ permission: 'EDIT_ISSUES', issues: [issue], projects: [10_000] }],
    });
  },
  'GET /rest/api/3/user/email': async () => {
    const { reporterAccountId } = jira.issueFor('one');
    expect(await asApp().users.getUserEmail({ accountId: reporterAccountId ?? '' })).toEqual({
      accountId: reporterAccountId,
      email: jira.memberFor('one')?.email,
    });
  },
  'GET /rest/api/3/user/email/bulk': async () => {
    const accountId = ['one', 'many', 'emailHidden'].map(
      (state) =>
        jira.issueFor(state === 'one' ? 'one' : state === 'many' ? 'many' : 'emailHidden').reporterAccountId ?? '',
    );
    // The description says one object for an answer about many accounts (assumed to be an error of the page):
    // the stand-in answers a list of them, and the app takes either.
    const answer = await transport('app').sendRequest({
      url: '/rest/api/3/user/email/bulk',
      method: 'GET',
      searchParams: { accountId },
      schema: z.array(z.strictObject({ accountId: z.string(), email: z.string() })),
    });
    expect(answer.map(({ email }) => email)).toEqual([jira.memberFor('one')?.email, jira.memberFor('many')?.email]);
  },
  'GET /rest/api/3/user/bulk': async () => {
    // jira.js has dropped this operation. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-user-bulk-get
    const page = z.object({
      maxResults: z.int(),
      startAt: z.int(),
      total: z.int(),
      isLast: z.boolean(),
      values: z.array(fullUser),
    });
    const { accountId } = reporter();
    const answer = await transport(jira.defaultAccountId).sendRequest({
      url: '/rest/api/3/user/bulk',
      method: 'GET',
      searchParams: { accountId: [accountId, jira.adminAccountId], maxResults: 2 },
      schema: page,
    });
    expect(answer).toMatchObject({ total: 2, isLast: true });
    expect(answer.values.map((user) => user.accountId).sort()).toEqual([accountId, jira.adminAccountId].sort());
  },
  'GET /rest/api/3/user/search': async () => {
    const [found] = await asUser().userSearch.findUsers({ query: 'Jonas', maxResults: 5 });
    expect(found?.accountId).toBe(jira.adminAccountId);
  },
  'GET /rest/api/3/user/groups': async () => {
    const groups = await asUser().users.getUserGroups({ accountId: jira.adminAccountId });
    expect(groups.map(({ name, groupId }) => ({ name, groupId }))).toEqual(
      jira.groupsOf(jira.adminAccountId).map(({ name, groupId }) => ({ name, groupId })),
    );
    for (const { self } of groups) expect(self).toMatch(/^https:\/\//);
  },
  'GET /rest/api/3/groups/picker': async () => {
    const found = await asUser().groups.findGroups({ query: 'supp', maxResults: 50 });
    expect(found).toMatchObject({
      total: 1,
      header: 'Showing 1 of 1 matching groups',
      groups: [{ name: 'support', groupId: jira.groups[1]?.groupId }],
    });
  },
  'GET /rest/api/3/myself': async () => {
    const me = await asUser().myself.getCurrentUser({ expand: 'groups' });
    isFullUser(me, jira.defaultAccountId);
    expect(me.groups).toMatchObject({ size: 2, items: [{ name: 'product-team' }, { name: 'support' }] });
    isFullUser(await asApp().myself.getCurrentUser(), '557058:app');
  },
  'GET /rest/api/3/project/{}': async () => {
    const project = await asUser().projects.getProject({ projectIdOrKey: 'ACME' });
    expect(project).toMatchObject({
      id: '10000',
      key: 'ACME',
      name: 'Acme Cloud',
      self: expect.stringMatching(/\/project\/10000$/),
      avatarUrls: expect.any(Object),
      projectTypeKey: 'software',
    });
  },
  'GET /rest/api/3/project/search': async () => {
    const page = await asUser().projects.searchProjects({
      action: 'browse',
      orderBy: 'name',
      startAt: 0,
      maxResults: 50,
    });
    expect(page).toMatchObject({
      total: 1,
      isLast: true,
      self: expect.any(String),
      values: [{ id: '10000', key: 'ACME', self: expect.any(String), avatarUrls: expect.any(Object) }],
    });
  },
  'POST /rest/api/3/search/jql': async () => {
    const search = (nextPageToken?: string | null) =>
      asUser().issueSearch.searchAndReconsileIssuesUsingJqlPost({
        jql: 'project = ACME',
        fields: ['project', 'reporter'],
        maxResults: 9,
        ...(nextPageToken == null ? {} : { nextPageToken }),
      });
    const first = await search();
    const next = await search(first.nextPageToken);
    expect([...(first.issues ?? []), ...(next.issues ?? [])].map(({ key }) => key)).toEqual(
      jira.issues.slice(0, (first.issues?.length ?? 0) + (next.issues?.length ?? 0)).map(({ key }) => key),
    );
    isFullUser(first.issues?.[0]?.fields?.['reporter'], jira.issueFor('one').reporterAccountId);
  },
  'POST /rest/api/3/forge/panel/action/bulk/async': async () => {
    const { taskId } = await asUser(jira.adminAccountId).issuePanels.bulkPinUnpinProjectsAsync({
      moduleId: PANEL,
      projectList: [{ action: 'PIN', projectIdOrKey: '10000' }],
    });
    expect(taskId).toBe('10000');
  },
  'POST /rest/api/3/forge/panel/action/bulk/status': async () => {
    // This version of jira.js does not have it yet; later ones, made from the same description, do.
    const status = z.strictObject({
      projectIdOrKey: z.string(),
      pinned: z.boolean(),
      pinnedAt: z.number().optional(),
      error: z.string().nullish(),
    });
    const answer = await transport(jira.adminAccountId).sendRequest({
      url: '/rest/api/3/forge/panel/action/bulk/status',
      method: 'POST',
      body: { moduleId: PANEL, projectList: ['10000', 'NOPE'] },
      schema: z.strictObject({ moduleId: z.literal(PANEL), statuses: z.array(status) }),
    });
    expect(answer.statuses).toEqual([
      { projectIdOrKey: '10000', pinned: false },
      { projectIdOrKey: 'NOPE', pinned: false, error: 'The project does not exist.' },
    ]);
  },
  'GET /rest/api/3/task/{}': async () => {
    const accepted = await jira.rest({
      as: 'user',
      accountId: jira.adminAccountId,
      method: 'POST',
      path: '/rest/api/3/forge/panel/action/bulk/async',
      body: JSON.stringify({ moduleId: PANEL, projectList: [{ action: 'PIN', projectIdOrKey: 'ACME' }] }),
      scopes: SCOPES,
    });
    const { taskId } = z.object({ taskId: z.string() }).parse(JSON.parse(accepted.body));
    expect(await asUser(jira.adminAccountId).tasks.getTask({ taskId })).toMatchObject({
      id: taskId,
      status: 'RUNNING',
      progress: 50,
    });
    expect(await asUser(jira.adminAccountId).tasks.getTask({ taskId })).toMatchObject({
      status: 'COMPLETE',
      progress: 100,
    });
    expect(jira.panelPins.isPinned(PANEL, '10000')).toBe(true);
  },
  'GET /rest/api/3/field': async () => {
    const found = (await asApp().issueFields.getFields()).find(({ name }) => name === 'Reporter segments');
    expect(found).toMatchObject({ id: FIELD.id, custom: true, schema: { type: 'array', custom: FIELD.type } });
  },
  'POST /rest/api/3/issue/bulkfetch': async () => {
    const [one, other] = jira.issues;
    const { issues } = await asApp().issues.bulkFetchIssues({
      issueIdsOrKeys: [one?.id ?? '', other?.id ?? '', '999999999'],
      fields: ['project', 'reporter', FIELD.id],
    });
    expect(issues?.map(({ id }) => id)).toEqual([one?.id, other?.id]);
    expect(issues?.[0]?.fields).toMatchObject({ [FIELD.id]: null });
  },
  'POST /rest/api/3/app/field/value': async () => {
    const issueIds = jira.issues.slice(0, 2).map(({ id }) => Number(id));
    await asApp().issueCustomFieldValuesApps.updateMultipleCustomFieldValues({
      generateChangelog: false,
      generateAppEvents: false,
      updates: [{ customField: FIELD.id, issueIds, value: ['Beta testers'] }],
    });
    expect(issueIds.map((id) => jira.fieldValues.of(String(id))[FIELD.id])).toEqual([
      ['Beta testers'],
      ['Beta testers'],
    ]);
  },
  'POST /rest/api/3/search/approximate-count': async () => {
    expect(await asUser().issueSearch.countIssues({ jql: 'project = ACME' })).toEqual({ count: jira.issues.length });
  },
  'POST /rest/api/3/jql/parse': async () => {
    const queries = ['project = ACME', 'nonsense = 1'];
    const parsed = await asUser().jql.parseJqlQueries({ queries, validation: 'strict' });
    expect(parsed.queries.map(({ errors }) => errors?.length ?? 0)).toEqual([0, 1]);
  },
  'GET /rest/api/3/jql/function/computation': async () => {
    await jira.search(jira.defaultAccountId, 'reporter in f(a)');
    const page = await asApp().jqlFunctionsApps.getPrecomputations({ startAt: 0, maxResults: 100 });
    const [kept] = page.values;
    expect(kept).toMatchObject({
      functionKey: 'ari:f',
      functionName: 'f',
      arguments: ['a'],
      field: 'reporter',
      operator: 'in',
      value: 'type = Bug',
      created: new Date(1_790_000_000_000),
    });
  },
  'POST /rest/api/3/jql/function/computation': async () => {
    await jira.search(jira.defaultAccountId, 'reporter in f(a)');
    const id = jira.precomputations[0]?.id ?? '';
    // The answer has no body that could be read.
    await asApp().jqlFunctionsApps.updatePrecomputations({
      values: [
        { id, value: 'type = Task' },
        { id: 'gone', value: 'type = Task' },
      ],
      skipNotFoundPrecomputations: true,
    });
    expect(jira.precomputations[0]?.value).toBe('type = Task');
  },
};

/** A path that was received, as the operation's key writes it. */
const fits = (operation: string, request: string): boolean => {
  const [verb = '', path = ''] = operation.split(' ');
  return new RegExp(`^${verb} ${path.replaceAll('{}', '[^/?]+')}(\\?.*)?$`).test(request);
};

describe("a client that holds every answer to Atlassian's description", () => {
  test.each(Object.keys(CALLS))('reads %s', async (operation) => {
    await CALLS[operation]?.();
    expect(received.length).toBeGreaterThan(0);
    expect(received.filter((request) => !fits(operation, request))).toEqual([]);
  });

  test('calls every operation that the app calls', () => {
    expect(operationsInSource().filter((operation) => !(operation in CALLS))).toEqual([]);
    expect(operationsInSource().length).toBeGreaterThanOrEqual(15);
  });

  test('would notice an operation in the source that it does not call', () => {
    expect(operationsOf("await postJson('app', route`/rest/api/3/issue/${key}/comment?x=${y}`, body)")).toEqual([
      'POST /rest/api/3/issue/{}/comment',
    ]);
    expect(operationsOf("askJson('user', 'POST', route`/rest/api/3/jql/match`, body)")).toEqual([
      'POST /rest/api/3/jql/match',
    ]);
  });

  test.each<[string, (body: string) => string, () => Promise<unknown>]>([
    [
      'an address that is none',
      (body) => body.replaceAll('"self":"https://', '"self":"'),
      () => asUser().projects.getProject({ projectIdOrKey: 'ACME' }),
    ],
    [
      'a number where a text has to be',
      (body) => body.replace('"id":"10101"', '"id":10101'),
      () => asUser().issues.getIssue({ issueIdOrKey: 'ACME-101' }),
    ],
    [
      'a list that is missing',
      (body) => body.replace('"projectPermissions"', '"other"'),
      () => asUser().permissions.getBulkPermissions({ globalPermissions: ['ADMINISTER'] }),
    ],
  ])('refuses an answer with %s', async (_what, spoiled, ask) => {
    await ask();
    spoil = spoiled;
    const error = await ask().then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(isSchemaMismatchError(error)).toBe(true);
  });
});
