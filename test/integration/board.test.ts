import { randomUUID } from 'node:crypto';
import { boardResolver } from '../../src';
import type { BoardDefinitions, BoardWrite } from '../../src/contract';
import { callsOf, createSite, problemOf, valueOf, type Site, type SiteOptions } from '../support/site';

type AnswerOf<Name extends keyof BoardDefinitions> = BoardDefinitions[Name] extends (...input: never[]) => infer A ? A : never;

let site: Site;
afterEach(() => site.stop());

async function board<Name extends keyof BoardDefinitions>(functionKey: Name, payload: unknown, accountId = site.jira.defaultAccountId, projectKey = 'ACME'): Promise<AnswerOf<Name>> {
  const extension = { project: { id: '10000', key: projectKey } };
  return (await site.app.invoke(boardResolver, { moduleKey: 'segments-board', functionKey, payload, extension, accountId })) as AnswerOf<Name>;
}

/** A site with two segments and three people of the first who are not in the second. */
async function prepare(options: SiteOptions = {}) {
  site = await createSite({ offline: true, ...options });
  const [from, to] = site.simulator.segments;
  if (from === undefined || to === undefined) throw new Error('This test needs two segments');
  const people = site.simulator.truth.snapshot().members.filter(({ segmentIds }) => segmentIds.includes(from.id) && !segmentIds.includes(to.id));
  const writes = people.slice(0, 3).map(({ id }): BoardWrite => ({ operationId: randomUUID(), memberId: id }));
  const ledger = () => site.platform.kvs.entity('ledger').map(({ value }) => value);
  return { from, to, people, writes, ledger, move: { fromSegmentId: from.id, toSegmentId: to.id, writes } };
}

describe('a board that opens', () => {
  it.each(['all-at-once', 'per-segment'] as const)('has every segment as a column, with the plan %s', async (readPlan) => {
    await prepare({ settings: { readPlan } });
    const view = valueOf(await board('board.open', undefined));
    expect(view.segments.map(({ id, name }) => ({ id, name }))).toEqual(site.simulator.segments.map(({ id, name }) => ({ id, name })));
    expect(view.segments.every(({ members }) => (readPlan === 'all-at-once' ? members !== null && members > 0 : members === null))).toBe(true);
    expect(view.refusals).toEqual({ move: null, remove: null });
  });

  it('tells who may look but not change what is missing', async () => {
    await prepare();
    const open = { permission: 'BROWSE_PROJECTS', groupNames: [] };
    const edit = { permission: 'EDIT_ISSUES', groupNames: [] };
    const grouped = { permission: 'BROWSE_PROJECTS', groupNames: ['product-team'] };
    valueOf(await site.admin('admin.saveAccess', { board: open, move: edit, remove: grouped, bulk: edit }));
    const view = valueOf(await board('board.open', undefined, site.jira.viewerAccountId));
    expect(view.refusals).toEqual({ move: { code: 'notPermitted', needed: 'EDIT_ISSUES' }, remove: { code: 'notPermitted', needed: 'GROUP' } });
  });
});

it('can not be written on before the reads are proven, and says so as it opens', async () => {
  const { move } = await prepare({ proven: false });
  expect(valueOf(await board('board.open', undefined)).refusals).toEqual({ move: { code: 'notProven' }, remove: { code: 'notProven' } });
  expect(problemOf(await board('board.move', move))).toEqual({ code: 'notProven' });
  expect(site.simulator.truth.writes()).toEqual([]);
});

describe('who may use the board', () => {
  it.each(['board.open', 'board.members', 'board.reporters', 'board.move', 'board.remove'] as const)('refuses %s to whoever may not see names, before anything is read', async (name) => {
    const { move, from } = await prepare();
    const payload = { ...move, segmentId: from.id, afterMemberId: null, pageToken: null };
    site.platform.clearRecords();
    expect(problemOf(await board(name, payload, site.jira.viewerAccountId))).toEqual({ code: 'notPermitted', needed: 'EDIT_ISSUES' });
    expect(problemOf(await board(name, payload, site.jira.noAccessAccountId))).toEqual({ code: 'projectNotVisible' });
    expect(problemOf(await board(name, payload, undefined, 'OTHER'))).toEqual({ code: 'projectNotVisible' });
    expect(problemOf(await board(name, payload, undefined, 'X" OR project = "ACME'))).toMatchObject({ code: 'invalidInput', field: 'context' });
    const asked = new Set(callsOf(site).map(({ kind, path }) => `${kind} ${path.replace(/\?.*/, '')}`));
    expect([...asked].sort()).toEqual(['jira /rest/api/3/mypermissions', 'kvs /api/v1/batch/get', 'kvs /api/v1/secret/get']);
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
    expect(problemOf(await board('board.members', { segmentId: 999_999, afterMemberId: null }))).toMatchObject({ code: 'shorterLoop', cause: 'notFound' });
    expect(problemOf(await board('board.members', { segmentId: 0, afterMemberId: null }))).toMatchObject({ code: 'invalidInput', field: 'segmentId' });
  });
});

describe('the project’s reporters', () => {
  it('are the members whom reporters are linked to, by month, without their accounts', async () => {
    await prepare();
    const answer = valueOf(await board('board.reporters', { pageToken: null }));
    expect(answer).toMatchObject({ issues: site.jira.issues.length, nextPageToken: null });
    const linked = site.jira.links.filter(({ state }) => state === 'linked').map(({ memberId }) => memberId);
    expect(new Set(answer.months.flatMap(({ memberId }) => memberId ?? []))).toEqual(new Set(linked));
    expect(answer.months.reduce((sum, { issues }) => sum + issues, 0)).toBe(site.jira.issues.length);
    for (const { accountId } of site.jira.people) expect(JSON.stringify(answer)).not.toContain(accountId);
  });
});

describe('a move on the board', () => {
  it('moves several people in one request, each with a row of the ledger of their own', async () => {
    const { move, to, writes, ledger, from } = await prepare();
    const { results, counts } = valueOf(await board('board.move', move));
    expect(results).toEqual(writes.map((one) => ({ ...one, kind: 'written', outcome: 'confirmed', reason: 'readBackAgrees' })));
    expect(site.simulator.truth.writes()).toHaveLength(1);
    for (const { memberId } of writes) expect(site.simulator.truth.membershipsOf(memberId)).toContain(to.id);
    expect(ledger()).toHaveLength(3);
    expect(ledger()).toEqual(writes.map(() => expect.objectContaining({ door: 'board', state: 'finished', fromSegment: { id: from.id, name: from.name }, toSegment: { id: to.id, name: to.name } })));
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
    const { memberId, accountId } = site.jira.links.find(({ state, memberId: id }) => state === 'linked' && site.simulator.truth.membershipsOf(id).length > 0) ?? { memberId: 0, accountId: '' };
    const [fromSegmentId] = site.simulator.truth.membershipsOf(memberId);
    valueOf(await board('board.remove', { fromSegmentId, writes: [{ operationId: randomUUID(), memberId }] }));
    expect(site.platform.kvs.entity('ledger').map(({ value }) => value)).toEqual([expect.objectContaining({ kind: 'remove', reporterAccountId: accountId })]);
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
    ['too many', { writes: Array.from({ length: 101 }, (_, nth) => ({ operationId: randomUUID(), memberId: nth + 1 })) }, 'writes'],
    ['somebody twice', { writes: [{ operationId: randomUUID(), memberId: 7 }, { operationId: randomUUID(), memberId: 7 }] }, 'writes'],
  ])('is refused with %s', async (_what, changed, field) => {
    const { move, from } = await prepare();
    const payload = { ...move, ...changed, ...('toSegmentId' in changed && changed.toSegmentId === 'same' ? { toSegmentId: from.id } : {}) };
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
