import { createSite, problemOf, valueOf, type Site } from '../support/site';

let site: Site;
beforeEach(async () => {
  site = await createSite({ offline: true });
});
afterEach(() => site.stop());

const project = (isPinned: boolean | null) => ({ id: '10000', key: 'ACME', name: 'Acme Cloud', isPinned });
const panels = async () => valueOf(await site.admin('admin.panels'));
const pin = (input: object) => site.admin('admin.pinPanels', input);
const task = (taskId: string) => site.admin('admin.pinTask', { taskId });
const jiraCalls = () => site.jira.calls().map(({ method, path }) => `${method} ${path}`);
/** Answers what is asked of this path instead of Jira. */
const answerAt = (part: string, status: number, body: object) =>
  site.platform.intercept((call) =>
    call.kind === 'jira' && call.path.includes(part)
      ? { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
      : undefined,
  );

describe('the panel in projects', () => {
  it('is pinned by Jira’s task as the admin, and unpinned again', async () => {
    expect(await panels()).toEqual({ projects: [project(false)], isAll: true });
    const { taskId } = valueOf(await pin({ action: 'pin', projectIds: ['10000', '10000'] }));
    expect(valueOf(await task(taskId))).toEqual({ state: 'running', percent: 50 });
    expect((await panels()).projects).toEqual([project(false)]);
    expect(valueOf(await task(taskId))).toEqual({ state: 'done', percent: 100 });
    expect((await panels()).projects).toEqual([project(true)]);
    const undone = valueOf(await pin({ action: 'unpin', projectIds: ['10000'] }));
    await task(undone.taskId);
    await task(undone.taskId);
    expect((await panels()).projects).toEqual([project(false)]);
    const asked = site.jira.calls().filter(({ path }) => /panel|task/.test(path));
    expect(asked.map(({ as, accountId }) => [as, accountId])).toEqual(
      asked.map(() => ['user', site.jira.adminAccountId]),
    );
  });

  it('names the panel as Jira wants it: the extension of this app in this environment', async () => {
    const bodies: string[] = [];
    site.platform.intercept((call, _proceed, init) => {
      if (call.path.includes('/panel/action/bulk/async')) bodies.push(init.body ?? '');
      return undefined;
    });
    valueOf(await pin({ action: 'pin', projectIds: ['10000'] }));
    expect(JSON.parse(bodies[0] ?? '')).toEqual({
      moduleId: expect.stringMatching(/^ari:cloud:ecosystem::extension\/[\w-]+\/[\w-]+\/static\/segments-panel$/),
      projectList: [{ action: 'PIN', projectIdOrKey: '10000' }],
    });
  });

  // That Jira tells where a panel is pinned is learned, and not from its page: it may have no such resource.
  it.each([
    [404, {}],
    [501, {}],
    [200, { statuses: [{ projectIdOrKey: '10000', pinned: false, error: 'It could not be read.' }] }],
    [200, { statuses: 'none' }],
  ])('is pinned all the same where Jira does not tell where it is (%i %j)', async (status, body) => {
    answerAt('/panel/action/bulk/status', status, body);
    expect((await panels()).projects).toEqual([project(null)]);
    expect(valueOf(await pin({ action: 'pin', projectIds: ['10000'] }))).toEqual({ taskId: expect.any(String) });
  });

  it.each([
    ['ENQUEUED', 'running'],
    ['RUNNING', 'running'],
    ['CANCEL_REQUESTED', 'running'],
    ['COMPLETE', 'done'],
    ['FAILED', 'failed'],
    ['CANCELLED', 'failed'],
    ['DEAD', 'failed'],
    ['SOMETHING NEW', 'failed'],
  ])('is told from Jira’s task: %s is %s', async (status, state) => {
    answerAt('/rest/api/3/task/', 200, { status, progress: 400 });
    expect(valueOf(await task('7'))).toEqual({ state, percent: 100 });
  });

  it('is told by no task whose id can lead elsewhere', async () => {
    for (const taskId of ['..', 'a..b', '../myself', '7?x', '7#x', 'a\\b', ''])
      expect(problemOf(await task(taskId))).toMatchObject({ code: 'invalidInput', field: 'taskId' });
  });

  it('is only for who administers Jira, and only about projects by their ids, a thousand at most', async () => {
    const accountId = site.jira.defaultAccountId;
    for (const name of ['admin.panels', 'admin.pinPanels', 'admin.pinTask'] as const)
      expect(problemOf(await site.admin(name, {}, accountId))).toEqual({
        code: 'notPermitted',
        needed: 'ADMINISTER',
      });
    const many = Array.from({ length: 1_001 }, (_one, nth) => String(nth));
    for (const input of [
      { action: 'pin', projectIds: [] },
      { action: 'pin', projectIds: ['../ACME'] },
      { action: 'pin', projectIds: many },
      { action: 'move', projectIds: ['10000'] },
    ])
      expect(problemOf(await pin(input))).toMatchObject({ code: 'invalidInput' });
    expect(problemOf(await task('7/cancel'))).toMatchObject({ code: 'invalidInput', field: 'taskId' });
    expect(jiraCalls().filter((call) => /panel|task/.test(call))).toEqual([]);
  });

  // The page of the call names its scope; a site that wants another one must not be told that all is well.
  it('says what Jira says where it refuses', async () => {
    answerAt('/panel/action/bulk/async', 401, { code: 401, message: 'Unauthorized; scope does not match' });
    expect(await pin({ action: 'pin', projectIds: ['10000'] })).toMatchObject({ kind: 'problem' });
    expect(problemOf(await task('4711'))).toMatchObject({ code: 'jira', status: 404 });
    answerAt('/project/search', 503, {});
    expect(problemOf(await site.admin('admin.panels'))).toMatchObject({ code: 'jira', status: 503 });
  });
});
