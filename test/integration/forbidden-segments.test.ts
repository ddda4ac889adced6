import { randomUUID } from 'node:crypto';
import { boardResolver } from '../../src';
import { readDirectory, readRefresh } from '../../src/adapters/store';
import { openBulkLab } from '../support/bulkLab';
import { askNow, toldByRows } from '../support/directory';
import { createSite, linkedOf, outcomeOf, problemOf, valueOf, type Site } from '../support/site';

let site: Site;
beforeEach(() => {
  for (const level of ['error', 'warn'] as const) jest.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => site.stop());

/** Keeps segments from whoever has this key, though they are listed. Returns what ends it. */
function forbid(status: number, isKept: (segmentId: number) => boolean): () => void {
  return site.platform.intercept((call, _proceed, { method }) => {
    const asked = /\/segments\/(\d+)\/segment-users$/.exec(new URL(call.path, 'https://offline.invalid').pathname);
    if (call.kind !== 'egress' || method !== 'GET' || asked === null || !isKept(Number(asked[1]))) return undefined;
    return { status, headers: { 'content-type': 'application/json' }, body: '{"success":false}' };
  });
}

/** A linked member in one segment, another one to go to, and a third one that is nobody's business. */
async function prepare() {
  site = await createSite({ offline: true, settings: { readPlan: 'per-segment' } });
  const view = valueOf(await site.panel('panel.open', {}));
  const { member } = linkedOf(view);
  const [from = 0] = member.segmentIds;
  const [to = 0, odd = 0] = view.segments.flatMap(({ id }) => (member.segmentIds.includes(id) ? [] : [id]));
  const move = { operationId: randomUUID(), memberId: member.id, fromSegmentId: from, toSegmentId: to };
  return { from, to, odd, move };
}

describe.each([403, 404])('a segment whose members are answered with %d, read one after the other,', (status) => {
  it('hinders neither the panel nor a move between others', async () => {
    const { odd, move } = await prepare();
    forbid(status, (id) => id === odd);
    expect(linkedOf(valueOf(await site.panel('panel.open', {}))).member.id).toBe(move.memberId);
    expect(outcomeOf(valueOf(await site.panel('panel.move', move)))).toBe('confirmed readBackAgrees');
  });

  it('is told as one that can’t be read, and nothing is written about it', async () => {
    const { odd, move } = await prepare();
    forbid(status, (id) => id === odd);
    expect(problemOf(await site.panel('panel.move', { ...move, toSegmentId: odd }))).toEqual({
      code: 'segmentUnreadable',
      segmentId: odd,
    });
    expect(site.simulator.truth.writes()).toEqual([]);
  });

  it('stays in the directory as it was, which is refreshed for all others and says so', async () => {
    const { odd, to } = await prepare();
    await site.refreshSlice();
    const before = toldByRows(site);
    const members = site.simulator.truth.membersOf(odd)?.length;
    forbid(status, (id) => id === odd);
    askNow(site);
    await site.refreshSlice();
    expect(await site.app.runAs({}, readRefresh)).toMatchObject({ current: null, failure: null });
    expect(toldByRows(site)).toEqual(before);
    const complete = (await site.app.runAs({}, readDirectory))?.complete;
    expect(complete?.segments.find(({ id }) => id === odd)).toMatchObject({ members, unreadable: true });
    expect(complete?.segments.find(({ id }) => id === to)).not.toHaveProperty('unreadable');
    const told = valueOf(await site.admin('admin.directory')).complete;
    expect(told).toMatchObject({ unreadableCount: 1, unreadable: [{ id: odd }] });
    const board = await site.app.invoke(boardResolver, {
      moduleKey: 'segments-board',
      functionKey: 'board.open',
      payload: {},
      extension: { project: { key: 'ACME', id: '10000' } },
      accountId: site.jira.adminAccountId,
    });
    expect(board).toMatchObject({
      kind: 'ok',
      value: { segments: expect.arrayContaining([expect.objectContaining({ id: odd, members: null })]) },
    });
  });

  it('is given up by a run, and the others of the run go on', async () => {
    const lab = await openBulkLab(60);
    ({ site } = lab);
    const [target, odd] = site.simulator.segments;
    const { runId } = await lab.preview({ kind: 'move', from: null, to: target?.id ?? 0 });
    forbid(status, (id) => id === odd?.id);
    await lab.start(runId);
    const run = await lab.settle(runId);
    const kept = run.groups.filter(({ from }) => from?.id === odd?.id).reduce((sum, { count }) => sum + count, 0);
    expect(kept).toBeGreaterThan(0);
    expect(run).toMatchObject({
      state: 'finished',
      results: { refused: kept, confirmed: run.verdicts.willWrite - kept },
    });
    lab.time.stop();
  });
});

describe('a key that may read no segment', () => {
  it('completes no directory, and opens no panel that shows nobody anywhere', async () => {
    await prepare();
    const stop = forbid(403, () => true);
    expect(problemOf(await site.panel('panel.open', {}))).toMatchObject({ code: 'shorterLoop', cause: 'forbidden' });
    await site.refreshSlice();
    expect((await site.app.runAs({}, readDirectory))?.complete).toBeNull();
    expect((await site.app.runAs({}, readRefresh))?.failure?.problem).toMatchObject({ code: 'shorterLoop' });
    stop();
    await site.refreshSlice();
    expect((await site.app.runAs({}, readDirectory))?.complete?.segments).toHaveLength(6);
  });

  it('makes a run rest, and gives up nobody', async () => {
    const lab = await openBulkLab(60);
    ({ site } = lab);
    const { runId } = await lab.preview({ kind: 'move', from: null, to: site.simulator.segments[0]?.id ?? 0 });
    site.simulator.faults.add({ fault: { kind: 'status', code: 403 } });
    await lab.start(runId);
    const run = await lab.settle(runId);
    expect(run).toMatchObject({ state: 'paused', pause: { by: 'app', problem: { code: 'shorterLoop' } } });
    expect(run.results.refused).toBe(0);
    lab.time.stop();
  });
});
