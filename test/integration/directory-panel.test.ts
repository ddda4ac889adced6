import { randomUUID } from 'node:crypto';
import { readMember } from '../../src/adapters/store';
import type { ReadPlan } from '../../src/contract';
import { jsonAnswer } from '../../sandbox/forge/wire';
import { writeRows } from '../support/ledgerRows';
import { toldByRows, truthOf } from '../support/directory';
import { callsOf, createSite, linkedOf, outcomeOf, problemOf, valueOf, type Site } from '../support/site';

let site: Site;
afterEach(() => site.stop());
const upstream = (): string[] =>
  site.platform.calls.filter(({ kind }) => kind === 'egress').map(({ path }) => new URL(path).pathname);
const open = async (issue = 'one') => valueOf(await site.panel('panel.open', {}, { issue }));
const readThrough = async (issue = 'one') => valueOf(await site.panel('panel.readThrough', {}, { issue }));
const segmentRead = (id: number): string => `/api/v2/segments/${id}/segment-users`;
type Issue = Parameters<Site['jira']['memberFor']>[0];
const memberOf = (issue: Issue): number => site.jira.memberFor(issue)?.id ?? 0;
const segmentsOf = (issue: Issue): number[] => site.simulator.truth.membershipsOf(memberOf(issue));
const elsewhere = (issue: Issue): number =>
  site.simulator.segments.find(({ id }) => !segmentsOf(issue).includes(id))?.id ?? 0;
const rowOf = (memberId: number) => site.app.runAs({}, () => readMember(memberId));

/** A site with a complete directory, read one by one as a large one is, whose reporter of issue "one" is linked. */
async function begin(readPlan: ReadPlan = 'per-segment'): Promise<void> {
  site = await createSite({ offline: true, settings: { readPlan } });
  await open('one');
  await site.refreshSlice();
  site.platform.clearRecords();
}

/** Lets the directory be older than it is. */
function age(ms: number): void {
  const { value } = site.platform.kvs.plain().find(({ key }) => key === 'directory') ?? {};
  const directoryMeta = value as { complete: { asOfMs: number } };
  site.platform.kvs.handle('/api/v1/set', {
    key: 'directory',
    value: { ...directoryMeta, complete: { ...directoryMeta.complete, asOfMs: Date.now() - ms } },
  });
}

describe('a panel with a directory', () => {
  it('opens without asking Shorter Loop anything, with 4 calls to the platform, and says as of when', async () => {
    await begin();
    const view = await open();
    expect(upstream()).toEqual([]);
    expect(callsOf(site)).toHaveLength(4);
    expect(site.platform.calls.some(({ path }) => path.includes('secret'))).toBe(false);
    expect(linkedOf(view).member).toEqual({ id: memberOf('one'), name: null, segmentIds: segmentsOf('one') });
    expect(view.segments).toEqual(site.simulator.segments.map(({ id, name }) => ({ id, name })));
    expect(view.source).toMatchObject({ kind: 'directory', age: 'fresh' });
  });

  it.each([
    [120_000, 'aged'],
    [25 * 3_600_000, 'stale'],
  ])('after %i ms is %s', async (ms, expected) => {
    await begin();
    age(ms);
    expect((await open()).source).toMatchObject({ kind: 'directory', age: expected });
  });

  it('reads through only the segments in which the directory has this one person, names them, and is fresh for the next', async () => {
    await begin();
    age(120_000);
    const view = await readThrough('one');
    expect(upstream().sort()).toEqual(['/api/v2/segments', ...segmentsOf('one').map(segmentRead)].sort());
    expect(linkedOf(view).member.name).not.toBeNull();
    expect(view.source).toMatchObject({ kind: 'checked' });
    expect((await open()).source).toMatchObject({ kind: 'directory', age: 'fresh' });
    expect(JSON.stringify(site.platform.kvs.entity('member'))).not.toContain(linkedOf(view).member.name);
  });

  it('is corrected when someone was moved in Shorter Loop', async () => {
    await begin('all-at-once');
    site.simulator.faults.add({ match: { nth: 1 }, fault: { kind: 'memberGone', id: memberOf('one') } });
    expect(linkedOf(await open()).member.segmentIds).not.toEqual([]);
    const view = await readThrough('one');
    expect([linkedOf(view).member.segmentIds, view.source]).toEqual([[], { kind: 'live' }]);
    expect(linkedOf(await open()).member.segmentIds).toEqual([]);
  });

  it('links a new reporter by the key of their e-mail, after Shorter Loop has confirmed it', async () => {
    site = await createSite({ offline: true, settings: { readPlan: 'per-segment' } });
    await site.refreshSlice();
    site.platform.clearRecords();
    expect(linkedOf(await open('many')).member.id).toBe(memberOf('many'));
    expect(upstream()).toHaveLength(1 + segmentsOf('many').length);
    expect((await open('ambiguous')).match.state).toBe('ambiguous');
    expect((await open('notFound')).match.state).toBe('notFound');
    expect((await open('emailHidden')).match.state).toBe('emailHidden');
  });

  it('of another product is not shown', async () => {
    await begin();
    const settings = { ...site.settings, apiOrigin: 'https://eu.shorterloop.com' };
    valueOf(await site.admin('admin.save', { settings, key: null }));
    // Nobody has checked that one yet, so that there is nothing to show either.
    expect(problemOf(await site.panel('panel.open', {}))).toEqual({ code: 'notProven' });
  });
});

describe('a write with a directory', () => {
  it('reads source and target alone, and leaves the directory as it left Shorter Loop', async () => {
    await begin();
    const [from = 0, to, memberId] = [segmentsOf('one')[0], elsewhere('one'), memberOf('one')];
    const moved = valueOf(
      await site.panel('panel.move', { operationId: randomUUID(), memberId, fromSegmentId: from, toSegmentId: to }),
    );
    expect(outcomeOf(moved)).toBe('confirmed readBackAgrees');
    expect(new Set(upstream().filter((path) => path.endsWith('/segment-users')))).toEqual(
      new Set([segmentRead(from), segmentRead(to)]),
    );
    expect(linkedOf(moved.view).member.segmentIds).toEqual(segmentsOf('one'));
    expect((await rowOf(memberId))?.segmentIds).toEqual([...segmentsOf('one')].sort((a, b) => a - b));
    const undone = valueOf(
      await site.panel('panel.undo', { operationId: randomUUID(), undoes: moved.entry.operationId }),
    );
    expect(outcomeOf(undone)).toBe('confirmed readBackAgrees');
    expect(toldByRows(site)).toEqual(truthOf(site));
  });

  it('is decided by Shorter Loop, not by the directory', async () => {
    await begin();
    const [from = 0, to, memberId] = [segmentsOf('one')[0], elsewhere('one'), memberOf('one')];
    site.simulator.faults.add({ match: { nth: 1 }, fault: { kind: 'memberGone', id: memberId } });
    expect(
      problemOf(
        await site.panel('panel.move', { operationId: randomUUID(), memberId, fromSegmentId: from, toSegmentId: to }),
      ),
    ).toEqual({ code: 'stale', reason: 'notInSource' });
    expect(site.simulator.truth.writes()).toEqual([]);
  });

  it('of a rule by names and by "any" reads what it names and where the directory has the member', async () => {
    await begin();
    const [from = 0, to] = [segmentsOf('one')[0], elsewhere('one')];
    const name = site.simulator.segments.find(({ id }) => id === to)?.name ?? '';
    const issueKey = site.jira.issueFor('one').key;
    expect(await site.action('move-reporter', { issueKey, source: 'any', target: name })).toMatchObject({
      outcome: 'moved',
    });
    expect(new Set(upstream().filter((path) => path.endsWith('/segment-users')))).toEqual(
      new Set([segmentRead(from), segmentRead(to)]),
    );
    expect(await site.action('get-reporter-segments', { issueKey })).toMatchObject({
      found: true,
      segmentIds: String(to),
    });
    expect(toldByRows(site)).toEqual(truthOf(site));
  });

  it('that could not be read back is settled from its two segments', async () => {
    await begin();
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const [from = 0, to, memberId] = [segmentsOf('one')[0], elsewhere('one'), memberOf('one')];
    const isReadBack = (method: string): boolean => method === 'GET' && site.simulator.truth.writes().length > 0;
    const remove = site.platform.intercept(({ kind, method }) =>
      kind === 'egress' && isReadBack(method) ? jsonAnswer(403, {}) : undefined,
    );
    valueOf(
      await site.panel('panel.move', { operationId: randomUUID(), memberId, fromSegmentId: from, toSegmentId: to }),
    );
    remove();
    for (const { key, value } of site.platform.kvs.entity('lease'))
      site.platform.kvs.handle('/api/v1/entity/set', {
        entityName: 'lease',
        key,
        value: { ...(value as object), untilMs: 1 },
      });
    site.platform.clearRecords();
    await site.recovery();
    expect(new Set(upstream())).toEqual(new Set(['/api/v2/segments', segmentRead(from), segmentRead(to)]));
    expect(writeRows(site.platform.kvs).map(({ value }) => value)).toEqual([
      expect.objectContaining({ state: 'finished', outcome: 'confirmed' }),
    ]);
    expect(toldByRows(site)).toEqual(truthOf(site));
  });
});

describe('searching people with a directory', () => {
  const find = async (query: string, segmentId?: number) =>
    valueOf(await site.panel('panel.searchMembers', { query, ...(segmentId === undefined ? {} : { segmentId }) }));

  it('finds an e-mail and an id at once, with a name, in the segments where they are', async () => {
    await begin();
    const person = site.simulator.members.find(({ id }) => id === memberOf('many'));
    for (const query of [person?.email ?? '', `#${person?.id}`]) {
      site.platform.clearRecords();
      const { members } = await find(query);
      expect(members).toEqual([
        { id: person?.id, name: `${person?.firstName} ${person?.lastName}`, segmentIds: segmentsOf('many') },
      ]);
      expect(upstream().sort()).toEqual(['/api/v2/segments', ...segmentsOf('many').map(segmentRead)].sort());
    }
    expect((await find('nobody@nowhere.example')).members).toEqual([]);
  });

  it('asks for a segment before a name, and then looks in it alone', async () => {
    await begin();
    const person = site.simulator.members.find(({ id }) => id === memberOf('many'));
    expect(await find(person?.lastName ?? '')).toEqual({ members: [], truncated: false, needsSegment: true });
    expect(upstream()).toEqual([]);
    const [segmentId = 0] = segmentsOf('many');
    const { members } = await find(person?.lastName ?? '', segmentId);
    expect(members).toContainEqual(expect.objectContaining({ id: person?.id, segmentIds: segmentsOf('many') }));
    expect(upstream().sort()).toEqual(['/api/v2/segments', segmentRead(segmentId)]);
  });

  it('links whom it found, and refuses whom no segment has', async () => {
    await begin();
    const view = valueOf(await site.panel('panel.link', { memberId: memberOf('many') }, { issue: 'notFound' }));
    expect(linkedOf(view).member.segmentIds).toEqual(segmentsOf('many'));
    expect(problemOf(await site.panel('panel.link', { memberId: 999_999 }, { issue: 'notFound' }))).toMatchObject({
      code: 'invalidInput',
    });
  });
});

describe('the People tab with a directory', () => {
  it('finds a member by id or e-mail in their segments alone, and asks for a segment before a name', async () => {
    await begin();
    const person = site.simulator.members.find(({ id }) => id === memberOf('many'));
    const find = async (query: string, segmentId: number | null = null) =>
      valueOf(await site.admin('admin.findMembers', { query, segmentId }));
    for (const query of [person?.email ?? '', `#${person?.id}`]) {
      site.platform.clearRecords();
      expect((await find(query)).members).toEqual([
        expect.objectContaining({ id: person?.id, segmentIds: segmentsOf('many') }),
      ]);
      expect(upstream().sort()).toEqual(['/api/v2/segments', ...segmentsOf('many').map(segmentRead)].sort());
    }
    site.platform.clearRecords();
    const unclear = await find(person?.lastName ?? '');
    expect(unclear).toMatchObject({
      members: [],
      needsSegment: true,
      segments: site.simulator.segments.map(({ id, name }) => ({ id, name })),
    });
    expect(upstream()).toEqual([]);
    expect((await find(person?.lastName ?? '', segmentsOf('many')[0])).members).toContainEqual(
      expect.objectContaining({ id: person?.id, segmentIds: segmentsOf('many') }),
    );
  });

  it('looks a reporter up, links and unlinks them by reading only where they are', async () => {
    await begin();
    const { accountId } = site.jira.people.find(
      (one) => one.accountId === site.jira.issueFor('found').reporterAccountId,
    ) ?? { accountId: '' };
    site.platform.clearRecords();
    expect(valueOf(await site.admin('admin.reporter', { accountId })).match).toMatchObject({ state: 'found' });
    expect(upstream().sort()).toEqual(['/api/v2/segments', ...segmentsOf('found').map(segmentRead)].sort());
    const pair = { accountId, memberId: memberOf('many') };
    expect(valueOf(await site.admin('admin.linkReporter', pair)).match).toMatchObject({
      state: 'linked',
      member: { id: pair.memberId, segmentIds: segmentsOf('many') },
    });
    expect(valueOf(await site.admin('admin.unlinkReporter', pair)).match).toMatchObject({ state: 'found' });
    expect(problemOf(await site.admin('admin.linkReporter', { accountId, memberId: 999_999 }))).toMatchObject({
      code: 'invalidInput',
      field: 'memberId',
    });
  });
});
