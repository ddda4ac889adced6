import type { BoardDefinitions, Result, RunView } from '../../src/contract';
import { boardResolver } from '../../src';
import { writeDirectory } from '../../src/adapters/store';
import { addSegments, longNamed } from '../support/directory';
import { putRow } from '../attacks/onSite';
import { spoilRecords } from '../support/spoil';
import { createSite, problemOf, valueOf, type Site } from '../support/site';

let site: Site;
const open = async (options: Parameters<typeof createSite>[0] = {}): Promise<void> => {
  site = await createSite({ offline: true, settings: { canAdd: true }, ...options });
  for (const level of ['error', 'warn'] as const) jest.spyOn(console, level).mockImplementation(() => undefined);
};
afterEach(() => site.stop());

/** What Forge passes to a page at most, and takes in one value (both documented). */
const MOST_ANSWER = 5 * 1024 * 1024;
const MOST_VALUE = 240 * 1024;
const MANY = 10_000;
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const withMembers = ({ id, name }: { readonly id: number; readonly name: string }) => ({ id, name, members: 0 });
const board = async <Name extends keyof BoardDefinitions>(functionKey: Name): Promise<unknown> =>
  site.app.invoke(boardResolver, {
    moduleKey: 'segments-board',
    functionKey,
    extension: { project: { id: '10000', key: 'ACME' } },
    accountId: site.jira.adminAccountId,
  });

describe('a site with ten thousand segments of long names', () => {
  beforeEach(async () => {
    await open();
    addSegments(site, MANY);
    const { segments } = site.simulator;
    const all = [...segments, ...Array.from({ length: MANY }, (_none, nth) => longNamed(nth))];
    const { apiOrigin, initiativeId } = site.settings;
    const complete = { asOfMs: Date.now(), finishedAtMs: Date.now(), segments: all.map(withMembers) };
    await site.app.runAs({}, () => writeDirectory({ source: { apiOrigin, initiativeId }, complete }));
  });

  it('is answered in every list that a page asks for, with each segment told apart', async () => {
    const [some] = site.simulator.truth.snapshot().members;
    const lists = {
      form: valueOf(await site.form()).segments,
      bulk: valueOf(await site.bulk('bulk.open')).segments,
      board: valueOf((await board('board.open')) as Awaited<Result<{ segments: { name: string }[] }>>).segments,
      panel: valueOf(await site.panel('panel.open', {})).segments,
      segments: valueOf(await site.admin('admin.segments')).segments,
      found: valueOf(await site.admin('admin.findMembers', { query: some?.email ?? '', segmentId: null })).segments,
      field: valueOf(await site.admin('admin.field')).segments,
      ground: valueOf(await site.admin('admin.provingGround', { segmentId: null })).segments,
    };
    for (const [name, list] of Object.entries(lists)) {
      expect([name, list.length]).toEqual([name, MANY + 6]);
      expect([name, new Set(list.map((segment) => segment.name)).size]).toEqual([name, MANY + 6]);
      expect(bytesOf(list)).toBeLessThan(MOST_ANSWER - 1_500_000);
    }
    // The usual names stay as they are, and what a rule keeps is an id.
    expect(lists.form.map(({ name }) => name)).toEqual(
      expect.arrayContaining(site.simulator.segments.map(({ name }) => name)),
    );
  });
});

describe('a bulk run', () => {
  const LONG = '\u{1f3af}'.repeat(250);
  const runRow = (): { key: string; value: { body: { groups: object[] } } } => {
    const [row] = site.platform.kvs.entity('run') as unknown as {
      key: string;
      value: { body: { groups: object[] } };
    }[];
    if (row === undefined) throw new Error('There is no run');
    return row;
  };
  const preview = async (accountIds: readonly string[]): Promise<Result<unknown>> => {
    const to = site.simulator.segments[0]?.id ?? 0;
    const { runId } = valueOf(
      await site.bulk('bulk.create', { source: { kind: 'accounts' }, act: { kind: 'move', from: null, to } }),
    );
    return site.bulk('bulk.read', { runId, kind: 'accounts', accountIds, isLast: true });
  };

  it('of people in a great many segments with the longest names is kept', async () => {
    await open({ members: 400, segments: 130, extraReporters: 300 });
    spoilRecords(site, (record, id) => {
      record.name = `${String(id)} ${LONG}`;
    });
    const { run } = valueOf(await preview(site.jira.crowd.map(({ accountId }) => accountId))) as { run: RunView };
    expect(run.groups.length).toBeGreaterThanOrEqual(100);
    expect(bytesOf(runRow().value)).toBeLessThan(MOST_VALUE / 2);
    const names = run.groups.map(({ from }) => from?.name ?? '');
    expect(new Set(names).size).toBe(names.length);
    expect(names.every((name) => /^\d+ .*… \(#\d+\)$/u.test(name))).toBe(true);
  });

  it('of people in more segments than its row can hold says so before anything is sent, and can be cancelled', async () => {
    await open({ members: 100, segments: 6, extraReporters: 50 });
    const to = site.simulator.segments[0] ?? { id: 1, name: '' };
    const { runId } = valueOf(
      await site.bulk('bulk.create', { source: { kind: 'accounts' }, act: { kind: 'move', from: null, to: to.id } }),
    );
    const row = runRow();
    const groups = Array.from({ length: 5_000 }, (_none, nth) => ({
      kind: 'move',
      from: { id: 500_000 + nth, name: `Segment ${String(nth)}` },
      to: { id: to.id, name: to.name },
      count: 1,
      done: 0,
    }));
    const fitting = groups.slice(0, Math.floor((MOST_VALUE - 1_000) / (bytesOf(groups) / groups.length)));
    putRow(site, 'run', row.key, { ...row.value, body: { ...row.value.body, groups: fitting } });
    const accountIds = site.jira.crowd.map(({ accountId }) => accountId);
    const step = { runId, kind: 'accounts', accountIds, isLast: true };
    expect(problemOf(await site.bulk('bulk.read', step))).toEqual({ code: 'run', cause: 'tooManySegments' });
    expect(site.platform.kvs.entity('run-person')).toEqual([]);
    expect(valueOf(await site.bulk('bulk.run', { runId })).groups).toHaveLength(fitting.length);
    expect(valueOf(await site.bulk('bulk.open')).runs.map((run) => run.runId)).toEqual([runId]);
    expect(valueOf(await site.bulk('bulk.cancel', { runId })).state).toBe('cancelled');
    expect(site.simulator.truth.writes()).toEqual([]);
  });

  it('is in a list that Forge passes on, however many there are with two hundred names', async () => {
    await open({ members: 100, segments: 6 });
    const to = site.simulator.segments[0]?.id ?? 0;
    const { runId } = valueOf(
      await site.bulk('bulk.create', { source: { kind: 'accounts' }, act: { kind: 'move', from: null, to } }),
    );
    const { value } = runRow();
    const from = Array.from({ length: 200 }, (_none, nth) => ({ id: 500_000 + nth, name: '\u533a'.repeat(38) }));
    const act = { kind: 'move', from, to: { id: to, name: 'x' } };
    for (let nth = 0; nth < 140; nth += 1) {
      const id = `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;
      const state = nth < 20 ? 'paused' : 'ready';
      putRow(site, 'run', id, { ...value, state, createdAtMs: 1_000 + nth, body: { ...value.body, act } });
    }
    const { runs } = valueOf(await site.bulk('bulk.open'));
    expect(runs.filter(({ state }) => state === 'paused')).toHaveLength(20);
    expect(runs.some((run) => run.runId === runId)).toBe(true);
    expect(bytesOf(runs)).toBeLessThan(1_600_000);
  });

  it('is counted among those that wait in six queries at most, however many others have made', async () => {
    await open({ members: 60, segments: 6 });
    const input = {
      source: { kind: 'accounts' },
      act: { kind: 'move', from: null, to: site.simulator.segments[0]?.id },
    };
    valueOf(await site.bulk('bulk.create', input));
    const { value } = runRow();
    const put = (nth: number, who: string): void => {
      const id = `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;
      putRow(site, 'run', id, { ...value, createdByAccountId: who, createdAtMs: 1_000 + nth, state: 'ready' });
    };
    for (let nth = 0; nth < 1_200; nth += 1) put(nth, `other-${String(nth)}`);
    site.platform.clearRecords();
    valueOf(await site.bulk('bulk.create', input));
    const queries = site.platform.calls.filter(({ path }) => path.endsWith('/entity/query'));
    expect(queries.length).toBeLessThanOrEqual(6);
    for (let nth = 2_000; nth < 2_100; nth += 1) put(nth, site.jira.adminAccountId);
    expect(problemOf(await site.bulk('bulk.create', input))).toEqual({ code: 'run', cause: 'tooMany' });
  });
});
