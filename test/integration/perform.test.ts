import { randomUUID } from 'node:crypto';
import { err, ok, type Problem } from '../../src/contract';
import { changeIdentity, enqueue, readEntry, type QueuedChange } from '../../src/adapters/store';
import { attempt, perform, type Requester } from '../../src/features/automation/perform';
import type { RuleChange } from '../../src/features/automation/ruleChange';
import { readSubject, type Subject } from '../../src/usecases/lookup';
import { derivedUuid, operationIdOf } from '../../src/usecases/result';
import { writeRows } from '../support/ledgerRows';
import { showsLate } from '../support/oddServers';
import { bodyText, jsonAnswer } from '../../sandbox/forge/wire';
import { queuedChange } from '../support/queuedChange';
import { placesOf } from '../support/segments';
import { createSite, valueOf, type Site } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';
import { putLease } from '../support/leaseRows';

/** What a rule or an API client wants, carried out now or stored to wait. */

type Fault = Parameters<Site['simulator']['faults']['add']>[0]['fault'];
type State = 'one' | 'found' | 'notFound' | 'ambiguous' | 'emailHidden';

let site: Site;
let time: VirtualTime;
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(async () => {
  time.stop();
  await site.stop();
});

const as = <T>(work: () => Promise<T>): Promise<T> => time.until(site.app.runAs({ moduleKey: 'tick' }, work));
const waiting = () =>
  site.platform.kvs.entity('queued-change').map(({ key, value }) => ({ requestId: key, ...(value as object) }));
const sent = (route: 'move' | 'addByEmail') =>
  site.simulator.requests().filter((request) => request.route === route).length;
const woken = () => site.platform.calls.filter(({ kind }) => kind === 'queue').length;

type Asked = { readonly issue?: State; readonly limitMs?: number; readonly requester?: Partial<Requester> };

async function prepare() {
  site = await createSite({ offline: true, members: 30, segments: 4, settings: { canAdd: true } });
  site.prove(['addByEmail']);
  time = startVirtualTime();
  const { memberId, from, to, another } = placesOf(site);
  const name = (id: number): string => site.simulator.segments.find((segment) => segment.id === id)?.name ?? '';
  const requestId = randomUUID();
  const requester: Requester = { requestId, entryPoint: 'automation', actorAccountId: 'agent-1' };
  /** As one invocation of the app about the reporter of a work item. */
  const about = <T>(work: (subject: Subject, asked: Requester) => Promise<T>, asked: Asked = {}): Promise<T> => {
    const { issue = 'one', limitMs = 55_000, requester: changes = {} } = asked;
    return time.until(
      site.app.runAs({ moduleKey: 'tick', limitMs }, async () => {
        const found = valueOf(await readSubject(site.jira.issueFor(issue).key, 'app'));
        if (found.kind !== 'subject') throw new Error('The work item has a reporter');
        return work(found.subject, { ...requester, ...changes });
      }),
    );
  };
  const carryOut = (change: RuleChange, asked?: Asked) => about((subject, by) => perform(subject, change, by), asked);
  const tryOnce = (change: RuleChange, asked?: Asked, nth = 1) =>
    about((subject, by) => attempt(subject, change, by, nth), asked);
  const move: RuleChange = { kind: 'move', source: String(from), target: String(to) };
  const add: RuleChange = { kind: 'add', source: null, target: String(to), ifUnknown: 'add' };
  const reporterAccountId = site.jira.issueFor('one').reporterAccountId ?? '';
  return {
    ...{ memberId, from, to, another, name, requestId, reporterAccountId },
    ...{ carryOut, tryOnce, move, add },
  };
}

/** Somebody else's change of the member, which is not finished. */
function hold(memberId: number): void {
  const value = { operationId: 'another', untilMs: Date.now() + 600_000, revision: 'theirs' };
  putLease(site, memberId, value);
}

const READING: Fault = { kind: 'status', code: 503 };

describe('a change that has to wait', () => {
  type Lab = Awaited<ReturnType<typeof prepare>>;
  const reading = (fault: Fault) => () =>
    void site.simulator.faults.add({ match: { route: 'segmentsWithMembers' }, fault });
  it.each<[string, (lab: Lab) => unknown]>([
    ['memberBusy', ({ memberId }) => hold(memberId)],
    ['askedToWait', reading({ kind: 'status', code: 429, retryAfterSeconds: 60 })],
    ['away', reading(READING)],
  ])('says why, and waits from now on where nothing was sent: %s', async (why, arrange) => {
    const lab = await prepare();
    await arrange(lab);
    const { move, requestId, from, to, reporterAccountId } = lab;
    expect(await lab.carryOut(move)).toEqual({ kind: 'queued', requestId, why, entry: null });
    const askedAtMs = Date.now();
    expect(waiting()).toEqual([
      {
        ...{ requestId, state: 'queued', kind: 'move', source: String(from), target: String(to), attempt: 1 },
        ...{ entryPoint: 'automation', actorAccountId: 'agent-1', reporterAccountId, issueKey: 'ACME-101' },
        ...{ issueId: site.jira.issueFor('one').id, askedAtMs, notBeforeMs: askedAtMs },
      },
    ]);
    expect([sent('move'), woken()]).toEqual([0, 1]);
  });

  const writing = (fault: Fault) => () => void site.simulator.faults.add({ match: { route: 'move' }, fault });
  it.each<[string, string, () => unknown]>([
    ['accepted', 'it is accepted and does not show', () => site.platform.intercept(showsLate(600_000)(site))],
    ['unanswered', 'nobody knows what it did', writing({ kind: 'status', code: 503 })],
    ['askedToWait', 'it came too soon', writing({ kind: 'status', code: 429, retryAfterSeconds: 60 })],
  ])('says why and what was sent, and is left alone for a minute: %s, as %s', async (why, _what, arrange) => {
    const { carryOut, move, requestId } = await prepare();
    arrange();
    const done = await carryOut(move);
    const operationId = operationIdOf(requestId, 1);
    expect(done).toEqual({ kind: 'queued', requestId, why, entry: await as(() => readEntry(operationId)) });
    const [row] = waiting() as unknown as QueuedChange[];
    expect((row?.notBeforeMs ?? 0) - (row?.askedAtMs ?? 0)).toBe(60_000);
  });

  it('says that Shorter Loop is away where the time was too short to send it', async () => {
    const { carryOut, move, requestId } = await prepare();
    expect(await carryOut(move, { limitMs: 5_000 })).toMatchObject({ kind: 'queued', requestId, why: 'away' });
    expect(writeRows(site.platform.kvs).map(({ value }) => value)).toEqual([
      expect.objectContaining({ state: 'finished', outcome: 'refused' }),
    ]);
    expect(sent('move')).toBe(0);
  });

  it('goes behind what waits for the same reporter, without being tried', async () => {
    const { carryOut, move, requestId, reporterAccountId, from, to } = await prepare();
    const places = { source: String(from), target: String(to), reporterAccountId };
    await as(() => enqueue(queuedChange({ requestId: 'earlier', ...places })));
    const asked = site.simulator.requests().length;
    expect(await carryOut(move)).toEqual({ kind: 'queued', requestId, why: 'earlier', entry: null });
    expect(site.simulator.requests()).toHaveLength(asked);
    expect(waiting()).toHaveLength(2);
  });

  it('keeps which API client asked, for what, and what to do where the reporter is not known', async () => {
    const { carryOut, move, memberId } = await prepare();
    hold(memberId);
    const client = { entryPoint: 'apiClient', apiClientId: 'client-1', requestDigest: 'digest' } as const;
    await carryOut({ ...move, ifUnknown: 'add' }, { requester: { ...client, requestId: 'request-1' } });
    await carryOut({ ...move, ifUnknown: 'fail' }, { requester: { requestId: 'request-2' } });
    const [first, second] = waiting();
    expect(first).toMatchObject({ ...client, ifUnknown: 'add' });
    for (const field of ['ifUnknown', 'apiClientId', 'requestDigest']) expect(second).not.toHaveProperty(field);
  });

  it('means the segments of what was sent, though the directory has another one of that name', async () => {
    const { carryOut, move, from, to, name } = await prepare();
    await time.until(site.refreshSlice());
    site.simulator.faults.add({ match: { route: 'move' }, fault: READING });
    await carryOut({ ...move, source: name(from), target: name(to) });
    expect(waiting()).toMatchObject([{ source: `${name(from)} (#${from})`, target: `${name(to)} (#${to})` }]);
  });

  it('means the segments that the directory knows where nothing was sent', async () => {
    const { carryOut, move, memberId, from, to, name } = await prepare();
    await time.until(site.refreshSlice());
    hold(memberId);
    await carryOut({ ...move, source: name(from), target: name(to) });
    expect(waiting()).toMatchObject([{ source: `${name(from)} (#${from})`, target: `${name(to)} (#${to})` }]);
  });

  it.each([
    [{ kind: 'remove', target: null }, ({ from }: Lab) => ({ source: `#${from}` })],
    [{ kind: 'add', source: null }, ({ to }: Lab) => ({ target: `#${to}` })],
  ] as const)('means the one segment that it has: %j', async (ends, marked) => {
    const lab = await prepare();
    await time.until(site.refreshSlice());
    hold(lab.memberId);
    site.proveWrites('add');
    await lab.carryOut({ ...lab.move, ...ends });
    expect(waiting()).toEqual([expect.objectContaining(marked(lab))]);
  });
});

describe('a change that does not wait', () => {
  it('is told with its row, whose it is, and wakes nobody', async () => {
    const { carryOut, move, requestId, memberId, from, to } = await prepare();
    const client = { entryPoint: 'apiClient', apiClientId: 'client-1', requestDigest: 'digest' } as const;
    const done = await carryOut(move, { requester: client });
    expect(done).toEqual({ kind: 'confirmed', entry: await as(() => readEntry(operationIdOf(requestId, 1))) });
    expect(done).toMatchObject({
      entry: {
        ...client,
        actorAccountId: 'agent-1',
        undoes: null,
        from: { id: from },
        to: { id: to },
        members: [{ memberId }],
      },
    });
    expect([waiting(), woken()]).toEqual([[], 0]);
  });

  it('is told as failed where trying again makes no sense', async () => {
    const { carryOut, move } = await prepare();
    site.simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'status', code: 403 } });
    expect(await carryOut(move)).toMatchObject({
      kind: 'failed',
      entry: { state: 'finished', answer: { status: 403 } },
    });
    expect(waiting()).toEqual([]);
  });

  it.each<[string, (lab: Awaited<ReturnType<typeof prepare>>) => RuleChange]>([
    ['is in the target', ({ from, another }) => ({ kind: 'move', source: String(another), target: String(from) })],
    ['is not in the source', ({ another }) => ({ kind: 'remove', source: String(another), target: null })],
    ['is where they are to be added', ({ from }) => ({ kind: 'add', source: null, target: String(from) })],
  ])('has nothing to do where the member %s', async (_what, changeOf) => {
    const lab = await prepare();
    site.proveWrites('add');
    expect(await lab.carryOut(changeOf(lab))).toEqual({ kind: 'alreadyThere', memberId: lab.memberId });
    expect([waiting(), sent('move')]).toEqual([[], 0]);
  });

  it.each<[string, (lab: Awaited<ReturnType<typeof prepare>>) => RuleChange, object]>([
    [
      'a move whose source the member is not in',
      ({ another, to }) => ({ kind: 'move', source: String(another), target: String(to) }),
      { code: 'stale', reason: 'notInSource' },
    ],
    [
      'a segment that is not there',
      ({ from }) => ({ kind: 'move', source: String(from), target: '987654' }),
      { code: 'segmentUnknown' },
    ],
  ])('is a problem of its own: %s', async (_what, changeOf, problem) => {
    const lab = await prepare();
    expect(await lab.carryOut(changeOf(lab))).toMatchObject({ kind: 'problem', problem });
    expect(waiting()).toEqual([]);
  });

  it('is refused where as many wait already as may', async () => {
    const { carryOut, move, memberId } = await prepare();
    hold(memberId);
    const requests = Array.from({ length: 500 }, (_, nth) => `waiting-${nth}`);
    const put = (entityName: string, key: string, value: object): unknown =>
      site.platform.kvs.handle('/api/v1/entity/set', { entityName, key, value });
    for (let share = 0; share < 8; share += 1)
      put('queue-admission', `site.${share}`, { requests, revision: `r-${share}` });
    for (const key of requests)
      put('queued-change', key, {
        ...{ state: 'queued', kind: 'move', source: '1', target: '2', entryPoint: 'automation', actorAccountId: 'a' },
        ...{ reporterAccountId: key, issueId: '1', issueKey: 'A-1', askedAtMs: 1, notBeforeMs: 1, attempt: 1 },
      });
    expect(await carryOut(move)).toEqual({
      kind: 'problem',
      problem: { code: 'queueFull', of: 'site', retryAfterMs: 60_000 },
    });
    expect(woken()).toBe(0);
  });
});

describe('a reporter whom nobody knows', () => {
  const UNKNOWN = { kind: 'problem', problem: { code: 'noMember', state: 'notFound' } } as const;
  const invitationOf = (requestId: string) => as(() => readEntry(derivedUuid(requestId, 'add-by-email')));

  it.each(['fail', undefined, null, 'skip'] as const)('is not added where the change says %j', async (ifUnknown) => {
    const { tryOnce, move } = await prepare();
    expect(
      await tryOnce({ ...move, ...(ifUnknown === undefined ? {} : { ifUnknown }) }, { issue: 'notFound' }),
    ).toEqual(ifUnknown === 'skip' ? { kind: 'skipped', state: 'notFound' } : UNKNOWN);
    expect(sent('addByEmail')).toBe(0);
  });

  it('is not added where there is no segment to join, nor where they may be somebody', async () => {
    const { tryOnce, from, add } = await prepare();
    const removal: RuleChange = { kind: 'remove', source: String(from), target: null, ifUnknown: 'add' };
    expect(await tryOnce(removal, { issue: 'notFound' })).toEqual(UNKNOWN);
    for (const state of ['ambiguous', 'emailHidden'] as const)
      expect(await tryOnce(add, { issue: state })).toEqual({ kind: 'problem', problem: { code: 'noMember', state } });
    expect(sent('addByEmail')).toBe(0);
  });

  it('is added by whoever may, under the id that the request has for it', async () => {
    const { tryOnce, add, requestId } = await prepare();
    const done = await tryOnce(add, { issue: 'notFound', requester: { mayAdd: () => Promise.resolve(ok(true)) } });
    expect(done).toEqual({ kind: 'confirmed', entry: await invitationOf(requestId) });
    expect(done).toMatchObject({ entry: { actorAccountId: 'agent-1', entryPoint: 'automation' } });
    expect(sent('addByEmail')).toBe(1);
  });

  it('is added where nobody is to be asked about it, after a word before it', async () => {
    const { tryOnce, add } = await prepare();
    const before: number[] = [];
    const beforeSend = () => Promise.resolve(before.push(sent('addByEmail')) > 0);
    expect(await tryOnce(add, { issue: 'notFound', requester: { beforeSend } })).toMatchObject({ kind: 'confirmed' });
    expect(before).toEqual([0]);
  });

  it('is added by nobody who may not, nor after a no before it', async () => {
    const { tryOnce, add } = await prepare();
    const refusal = err<Problem>({ code: 'jiraBudget', retryAfterMs: 7 });
    const mayAdd = () => Promise.resolve(refusal);
    expect(await tryOnce(add, { issue: 'notFound', requester: { mayAdd } })).toEqual(refusal);
    const beforeSend = () => Promise.resolve(false);
    expect(await tryOnce(add, { issue: 'notFound', requester: { beforeSend } })).toEqual({
      kind: 'problem',
      problem: { code: 'busy', retryAfterMs: 60_000 },
    });
    expect(sent('addByEmail')).toBe(0);
  });

  it.each([
    [{ kind: 'status', code: 422 }, 'invalid'],
    [{ kind: 'status', code: 403 }, 'forbidden'],
  ] as const)('is a problem of Shorter Loop where it refuses: %j', async (fault, cause) => {
    const { tryOnce, add } = await prepare();
    site.simulator.faults.add({ match: { route: 'addByEmail' }, fault });
    expect(await tryOnce(add, { issue: 'notFound' })).toEqual({
      kind: 'problem',
      problem: { code: 'shorterLoop', cause, status: null, retryAfterMs: null },
    });
  });

  it.each([
    ['accepted', 200],
    ['unanswered', 503],
  ] as const)('is looked for later where they do not show: %s', async (why, status) => {
    const { tryOnce, carryOut, add, requestId } = await prepare();
    site.platform.intercept((call, _proceed, { method }) =>
      isAdding(call, method) ? jsonAnswer(status, { success: status === 200, data: { count: 1 } }) : undefined,
    );
    expect(await tryOnce(add, { issue: 'notFound' })).toEqual({ kind: 'invited', why });
    // By then they may be asked to be added once more.
    await time.pass(600_000);
    expect(await carryOut(add, { issue: 'notFound' })).toEqual({ kind: 'queued', requestId, why, entry: null });
    const [row] = waiting() as unknown as QueuedChange[];
    expect(row).toMatchObject({ kind: 'add', ifUnknown: 'added', attempt: 1 });
    expect((row?.notBeforeMs ?? 0) - (row?.askedAtMs ?? 0)).toBe(60_000);
  });

  it('is changed as anybody where somebody else has added them in the meantime', async () => {
    const { tryOnce, add, to } = await prepare();
    const { memberId, email } = stranger(to);
    let readings = 0;
    site.platform.intercept(({ kind, path }) => {
      if (kind === 'egress' && path.endsWith('/segments/segment-users') && ++readings === 2)
        site.simulator.changeMember(memberId, { email });
      return undefined;
    });
    expect(await tryOnce(add, { issue: 'notFound' })).toEqual({ kind: 'alreadyThere', memberId });
    expect(sent('addByEmail')).toBe(0);
  });

  it.each<[string, number, (memberId: number) => number | null]>([
    ['nor afterwards', 1_000, () => null],
    ['and is afterwards', 2, (memberId) => memberId],
  ])('is there already without having been found before, %s', async (_what, hiddenTimes, idOf) => {
    const { tryOnce, add, to } = await prepare();
    const { memberId, email } = stranger(to);
    site.simulator.changeMember(memberId, { email });
    // The list of all does not tell the address, and the segment does.
    let readings = 0;
    site.platform.intercept(async ({ kind, path }, proceed) => {
      if (kind !== 'egress' || !path.endsWith('/segments/segment-users')) return undefined;
      readings += 1;
      const answer = await proceed();
      const hidden = bodyText(answer).replaceAll(email, 'nobody@example.org');
      return readings > hiddenTimes ? answer : { ...answer, body: hidden };
    });
    expect(await tryOnce(add, { issue: 'notFound' })).toEqual({ kind: 'alreadyThere', memberId: idOf(memberId) });
  });
});

describe('a reporter who was asked to be added before', () => {
  it('is told once they show, under the id of that request, and is looked for again until then', async () => {
    const { tryOnce, add, to, requestId } = await prepare();
    const { memberId, email } = stranger(to);
    const looking: RuleChange = { ...add, ifUnknown: 'added' };
    expect(await tryOnce(looking, { issue: 'notFound' })).toEqual({ kind: 'invited', why: 'accepted' });
    site.simulator.changeMember(memberId, { email });
    const done = await tryOnce(looking, { issue: 'notFound' });
    expect(done).toMatchObject({ kind: 'confirmed', entry: { to: { id: to }, members: [{ memberId }] } });
    expect(done).toMatchObject({ entry: await as(() => readEntry(derivedUuid(requestId, 'add-by-email'))) });
    expect(sent('addByEmail')).toBe(0);
  });

  it('is a problem where nothing can be read', async () => {
    const { tryOnce, add } = await prepare();
    site.simulator.faults.add({ match: { route: 'segmentsWithMembers' }, fault: READING });
    expect(await tryOnce({ ...add, ifUnknown: 'added' }, { issue: 'notFound' })).toMatchObject({
      kind: 'problem',
      problem: { code: 'shorterLoop', cause: 'server' },
    });
  });
});

describe('a reporter whom no link names', () => {
  it('is changed where their address says who they are, and stays without a link where nothing may link', async () => {
    const { tryOnce, move, memberId, to, reporterAccountId } = await prepare();
    await as(() => changeIdentity({ isAutomatic: false }));
    expect(await tryOnce(move)).toMatchObject({ kind: 'confirmed', entry: { members: [{ memberId }] } });
    expect(site.simulator.truth.membershipsOf(memberId)).toEqual([to]);
    expect(site.platform.kvs.entity('link').map(({ key }) => key)).not.toContain(reporterAccountId);
  });

  it('is nobody who was unlinked by hand, though their address says who they are', async () => {
    const { tryOnce, move, memberId } = await prepare();
    const panel = (name: 'panel.open' | 'panel.unlink', input: object) =>
      time.until<unknown>(site.panel(name, input, { accountId: site.jira.adminAccountId }));
    await panel('panel.open', {});
    await panel('panel.unlink', { memberId });
    expect(await tryOnce({ ...move, ifUnknown: 'add' })).toEqual({
      kind: 'problem',
      problem: { code: 'noMember', state: 'found' },
    });
  });

  it('is a problem as it is where they can not be looked up, whatever to do about strangers', async () => {
    const { tryOnce, add } = await prepare();
    site.simulator.faults.add({ match: { route: 'segmentsWithMembers' }, fault: READING });
    for (const ifUnknown of ['add', 'skip'] as const)
      expect(await tryOnce({ ...add, ifUnknown }, { issue: 'notFound' })).toMatchObject({
        kind: 'problem',
        problem: { code: 'shorterLoop', cause: 'server' },
      });
  });
});

/** Somebody in a segment, and the address of the reporter whom nobody knows. */
function stranger(segmentId: number): { readonly memberId: number; readonly email: string } {
  const { reporterAccountId } = site.jira.issueFor('notFound');
  const email = site.jira.people.find(({ accountId }) => accountId === reporterAccountId)?.email ?? '';
  return { memberId: site.simulator.truth.membersOf(segmentId)?.at(-1) ?? 0, email };
}

function isAdding({ kind, path }: { readonly kind: string; readonly path: string }, method: string): boolean {
  return kind === 'egress' && method === 'POST' && path.includes('/segment-users');
}
