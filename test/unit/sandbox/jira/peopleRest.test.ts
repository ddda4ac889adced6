import { createJira, type Jira } from '../../../../sandbox/jira';
import type { JiraRestRequest } from '../../../../sandbox/forge/jiraRest';
import { createSimulator } from '../../../../sandbox/shorterloop';

const members = createSimulator({ members: 60, segments: 8 }).truth.snapshot().members;
const jira: Jira = createJira({ members });

async function get(path: string, request: Partial<JiraRestRequest> = {}): Promise<{ status: number; json: unknown }> {
  const scopes = ['read:jira-work', 'read:jira-user', 'read:email-address:jira'];
  const { status, body } = await jira.rest({
    as: 'user',
    accountId: jira.defaultAccountId,
    method: 'GET',
    path,
    body: null,
    scopes,
    ...request,
  });
  return { status, json: JSON.parse(body) };
}
const idOf = (state: Parameters<Jira['issueFor']>[0]): string => jira.issueFor(state).reporterAccountId ?? '';

describe("the sandbox's people resources", () => {
  it('tell the app the e-mails of many, and leave out those who have none to give', async () => {
    const query = ['one', 'many', 'emailHidden', 'emailVisible']
      .map((state) => `accountId=${encodeURIComponent(idOf(state as 'one'))}`)
      .join('&');
    const { status, json } = await get(`/rest/api/3/user/email/bulk?${query}&accountId=nobody`, {
      as: 'app',
      accountId: null,
    });
    expect(status).toBe(200);
    expect(json).toHaveLength(2);
    expect(json).toEqual(
      expect.arrayContaining([
        { accountId: idOf('one'), email: jira.memberFor('one')?.email },
        { accountId: idOf('many'), email: jira.memberFor('many')?.email },
      ]),
    );
  });

  it('tell no person the e-mails of others, nor an app without the scope', async () => {
    expect((await get('/rest/api/3/user/email/bulk?accountId=x')).status).toBe(403);
    expect(
      (await get('/rest/api/3/user/email/bulk?accountId=x', { as: 'app', accountId: null, scopes: ['read:jira-user'] }))
        .status,
    ).toBe(401);
  });

  it('find people by the start of a name, for those who may browse users', async () => {
    const { displayName } = jira.people.find(({ accountId }) => accountId === idOf('one')) ?? { displayName: '' };
    const path = `/rest/api/3/user/search?query=${encodeURIComponent(displayName.slice(0, 4))}`;
    expect((await get(path)).json).toEqual(
      expect.arrayContaining([expect.objectContaining({ accountId: idOf('one') })]),
    );
    expect((await get(path, { accountId: jira.noAccessAccountId })).json).toEqual([]);
  });

  it('list the project to those who may browse it', async () => {
    expect((await get('/rest/api/3/project/search')).json).toMatchObject({ isLast: true, values: [{ key: 'ACME' }] });
    expect((await get('/rest/api/3/project/search', { accountId: jira.noAccessAccountId })).json).toMatchObject({
      values: [],
    });
  });

  it('answer no path that is longer than servers take', async () => {
    expect((await get(`/rest/api/3/user/bulk?accountId=${'x'.repeat(9_000)}`)).status).toBe(414);
  });
});
