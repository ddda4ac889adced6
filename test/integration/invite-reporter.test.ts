import { randomUUID } from 'node:crypto';
import type { LedgerEntry, Result } from '../../src/contract';
import { PANEL_ACTS } from '../../src/contract';
import { changeIdentity, readDirectory, readEntry, readMember } from '../../src/adapters/store';
import { byId, byText, type SegmentChoice } from '../../src/domain/segments';
import { authorizeChange, type Subject } from '../../src/usecases/lookup';
import { inviteReporter, lookForInvited, type InviteOrigin } from '../../src/usecases/write';
import { kvsError } from '../support/platformFaults';
import { put } from '../support/oddServers';
import { createSite, problemOf, valueOf, type Site, type SiteOptions } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';

/** How a reporter whom no segment has is added by their address, and what is known of it later. */

let site: Site;
let time: VirtualTime;
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(async () => {
  time.stop();
  await site.stop();
});

async function prepare(
  settings: SiteOptions['settings'] = {},
): Promise<{ readonly to: number; readonly name: string }> {
  site = await createSite({ offline: true, members: 20, segments: 3, settings: { ...settings, canAdd: true } });
  site.prove(['addByEmail']);
  time = startVirtualTime();
  const [to] = site.simulator.segments;
  return { to: to?.id ?? 0, name: to?.name ?? '' };
}

type Asked = {
  readonly issue?: 'notFound' | 'one' | 'found' | 'ambiguous' | 'emailHidden';
  readonly origin?: Partial<InviteOrigin>;
};

/** As one invocation of somebody who may add, about the reporter of a work item. */
function about<T>(work: (subject: Subject, origin: InviteOrigin) => Promise<Result<T>>, asked: Asked = {}) {
  const { issue = 'notFound', origin = {} } = asked;
  return time.until(
    site.app.runAs({ moduleKey: 'segments-panel', accountId: site.jira.defaultAccountId }, async () => {
      const subject = valueOf(await authorizeChange(site.jira.issueFor(issue).id, 'add', [], PANEL_ACTS));
      const operationId = randomUUID();
      return work(subject, { operationId, entryPoint: 'panel', actorAccountId: 'agent-1', ...origin });
    }),
  );
}
const invite = (to: SegmentChoice | number, asked: Asked = {}) =>
  about((subject, origin) => inviteReporter(subject, typeof to === 'number' ? byId(to) : to, origin), asked);
const look = (to: SegmentChoice | number, asked: Asked = {}) =>
  about((subject, origin) => lookForInvited(subject, typeof to === 'number' ? byId(to) : to, origin), asked);
const sent = () => site.simulator.requests().filter(({ route }) => route === 'addByEmail').length;
const row = (operationId: string): Promise<LedgerEntry | null> =>
  time.until(site.app.runAs({}, () => readEntry(operationId)));
/** The member who is in a segment now and was not before. */
const joinedIn = (segmentId: number, before: readonly number[]): number =>
  site.simulator.truth.membersOf(segmentId)?.find((id) => !before.includes(id)) ?? 0;

describe('a reporter whom no segment has', () => {
  it('is asked for once, linked, and told with the row of their joining', async () => {
    const { to, name } = await prepare();
    const before = site.simulator.truth.membersOf(to) ?? [];
    const operationId = randomUUID();
    const done = valueOf(await invite(to, { origin: { operationId } }));
    const memberId = joinedIn(to, before);
    const { id: issueId, key: issueKey, reporterAccountId } = site.jira.issueFor('notFound');
    expect(done).toMatchObject({ outcome: 'confirmed', cause: null, to: { id: to, name } });
    expect(Object.keys(done.to)).toEqual(['id', 'name']);
    expect(done.entry).toMatchObject({
      ...{ operationId, kind: 'add', entryPoint: 'panel', actorAccountId: 'agent-1' },
      ...{ reporterAccountId, issueId, issueKey },
      members: [{ memberId, outcome: 'confirmed', reason: 'readBackAgrees' }],
    });
    expect(await row(operationId)).toEqual(done.entry);
    expect(done.known.match).toMatchObject({ state: 'linked', member: { id: memberId, segmentIds: [to] } });
    expect(sent()).toBe(1);
  });

  it('is not asked for again for ten minutes, unless it was refused', async () => {
    const { to } = await prepare();
    site.simulator.faults.add({ match: { route: 'addByEmail', nth: 1 }, fault: { kind: 'status', code: 422 } });
    const refused = valueOf(await invite(to));
    expect(refused).toMatchObject({ outcome: 'refused', cause: 'invalid', entry: null });
    expect(refused.known.match.state).toBe('notFound');
    site.simulator.faults.add({
      match: { route: 'addByEmail', nth: 1 },
      fault: { kind: 'empty', applied: false },
    });
    expect(valueOf(await invite(to))).toMatchObject({ outcome: 'notConfirmed', entry: null });
    expect(problemOf(await invite(to))).toEqual({ code: 'busy', retryAfterMs: 60_000 });
    expect(sent()).toBe(2);
    await time.pass(10 * 60_000);
    expect(valueOf(await invite(to)).outcome).toBe('confirmed');
  });

  it('is not asked for where whoever sends it says no at the last moment, and may be asked for then', async () => {
    const { to } = await prepare();
    const beforeSend = jest.fn(() => Promise.resolve(false));
    expect(problemOf(await invite(to, { origin: { beforeSend } }))).toEqual({ code: 'busy', retryAfterMs: 60_000 });
    expect([beforeSend.mock.calls.length, sent()]).toEqual([1, 0]);
    beforeSend.mockResolvedValue(true);
    expect(valueOf(await invite(to, { origin: { beforeSend } })).outcome).toBe('confirmed');
  });

  it('may be asked for again where the segment could not be read before it', async () => {
    const { to } = await prepare();
    site.simulator.faults.add({ match: { route: 'segmentWithMembers', nth: 1 }, fault: { kind: 'keyRevoked' } });
    expect(problemOf(await invite(to))).toMatchObject({ code: 'shorterLoop', cause: 'unauthorized' });
    expect(valueOf(await invite(to)).outcome).toBe('confirmed');
    expect(sent()).toBe(1);
  });

  it('is told of as refused also where the right to ask can not be given back, which is logged', async () => {
    const { to } = await prepare();
    site.simulator.faults.add({ match: { route: 'addByEmail', nth: 1 }, fault: { kind: 'status', code: 422 } });
    site.platform.intercept(kvsError('/delete', 1, 'INTERNAL_SERVER_ERROR', 500));
    expect(valueOf(await invite(to)).outcome).toBe('refused');
    const [line] = jest.mocked(console.error).mock.calls.map(([text]) => String(text));
    expect(line).toContain('"where":"add-request"');
    expect(problemOf(await invite(to)).code).toBe('busy');
  });

  it('is told of as they were before where they can not be read any more', async () => {
    const { to } = await prepare();
    site.simulator.faults.add({ match: { route: 'segmentsWithMembers', nth: 2 }, fault: { kind: 'keyRevoked' } });
    const done = valueOf(await invite(to));
    expect(done).toMatchObject({ outcome: 'confirmed', known: { match: { state: 'notFound' } } });
    expect(done.entry).not.toBeNull();
  });

  it('is not asked for where nothing can be read', async () => {
    const { to } = await prepare();
    site.simulator.faults.add({ match: { route: 'segmentsWithMembers' }, fault: { kind: 'keyRevoked' } });
    expect(problemOf(await invite(to))).toMatchObject({ code: 'shorterLoop', cause: 'unauthorized' });
    expect(problemOf(await look(to))).toMatchObject({ code: 'shorterLoop', cause: 'unauthorized' });
    expect(sent()).toBe(0);
  });

  it('is asked for by the name of a segment too, and not for one that is gone or can not be read', async () => {
    const { to, name } = await prepare();
    expect(problemOf(await invite(987_654))).toEqual({ code: 'stale', reason: 'targetGone' });
    expect(problemOf(await look(987_654))).toEqual({ code: 'stale', reason: 'targetGone' });
    const unlike = { code: 'segmentUnknown', given: 'No such segment', which: 'target' };
    expect(problemOf(await invite(byText('No such segment')))).toEqual(unlike);
    // A member's record without an id: who is in this segment can't be told.
    const unhook = site.platform.intercept(async (call, proceed) => {
      if (call.kind !== 'egress' || !call.path.endsWith('/segments/segment-users')) return undefined;
      const answer = await proceed();
      const { data, ...rest } = JSON.parse(String(answer.body)) as { data: { id: number; users: unknown[] }[] };
      const broken = data.map((one) => (one.id === to ? { ...one, users: [...one.users, { name: 'Who' }] } : one));
      return { ...answer, body: JSON.stringify({ ...rest, data: broken }) };
    });
    expect(problemOf(await invite(to))).toEqual({ code: 'segmentUnreadable', segmentId: to });
    unhook();
    expect(sent()).toBe(0);
    expect(valueOf(await invite(byText(name)))).toMatchObject({ outcome: 'confirmed', to: { id: to } });
  });
});

it('adds nobody who is known, or whose address Jira does not tell', async () => {
  const { to } = await prepare();
  expect(problemOf(await invite(to, { issue: 'one' }))).toEqual({ code: 'stale', reason: 'linkChanged' });
  expect(problemOf(await invite(to, { issue: 'emailHidden' }))).toEqual({ code: 'noMember', state: 'emailHidden' });
  // Jira tells their address, and one of two members may well be them.
  expect(problemOf(await invite(to, { issue: 'ambiguous' }))).toEqual({ code: 'noMember', state: 'ambiguous' });
  await time.until(site.app.runAs({}, () => changeIdentity({ isAutomatic: false })));
  expect(problemOf(await invite(to, { issue: 'found' }))).toEqual({ code: 'stale', reason: 'linkChanged' });
  expect(sent()).toBe(0);
});

it('adds nobody where it is not proven that it works', async () => {
  const { to } = await prepare();
  const refused = await about((subject, origin) => {
    const { addByEmail: _proof, ...proofs } = subject.connected.proofs;
    return inviteReporter({ ...subject, connected: { ...subject.connected, proofs } }, byId(to), origin);
  });
  expect(problemOf(refused)).toEqual({ code: 'featureOff', feature: 'addByEmail' });
  const unread = await about((subject, origin) => {
    const { segmentWithMembers: _proof, ...proofs } = subject.connected.proofs;
    return inviteReporter({ ...subject, connected: { ...subject.connected, proofs, writes: null } }, byId(to), origin);
  });
  expect(problemOf(unread)).toEqual({ code: 'notProven' });
  expect(sent()).toBe(0);
});

describe('a look for somebody who was asked for before', () => {
  it('sends nothing, and says that they are not there yet', async () => {
    const { to } = await prepare();
    expect(valueOf(await look(to))).toEqual({ kind: 'notYet' });
    expect(sent()).toBe(0);
  });

  it('records who has joined since under the id of that request, once', async () => {
    const { to, name } = await prepare();
    const operationId = randomUUID();
    const before = site.simulator.truth.membersOf(to) ?? [];
    valueOf(await invite(to));
    const memberId = joinedIn(to, before);
    const seen = valueOf(await look(to, { origin: { operationId } }));
    if (seen.kind !== 'joined') throw new Error('They have joined');
    const { id: issueId, key: issueKey, reporterAccountId } = site.jira.issueFor('notFound');
    expect(seen.entry).toMatchObject({
      ...{ operationId, kind: 'add', from: null, to: { id: to, name }, state: 'finished', finishedAtMs: Date.now() },
      ...{ entryPoint: 'panel', actorAccountId: 'agent-1', reporterAccountId, issueId, issueKey },
      members: [{ memberId, outcome: 'confirmed', reason: 'readBackAgrees' }],
    });
    expect(await row(operationId)).toEqual(seen.entry);
    // Once it is recorded, nothing is read any more.
    site.simulator.faults.add({ fault: { kind: 'keyRevoked' } });
    expect(valueOf(await look(to, { origin: { operationId } }))).toEqual(seen);
  });

  it('is not answered by somebody who is known and in other segments alone', async () => {
    await prepare();
    const { segmentIds = [] } = site.jira.memberFor('one') ?? {};
    const other = site.simulator.segments.find(({ id }) => !segmentIds.includes(id))?.id ?? 0;
    expect(valueOf(await look(other, { issue: 'one' }))).toEqual({ kind: 'notYet' });
    expect(valueOf(await look(segmentIds[0] ?? 0, { issue: 'one' }))).toMatchObject({ kind: 'joined' });
  });

  it('knows somebody by their address too whom nothing links', async () => {
    await prepare();
    await time.until(site.app.runAs({}, () => changeIdentity({ isAutomatic: false })));
    const segmentId = site.jira.memberFor('found')?.segmentIds[0] ?? 0;
    expect(valueOf(await look(segmentId, { issue: 'found' }))).toMatchObject({ kind: 'joined' });
  });
});

describe('the directory', () => {
  const placesOf = (memberId: number) => site.platform.kvs.entity('member').filter(({ key }) => key === `${memberId}`);

  it('is told where somebody is who was seen to have joined', async () => {
    await prepare();
    await time.until(site.refreshSlice());
    expect((await time.until(site.app.runAs({}, readDirectory)))?.complete).not.toBeNull();
    const { id = 0, segmentIds = [] } = site.jira.memberFor('one') ?? {};
    const other = site.simulator.segments.find((one) => !segmentIds.includes(one.id))?.id ?? 0;
    const [from = 0] = segmentIds;
    const before = JSON.stringify(placesOf(id));
    await time.until(put(site, from, other, id));
    valueOf(await look(other, { issue: 'one' }));
    expect(JSON.stringify(placesOf(id))).not.toBe(before);
  });

  it('is told where somebody is who was added, by a reading of that segment alone', async () => {
    const { to } = await prepare({ readPlan: 'per-segment' });
    await time.until(site.refreshSlice());
    const before = site.simulator.truth.membersOf(to) ?? [];
    const asked = site.simulator.requests().length;
    const done = valueOf(await invite(to));
    const memberId = joinedIn(to, before);
    expect(done.known.match).toMatchObject({ state: 'linked', member: { id: memberId, segmentIds: [to] } });
    const known = await time.until(site.app.runAs({}, () => readMember(memberId)));
    expect(known).toMatchObject({ memberId, segmentIds: [to], updatedAtMs: Date.now() });
    // Before and after it, and once more on either side for what is known of them.
    const routes = site.simulator.requests().map(({ route }) => route);
    expect(routes.slice(asked).filter((route) => route !== 'listSegments')).toEqual([
      ...['segmentWithMembers', 'segmentWithMembers', 'addByEmail', 'segmentWithMembers', 'segmentWithMembers'],
    ]);
  });
});
