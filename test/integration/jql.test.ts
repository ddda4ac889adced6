import { MAX_VALUES } from '../../src/features/jql/fragment';
import { ANSWERS_A_MINUTE } from '../../src/features/jql/budget';
import { createJira } from '../../sandbox/jira';
import { reporterInSegment } from '../../src';
import { askNow } from '../support/directory';
import { renameSegment } from '../support/segments';
import { createSite, linkedOf, valueOf, type Site } from '../support/site';

let site: Site;
afterEach(() => site.stop());

/** A site with the function on, whose first segment has this many linked members, and some who were never linked. */
async function prepare(linked: number) {
  site = await createSite({ offline: true, members: Math.max(60, linked + 40), segments: 2, extraReporters: 0 });
  const [segment, other] = site.simulator.truth.snapshot().segments;
  if (segment === undefined || other === undefined) throw new Error('The site has too few segments');
  const before = site.simulator.members.filter(({ id }) => !segment.memberIds.includes(id)).map(({ id }) => id);
  // Fills the segment as far as the test needs it.
  site.proveWrites('add');
  await site.simulator.handle({
    method: 'POST',
    path: `/api/v2/segments/${segment.id}/segment-users`,
    headers: {
      authorization: `Bearer ${site.simulator.key}`,
      initiativeid: String(site.simulator.initiativeId),
      'content-type': 'application/json',
    },
    body: JSON.stringify({ users: before }),
  });
  for (const { key } of site.platform.kvs.entity('link'))
    site.platform.kvs.handle('/api/v1/entity/delete', { entityName: 'link', key });
  const members = site.simulator.truth.membersOf(segment.id) ?? [];
  const accounts = members.slice(0, linked).map((memberId, place) => {
    const accountId = `712020:reporter-${place}`;
    site.platform.kvs.handle('/api/v1/entity/set', {
      entityName: 'link',
      key: accountId,
      value: { state: 'linked', memberId, how: 'email', atMs: 1 },
    });
    return accountId;
  });
  const stranger = members[linked];
  if (stranger !== undefined)
    site.platform.kvs.handle('/api/v1/entity/set', {
      entityName: 'link',
      key: '712020:unlinked',
      value: { state: 'unlinked', memberId: stranger, how: 'manual', atMs: 1 },
    });
  valueOf(await site.admin('admin.saveJql', { isOn: true }));
  await site.refreshSlice();
  site.platform.clearRecords();
  return { segment, accounts };
}

const quoted = (accounts: readonly string[]): string[] => accounts.map((id) => `"${id}"`).sort();
const listOf = (answer: unknown): string[] =>
  /\((.*)\)$/
    .exec((answer as { jql: string }).jql)?.[1]
    ?.split(', ')
    .sort() ?? [];
const ask = (segment: string, operator = 'in'): Promise<unknown> =>
  site.app.runFunction(reporterInSegment, {
    moduleKey: 'reporter-in-segment',
    body: { clause: { field: 'reporter', operator, arguments: [segment] } },
  });
const upstream = (): number => site.platform.calls.filter(({ kind }) => kind === 'egress').length;
const onlyIn = (...ids: readonly string[]): void =>
  void site.platform.kvs.handle('/api/v1/set', {
    key: 'projects',
    value: { version: 1, scope: { kind: 'only', projects: ids.map((id) => ({ id, key: `P${id}`, name: id })) } },
  });

describe('reporterInSegment', () => {
  it.each([1, 100, 1_000])('finds the %i people of a segment by its name and by its id', async (linked) => {
    const { segment, accounts } = await prepare(linked);
    const byName = await site.jql(segment.name);
    expect((byName as { jql: string }).jql).toMatch(/^reporter in \("/);
    expect(listOf(byName)).toEqual(quoted(accounts));
    for (const id of [String(segment.id), `#${segment.id}`])
      expect(listOf(await site.jql(id))).toEqual(quoted(accounts));
    expect(upstream()).toBe(0);
  });

  it('says so when there are more than JQL takes, and not how many', async () => {
    const { segment } = await prepare(MAX_VALUES + 1);
    for (const given of [segment.name, `\u202e${segment.name}\u200b\n`])
      expect(await site.jql(given)).toEqual({
        error: `Segment “${segment.name}” has more than 1,000 linked reporters. JQL takes 1,000 at most.`,
      });
  });

  it('knows who was moved since the directory was read', async () => {
    site = await createSite({ offline: true });
    const { member } = linkedOf(valueOf(await site.panel('panel.open', {})));
    const [from = 0] = member.segmentIds;
    const to = site.simulator.segments.find(({ id }) => !member.segmentIds.includes(id))?.id ?? 0;
    valueOf(await site.admin('admin.saveJql', { isOn: true }));
    await site.refreshSlice();
    const who = `"${String(site.jira.issueFor('one').reporterAccountId)}"`;
    expect(listOf(await site.jql(String(from)))).toContain(who);
    valueOf(
      await site.panel('panel.move', {
        operationId: crypto.randomUUID(),
        memberId: member.id,
        fromSegmentId: from,
        toSegmentId: to,
      }),
    );
    expect(listOf(await site.jql(String(from)))).not.toContain(who);
    expect(listOf(await site.jql(String(to)))).toContain(who);
  });

  it.each([
    ['no segment', [], /takes one segment/],
    ['an empty one', [' '], /takes one segment/],
    ['one of which nothing can be seen', ['\u200b\u00ad'], /takes one segment/],
    ['two', ['a', 'b'], /takes one segment/],
  ])('is refused with %s', async (_what, segments, text) => {
    await prepare(1);
    expect(await site.jql(...segments)).toEqual({ error: expect.stringMatching(text) });
  });

  it('has one answer for a segment that there is not and for one of which it does not tell', async () => {
    const { segment } = await prepare(1);
    const other = site.simulator.segments.find(({ id }) => id !== segment.id)?.id ?? 0;
    await renameSegment(site, other, String(segment.id));
    askNow(site);
    await site.refreshSlice();
    const answers = await Promise.all(['Nobody', String(segment.id)].map((given) => site.jql(given)));
    const texts = answers.map((answer) => (answer as { error: string }).error.replace(/“.*”/, '“…”'));
    expect(texts).toEqual(
      Array(2).fill('reporterInSegment can tell nothing of “…”. Give a segment’s exact name, or its id.'),
    );
  });

  it('repeats the beginning of what was typed, and no sign that turns the words around it', async () => {
    await prepare(1);
    expect(await site.jql(`a\u202e${'x'.repeat(500)}`)).toEqual({
      error: expect.stringMatching(/^reporterInSegment can tell nothing of “a x{58}”\. /),
    });
  });

  it('says so while there is no directory yet, and reads none for it', async () => {
    site = await createSite({ offline: true });
    valueOf(await site.admin('admin.saveJql', { isOn: true }));
    site.platform.clearRecords();
    expect(await site.jql('Beta testers')).toEqual({ error: expect.stringContaining('still reading') });
    expect(upstream()).toBe(0);
  });

  it('says so where Shorter Loop is not connected', async () => {
    site = await createSite({ offline: true, fresh: true });
    valueOf(await site.admin('admin.saveJql', { isOn: true }));
    expect(await site.jql('Beta testers')).toEqual({ error: 'Shorter Loop is not connected to this site yet.' });
  });
});

describe('reporterInSegment in Jira', () => {
  /** What a query of the usual user finds, by a Jira that asks the app. */
  async function found(jql: string, strangersInAnswers: 'refused' | 'ignored' = 'refused') {
    const jira = createJira({
      seed: 1,
      members: site.simulator.truth.snapshot().members,
      strangersInAnswers,
      jqlApp: {
        functions: () => [
          {
            key: 'reporter-in-segment',
            functionKey: 'ari:reporter-in-segment',
            name: 'reporterInSegment',
            arguments: [{ name: 'segment', required: true }],
            types: ['user'],
            operators: ['in', 'not in'],
          },
        ],
        compute: (moduleKey, body) => site.app.runFunction(reporterInSegment, { moduleKey, body }),
      },
    });
    const result = await jira.search(jira.defaultAccountId, jql);
    if (result.kind === 'refused') return result.message;
    return { issues: result.issues, all: jira.issues };
  }
  const issuesOf = async (...query: Parameters<typeof found>) => {
    const result = await found(...query);
    if (typeof result === 'string') throw new Error(result);
    return result;
  };

  it('finds nobody in an empty segment, and everybody with a reporter the other way round', async () => {
    const { segment } = await prepare(0);
    expect((await issuesOf(`reporter in reporterInSegment("#${segment.id}")`)).issues).toEqual([]);
    const { issues, all } = await issuesOf(`reporter not in reporterInSegment("#${segment.id}")`);
    expect(all.some(({ reporterAccountId }) => reporterAccountId === null)).toBe(true);
    expect(issues).toEqual(all.filter(({ reporterAccountId }) => reporterAccountId !== null));
    // As with somebody in it.
    const strangers = await issuesOf('reporter not in ("712020:nobody")');
    expect(strangers.issues.map(({ key }) => key)).toEqual(issues.map(({ key }) => key));
  });

  it('answers nobody in a project where the app is off, whichever way it is asked', async () => {
    const { segment } = await prepare(1);
    const accountId = site.jira.issueFor('one').reporterAccountId ?? '';
    site.platform.kvs.handle('/api/v1/entity/set', {
      entityName: 'link',
      key: accountId,
      value: { state: 'linked', memberId: segment.memberIds[0], how: 'email', atMs: 1 },
    });
    const query = `reporter in reporterInSegment("#${segment.id}")`;
    expect((await issuesOf(query)).issues.length).toBeGreaterThan(0);
    onlyIn('99999');
    for (const negated of [query, query.replace(' in ', ' not in ')]) {
      expect((await issuesOf(negated, 'ignored')).issues).toEqual([]);
      // Where Jira refuses a project that the searcher does not see, they find nothing either.
      expect(await found(negated, 'refused')).toMatch(/does not exist for the field 'project'/);
    }
    onlyIn('10000');
    expect((await issuesOf(query)).issues.length).toBeGreaterThan(0);
  });

  it.each([
    ['in', /^\(project in \(10000, 10001\) AND reporter in \("/],
    ['not in', /^\(project in \(10000, 10001\) AND reporter not in \("/],
  ])('names the projects where it may answer: %s', async (operator, form) => {
    const { segment } = await prepare(2);
    onlyIn('10000', '10001');
    expect(await ask(segment.name, operator)).toEqual({ jql: expect.stringMatching(form) });
  });

  it('finds nobody where no project is left to it', async () => {
    const { segment } = await prepare(2);
    onlyIn();
    expect(await ask(segment.name, 'not in')).toEqual({ jql: '(reporter is EMPTY AND reporter is not EMPTY)' });
  });
});

describe('while an admin has not switched it on', () => {
  it('answers everything with the same words, and reads and stores nothing', async () => {
    const { segment } = await prepare(1);
    valueOf(await site.admin('admin.saveJql', { isOn: false }));
    site.platform.clearRecords();
    const answers = await Promise.all([segment.name, 'Nobody', '', 'a'].map((given) => site.jql(given)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toEqual({ error: expect.stringContaining('is switched off on this site') });
    expect(new Set(site.platform.calls.map(({ path }) => path))).toEqual(new Set(['/api/v1/get']));
    expect(site.platform.calls).toHaveLength(4);
  });

  it('is what holds on a new site', async () => {
    site = await createSite({ offline: true });
    expect(valueOf(await site.admin('admin.loadJql'))).toEqual({ isOn: false });
    expect(await site.jql('Beta testers')).toEqual({ error: expect.stringContaining('switched off') });
  });

  it('is for a Jira admin to change', async () => {
    site = await createSite({ offline: true });
    expect(await site.admin('admin.saveJql', { isOn: true }, site.jira.defaultAccountId)).toMatchObject({
      problem: { code: 'notPermitted', needed: 'ADMINISTER' },
    });
    expect(valueOf(await site.admin('admin.saveJql', { isOn: true }))).toEqual({ isOn: true });
    expect(valueOf(await site.admin('admin.loadJql'))).toEqual({ isOn: true });
  });
});

describe('the budget of the function', () => {
  it('ends after so many answers a minute, whoever asks, and begins anew with the next minute', async () => {
    await prepare(1);
    const names = Array.from({ length: ANSWERS_A_MINUTE + 5 }, (_one, at) => `Guess ${at}`);
    const answers = [];
    for (const name of names) answers.push(await site.jql(name));
    const refused = answers.filter((answer) => (answer as { error: string }).error.startsWith('Too many'));
    expect(refused).toHaveLength(5);
    const [row] = site.platform.kvs.entity('rate-limit').filter(({ key }) => key === 'jql');
    const letPass = (atMs: number): void =>
      void site.platform.kvs.handle('/api/v1/entity/set', {
        entityName: 'rate-limit',
        key: 'jql',
        value: { ...(row?.value as object), atMs },
      });
    letPass(Date.now() - 60_000);
    expect(await site.jql('Guess')).toEqual({ error: expect.stringContaining('can tell nothing') });
    // A count of the future silences nothing.
    letPass(Date.now() + 3_600_000);
    expect(await site.jql('Guess')).toEqual({ error: expect.stringContaining('can tell nothing') });
  });

  it('is never more than that, however many ask at once', async () => {
    await prepare(1);
    const answers = await Promise.all(Array.from({ length: 60 }, (_one, at) => site.jql(`Guess ${at}`)));
    const told = answers.filter((answer) => !(answer as { error: string }).error.startsWith('Too many'));
    expect(told.length).toBeLessThanOrEqual(ANSWERS_A_MINUTE);
  });
});

describe('the answers that Jira keeps', () => {
  /** A Jira that keeps these precomputations; answers what was updated. */
  function keep(values: readonly unknown[]) {
    const updates: unknown[] = [];
    site.platform.intercept((call, _proceed, init) => {
      if (call.kind !== 'jira' || !call.path.startsWith('/rest/api/3/jql/function/computation')) return undefined;
      if (init.method === 'GET')
        return {
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ values, isLast: true }),
        };
      const { values: sent } = JSON.parse(init.body ?? '{}') as { values: { id: string }[] };
      // As documented: without the parameter an id that is not known refuses all.
      if (!call.path.includes('skipNotFoundPrecomputations=true') && sent.some(({ id }) => id === 'forgotten'))
        return { status: 404, headers: {}, body: '{}' };
      updates.push(...sent.filter(({ id }) => id !== 'forgotten'));
      return { status: 204, headers: {}, body: '' };
    });
    return updates;
  }

  it('are brought up to date when someone was moved, and left alone when nothing changed', async () => {
    const { segment, accounts } = await prepare(2);
    const { jql } = (await site.jql(segment.name)) as { jql: string };
    const one = { field: 'reporter', operator: 'in', arguments: [segment.name] };
    const updates = keep([
      { id: 'same', ...one, value: jql },
      { id: 'old', ...one, value: 'reporter in ("gone")' },
      { id: 'unknown', ...one, arguments: ['Nobody'], value: 'x' },
    ]);
    await site.refreshJql();
    expect(updates).toEqual([
      { id: 'old', value: jql },
      { id: 'unknown', error: expect.stringContaining('can tell nothing') },
    ]);
    expect(listOf({ jql })).toEqual(quoted(accounts));
  });

  it('are brought up to date though Jira forgot one of them meanwhile', async () => {
    const { segment } = await prepare(2);
    const { jql } = (await site.jql(segment.name)) as { jql: string };
    const one = { field: 'reporter', operator: 'in', arguments: [segment.name], value: 'reporter in ("gone")' };
    const updates = keep([
      { id: 'forgotten', ...one },
      { id: 'old', ...one },
    ]);
    await site.refreshJql();
    expect(updates).toEqual([{ id: 'old', value: jql }]);
  });

  it('are brought up to date by what the function itself would say: no second segment is overlooked', async () => {
    const { segment } = await prepare(2);
    const calls: readonly string[][] = [[segment.name, 'Nobody'], [segment.name, ''], [], [' '], ['\u200b']];
    const answers = await Promise.all(calls.map((segments) => site.jql(...segments)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    await site.jql(segment.name);
    const call = { field: 'reporter', operator: 'in', arguments: [segment.name] };
    const updates = keep([
      ...calls.map((segments, nth) => ({ ...call, id: `n${nth}`, arguments: segments })),
      { ...call, id: 'another', operator: '!=' },
    ]);
    await site.refreshJql();
    expect(updates).toEqual([
      ...answers.map((answer, nth) => ({ id: `n${nth}`, ...(answer as object) })),
      { id: 'another', ...((await ask(segment.name, '!=')) as object) },
    ]);
    expect(answers[0]).toEqual(await ask(segment.name, '!='));
  });

  it.each<[string, object]>([
    ['no argument that is a text', { arguments: [19] }],
    ['no list of arguments', { arguments: null }],
    ['no operator', { operator: null }],
    ['no id', { id: null }],
  ])('are brought up to date though one of them has %s', async (_what, odd) => {
    const { segment } = await prepare(2);
    const { jql } = (await site.jql(segment.name)) as { jql: string };
    const one = { field: 'reporter', operator: 'in', arguments: [segment.name], value: jql };
    const updates = keep([{ ...one, id: 'odd', ...odd }, { ...one, id: 'whole' }, 'none']);
    valueOf(await site.admin('admin.saveJql', { isOn: false }));
    await site.refreshJql();
    const ids = 'id' in odd ? ['whole'] : ['odd', 'whole'];
    expect(updates).toEqual(ids.map((id) => ({ id, error: expect.stringContaining('switched off') })));
  });

  it('are told in place of the refusals that were kept while it was off', async () => {
    site = await createSite({ offline: true });
    await site.refreshSlice();
    const [{ name } = { name: '' }] = site.simulator.segments;
    const refused = (await site.jql(name)) as { error: string };
    const updates = keep([{ id: 'a', field: 'reporter', operator: 'in', arguments: [name], ...refused }]);
    await site.refreshJql();
    expect(updates).toEqual([]);
    valueOf(await site.admin('admin.saveJql', { isOn: true }));
    await site.refreshJql();
    expect(updates).toEqual([{ id: 'a', value: expect.stringContaining('reporter') }]);
  });

  it('cost Shorter Loop nothing while there are none', async () => {
    await prepare(1);
    keep([]);
    const before = site.simulator.requests().length;
    await site.refreshJql();
    expect(site.simulator.requests()).toHaveLength(before);
  });

  it('stay as they are while there is no directory to tell of', async () => {
    const { segment } = await prepare(1);
    await site.jql(segment.name);
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const updates = keep([{ id: 'a', field: 'reporter', operator: 'in', arguments: [segment.name], value: 'x' }]);
    site.platform.kvs.handle('/api/v1/delete', { key: 'directory' });
    await site.refreshJql();
    expect(updates).toEqual([]);
  });

  it('are taken back once the function is switched off', async () => {
    const { segment } = await prepare(1);
    const { jql } = (await site.jql(segment.name)) as { jql: string };
    const one = { field: 'reporter', operator: 'in', arguments: [segment.name], value: jql };
    const updates = keep([
      { id: 'a', ...one },
      { id: 'b', ...one, operator: 'not in' },
    ]);
    valueOf(await site.admin('admin.saveJql', { isOn: false }));
    await site.refreshJql();
    const error = expect.stringContaining('switched off');
    expect(updates).toEqual([
      { id: 'a', error },
      { id: 'b', error },
    ]);
  });

  it('are taken back in a project where the app was switched off', async () => {
    const { segment } = await prepare(1);
    const { jql } = (await site.jql(segment.name)) as { jql: string };
    const updates = keep([{ id: 'a', field: 'reporter', operator: 'in', arguments: [segment.name], value: jql }]);
    onlyIn('10001');
    await site.refreshJql();
    expect(updates).toEqual([{ id: 'a', value: `(project in (10001) AND ${jql})` }]);
  });

  it('are read page by page, and no further than 2,000', async () => {
    const { segment } = await prepare(1);
    await site.jql(segment.name);
    let pages = 0;
    site.platform.intercept(({ kind, path }, _proceed, init) => {
      if (kind !== 'jira' || init.method !== 'GET' || !path.startsWith('/rest/api/3/jql/function')) return undefined;
      pages += 1;
      expect(path).toContain('orderBy=-used');
      const values = [{ id: `p${pages}`, field: 'reporter', operator: 'in', arguments: ['x'], value: 'y' }];
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ values, isLast: false }),
      };
    });
    await site.refreshJql();
    expect(pages).toBe(20);
  });
});
