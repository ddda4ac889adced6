import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { accessFor } from '../../sandbox/teamAccess';
import { writeRows } from '../support/ledgerRows';
import { countBy, openBulkLab, type BulkLab } from '../support/bulkLab';
import { problemOf, valueOf } from '../support/site';

let lab: BulkLab;
beforeEach(async () => {
  lab = await openBulkLab(120);
  for (const level of ['error', 'warn'] as const) jest.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => lab.stop());

const JQL = 'project = ACME';
const targetId = (): number => lab.site.simulator.segments[0]?.id ?? 0;
const toTarget = () => ({ kind: 'move', from: null, to: targetId() }) as const;

it.each([
  ['ends', 'finished'],
  ['is stopped', 'cancelled'],
])('has the directory refreshed when a run %s', async (_how, state) => {
  lab.site.simulator.faults.add({ fault: { kind: 'latency', ms: 300 } });
  const askedAt = () => lab.site.platform.kvs.plain().find(({ key }) => key === 'directory-asked')?.value;
  const { runId } = await lab.preview(toTarget(), JQL);
  const before = askedAt();
  valueOf(await lab.time.until(lab.site.bulk('bulk.start', { runId })));
  if (state === 'cancelled') {
    await lab.time.pass(2_500);
    valueOf(await lab.time.until(lab.site.bulk('bulk.cancel', { runId })));
  }
  const run = await lab.settle(runId);
  expect(run.state).toBe(state);
  expect(run.writes).toBeGreaterThan(0);
  await lab.time.pass(60_000);
  expect(askedAt()).not.toBe(before);
});

describe('a preview', () => {
  it('counts issues and distinct people, says of each what would happen, and writes nothing to Shorter Loop', async () => {
    const run = await lab.preview(toTarget(), JQL);
    expect(run.state).toBe('ready');
    expect(run.issues).toBeGreaterThan(120);
    const people = await lab.report(run.runId);
    const verdicts = countBy(people, ({ verdict }) => verdict);
    expect(verdicts).toEqual(Object.fromEntries(Object.entries(run.verdicts).filter(([, count]) => count > 0)));
    expect(new Set(people.map(({ accountId }) => accountId)).size).toBe(people.length);
    for (const person of people.filter(({ verdict }) => verdict === 'willWrite')) {
      expect(lab.site.simulator.truth.membershipsOf(person.memberId ?? 0)).toEqual([person.from?.id]);
    }
    expect(verdicts.emailHidden).toBeGreaterThan(0);
    expect(lab.site.simulator.truth.writes()).toEqual([]);
  });

  it('asks Jira for many people at once, never once a person', async () => {
    const before = lab.site.jira.calls().length;
    await lab.preview(toTarget(), JQL);
    expect(lab.site.jira.calls().length - before).toBeLessThan(20);
  });

  it('counts nobody twice when a step is asked twice', async () => {
    const run = valueOf(
      await lab.time.until(lab.site.bulk('bulk.create', { source: { kind: 'accounts' }, act: toTarget() })),
    );
    const accountIds = lab.site.jira.crowd.slice(0, 40).map(({ accountId }) => accountId);
    const step = (isLast: boolean) =>
      lab.time.until(lab.site.bulk('bulk.read', { runId: run.runId, kind: 'accounts', accountIds, isLast }));
    await step(false);
    const again = valueOf(await step(true)).run;
    expect(Object.values(again.verdicts).reduce((a, b) => a + b, 0)).toBe(40);
  });

  it('is refused to whoever does not administer Jira, unless a rule lets them', async () => {
    const { defaultAccountId } = lab.site.jira;
    expect(problemOf(await lab.time.until(lab.site.bulk('bulk.open', undefined, defaultAccountId)))).toEqual({
      code: 'notPermitted',
      needed: 'ADMINISTER',
    });
  });

  it('asks for the permission of a project on each page of issues at once, and leaves out whom it does not cover', async () => {
    const { defaultAccountId, viewerAccountId, adminAccountId } = lab.site.jira;
    const edit = { permission: 'EDIT_ISSUES', groupNames: [] };
    valueOf(await lab.time.until(lab.site.admin('admin.saveAccess', { ...accessFor('EDIT_ISSUES'), bulk: edit })));
    const ask = <T>(answer: Promise<T>): Promise<T> => lab.time.until(answer);
    expect(problemOf(await ask(lab.site.bulk('bulk.open', undefined, viewerAccountId)))).toEqual({
      code: 'notPermitted',
      needed: 'EDIT_ISSUES',
    });
    const { runId } = valueOf(
      await ask(lab.site.bulk('bulk.create', { source: { kind: 'jql', jql: JQL }, act: toTarget() }, defaultAccountId)),
    );
    const before = lab.site.jira.calls().length;
    const step = { runId, kind: 'jql', jql: JQL, pageToken: null };
    const { run } = valueOf(await ask(lab.site.bulk('bulk.read', step, defaultAccountId)));
    expect(run.verdicts).toMatchObject({ notPermitted: 0 });
    expect(run.verdicts.willWrite).toBeGreaterThan(0);
    expect(
      lab.site.jira
        .calls()
        .slice(before)
        .filter(({ path }) => path.startsWith('/rest/api/3/permissions/check')),
    ).toHaveLength(1);
    // Where Jira says of no issue that they may, nobody is moved because of it.
    lab.site.platform.intercept(({ path }) =>
      path.includes('/permissions/check')
        ? {
            status: 200,
            headers: { 'content-type': 'application/json' },
            body: '{"globalPermissions":[],"projectPermissions":[]}',
          }
        : undefined,
    );
    const other = valueOf(
      await ask(lab.site.bulk('bulk.create', { source: { kind: 'jql', jql: JQL }, act: toTarget() }, defaultAccountId)),
    );
    const refused = valueOf(
      await ask(lab.site.bulk('bulk.read', { ...step, runId: other.runId }, defaultAccountId)),
    ).run;
    expect(refused.verdicts).toMatchObject({ willWrite: 0 });
    expect(refused.verdicts.notPermitted).toBeGreaterThan(100);
    // Their own runs are all they see; a list of accounts has no issue to ask on.
    expect(valueOf(await ask(lab.site.bulk('bulk.open', undefined, defaultAccountId))).runs).toHaveLength(2);
    const admins = valueOf(
      await ask(lab.site.bulk('bulk.create', { source: { kind: 'jql', jql: JQL }, act: toTarget() }, adminAccountId)),
    );
    expect(problemOf(await ask(lab.site.bulk('bulk.run', { runId: admins.runId }, defaultAccountId)))).toEqual({
      code: 'run',
      cause: 'unknown',
    });
    expect(
      problemOf(
        await ask(lab.site.bulk('bulk.create', { source: { kind: 'accounts' }, act: toTarget() }, defaultAccountId)),
      ),
    ).toMatchObject({ code: 'notPermitted' });
  });

  it('is seen by its creator and by every Jira admin, and by nobody who may not run in bulk any more', async () => {
    const { defaultAccountId, viewerAccountId, adminAccountId } = lab.site.jira;
    const edit = { permission: 'EDIT_ISSUES', groupNames: [] };
    const allow = async (permission: 'EDIT_ISSUES' | 'ADMINISTER') =>
      valueOf(
        await lab.time.until(
          lab.site.admin('admin.saveAccess', { ...accessFor('EDIT_ISSUES'), bulk: { ...edit, permission } }),
        ),
      );
    const look = (runId: string, accountId: string) => lab.time.until(lab.site.bulk('bulk.run', { runId }, accountId));
    await allow('EDIT_ISSUES');
    const { runId } = valueOf(
      await lab.time.until(
        lab.site.bulk('bulk.create', { source: { kind: 'jql', jql: JQL }, act: toTarget() }, defaultAccountId),
      ),
    );
    lab.site.jira.setRole(viewerAccountId, 'agent');
    for (const accountId of [defaultAccountId, adminAccountId])
      expect(valueOf(await look(runId, accountId))).toMatchObject({ runId, createdByAccountId: defaultAccountId });
    expect(problemOf(await look(runId, viewerAccountId))).toEqual({ code: 'run', cause: 'unknown' });
    await allow('ADMINISTER');
    expect(valueOf(await look(runId, adminAccountId))).toMatchObject({ runId, createdByAccountId: defaultAccountId });
    expect(problemOf(await look(runId, defaultAccountId))).toEqual({ code: 'notPermitted', needed: 'ADMINISTER' });
    for (const none of ['11111111-1111-4111-8111-111111111111', 'what', ''])
      expect(problemOf(await look(none, adminAccountId))).toEqual({ code: 'run', cause: 'unknown' });
  });

  it('shows small groups on one page', async () => {
    const { runId, groups } = await lab.preview(toTarget(), JQL);
    const { people, next } = valueOf(
      await lab.time.until(lab.site.bulk('bulk.report', { runId, after: { group: 1, place: 0 } })),
    );
    expect(groups.length).toBeGreaterThan(1);
    expect(new Set(people.map(({ from }) => from?.id)).size).toBeGreaterThan(1);
    expect(people.length).toBeGreaterThanOrEqual(
      Math.min(
        50,
        groups.reduce((sum, { count }) => sum + count, 0),
      ),
    );
    expect(next).not.toEqual({ group: 2, place: 0 });
  });

  it('keeps nobody of a query: no account id, name or address, while it is read and afterwards', async () => {
    const [one, other] = lab.site.jira.crowd;
    const jql = [
      `project = ACME AND reporter in (${one?.accountId}, "${other?.accountId}", "ann@acme.example", 'Ann Example')`,
      `OR assignee = "\\u0061nn\\u0040acme.example" OR labels = "bob\\@acme.example" ORDER BY created`,
    ].join(' ');
    const dump = (): string => JSON.stringify(lab.site.platform.kvs.entity('run'));
    const personal = [one?.accountId ?? '', other?.accountId ?? '', 'ann@', 'Ann', '0061nn', 'bob', '@', 'example'];
    const kept = 'project = … AND reporter in … OR assignee = … OR labels = …';
    const { runId, source } = valueOf(
      await lab.time.until(lab.site.bulk('bulk.create', { source: { kind: 'jql', jql }, act: toTarget() })),
    );
    expect(source).toEqual({ kind: 'jql', jql: kept });
    for (const text of personal) expect(dump()).not.toContain(text);
    const { run } = valueOf(
      await lab.time.until(lab.site.bulk('bulk.read', { runId, kind: 'jql', jql, pageToken: null })),
    );
    expect(run).toMatchObject({ state: 'ready', source: { kind: 'jql', jql: kept } });
    for (const text of personal) expect(dump()).not.toContain(text);
    expect(dump()).not.toContain('queryName');
  });

  it('reads the query that the run shows and no other, page by page', async () => {
    const create = async (jql: string): Promise<string> =>
      valueOf(await lab.time.until(lab.site.bulk('bulk.create', { source: { kind: 'jql', jql }, act: toTarget() })))
        .runId;
    const read = (runId: string, jql: string, pageToken: string | null) =>
      lab.time.until(lab.site.bulk('bulk.read', { runId, kind: 'jql', jql, pageToken }));
    const first = await create('project = ACME');
    const other = await create('project = ACME AND type = Bug');
    const refused = { code: 'run', cause: 'otherState' };
    expect(problemOf(await read(first, 'project = ACME OR type = Bug', null))).toEqual(refused);
    expect(problemOf(await read(first, 'project = ACME AND type = Bug', null))).toEqual(refused);
    // A token of Jira's own, and one that another run was given.
    expect(problemOf(await read(first, 'project = ACME', 'ZnJvbToxMDA'))).toEqual(refused);
    lab.site.platform.intercept(async ({ path }, proceed) => {
      const answer = await proceed();
      return path.startsWith('/rest/api/3/search/jql')
        ? { ...answer, body: JSON.stringify({ ...JSON.parse(String(answer.body)), nextPageToken: 'ZnJvbToxMA' }) }
        : answer;
    });
    const { pageToken } = valueOf(await read(other, 'project = ACME AND type = Bug', null));
    expect(pageToken).toMatch(/\.ZnJvbToxMA$/);
    expect(problemOf(await read(first, 'project = ACME', pageToken))).toEqual(refused);
    expect(valueOf(await read(other, 'project = ACME AND type = Bug', pageToken)).run.issues).toBeGreaterThan(0);
  });

  it.each([
    ['project = ', /Expecting a value/],
    ['nonsense = 1', /nonsense/],
    ['reporter = "ann', /quoted string/],
  ])('says in Jira’s own words what is wrong with %s, and makes no run of it', async (jql, said) => {
    const answer = await lab.time.until(
      lab.site.bulk('bulk.create', { source: { kind: 'jql', jql }, act: toTarget() }),
    );
    expect(problemOf(answer)).toEqual({ code: 'run', cause: 'badQuery', said: expect.stringMatching(said) });
    expect(lab.site.platform.kvs.entity('run')).toEqual([]);
  });

  it('cuts Jira’s words to one short line that turns nothing around', async () => {
    lab.site.platform.intercept(({ path }) =>
      path.includes('/jql/parse')
        ? {
            status: 200,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ queries: [{ query: '', errors: [`a\u202e\n\u2068b ${'c'.repeat(900)}`] }] }),
          }
        : undefined,
    );
    const answer = await lab.time.until(
      lab.site.bulk('bulk.create', { source: { kind: 'jql', jql: 'x = 1' }, act: toTarget() }),
    );
    expect(problemOf(answer)).toMatchObject({ said: expect.stringMatching(/^a b c{295}…$/) });
  });

  it('says of a query that asks for everything that Jira can’t read it', async () => {
    const answer = await lab.time.until(
      lab.site.bulk('bulk.create', { source: { kind: 'jql', jql: 'ORDER BY created' }, act: toTarget() }),
    );
    expect(problemOf(answer)).toEqual({ code: 'run', cause: 'badQuery', said: null });
  });

  it.each(['de-DE', 'en-US', 'fr-FR', 'ja-JP'])('can read the example that its form gives in %s', async (locale) => {
    const texts = z
      .object({ bulk: z.object({ new: z.object({ jqlHint: z.string() }) }) })
      .parse(JSON.parse(readFileSync(`static/locales/${locale}.json`, 'utf8')));
    const [example = ''] = /project = .*$/.exec(texts.bulk.new.jqlHint) ?? [];
    expect((await lab.preview(toTarget(), example)).issues).toBeGreaterThan(0);
  });

  it('asks Shorter Loop for its segments within the site’s rate limit', async () => {
    const asked = Array.from({ length: 120 }, () =>
      lab.site.bulk('bulk.create', { source: { kind: 'accounts' }, act: toTarget() }),
    );
    const answers = await lab.time.until(Promise.all(asked));
    const causes = countBy(answers, (answer) => (answer.kind === 'ok' ? 'ok' : JSON.stringify(answer.problem)));
    expect(Object.keys(causes).some((cause) => cause.includes('rateLimited'))).toBe(true);
    expect(causes['ok']).toBeLessThanOrEqual(60);
  });
});

describe('a run', () => {
  async function start(): Promise<string> {
    const { runId } = await lab.preview(toTarget(), JQL);
    valueOf(await lab.time.until(lab.site.bulk('bulk.start', { runId })));
    return runId;
  }

  it('moves everyone in batches that grow, and its report adds up', async () => {
    const runId = await start();
    const run = await lab.settle(runId);
    expect(run.state).toBe('finished');
    expect(run.results).toMatchObject({ confirmed: run.verdicts.willWrite, unknown: 0, busy: 0 });
    const people = await lab.report(runId);
    expect(countBy(people, ({ result }) => result)).toEqual({ confirmed: run.verdicts.willWrite });
    for (const { memberId, verdict } of people)
      if (verdict === 'willWrite') expect(lab.site.simulator.truth.membershipsOf(memberId ?? 0)).toEqual([targetId()]);
    const sizes = lab.site.simulator.truth.writes().map(({ asked }) => asked.length);
    expect(sizes.slice(0, 3)).toEqual([1, 1, 10]);
    expect(Math.max(...sizes)).toBeGreaterThan(15);
    expect(run.writes).toBe(sizes.length);
    expect(lab.site.platform.kvs.entity('lease')).toEqual([]);
  });

  it('is carried out once though every event arrives twice, and though its first one is lost', async () => {
    let first = true;
    lab.site.platform.queue.setDelivery({
      copies: () => 2,
      loses: () => {
        const isFirst = first;
        first = false;
        return isFirst;
      },
    });
    const run = await lab.settle(await start());
    expect(run).toMatchObject({ state: 'finished', results: { confirmed: run.verdicts.willWrite } });
    const applied = lab.site.simulator.truth.writes().flatMap((write) => write.applied);
    expect(new Set(applied).size).toBe(applied.length);
    expect(applied).toHaveLength(run.verdicts.willWrite);
  });

  it('rests with the cause when the key is revoked, and goes on by itself once that is mended', async () => {
    lab.site.simulator.faults.add({ match: { route: 'move', nth: 4, times: 1 }, fault: { kind: 'keyRevoked' } });
    lab.site.simulator.faults.add({
      match: { route: 'segmentWithMembers', nth: 10, times: 50 },
      fault: { kind: 'keyRevoked' },
    });
    const runId = await start();
    const resting = await lab.settle(runId);
    expect(resting).toMatchObject({
      state: 'paused',
      pause: { by: 'app', problem: { code: 'shorterLoop', cause: 'unauthorized' } },
    });
    lab.site.simulator.faults.clear();
    await lab.time.pass(300_000);
    await lab.time.until(lab.site.recovery());
    await lab.time.pass(10_000);
    const run = await lab.settle(runId);
    expect(run).toMatchObject({ state: 'finished', results: { confirmed: run.verdicts.willWrite } });
  });

  it('rests and goes on as its user wishes, and ends where they cancel it', async () => {
    lab.site.simulator.faults.add({ fault: { kind: 'latency', ms: 300 } });
    const runId = await start();
    await lab.time.pass(1_500);
    valueOf(await lab.time.until(lab.site.bulk('bulk.pause', { runId })));
    await lab.time.pass(30_000);
    const resting = await lab.look(runId);
    expect(resting.state).toBe('paused');
    const done = lab.site.simulator.truth.writes().length;
    await lab.time.pass(60_000);
    expect(lab.site.simulator.truth.writes()).toHaveLength(done);
    expect(resting.results.confirmed).toBe(lab.site.simulator.truth.writes().flatMap(({ applied }) => applied).length);
    valueOf(await lab.time.until(lab.site.bulk('bulk.resume', { runId })));
    await lab.time.pass(1_000);
    valueOf(await lab.time.until(lab.site.bulk('bulk.cancel', { runId })));
    await lab.time.pass(60_000);
    expect((await lab.look(runId)).state).toBe('cancelled');
    expect(lab.site.platform.kvs.entity('lease')).toEqual([]);
  });

  it('is taken back by another run that puts everyone where they were', async () => {
    const before = new Map(
      lab.site.jira.crowd.map(({ member }) => [member.id, lab.site.simulator.truth.membershipsOf(member.id)]),
    );
    const runId = await start();
    await lab.settle(runId);
    const undo = valueOf(
      await lab.time.until(lab.site.bulk('bulk.create', { source: { kind: 'undo', runId }, act: null })),
    );
    let after: { group: number; place: number } | null = { group: 1, place: 0 };
    while (after !== null)
      after = valueOf(
        await lab.time.until(lab.site.bulk('bulk.read', { runId: undo.runId, kind: 'run', after })),
      ).after;
    valueOf(await lab.time.until(lab.site.bulk('bulk.start', { runId: undo.runId })));
    expect((await lab.settle(undo.runId)).state).toBe('finished');
    for (const [memberId, segmentIds] of before)
      expect(lab.site.simulator.truth.membershipsOf(memberId)).toEqual(segmentIds);
    const rows = writeRows(lab.site.platform.kvs).map(({ value }) => value as { runId: string; undoes?: string });
    expect(rows.filter((row) => row.runId === undo.runId).every(({ undoes }) => undoes !== undefined)).toBe(true);
  });

  it('tries those who failed once more, and nobody else', async () => {
    // A request about one member does nothing, again and again.
    lab.site.simulator.faults.add({ match: { route: 'move', nth: 5, times: 30 }, fault: { kind: 'appliedPartly' } });
    const runId = await start();
    const run = await lab.settle(runId);
    lab.site.simulator.faults.clear();
    const failed = run.verdicts.willWrite - run.results.confirmed;
    const retry = valueOf(
      await lab.time.until(lab.site.bulk('bulk.create', { source: { kind: 'retry', runId }, act: null })),
    );
    let after: { group: number; place: number } | null = { group: 1, place: 0 };
    while (after !== null)
      after = valueOf(
        await lab.time.until(lab.site.bulk('bulk.read', { runId: retry.runId, kind: 'run', after })),
      ).after;
    const ready = await lab.look(retry.runId);
    expect(failed).toBeGreaterThan(0);
    expect(ready.verdicts.willWrite).toBe(failed);
    valueOf(await lab.time.until(lab.site.bulk('bulk.start', { runId: retry.runId })));
    expect((await lab.settle(retry.runId)).results.confirmed).toBe(failed);
  });
});
