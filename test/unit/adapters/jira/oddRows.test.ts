import path from 'node:path';
import { installInProcess } from '../../../../sandbox/forge/inProcess';
import { readManifest } from '../../../../sandbox/forge/manifest';
import { createPlatform } from '../../../../sandbox/forge/platform';
import {
  findGroup,
  findGroups,
  heldAt,
  heldOnIssues,
  issuesOutside,
  readEmails,
  readFieldId,
  readFieldIssues,
  readGroupIdsOf,
  readIssueReporter,
  readOwnGroupIds,
  readPermissionsOf,
  readPins,
  readPrecomputations,
  readProjects,
  readUsers,
  reportersAmong,
  searchFieldIssues,
  searchReported,
  searchReporters,
} from '../../../../src/adapters/jira';

/** What may stand in a list where a record should. */
const ODD = [null, 7, 'text', [], {}, { id: 7, key: 7, name: 7, accountId: 7, groupId: 7, fields: null }] as const;
const USER = { accountId: 'ann', displayName: 'Ann', accountType: 'atlassian', active: true };
const issue = (id: string, more: object = {}) => ({
  id,
  key: `ACME-${id}`,
  fields: { project: { id: '10' }, reporter: USER, created: '2026-03-01T09:00:00.000+0000', ...more },
});
/** Issues of which one field is odd. */
const ODD_ISSUES = [
  issue('90', { reporter: { accountId: 7 } }),
  issue('91', { reporter: 'ann' }),
  { ...issue('93'), key: null },
  { ...issue('94'), fields: [] },
];
const ISSUES = { issues: [...ODD, issue('1'), ...ODD_ISSUES, issue('2')] };

/** Asks while Jira gives the same answer to whatever it is asked, or the next one to each question. */
async function answering<T>(answers: readonly unknown[], ask: () => Promise<T>): Promise<T> {
  let asked = 0;
  const platform = createPlatform({
    manifest: readManifest(path.join(__dirname, '../../../..')),
    jira: () => {
      const body = JSON.stringify(answers[Math.min(asked, answers.length - 1)]);
      asked += 1;
      return Promise.resolve({ status: 200, headers: {}, body });
    },
    routeEgress: () => null,
  });
  try {
    return await installInProcess(platform).runAs({ accountId: 'someone' }, ask);
  } finally {
    platform.close();
  }
}
const ann = { accountId: 'ann', displayName: 'Ann', accountType: 'atlassian', active: true, visibleEmail: null };

describe('an odd row in a list of Jira’s is left out, and the others are read:', () => {
  it.each<[string, unknown, () => Promise<unknown>, unknown]>([
    [
      'the reporters of a query',
      ISSUES,
      () => searchReporters('user', 'project = ACME', null),
      { issues: 2, leftOut: ODD.length + ODD_ISSUES.length, reporters: [ann], issuesOf: [{}, {}] },
    ],
    [
      'a project’s issues',
      { issues: [...ISSUES.issues, issue('92', { created: 'yesterday' }), issue('95', { created: 7 })] },
      () => searchReported('ACME', { most: 9, sinceMinutes: null, pageToken: null }),
      { issues: [{ key: 'ACME-1' }, { key: 'ACME-2' }] },
    ],
    [
      'who reported in a project',
      { issues: [...ODD, { fields: { reporter: 'ann' } }, issue('1')] },
      () => reportersAmong('ACME', ['ann', 'bob'], 9),
      { reported: new Set(['ann']), isAll: true },
    ],
    ['accounts', { values: [...ODD, USER] }, () => readUsers(['ann', 'bob']), [ann]],
    [
      'addresses',
      [...ODD, { accountId: 'bob', email: 7 }, { accountId: 'ann', email: 'ann@company.example' }],
      async () => ({ kind: 'ok', value: [...(await readEmails([ann, { ...ann, accountId: 'bob' }])).values()] }),
      [
        { kind: 'email', email: 'ann@company.example' },
        { kind: 'hidden', reason: 'hidden' },
      ],
    ],
    [
      'the own groups, whatever they are called',
      { groups: { items: [...ODD, { groupId: 'g1', name: null }, { groupId: 'g2', name: 'Team' }] } },
      () => readOwnGroupIds(),
      { ids: ['g1', 'g2'], isWhole: false },
    ],
    ['somebody’s groups', [...ODD, { groupId: 'g1' }], () => readGroupIdsOf('ann'), { ids: ['g1'], isWhole: false }],
    [
      'groups that are found',
      { groups: [...ODD, { groupId: 'g0', name: 7 }, { groupId: 'g1', name: 'Team' }] },
      () => findGroups('team'),
      { groups: [{ id: 'g1', name: 'Team' }], isAll: false },
    ],
    [
      'a group of this name',
      { groups: [...ODD, { groupId: 'g1', name: 'Team' }] },
      () => findGroup('team'),
      { id: 'g1', name: 'Team' },
    ],
    [
      'projects',
      { values: [...ODD, { id: '10', key: 'ACME', name: 'Acme' }], isLast: true },
      () => readProjects(),
      [{ id: '10', key: 'ACME', name: 'Acme' }],
    ],
    [
      'panels',
      { statuses: [...ODD, { projectIdOrKey: '10', pinned: true }] },
      () => readPins(['10', '11']),
      new Map([['10', true]]),
    ],
    [
      'answers of the JQL function',
      { values: [...ODD, { id: 'p1', field: 'reporter', operator: 'in', arguments: ['#19'] }], isLast: true },
      () => readPrecomputations(),
      [{ id: 'p1', arguments: ['#19'] }],
    ],
    ['fields', [...ODD, { id: 'customfield_1', schema: { custom: 7 } }], () => readFieldId(), null],
    [
      'the field’s issues of a query',
      ISSUES,
      () => searchFieldIssues('customfield_1', 'project = ACME', null),
      { issues: [{ issueId: '1' }, { issueId: '93' }, { issueId: '2' }] },
    ],
    [
      'the field’s issues by their ids',
      ISSUES,
      () => readFieldIssues('customfield_1', ['1', '2']),
      { issues: [{ issueId: '1' }, { issueId: '93' }, { issueId: '2' }] },
    ],
    [
      'permissions on issues',
      {
        globalPermissions: [...ODD, 'ADMINISTER'],
        projectPermissions: [...ODD, { permission: 'EDIT_ISSUES', issues: [null, '3', {}, 4] }],
      },
      () => heldOnIssues(['ADMINISTER', 'EDIT_ISSUES'], ['3', '4'], 'user'),
      { everywhere: new Set(['ADMINISTER']), onIssues: new Map([['EDIT_ISSUES', new Set(['4'])]]) },
    ],
    [
      'somebody’s permissions',
      {
        globalPermissions: [...ODD],
        projectPermissions: [...ODD, { permission: 'EDIT_ISSUES', issues: [null, 4] }],
      },
      () => readPermissionsOf('ann', '4', ['ADMINISTER', 'EDIT_ISSUES']),
      ['EDIT_ISSUES'],
    ],
    [
      'the own permissions, beside those that nobody asked about',
      { permissions: { ADMINISTER: { havePermission: 'true' }, BROWSE_PROJECTS: { havePermission: true }, X: null } },
      () => heldAt({ kind: 'anywhere' }, ['EDIT_ISSUES', 'BROWSE_PROJECTS']),
      new Set(['BROWSE_PROJECTS']),
    ],
  ])('%s', async (_what, answer, ask, value) => {
    expect(await answering([answer], ask)).toMatchObject({ kind: 'ok', value });
  });

  it('a page of projects with nothing but odd rows is not taken for the last one', async () => {
    const acme = { id: '10', key: 'ACME', name: 'Acme' };
    const pages = [
      { values: ODD, isLast: false },
      { values: [acme], isLast: true },
    ];
    expect(await answering(pages, () => readProjects())).toEqual({ kind: 'ok', value: [acme] });
  });

  it('an account of which only something beside its id is odd is that account, and nothing odd is believed', async () => {
    const odd = { accountId: 'ann', displayName: 7, accountType: 7, active: 'true', emailAddress: {}, avatarUrls: 'x' };
    const bare = { accountId: 'ann', displayName: '', accountType: null, active: null, visibleEmail: null };
    expect(await answering([{ values: [odd] }], () => readUsers(['ann']))).toEqual({ kind: 'ok', value: [bare] });
    const read = await answering([issue('1', { reporter: odd })], () => readIssueReporter('ACME-1'));
    expect(read).toMatchObject({ kind: 'ok', value: { reporter: bare } });
  });
});

describe('where a row that is missing would permit or refuse something', () => {
  it('a permission of which Jira says nothing clear is an outage, and no refusal', async () => {
    const answer = { permissions: { EDIT_ISSUES: { havePermission: 'true' } } };
    const held = await answering([answer], () => heldAt({ kind: 'anywhere' }, ['EDIT_ISSUES']));
    expect(held).toEqual({ kind: 'problem', problem: { status: null, retryAfterMs: null, limit: null } });
  });

  it('so is one on issues of which only odd rows could tell', async () => {
    const answer = { projectPermissions: [null, { permission: 'ASSIGN_ISSUES', issues: [4] }] };
    expect(
      await answering([answer], () => heldOnIssues(['ASSIGN_ISSUES', 'EDIT_ISSUES'], ['4'], 'user')),
    ).toMatchObject({
      kind: 'problem',
      problem: { status: null },
    });
  });

  it('issues that were found outside and can’t be told are read by their ids, and odd ones are outside', async () => {
    const found = { issues: [null, { id: '3' }] };
    const read = { issues: [...ODD, issue('1'), issue('2', { project: { id: 10 } })] };
    const outside = await answering([found, read], () => issuesOutside(['1', '2', '3'], ['10'], 'user'));
    expect(outside).toMatchObject({ kind: 'ok', value: { outside: new Set(['2', '3']) } });
  });
});
