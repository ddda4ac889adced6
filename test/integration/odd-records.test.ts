import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { bodyText } from '../../sandbox/forge/wire';
import { boardResolver } from '../../src';
import { WHOLE_LEDGER, type CheckReport } from '../../src/contract';
import { readRefresh } from '../../src/adapters/store';
import { openBulkLab } from '../support/bulkLab';
import { askNow, toldByRows } from '../support/directory';
import { createSite, linkedOf, outcomeOf, problemOf, valueOf, type Site } from '../support/site';
import { spoilRecords, SPOILS, type SpoiltRecord } from '../support/spoil';

let site: Site;
afterEach(() => site.stop());

/** A linked member in one segment, another segment to go to, and a third one whose record is odd. */
async function prepare(options: Parameters<typeof createSite>[0] = {}) {
  site = await createSite(options);
  const view = valueOf(await site.panel('panel.open', {}));
  const { member } = linkedOf(view);
  const from = member.segmentIds[0] ?? 0;
  const [to = 0, odd = 0] = view.segments.flatMap(({ id }) => (member.segmentIds.includes(id) ? [] : [id]));
  const move = { operationId: randomUUID(), memberId: member.id, fromSegmentId: from, toSegmentId: to };
  return { view, from, to, odd, member, move };
}

/** The check as an admin makes it who names the segment that has most members. */
async function check(): Promise<CheckReport> {
  const size = ({ id }: { readonly id: number }): number => site.simulator.truth.membersOf(id)?.length ?? 0;
  const [largest] = [...site.simulator.segments].sort((one, other) => size(other) - size(one));
  return valueOf(await site.admin('admin.check', { choices: { segmentId: largest?.id ?? 0 } }));
}

const spoilOne = (segmentId: number, spoil: (record: SpoiltRecord) => void) =>
  spoilRecords(site, (record, id) => {
    if (id === segmentId) spoil(record);
  });

describe.each(['all-at-once', 'per-segment'] as const)('one odd record, where members are read %s,', (readPlan) => {
  it.each(Object.entries(SPOILS))('%s, leaves the rest as it was', async (_what, spoil) => {
    const { odd, move, to } = await prepare({ settings: { readPlan } });
    spoilOne(odd, spoil);
    expect(linkedOf(valueOf(await site.panel('panel.open', {}))).member.id).toBe(move.memberId);
    expect(valueOf(await site.bulk('bulk.open')).segments.map(({ id }) => id)).toContain(to);
    expect(valueOf(await site.form()).segments.map(({ id }) => id)).toContain(to);
    expect(outcomeOf(valueOf(await site.panel('panel.move', move)))).toBe('confirmed readBackAgrees');
  });

  it.each(Object.entries(SPOILS))('%s, switches off what is written about that segment', async (_what, spoil) => {
    const { odd, move } = await prepare({ settings: { readPlan } });
    spoilOne(odd, spoil);
    const refused = await site.panel('panel.move', { ...move, toSegmentId: odd });
    expect(problemOf(refused)).toEqual({ code: 'segmentUnreadable', segmentId: odd });
    expect(site.simulator.truth.writes()).toEqual([]);
    const health = valueOf(await site.admin('admin.health'));
    expect(health.failures.map(({ cause }) => cause)).toContain('segmentUnreadable');
  });
});

describe('a record that can not be told', () => {
  it('is left out where it has no id, and counted by the check', async () => {
    const { odd, move } = await prepare();
    spoilOne(odd, (record) => {
      record.id = null;
    });
    expect(valueOf(await site.panel('panel.open', {})).segments.map(({ id }) => id)).not.toContain(odd);
    expect(await check()).toMatchObject({
      state: 'proven',
      lines: expect.arrayContaining([{ code: 'leftOut', call: 'listSegments', records: 1 }]),
    });
    expect(outcomeOf(valueOf(await site.panel('panel.move', move)))).toBe('confirmed readBackAgrees');
  });

  it.each(['all-at-once', 'per-segment'] as const)(
    'is no segment without a name: that is shown by its id, and written about like every other, read %s',
    async (readPlan) => {
      const { odd, move } = await prepare({ settings: { readPlan } });
      spoilOne(odd, (record) => {
        record.name = null;
      });
      expect(valueOf(await site.panel('panel.readThrough', {})).segments).toContainEqual({ id: odd, name: `#${odd}` });
      const answer = valueOf(await site.panel('panel.move', { ...move, toSegmentId: odd }));
      expect(outcomeOf(answer)).toBe('confirmed readBackAgrees');
    },
  );

  it.each([300_000, 3_000])(
    'is written about where its name has %d characters, and its directory is kept',
    async (length) => {
      const { odd, move, to } = await prepare();
      for (const id of [odd, move.fromSegmentId])
        spoilOne(id, (record) => {
          record.name = 'e\u0323\u0301'.repeat(length / 3);
        });
      await site.refreshSlice();
      const view = valueOf(await site.panel('panel.open', {}));
      expect(view.segments.map(({ id }) => id)).toEqual(expect.arrayContaining([odd, to]));
      expect(JSON.stringify(view).length).toBeLessThan(10_000);
      expect(outcomeOf(valueOf(await site.panel('panel.move', move)))).toBe('confirmed readBackAgrees');
    },
  );

  it('is named by the check', async () => {
    const { odd } = await prepare();
    spoilOne(odd, SPOILS['users who are no list']);
    expect(await check()).toMatchObject({
      state: 'proven',
      lines: expect.arrayContaining([{ code: 'unreadable', segmentIds: [odd] }]),
    });
    expect(valueOf(await site.admin('admin.load')).writesOn).toBe(true);
  });

  it('does not fail the check where it is the first that is read', async () => {
    await prepare();
    const [first] = site.simulator.segments;
    spoilOne(first?.id ?? 0, SPOILS['a segment without users']);
    expect(await check()).toMatchObject({
      state: 'proven',
      lines: expect.arrayContaining([{ code: 'unreadable', segmentIds: [first?.id] }]),
    });
  });

  it('is another form of the answer where no record can be read: the check fails, and writes are off', async () => {
    await prepare();
    spoilRecords(site, SPOILS['a segment without users']);
    const { state, lines } = await check();
    expect(state).toBe('failed');
    expect(lines.at(-1)).toMatchObject({ code: 'failed', problem: { code: 'shorterLoop', cause: 'malformed' } });
    expect(valueOf(await site.admin('admin.load')).writesOn).toBe(false);
  });

  it('is a member all the same where only an address or a name is odd', async () => {
    const { move } = await prepare();
    spoilRecords(site, (record) => {
      if (!Array.isArray(record.users)) return;
      record.users = record.users.map((user: object) => ({ ...user, email: { of: 'x' }, firstName: 7 }));
    });
    expect(outcomeOf(valueOf(await site.panel('panel.move', move)))).toBe('confirmed readBackAgrees');
  });
});

describe('a segment that becomes unreadable', () => {
  it('while a write is under way leaves the outcome open, and it is settled once the segment can be read', async () => {
    const { move, from, to } = await prepare();
    const stops: (() => void)[] = [];
    const stopWatching = site.platform.intercept((call, _proceed, init) => {
      if (call.kind === 'egress' && init.method !== 'GET') stops.push(spoilOne(to, SPOILS['a user without an id']));
      return undefined;
    });
    expect(outcomeOf(valueOf(await site.panel('panel.move', move)))).toBe('unknown notReadable');
    const other = site.simulator.segments.find(({ id }) => id !== to && id !== from)?.id ?? 0;
    const next = { ...move, operationId: randomUUID(), fromSegmentId: to, toSegmentId: other };
    for (const wanted of [next, { ...next, fromSegmentId: from }]) {
      expect(problemOf(await site.panel('panel.move', wanted))).toEqual({ code: 'segmentUnreadable', segmentId: to });
    }
    expect(site.simulator.truth.writes()).toHaveLength(1);
    for (const stop of [stopWatching, ...stops]) stop();
    expect(outcomeOf(valueOf(await site.panel('panel.move', next)))).toBe('confirmed readBackAgrees');
    const rows = site.platform.kvs.entity('ledger').map(({ value }) => JSON.stringify(value));
    expect(rows.find((row) => row.includes(move.operationId))).toMatch(/"outcome":"confirmed"/);
  });

  it('stays in the directory as it was, and the others are refreshed', async () => {
    const { odd } = await prepare({ offline: true, settings: { readPlan: 'per-segment' } });
    await site.refreshSlice();
    const before = toldByRows(site);
    for (const spoil of [SPOILS['a segment without users'], SPOILS['users who are no list']]) {
      const stop = spoilOne(odd, spoil);
      askNow(site);
      await site.refreshSlice();
      expect(toldByRows(site)).toEqual(before);
      expect((await site.app.runAs({}, readRefresh))?.current).toBeNull();
      stop();
    }
  });
});

describe('a write about many', () => {
  it('says on the board which segment can not be read', async () => {
    const { odd, from, member } = await prepare();
    spoilOne(odd, SPOILS['a user without an id']);
    const answer = await site.app.invoke(boardResolver, {
      moduleKey: 'segments-board',
      functionKey: 'board.move',
      payload: {
        fromSegmentId: from,
        toSegmentId: odd,
        writes: [{ operationId: randomUUID(), memberId: member.id }],
      },
      extension: { project: { key: 'ACME', id: '10000' } },
      accountId: site.jira.adminAccountId,
    });
    expect(answer).toEqual({ kind: 'problem', problem: { code: 'segmentUnreadable', segmentId: odd } });
    expect(site.simulator.truth.writes()).toEqual([]);
  });

  it('gives up the people of that segment in a run, and moves the others', async () => {
    const lab = await openBulkLab(60);
    ({ site } = lab);
    const [target, odd] = site.simulator.segments.map(({ id }) => id);
    const inOdd = new Set(site.simulator.truth.membersOf(odd ?? 0));
    spoilOne(odd ?? 0, SPOILS['a user without an id']);
    const run = await lab.preview({ kind: 'move', from: null, to: target ?? 0 }, 'project = ACME');
    valueOf(await lab.time.until(site.bulk('bulk.start', { runId: run.runId })));
    expect((await lab.settle(run.runId)).state).toBe('finished');
    const people = (await lab.report(run.runId)).filter(({ verdict }) => verdict === 'willWrite');
    const results = people.map(({ from, result, reason }) =>
      from?.id === odd ? `${String(result)} ${String(reason)}` : result,
    );
    expect(new Set(results)).toEqual(new Set(['confirmed', 'refused notReadable']));
    expect([...inOdd].every((id) => site.simulator.truth.membershipsOf(id).includes(odd ?? 0))).toBe(true);
    await lab.stop();
    site = await createSite();
  });
});

describe('odd work items in what Jira answers', () => {
  it('are counted by a bulk run with those without a reporter, and keep nobody else from being read', async () => {
    const lab = await openBulkLab(20);
    ({ site } = lab);
    const act = { kind: 'add', to: site.simulator.segments[0]?.id ?? 0 } as const;
    site.proveWrites('add');
    const usual = await lab.preview(act, 'project = ACME');
    const odd = [null, {}, { id: 7, key: 'ACME-7', fields: {} }];
    site.platform.intercept(async (call, proceed) => {
      if (call.kind !== 'jira' || !call.path.includes('/search/jql')) return undefined;
      const answer = await proceed();
      const page = z.looseObject({ issues: z.array(z.unknown()) }).parse(JSON.parse(bodyText(answer)));
      return { ...answer, body: JSON.stringify({ ...page, issues: [...odd, ...page.issues] }) };
    });
    const run = await lab.preview(act, 'project = ACME');
    expect(run.verdicts).toEqual(usual.verdicts);
    expect(run.issues - usual.issues).toBe(odd.length);
    expect(run.withoutReporter - usual.withoutReporter).toBe(odd.length);
    await lab.stop();
    site = await createSite();
  });
});

describe('an answer with a byte order mark', () => {
  it('is read', async () => {
    const { move } = await prepare();
    site.platform.intercept((call, proceed) =>
      call.kind === 'egress'
        ? proceed().then((answer) => ({
            ...answer,
            body: Buffer.concat([Buffer.from('\ufeff'), Buffer.from(answer.body)]),
          }))
        : undefined,
    );
    expect(outcomeOf(valueOf(await site.panel('panel.move', move)))).toBe('confirmed readBackAgrees');
    expect(valueOf(await site.bulk('bulk.open')).segments).toHaveLength(6);
  });
});

describe('a row of the app’s own that can not be read', () => {
  it('hinders no list, no export, no history and no sync of the others', async () => {
    const { move } = await prepare({ syncs: true });
    const linked = valueOf(await site.admin('admin.exportLinks', { after: null })).links;
    expect(outcomeOf(valueOf(await site.panel('panel.move', move)))).toBe('confirmed readBackAgrees');
    const { reporterAccountId } = site.jira.issueFor('one');
    const atMs = Date.now() + 1_000;
    const odd = { intendedAtMs: atMs, sequence: `${String(atMs).padStart(15, '0')}#odd`, reporterAccountId };
    for (const [entityName, value] of [
      ['link', { memberId: 1 }],
      ['ledger', odd],
      ['reporter', { state: 'linked', reviewOrder: '0' }],
    ] as const)
      site.platform.kvs.handle('/api/v1/entity/set', { entityName, key: 'odd', value });
    expect(valueOf(await site.admin('admin.exportLinks', { after: null })).links).toEqual(linked);
    const filter = WHOLE_LEDGER;
    const told = [
      valueOf(await site.admin('admin.ledgerPage', { filter, after: null })),
      valueOf(await site.admin('admin.ledgerPage', { filter: { ...filter, operationId: 'odd' }, after: null })),
      valueOf(await site.admin('admin.ledgerExport', { filter, after: null })),
      valueOf(await site.panel('panel.history', { shown: null })),
    ].map((one) => JSON.stringify(one).includes(move.operationId));
    expect(told).toEqual([true, false, true, true]);
    const failed = jest.spyOn(console, 'error');
    for (let slice = 0; slice < 4; slice += 1) await site.syncSlice();
    expect(failed.mock.calls.join()).not.toContain('ZodError');
  });

  it('closes no page, no list of writes and no limit where it only counts or names', async () => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const { move } = await prepare();
    const { id, secret } = valueOf(await site.admin('admin.createApiClient', { name: 'Desk', acts: ['move'] }));
    const sent = {
      operationId: 'ACME-101-odd',
      sentAt: new Date().toISOString(),
      action: 'move',
      issueKey: 'ACME-101',
      source: `#${move.fromSegmentId}`,
      target: `#${move.toSegmentId}`,
    };
    expect((await site.apiClient({ 'x-segments-key': `${id}.${secret}` }, sent)).statusCode).toBe(200);
    for (const [entityName, key, value] of [
      ['rate-limit', 'shorter-loop', { revision: 'r' }],
      ['rate-limit', 'jql', { revision: 'r' }],
      ['jira-budget', 'hour', { revision: 'r' }],
      ['identity-sync', 'progress', { revision: 'r' }],
      ['identity-sync', 'counts', { revision: 'r' }],
      ['api-client', id, { name: 'Desk' }],
    ] as const)
      expect(site.platform.kvs.handle('/api/v1/entity/set', { entityName, key, value }).status).toBeLessThan(300);
    const ledger = valueOf(await site.admin('admin.ledgerPage', { filter: WHOLE_LEDGER, after: null }));
    expect(ledger.entries.map(({ apiClientId }) => apiClientId)).toContain(id);
    expect(ledger.apiClients).toEqual({});
    valueOf(await site.admin('admin.ledgerExport', { filter: WHOLE_LEDGER, after: null }));
    valueOf(await site.admin('admin.health'));
    valueOf(await site.panel('panel.open', {}, { issue: 'notFound' }));
    const back = {
      ...move,
      operationId: randomUUID(),
      fromSegmentId: move.toSegmentId,
      toSegmentId: move.fromSegmentId,
    };
    expect(outcomeOf(valueOf(await site.panel('panel.move', back)))).toBe('confirmed readBackAgrees');
    valueOf(await site.admin('admin.saveJql', { isOn: true }));
    expect(JSON.stringify(await site.jql('#1'))).not.toContain('could not be computed');
    // Each was replaced by one that can be read.
    const [bucket] = site.platform.kvs.entity('rate-limit').filter(({ key }) => key === 'shorter-loop');
    expect(bucket?.value).toMatchObject({ tokens: expect.any(Number), atMs: expect.any(Number) });
  });
});
