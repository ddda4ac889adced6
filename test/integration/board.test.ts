import { teamAccess } from '../../sandbox/teamAccess';
import { randomUUID } from 'node:crypto';
import { boardResolver, purge } from '../../src';
import type { BoardCounted, BoardCountPlace, BoardDefinitions, BoardWrite, ReportedMonth } from '../../src/contract';
import type { IssueState } from '../../sandbox/jira';
import { writeRows } from '../support/ledgerRows';
import { callsOf, createSite, problemOf, valueOf, type Site, type SiteOptions } from '../support/site';

type AnswerOf<Name extends keyof BoardDefinitions> = BoardDefinitions[Name] extends (...input: never[]) => infer A
  ? A
  : never;

let site: Site;
afterEach(() => site.stop());

async function board<Name extends keyof BoardDefinitions>(
  functionKey: Name,
  payload: unknown,
  accountId = site.jira.defaultAccountId,
  projectKey = 'ACME',
): Promise<AnswerOf<Name>> {
  const extension = { project: { id: '10000', key: projectKey } };
  return (await site.app.invoke(boardResolver, {
    moduleKey: 'segments-board',
    functionKey,
    payload,
    extension,
    accountId,
  })) as AnswerOf<Name>;
}

/** A site with two segments and three people of the first who are not in the second. */
async function prepare(options: SiteOptions = {}) {
  site = await createSite({ offline: true, ...options });
  const [from, to] = site.simulator.segments;
  if (from === undefined || to === undefined) throw new Error('This test needs two segments');
  const people = site.simulator.truth
    .snapshot()
    .members.filter(({ segmentIds }) => segmentIds.includes(from.id) && !segmentIds.includes(to.id));
  const writes = people.slice(0, 3).map(({ id }): BoardWrite => ({ operationId: randomUUID(), memberId: id }));
  const ledger = () => writeRows(site.platform.kvs).map(({ value }) => value);
  return { from, to, people, writes, ledger, move: { fromSegmentId: from.id, toSegmentId: to.id, writes } };
}

describe('a board that opens', () => {
  it.each(['all-at-once', 'per-segment'] as const)(
    'has every segment as a column, with the plan %s',
    async (readPlan) => {
      await prepare({ settings: { readPlan } });
      const view = valueOf(await board('board.open', undefined));
      expect(view.segments.map(({ id, name }) => ({ id, name }))).toEqual(
        site.simulator.segments.map(({ id, name }) => ({ id, name })),
      );
      expect(
        view.segments.every(({ members }) =>
          readPlan === 'all-at-once' ? members !== null && members > 0 : members === null,
        ),
      ).toBe(true);
      expect(view.refusals).toEqual({
        move: null,
        remove: null,
        add: { code: 'writeNotProven', kind: 'add' },
        others: null,
      });
    },
  );

  it('tells who may look but not change what is missing', async () => {
    await prepare();
    const open = { permission: 'BROWSE_PROJECTS', groupNames: [] };
    const edit = { permission: 'EDIT_ISSUES', groupNames: [] };
    const grouped = { permission: 'BROWSE_PROJECTS', groupNames: ['product-team'] };
    valueOf(
      await site.admin('admin.saveAccess', { ...teamAccess(), board: open, move: edit, remove: grouped, bulk: edit }),
    );
    const view = valueOf(await board('board.open', undefined, site.jira.viewerAccountId));
    expect(view.refusals).toEqual({
      move: { code: 'notPermitted', needed: 'EDIT_ISSUES' },
      remove: { code: 'notPermitted', needed: 'GROUP' },
      add: { code: 'notPermitted', needed: 'EDIT_ISSUES' },
      others: { code: 'notPermitted', needed: 'EDIT_ISSUES' },
    });
  });
});

it('can neither be read nor written on before the reads are proven, and says so as it opens', async () => {
  const { move } = await prepare({ proven: false });
  expect(problemOf(await board('board.open', undefined))).toEqual({ code: 'notProven' });
  expect(site.simulator.requests()).toEqual([]);
  expect(problemOf(await board('board.move', move))).toEqual({ code: 'notProven' });
  expect(site.simulator.truth.writes()).toEqual([]);
});

describe('who may use the board', () => {
  it.each([
    'board.open',
    'board.members',
    'board.reporters',
    'board.kept',
    'board.count',
    'board.move',
    'board.remove',
    'board.add',
  ] as const)('refuses %s to whoever may not see names, before anything is read', async (name) => {
    const { move, from } = await prepare();
    const payload = {
      ...move,
      segmentId: from.id,
      afterMemberId: null,
      countId: randomUUID(),
      page: 0,
      part: 0,
      pageToken: null,
    };
    site.platform.clearRecords();
    expect(problemOf(await board(name, payload, site.jira.viewerAccountId))).toEqual({
      code: 'notPermitted',
      needed: 'EDIT_ISSUES',
      seeing: { kind: 'board', projectKey: 'ACME' },
    });
    expect(problemOf(await board(name, payload, site.jira.noAccessAccountId))).toEqual({ code: 'projectNotVisible' });
    expect(problemOf(await board(name, payload, undefined, 'OTHER'))).toEqual({ code: 'projectNotVisible' });
    expect(problemOf(await board(name, payload, undefined, 'X" OR project = "ACME'))).toMatchObject({
      code: 'invalidInput',
      field: 'context',
    });
    const asked = new Set(callsOf(site).map(({ kind, path }) => `${kind} ${path.replace(/\?.*/, '')}`));
    expect([...asked].sort()).toEqual([
      'jira /rest/api/3/mypermissions',
      'kvs /api/v1/batch/get',
      'kvs /api/v1/secret/get',
    ]);
  });

  it('is asked once for all that the board may do, and fails closed when Jira can’t say', async () => {
    const { move } = await prepare();
    site.platform.clearRecords();
    valueOf(await board('board.open', undefined));
    expect(site.platform.calls.filter(({ kind }) => kind === 'jira')).toHaveLength(1);
    site.jira.faults.add({ fault: { kind: 'status', code: 500 } });
    expect(problemOf(await board('board.move', move)).code).toBe('jira');
    expect(site.simulator.truth.writes()).toEqual([]);
  });
});

describe('who may not write about others on the board', () => {
  /** A site whose team may move on the board, but only who reports there; a reporter and a stranger of one segment. */
  async function confined(options: SiteOptions = {}) {
    await prepare(options);
    const admins = { permission: 'ADMINISTER', groupNames: [] } as const;
    valueOf(await site.admin('admin.saveAccess', teamAccess({ others: admins })));
    const { members } = site.simulator.truth.snapshot();
    const linked = new Map(
      site.jira.links.flatMap((link) => (link.state === 'linked' ? [[link.memberId, link.accountId]] : [])),
    );
    const reporter = members.find(({ id, segmentIds }) => linked.has(id) && segmentIds.length > 0);
    const [from = 0] = reporter?.segmentIds ?? [];
    const stranger = members.find(({ id, segmentIds }) => !linked.has(id) && segmentIds.includes(from));
    const to = site.simulator.segments.find(
      ({ id }) => reporter?.segmentIds.includes(id) === false && stranger?.segmentIds.includes(id) === false,
    );
    if (reporter === undefined || stranger === undefined || to === undefined) throw new Error('The site has too few');
    const write = (memberId: number): BoardWrite => ({ operationId: randomUUID(), memberId });
    return { from, to: to.id, reporter, stranger, write };
  }
  const REFUSED = { kind: 'refused', problem: { code: 'notPermitted', needed: 'ADMINISTER' } };

  it('moves and removes reporters of the project, and is refused everybody else by name', async () => {
    const { from, to, reporter, stranger, write } = await confined();
    const writes = [write(reporter.id), write(stranger.id)];
    const moved = valueOf(await board('board.move', { fromSegmentId: from, toSegmentId: to, writes }));
    expect(moved.results).toMatchObject([
      { kind: 'written', outcome: 'confirmed' },
      { ...writes[1], ...REFUSED },
    ]);
    const removal = { fromSegmentId: from, writes: [write(stranger.id)] };
    site.platform.clearRecords();
    expect(valueOf(await board('board.remove', removal))).toMatchObject({ results: [REFUSED], counts: [] });
    expect(site.simulator.truth.membershipsOf(stranger.id)).toEqual(stranger.segmentIds);
    expect(valueOf(await board('board.open', undefined)).refusals.others).toEqual(REFUSED.problem);
    valueOf(await board('board.remove', removal, site.jira.adminAccountId));
    expect(site.simulator.truth.membershipsOf(stranger.id)).not.toContain(from);
  });

  it('is refused whoever was unlinked just now, though a query still shows the link', async () => {
    const { from, to, reporter, write } = await confined();
    // The index still has what the row had: the query answers as before.
    site.platform.intercept(async (call, proceed, init) => {
      const answer = await proceed();
      if (!call.path.endsWith('/batch/get') || !String(init.body).includes('"link"')) return answer;
      return { ...answer, body: String(answer.body).replace('"state":"linked"', '"state":"unlinked"') };
    });
    const moved = await board('board.move', { fromSegmentId: from, toSegmentId: to, writes: [write(reporter.id)] });
    expect(valueOf(moved).results).toMatchObject([REFUSED]);
  });

  it('is refused reporters of other projects, and told when Jira can not say', async () => {
    const { from, to, reporter, write } = await confined();
    const move = () => ({ fromSegmentId: from, toSegmentId: to, writes: [write(reporter.id)] });
    const restore = site.platform.intercept(({ path }, _proceed, init) =>
      path.endsWith('/search/jql') && String(init.body).includes('reporter in')
        ? { status: 200, headers: {}, body: '{"issues":[],"nextPageToken":null}' }
        : undefined,
    );
    expect(valueOf(await board('board.move', move())).results).toMatchObject([REFUSED]);
    restore();
    site.platform.intercept(({ path }) =>
      path.endsWith('/search/jql') ? { status: 500, headers: {}, body: '{}' } : undefined,
    );
    expect(problemOf(await board('board.move', move())).code).toBe('jira');
    expect(site.simulator.truth.writes()).toEqual([]);
  });
});

describe('adding on the board', () => {
  const proven = { settings: { canAdd: true } } as const;

  it('adds members to another segment in one request, and keeps those that they are in', async () => {
    const { from, to, writes, move, ledger } = await prepare(proven);
    expect(valueOf(await board('board.open', undefined)).refusals.add).toBeNull();
    const before = new Map(writes.map(({ memberId }) => [memberId, site.simulator.truth.membershipsOf(memberId)]));
    const done = valueOf(await board('board.add', move));
    expect(done.results).toEqual(
      writes.map((one) => ({ ...one, kind: 'written', outcome: 'confirmed', reason: 'readBackAgrees' })),
    );
    expect(done.counts).toEqual([{ segmentId: to.id, members: site.simulator.truth.membersOf(to.id)?.length }]);
    for (const [memberId, segmentIds] of before)
      expect(new Set(site.simulator.truth.membershipsOf(memberId))).toEqual(new Set([...segmentIds, to.id]));
    expect(site.simulator.truth.writes()).toHaveLength(1);
    expect(ledger()).toHaveLength(3);
    for (const row of ledger())
      expect(row).toMatchObject({ kind: 'add', entryPoint: 'board', toSegment: { id: to.id }, state: 'finished' });
    expect(site.simulator.truth.membersOf(from.id)).toEqual(expect.arrayContaining([...before.keys()]));
  });

  it('never sends an id that is not in the column that the page shows, and adds the others', async () => {
    const { writes, move, to } = await prepare(proven);
    const stranger = { operationId: randomUUID(), memberId: 999_999 };
    const done = valueOf(await board('board.add', { ...move, writes: [stranger, ...writes.slice(0, 1)] }));
    expect(done.results).toEqual([
      { ...stranger, kind: 'stale', reason: 'notInSource' },
      { ...writes[0], kind: 'written', outcome: 'confirmed', reason: 'readBackAgrees' },
    ]);
    const again = { ...move, writes: [{ operationId: randomUUID(), memberId: 999_999 }] };
    expect(valueOf(await board('board.add', again)).results).toMatchObject([{ kind: 'stale', reason: 'notInSource' }]);
    expect(site.simulator.truth.writes()).toHaveLength(1);
    expect(site.simulator.truth.membersOf(to.id)).not.toContain(999_999);
  });

  it('has nothing to do for somebody who is in the segment already, and sends nothing', async () => {
    const { writes, move } = await prepare(proven);
    valueOf(await board('board.add', { ...move, writes: writes.slice(0, 1) }));
    const again = [{ operationId: randomUUID(), memberId: writes[0]?.memberId ?? 0 }];
    expect(valueOf(await board('board.add', { ...move, writes: again })).results).toMatchObject([
      { kind: 'stale', reason: 'alreadyInTarget' },
    ]);
    expect(site.simulator.truth.writes()).toHaveLength(1);
  });

  it('is refused where it is not proven, or not permitted, with nothing sent', async () => {
    const { move } = await prepare();
    expect(problemOf(await board('board.add', move))).toEqual({ code: 'writeNotProven', kind: 'add' });
    await site.stop();
    const { move: later } = await prepare(proven);
    const admins = { permission: 'ADMINISTER', groupNames: [] } as const;
    valueOf(await site.admin('admin.saveAccess', { ...teamAccess(), add: admins }));
    expect(problemOf(await board('board.add', later))).toEqual({ code: 'notPermitted', needed: 'ADMINISTER' });
    expect(site.simulator.truth.writes()).toEqual([]);
  });

  it('leaves alone whom the viewer may not change, by name, where they may change reporters only', async () => {
    const { from, to, people } = await prepare(proven);
    const admins = { permission: 'ADMINISTER', groupNames: [] } as const;
    valueOf(await site.admin('admin.saveAccess', teamAccess({ others: admins })));
    const linked = new Set(site.jira.links.map((link) => link.memberId));
    const stranger = people.find(({ id }) => !linked.has(id));
    const writes = [{ operationId: randomUUID(), memberId: stranger?.id ?? 0 }];
    const done = await board('board.add', { fromSegmentId: from.id, toSegmentId: to.id, writes });
    expect(valueOf(done).results).toMatchObject([{ kind: 'refused', problem: { code: 'notPermitted' } }]);
    expect(site.simulator.truth.writes()).toEqual([]);
  });

  it.each([
    ['a source', 'sourceGone', { fromSegmentId: 999_999 }],
    ['a target', 'targetGone', { toSegmentId: 999_999 }],
  ] as const)('says of %s that is gone that nothing was done', async (_which, reason, other) => {
    const { move } = await prepare(proven);
    const { results } = valueOf(await board('board.add', { ...move, ...other }));
    expect(results.map((result) => 'reason' in result && result.reason)).toEqual([reason, reason, reason]);
    expect(site.simulator.truth.writes()).toEqual([]);
  });
});

describe('the members of a column', () => {
  it('come by id with their names, and without an e-mail address', async () => {
    const { from } = await prepare();
    const answer = valueOf(await board('board.members', { segmentId: from.id, afterMemberId: null }));
    const truth = site.simulator.truth.snapshot().members.filter(({ segmentIds }) => segmentIds.includes(from.id));
    expect(answer.members.map(([id]) => id)).toEqual(truth.map(({ id }) => id).sort((one, other) => one - other));
    expect(answer).toMatchObject({ total: truth.length, nextAfterMemberId: null });
    expect(JSON.stringify(answer)).not.toContain('@');
  });

  it('are read from Shorter Loop each time, and a segment that is gone is told', async () => {
    await prepare();
    expect(problemOf(await board('board.members', { segmentId: 999_999, afterMemberId: null }))).toMatchObject({
      code: 'shorterLoop',
      cause: 'notFound',
    });
    expect(problemOf(await board('board.members', { segmentId: 0, afterMemberId: null }))).toMatchObject({
      code: 'invalidInput',
      field: 'segmentId',
    });
  });
});

/** Counts all issues, page by page, as the page does. */
async function countAll(
  countId: string = randomUUID(),
): Promise<{ readonly issues: number; readonly pages: number; readonly months: readonly ReportedMonth[] }> {
  let next: BoardCountPlace | null = { page: 0, part: 0, pageToken: null };
  let issues = 0;
  let pages = 0;
  const months: ReportedMonth[] = [];
  while (next !== null) {
    const counted: BoardCounted = valueOf(await board('board.count', { ...next, countId }));
    issues += counted.issues;
    pages += 1;
    months.push(...counted.months);
    next = counted.next;
  }
  return { issues, pages, months };
}
const sumOf = (months: readonly ReportedMonth[]): number => months.reduce((sum, { issues }) => sum + issues, 0);
/** Numbers by member and month, whatever rows they came in. */
const tally = (months: readonly ReportedMonth[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const { memberId, month, issues } of months)
    sums[`${String(memberId)} ${month}`] = (sums[`${String(memberId)} ${month}`] ?? 0) + issues;
  return sums;
};
const FIRST_PAGE = { page: 0, part: 0, pageToken: null };

describe('the project’s reporters', () => {
  it('are the members whom reporters are linked to, by month, without their accounts', async () => {
    await prepare();
    const answer = valueOf(await board('board.reporters', undefined));
    expect(answer).toMatchObject({ issues: site.jira.issues.length, total: site.jira.issues.length, kept: null });
    const linked = site.jira.links.filter(({ state }) => state === 'linked').map(({ memberId }) => memberId);
    expect(new Set(answer.months.flatMap(({ memberId }) => memberId ?? []))).toEqual(new Set(linked));
    expect(sumOf(answer.months)).toBe(site.jira.issues.length);
    for (const { accountId } of site.jira.people) expect(JSON.stringify(answer)).not.toContain(accountId);
  });

  it('are told by a work item of each where no segment has them, once the app knows them', async () => {
    await prepare();
    expect(valueOf(await board('board.reporters', undefined)).withoutSegment).toEqual([]);
    await site.refreshSlice();
    await site.syncSlice();
    const { withoutSegment } = valueOf(await board('board.reporters', undefined));
    const keyOf = (state: IssueState): string => site.jira.issueFor(state).key;
    expect(withoutSegment).toContain(keyOf('notFound'));
    for (const state of ['many', 'emailHidden', 'formerUser'] as const)
      expect(withoutSegment).not.toContain(keyOf(state));
    const reporters = site.jira.issues.filter(({ key }) => withoutSegment.includes(key));
    expect(new Set(reporters.map(({ reporterAccountId }) => reporterAccountId)).size).toBe(withoutSegment.length);
    expect(valueOf(await board('board.open', undefined)).inviteRefusal).toEqual({
      code: 'featureOff',
      feature: 'addByEmail',
    });
  });

  it('are those of the newest issues where there are many, with how many there are and what all of them cost', async () => {
    await prepare({ extraIssues: 4_000 });
    const total = site.jira.issues.length;
    const answer = valueOf(await board('board.reporters', undefined));
    expect(answer).toMatchObject({ issues: 50, total, points: total + 5 * 4, kept: null });
    expect(sumOf(answer.months)).toBe(50);
  });

  it('cost at most 150 points with all columns, whatever the size of the project', async () => {
    const { from } = await prepare({ extraIssues: 6_000, segments: 12 });
    const before = site.jira.points();
    valueOf(await board('board.open', undefined));
    for (const segment of site.simulator.segments)
      valueOf(await board('board.members', { segmentId: segment.id, afterMemberId: null }));
    valueOf(await board('board.reporters', undefined));
    expect(from.id).toBeGreaterThan(0);
    expect(site.jira.points() - before).toBeLessThanOrEqual(150);
  });

  it('ask Jira for the rule of the board alone, and of a change for that one too', async () => {
    const { from } = await prepare();
    const rule = (permission: string) => ({ permission, groupNames: [] });
    valueOf(
      await site.admin('admin.saveAccess', {
        ...teamAccess(),
        board: rule('BROWSE_PROJECTS'),
        move: rule('EDIT_ISSUES'),
        remove: rule('ADMINISTER_PROJECTS'),
        bulk: rule('EDIT_ISSUES'),
      }),
    );
    const priceOf = async (name: keyof BoardDefinitions, payload: unknown): Promise<number> => {
      const before = site.jira.points();
      await board(name, payload);
      return site.jira.points() - before;
    };
    expect(await priceOf('board.members', { segmentId: from.id, afterMemberId: null })).toBe(3);
    expect(await priceOf('board.open', undefined)).toBe(7);
  });
});

describe('a count of all issues', () => {
  it('counts each once, and is what the board opens with afterwards, for the same viewer alone', async () => {
    await prepare({ extraIssues: 2_500 });
    const total = site.jira.issues.length;
    const counted = await countAll();
    expect(counted).toMatchObject({ issues: total, pages: 3 });
    const before = site.jira.points();
    const answer = valueOf(await board('board.reporters', undefined));
    expect(answer).toMatchObject({ issues: total, total, kept: { hasMore: false } });
    expect(tally(answer.months)).toEqual(tally(counted.months));
    expect(site.jira.points() - before).toBeLessThanOrEqual(5);
    expect(valueOf(await board('board.reporters', undefined, site.jira.adminAccountId))).toMatchObject({
      issues: 50,
      kept: null,
    });
  });

  it('is brought up to date by what was created since, and says how far it is behind', async () => {
    await prepare({ extraIssues: 100 });
    const total = site.jira.issues.length;
    await countAll();
    for (let nth = 0; nth < 3; nth += 1) site.jira.createIssue('ACME-101');
    const answer = valueOf(await board('board.reporters', undefined));
    expect(answer).toMatchObject({ issues: total + 3, total: total + 3 });
    expect(sumOf(answer.months)).toBe(total + 3);
    for (let nth = 0; nth < 60; nth += 1) site.jira.createIssue('ACME-101');
    expect(valueOf(await board('board.reporters', undefined))).toMatchObject({
      issues: total + 50,
      total: total + 63,
      points: total + 63 + 4,
    });
  });

  it('is over after a day', async () => {
    await prepare({ extraIssues: 100 });
    await countAll();
    expect(valueOf(await board('board.reporters', undefined)).kept).not.toBeNull();
    const now = Date.now.bind(Date);
    jest.spyOn(Date, 'now').mockImplementation(() => now() + 24 * 60 * 60 * 1_000);
    expect(valueOf(await board('board.reporters', undefined)).kept).toBeNull();
  });

  it('counts a page once that is asked for again because its answer was lost', async () => {
    await prepare({ extraIssues: 1_500 });
    const countId = randomUUID();
    valueOf(await board('board.count', { ...FIRST_PAGE, countId }));
    const { pages, issues } = await countAll(countId);
    expect({ pages, issues }).toEqual({ pages: 2, issues: site.jira.issues.length });
    expect(valueOf(await board('board.reporters', undefined))).toMatchObject({
      issues: site.jira.issues.length,
      total: site.jira.issues.length,
    });
  });

  it('pauses at the budget with nothing asked, and goes on in the next hour from where it was', async () => {
    await prepare({ extraIssues: 8_000 });
    const countId = randomUUID();
    /** Counts until the end or a problem. */
    const countFrom = async (
      place: BoardCountPlace,
    ): Promise<{ readonly issues: number; readonly stoppedAt: BoardCountPlace | null }> => {
      let issues = 0;
      for (let next: BoardCountPlace = place; ;) {
        const answer = await board('board.count', { ...next, countId });
        if (answer.kind === 'problem') {
          expect(answer.problem).toMatchObject({ code: 'jiraBudget' });
          return { issues, stoppedAt: next };
        }
        issues += answer.value.issues;
        if (answer.value.next === null) return { issues, stoppedAt: null };
        next = answer.value.next;
      }
    };
    const first = await countFrom(FIRST_PAGE);
    expect(first).toMatchObject({ issues: 6_000, stoppedAt: { page: 6 } });
    const points = site.jira.points();
    expect(await countFrom(first.stoppedAt ?? FIRST_PAGE)).toEqual({ issues: 0, stoppedAt: first.stoppedAt });
    // Whether the viewer may see the board was asked, and no issue.
    expect(site.jira.points() - points).toBe(3);
    const now = Date.now.bind(Date);
    jest.spyOn(Date, 'now').mockImplementation(() => now() + 60 * 60 * 1_000);
    expect(await countFrom(first.stoppedAt ?? FIRST_PAGE)).toEqual({
      issues: site.jira.issues.length - 6_000,
      stoppedAt: null,
    });
    expect(valueOf(await board('board.reporters', undefined)).kept).not.toBeNull();
  });

  it('keeps neither account ids nor names in storage, nothing for longer than a day, and no value of more than 240 KiB', async () => {
    await prepare({ extraIssues: 2_500 });
    await countAll();
    const rows = site.platform.kvs.plain().filter(({ key }) => key.startsWith('board-count:'));
    expect(rows.length).toBeGreaterThanOrEqual(2);
    for (const { accountId } of site.jira.people.filter((person) => person.accountId !== 'unknown'))
      expect(JSON.stringify(rows)).not.toContain(accountId);
    for (const { value } of rows) expect(Buffer.byteLength(JSON.stringify(value))).toBeLessThan(240 * 1_024);
    await site.app.runFunction(() => purge({}, {}, () => Promise.resolve()), { moduleKey: 'purge' });
    expect(site.platform.kvs.plain().filter(({ key }) => key.startsWith('board-count:'))).toEqual([]);
  });

  it('whose earlier pages are gone counts on for the page, and is not kept as a whole one', async () => {
    await prepare({ extraIssues: 1_500 });
    const countId = randomUUID();
    const first = valueOf(await board('board.count', { ...FIRST_PAGE, countId }));
    await site.app.runFunction(() => purge({}, {}, () => Promise.resolve()), { moduleKey: 'purge' });
    site.platform.kvs.handle('/api/v1/secret/set', {
      key: 'shorter-loop-key',
      value: { key: site.simulator.key, storedAtMs: 0 },
    });
    const last = valueOf(await board('board.count', { ...first.next, countId }));
    expect({ issues: last.issues + first.issues, next: last.next }).toEqual({
      issues: site.jira.issues.length,
      next: null,
    });
    expect(valueOf(await board('board.reporters', undefined)).kept).toBeNull();
  });
});

describe('a move on the board', () => {
  it('moves several people in one request, each with a row of the ledger of their own', async () => {
    const { move, to, writes, ledger, from } = await prepare();
    const { results, counts } = valueOf(await board('board.move', move));
    expect(results).toEqual(
      writes.map((one) => ({ ...one, kind: 'written', outcome: 'confirmed', reason: 'readBackAgrees' })),
    );
    expect(site.simulator.truth.writes()).toHaveLength(1);
    for (const { memberId } of writes) expect(site.simulator.truth.membershipsOf(memberId)).toContain(to.id);
    expect(ledger()).toHaveLength(3);
    expect(ledger()).toEqual(
      writes.map(() =>
        expect.objectContaining({
          entryPoint: 'board',
          state: 'finished',
          fromSegment: { id: from.id, name: from.name },
          toSegment: { id: to.id, name: to.name },
        }),
      ),
    );
    expect(counts.map(({ segmentId }) => segmentId)).toEqual([from.id, to.id]);
  });

  it('happens once, however often it is asked for', async () => {
    const { move } = await prepare();
    const first = valueOf(await board('board.move', move));
    expect(valueOf(await board('board.move', move)).results).toEqual(first.results);
    expect(site.simulator.truth.writes()).toHaveLength(1);
  });

  it('stands in the history of the reporter whom the member is', async () => {
    await prepare();
    const { memberId, accountId } = site.jira.links.find(
      ({ state, memberId: id }) => state === 'linked' && site.simulator.truth.membershipsOf(id).length > 0,
    ) ?? { memberId: 0, accountId: '' };
    const [fromSegmentId] = site.simulator.truth.membershipsOf(memberId);
    valueOf(await board('board.remove', { fromSegmentId, writes: [{ operationId: randomUUID(), memberId }] }));
    expect(writeRows(site.platform.kvs).map(({ value }) => value)).toEqual([
      expect.objectContaining({ kind: 'remove', reporterAccountId: accountId }),
    ]);
  });

  it.each([
    ['a member who is not there', { writes: [{ operationId: randomUUID(), memberId: 999_999 }] }, 'notInSource'],
    ['a source that Shorter Loop does not have', { fromSegmentId: 999_999 }, 'sourceGone'],
    ['a target that Shorter Loop does not have', { toSegmentId: 999_999 }, 'targetGone'],
  ])('is refused for %s, with nothing sent', async (_what, changed, reason) => {
    const { move, ledger } = await prepare();
    const { results } = valueOf(await board('board.move', { ...move, ...changed }));
    expect(results.every((result) => result.kind === 'stale' && result.reason === reason)).toBe(true);
    expect(site.simulator.truth.writes()).toEqual([]);
    expect(ledger()).toEqual([]);
  });

  it.each([
    ['no target', { toSegmentId: undefined }, 'toSegmentId'],
    ['the same target', { toSegmentId: 'same' }, 'toSegmentId'],
    ['nobody', { writes: [] }, 'writes'],
    [
      'too many',
      { writes: Array.from({ length: 101 }, (_, nth) => ({ operationId: randomUUID(), memberId: nth + 1 })) },
      'writes',
    ],
    [
      'somebody twice',
      {
        writes: [
          { operationId: randomUUID(), memberId: 7 },
          { operationId: randomUUID(), memberId: 7 },
        ],
      },
      'writes',
    ],
  ])('is refused with %s', async (_what, changed, field) => {
    const { move, from } = await prepare();
    const payload = {
      ...move,
      ...changed,
      ...('toSegmentId' in changed && changed.toSegmentId === 'same' ? { toSegmentId: from.id } : {}),
    };
    expect(problemOf(await board('board.move', payload))).toMatchObject({ code: 'invalidInput', field });
    expect(site.simulator.truth.writes()).toEqual([]);
  });

  it('that Shorter Loop refuses leaves everybody where they are, and says so of each', async () => {
    const { move, from, writes } = await prepare();
    site.simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'status', code: 422 } });
    const { results } = valueOf(await board('board.move', move));
    expect(results).toEqual(writes.map((one) => ({ ...one, kind: 'written', outcome: 'refused', reason: 'saidNo' })));
    for (const { memberId } of writes) expect(site.simulator.truth.membershipsOf(memberId)).toContain(from.id);
  });
});
