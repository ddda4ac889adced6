import { randomUUID } from 'node:crypto';
import { writeRows } from '../support/ledgerRows';
import type { AppliedFault } from '../support/faults';
import { REFUSALS, DOUBTS } from '../support/faults';
import { derivedUuid } from '../../src/usecases/result';
import { renameSegment } from '../support/segments';
import { callsOf, createSite, linkedOf, outcomeOf, problemOf, valueOf, type Site } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';

/** On a small site the read-back is the plan's own read once more. */
const AFTER_THE_READING = { route: 'segmentsWithMembers', nth: 2, times: 1_000 } as const;

let site: Site;
let time: VirtualTime | null = null;
afterEach(() => {
  time?.stop();
  time = null;
  return site.stop();
});

async function prepare(options: Parameters<typeof createSite>[0] = {}, issue = 'one') {
  site = await createSite(options);
  const view = valueOf(await site.panel('panel.open', {}, { issue }));
  const { member } = linkedOf(view);
  const from = member.segmentIds[0] ?? 0;
  const to = view.segments.find(({ id }) => !member.segmentIds.includes(id))?.id ?? 0;
  const memberships = () => site.simulator.truth.membershipsOf(member.id);
  const input = { operationId: randomUUID(), memberId: member.id, fromSegmentId: from };
  const ledger = () => writeRows(site.platform.kvs).map(({ value }) => value);
  return { from, to, member, memberships, move: { ...input, toSegmentId: to }, remove: input, issue, ledger };
}

describe.each([
  ['put-segment-users', 'PUT /api/v2/segments/{from}/segment-users/{to}'],
  ['post-manage-users', 'POST /api/v2/segments/{from}/manage-users/{to}'],
] as const)('a write in the dialect %s', (dialect, form) => {
  it('moves, confirms by read-back, and keeps both sides of it in the ledger', async () => {
    const { move, from, to, memberships, ledger } = await prepare({ dialect });
    const result = valueOf(await site.panel('panel.move', move));
    expect(outcomeOf(result)).toBe('confirmed readBackAgrees');
    expect(memberships()).toEqual([to]);
    expect(linkedOf(result.view).member.segmentIds).toEqual([to]);
    expect(result.view.history?.[0]).toMatchObject({
      operationId: move.operationId,
      state: 'finished',
      undoable: true,
    });
    expect(ledger()).toEqual([expect.objectContaining({ form, answer: { status: 200, count: 1 } })]);
    const undone = valueOf(await site.panel('panel.undo', { operationId: randomUUID(), undoes: move.operationId }));
    expect(outcomeOf(undone)).toBe('confirmed readBackAgrees');
    expect(memberships()).toEqual([from]);
    expect(undone.view.history?.map(({ undoable }) => undoable)).toEqual([true, false]);
    expect(problemOf(await site.panel('panel.undo', { operationId: randomUUID(), undoes: move.operationId }))).toEqual({
      code: 'undoRefused',
      reason: 'alreadyUndone',
    });
  });

  it('removes from one segment and keeps the name that can no longer be read', async () => {
    const { remove, memberships, member } = await prepare({ dialect });
    const result = valueOf(await site.panel('panel.remove', remove));
    expect(outcomeOf(result)).toBe('confirmed readBackAgrees');
    expect(memberships()).toEqual([]);
    expect(linkedOf(result.view).member).toEqual({ id: member.id, name: member.name, segmentIds: [] });
    expect(
      problemOf(await site.panel('panel.undo', { operationId: randomUUID(), undoes: remove.operationId })),
    ).toEqual({ code: 'undoRefused', reason: 'notAMove' });
  });
});

describe('a write that is asked for twice', () => {
  it('happens once, one after the other', async () => {
    const { move } = await prepare();
    valueOf(await site.panel('panel.move', move));
    expect(problemOf(await site.panel('panel.move', move))).toEqual({ code: 'duplicateRequest', state: 'finished' });
    expect(site.simulator.truth.writes()).toHaveLength(1);
  });

  it('happens once, side by side', async () => {
    const { move } = await prepare();
    const answers = await Promise.all([site.panel('panel.move', move), site.panel('panel.move', move)]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['ok', 'problem']);
    expect(site.simulator.truth.writes()).toHaveLength(1);
  });
});

describe('an operation id of somebody else', () => {
  it.each<[string, (from: number, to: number, other: number) => object]>([
    ['another target', (_from, _to, other) => ({ toSegmentId: other })],
    ['another source', (_from, to) => ({ fromSegmentId: to })],
    ['another member', () => ({ memberId: 999_999 })],
  ])('counts as used, and never as carried out: %s', async (_what, changes) => {
    const { move, from, to, member } = await prepare();
    valueOf(await site.panel('panel.move', move));
    const other = site.simulator.segments.find(({ id }) => id !== to && !member.segmentIds.includes(id))?.id ?? 0;
    expect(problemOf(await site.panel('panel.move', { ...move, ...changes(from, to, other) }))).toEqual({
      code: 'operationIdTaken',
      kind: 'move',
      // On which work item is not told: only an API client is told of its own requests.
      issueKey: null,
      atMs: expect.any(Number),
    });
    expect(site.simulator.truth.writes()).toHaveLength(1);
  });

  it('is not the same request from somebody else', async () => {
    const { move } = await prepare();
    valueOf(await site.panel('panel.move', move));
    expect(problemOf(await site.panel('panel.move', move, { accountId: site.jira.adminAccountId }))).toMatchObject({
      code: 'operationIdTaken',
    });
  });

  it('can not be one that the app derives', async () => {
    const { move } = await prepare();
    const operationId = derivedUuid('any-run', String(move.memberId), '1');
    expect(problemOf(await site.panel('panel.move', { ...move, operationId }))).toMatchObject({
      code: 'invalidInput',
      field: 'operationId',
    });
  });
});

describe('the history', () => {
  it('carries what the panel shows, and nothing of runs and API clients', async () => {
    const { move } = await prepare();
    const { view, entry } = valueOf(await site.panel('panel.move', move));
    const shown = [
      ...['kind', 'from', 'to', 'operationId', 'state', 'actorAccountId', 'members', 'intendedAtMs', 'finishedAtMs'],
      ...['recoveredAtMs', 'undoes', 'answer', 'strays'],
    ];
    expect(view.history?.map((row) => Object.keys(row).sort())).toEqual([[...shown, 'undoable'].sort()]);
    expect(Object.keys(entry).sort()).toEqual([...shown].sort());
  });

  it('tells segments of one name apart by their ids, as all of the panel does', async () => {
    const { move, from, to } = await prepare();
    for (const id of [from, to]) await renameSegment(site, id, 'Twin');
    const { view, entry } = valueOf(await site.panel('panel.move', move));
    const names = { from: { id: from, name: `Twin (#${from})` }, to: { id: to, name: `Twin (#${to})` } };
    expect(entry).toMatchObject(names);
    expect(view.history?.[0]).toMatchObject(names);
    expect(view.segments).toEqual(expect.arrayContaining([names.from, names.to]));
    // The ledger keeps the names themselves.
    expect(site.platform.kvs.entity('ledger').map(({ value }) => value)).toContainEqual(
      expect.objectContaining({ fromSegment: { id: from, name: 'Twin' } }),
    );
  });

  it('shows a segment without a name by its id', async () => {
    const { from } = await prepare();
    await renameSegment(site, from, ' ');
    expect(valueOf(await site.panel('panel.open', {})).segments).toContainEqual({ id: from, name: `#${from}` });
  });
});

describe('a panel that was left open', () => {
  it.each([
    ['names another member', { memberId: 999_999 }, 'linkChanged'],
    ['names a segment that is gone', { fromSegmentId: 999_999 }, 'sourceGone'],
    ['names a target that is gone', { toSegmentId: 999_999 }, 'targetGone'],
  ])('is refused when it %s', async (_what, changed, reason) => {
    const { move } = await prepare();
    expect(problemOf(await site.panel('panel.move', { ...move, ...changed }))).toEqual({ code: 'stale', reason });
    expect(site.simulator.truth.writes()).toEqual([]);
  });

  it('is refused when the member is no longer where it showed them, or already where they are to go', async () => {
    const { move, from, to } = await prepare();
    expect(problemOf(await site.panel('panel.move', { ...move, fromSegmentId: to, toSegmentId: from }))).toEqual({
      code: 'stale',
      reason: 'notInSource',
    });
    expect(problemOf(await site.panel('panel.move', { ...move, toSegmentId: from }))).toEqual({
      code: 'stale',
      reason: 'alreadyInTarget',
    });
  });

  it('is refused when the reporter is not linked, or no member can be', async () => {
    const { move } = await prepare();
    expect(problemOf(await site.panel('panel.move', move, { issue: 'found' }))).toEqual({ code: 'notLinked' });
    expect(problemOf(await site.panel('panel.move', move, { issue: 'noReporter' }))).toEqual({
      code: 'stale',
      reason: 'reporterChanged',
    });
  });
});

describe('who may write', () => {
  it.each(['panel.move', 'panel.remove', 'panel.undo', 'panel.link', 'panel.unlink', 'panel.searchMembers'] as const)(
    'refuses %s by someone who may not edit the issue, before anything is read',
    async (functionKey) => {
      const { move, member } = await prepare();
      const payload = { ...move, undoes: randomUUID(), query: member.name };
      site.platform.clearRecords();
      for (const [accountId, code] of [
        [site.jira.viewerAccountId, 'notPermitted'],
        [site.jira.noAccessAccountId, 'issueNotVisible'],
      ] as const) {
        expect(problemOf(await site.panel(functionKey, payload, { accountId }))).toMatchObject({ code });
      }
      // Settings and the key are no people: of those, nothing but the issue's own reporter field was asked for.
      const asked = new Set(
        callsOf(site).map(({ kind, path }) => `${kind} ${path.replace(/\?.*/, '').replace(/\d+$/, '…')}`),
      );
      expect([...asked].sort()).toEqual([
        'jira /rest/api/3/issue/…',
        'jira /rest/api/3/mypermissions',
        'kvs /api/v1/batch/get',
        'kvs /api/v1/secret/get',
      ]);
    },
  );

  it.each([
    ['panel.move', { operationId: 'x' }, 'operationId'],
    ['panel.move', { operationId: randomUUID(), memberId: '7' }, 'memberId'],
    ['panel.move', { operationId: randomUUID(), memberId: 7, fromSegmentId: 1 }, 'toSegmentId'],
    ['panel.remove', { operationId: randomUUID(), memberId: 7, fromSegmentId: -1 }, 'fromSegmentId'],
    ['panel.undo', { operationId: randomUUID() }, 'undoes'],
    ['panel.link', { memberId: 0 }, 'memberId'],
    ['panel.unlink', {}, 'memberId'],
    ['panel.searchMembers', { query: ' a ' }, 'query'],
  ] as const)('refuses %s with %j and names the field', async (functionKey, payload, field) => {
    await prepare();
    expect(problemOf(await site.panel(functionKey, payload))).toMatchObject({ code: 'invalidInput', field });
  });
});

describe.each(['move', 'remove'] as const)('a %s that goes wrong', (kind) => {
  it.each<AppliedFault>(REFUSALS)('is refused and changes nothing: $name', async ({ fault, cause }) => {
    const prepared = await prepare();
    const before = prepared.memberships();
    site.simulator.faults.add({ match: { route: kind }, fault });
    const result = valueOf(
      kind === 'move'
        ? await site.panel('panel.move', prepared.move)
        : await site.panel('panel.remove', prepared.remove),
    );
    expect(outcomeOf(result)).toBe('refused saidNo');
    expect(result.entry.answer?.cause).toBe(cause);
    expect(prepared.memberships()).toEqual(before);
    // Only a refusal for asking too much is worth another try.
    expect(site.simulator.requests().filter(({ route }) => route === kind)).toHaveLength(
      cause === 'rateLimited' ? 3 : 1,
    );
  });

  it.each<AppliedFault>(DOUBTS)('ends with what the read-back shows: $name', async ({ fault, applied }) => {
    // Silence ends with the invocation's own time, which a stopped clock lets pass at once. All others
    // are answered over a real connection, and have all the time of a resolver, however slow a machine is.
    const silent = fault.kind === 'timeoutBefore';
    const prepared = await prepare({ offline: silent });
    const { from, to } = prepared;
    site.simulator.faults.add({ match: { route: kind }, fault });
    if (silent) time = startVirtualTime();
    const write =
      kind === 'move' ? site.panel('panel.move', prepared.move) : site.panel('panel.remove', prepared.remove);
    const result = valueOf(await (time?.until<Awaited<typeof write>>(write) ?? write));
    expect(prepared.memberships()).toEqual(applied ? (kind === 'move' ? [to] : []) : [from]);
    expect(outcomeOf(result)).toBe(applied ? 'confirmed readBackAgrees' : 'notConfirmed unchanged');
    // What was not refused may still be applied, or show later: its row is looked at again.
    expect(prepared.ledger()).toEqual([expect.objectContaining({ state: applied ? 'finished' : 'undecided' })]);
    expect(site.simulator.requests().filter(({ route }) => route === kind)).toHaveLength(1);
  });

  it('is unknown when nothing can be read afterwards', async () => {
    const prepared = await prepare();
    site.simulator.faults.add({ match: AFTER_THE_READING, fault: { kind: 'status', code: 403 } });
    const result = valueOf(
      kind === 'move'
        ? await site.panel('panel.move', prepared.move)
        : await site.panel('panel.remove', prepared.remove),
    );
    expect(outcomeOf(result)).toBe('unknown notReadable');
  });
});

describe('a move that is half done', () => {
  it.each([
    ['joinOnly', 'notConfirmed inBoth'],
    ['leaveOnly', 'notConfirmed inNeither'],
  ] as const)('is told as it is: %s', async (how, outcome) => {
    const { move } = await prepare();
    site.simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'appliedPartly', how } });
    expect(outcomeOf(valueOf(await site.panel('panel.move', move)))).toBe(outcome);
  });

  it('knows a segment that was deleted meanwhile from a path that is wrong', async () => {
    const { move, to } = await prepare();
    site.simulator.faults.add({
      match: { ...AFTER_THE_READING, times: 1 },
      fault: { kind: 'segmentDeleted', id: to },
    });
    expect(outcomeOf(valueOf(await site.panel('panel.move', move)))).toBe('notConfirmed inNeither');
    await site.stop();
    const again = await prepare();
    site.simulator.faults.add({ match: AFTER_THE_READING, fault: { kind: 'status', code: 404 } });
    expect(outcomeOf(valueOf(await site.panel('panel.move', again.move)))).toBe('unknown notReadable');
  });
});

describe('the ledger', () => {
  it('has the intention before the request is sent', async () => {
    const { move, ledger } = await prepare();
    let seen: unknown;
    site.platform.intercept(({ kind, method }) => {
      if (kind === 'egress' && method === 'PUT') seen = ledger();
      return undefined;
    });
    valueOf(await site.panel('panel.move', move));
    expect(seen).toEqual([expect.objectContaining({ state: 'intended', members: [{ memberId: move.memberId }] })]);
  });

  it('stops a write whose intention it can not keep', async () => {
    const { move } = await prepare();
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    site.platform.intercept(({ path }) =>
      path === '/api/v1/entity/set'
        ? { status: 500, headers: { 'content-type': 'application/json' }, body: '{"code":"UNKNOWN","message":"no"}' }
        : undefined,
    );
    expect(problemOf(await site.panel('panel.move', move))).toEqual({ code: 'storage' });
    expect(site.simulator.truth.writes()).toEqual([]);
  });

  it('keeps the trace of a write whose end it can not keep, and the outcome is told all the same', async () => {
    const { move, ledger } = await prepare();
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    let sent = false;
    site.platform.intercept(({ path, method }) => {
      sent ||= method === 'PUT';
      return path === '/api/v1/entity/set' && sent
        ? { status: 500, headers: { 'content-type': 'application/json' }, body: '{"code":"UNKNOWN","message":"no"}' }
        : undefined;
    });
    expect(outcomeOf(valueOf(await site.panel('panel.move', move)))).toBe('confirmed readBackAgrees');
    expect(ledger()).toEqual([expect.objectContaining({ state: 'intended' })]);
  });

  it('refuses to undo what it does not have', async () => {
    await prepare();
    expect(problemOf(await site.panel('panel.undo', { operationId: randomUUID(), undoes: randomUUID() }))).toEqual({
      code: 'undoRefused',
      reason: 'unknownWrite',
    });
  });
});
