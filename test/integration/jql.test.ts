import { MAX_VALUES } from '../../src/features/jql/fragment';
import { createSite, valueOf, type Site } from '../support/site';

let site: Site;
afterEach(() => site.stop());

/** A site whose first segment has this many linked members, and some who were never linked. */
async function prepare(linked: number) {
  site = await createSite({ offline: true, members: Math.max(60, linked + 40), segments: 2, extraReporters: 0 });
  const [segment, other] = site.simulator.truth.snapshot().segments;
  if (segment === undefined || other === undefined) throw new Error('The site has too few segments');
  const before = site.simulator.members.filter(({ id }) => !segment.memberIds.includes(id)).map(({ id }) => id);
  // Fills the segment as far as the test needs it.
  valueOf(await site.admin('admin.save', { settings: { ...site.settings, canAdd: true }, key: null }));
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
  return { segment, accounts };
}

const quoted = (accounts: readonly string[]): string[] => accounts.map((id) => `"${id}"`).sort();
const listOf = (answer: unknown): string[] =>
  /\((.*)\)$/
    .exec((answer as { jql: string }).jql)?.[1]
    ?.split(', ')
    .sort() ?? [];

describe('reporterInSegment', () => {
  it.each([1, 100, 1_000])('finds the %i people of a segment by its name and by its id', async (linked) => {
    const { segment, accounts } = await prepare(linked);
    const byName = await site.jql(segment.name);
    expect((byName as { jql: string }).jql).toMatch(/^reporter in \("/);
    expect(listOf(byName)).toEqual(quoted(accounts));
    expect(listOf(await site.jql(String(segment.id)))).toEqual(quoted(accounts));
  });

  it('says so when there are more than JQL takes', async () => {
    await prepare(MAX_VALUES + 1);
    const [segment] = site.simulator.segments;
    expect(await site.jql(segment?.name ?? '')).toEqual({
      error: `Segment “${segment?.name ?? ''}” has more than 1,000 linked reporters (1,001). JQL takes 1,000 at most: use a smaller segment.`,
    });
  });

  it('matches nothing where nobody is linked, and everything the other way round', async () => {
    const { segment } = await prepare(0);
    expect(await site.jql(segment.name)).toEqual({ jql: 'reporter is EMPTY AND reporter is not EMPTY' });
  });

  it.each([
    ['no segment', [], /takes one segment/],
    ['an empty one', [' '], /takes one segment/],
    ['two', ['a', 'b'], /takes one segment/],
    ['an unknown one', ['Nobody'], /no segment “Nobody”/],
  ])('is refused with %s', async (_what, segments, text) => {
    await prepare(1);
    expect(await site.jql(...segments)).toEqual({ error: expect.stringMatching(text) });
  });

  it('says so when Shorter Loop can not be read', async () => {
    const { segment } = await prepare(1);
    site.simulator.faults.add({ fault: { kind: 'keyRevoked' } });
    expect(await site.jql(segment.name)).toEqual({ error: expect.stringContaining('could not be read') });
  });
});

describe('the answers that Jira keeps', () => {
  /** A Jira that keeps these precomputations; answers what was updated. */
  function keep(values: readonly object[]) {
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
      { id: 'unknown', error: expect.stringContaining('no segment') },
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

  it('cost Shorter Loop nothing while there are none', async () => {
    await prepare(1);
    keep([]);
    const before = site.simulator.requests().length;
    await site.refreshJql();
    expect(site.simulator.requests()).toHaveLength(before);
  });

  it.each(['listSegments', 'segmentWithMembers'] as const)(
    'stay as they are while Shorter Loop can not be read: %s',
    async (route) => {
      const { segment } = await prepare(1);
      jest.spyOn(console, 'warn').mockImplementation(() => undefined);
      const updates = keep([{ id: 'a', field: 'reporter', operator: 'in', arguments: [segment.name], value: 'x' }]);
      site.simulator.faults.add({ match: { route }, fault: { kind: 'status', code: 403 } });
      await site.refreshJql();
      expect(updates).toEqual([]);
    },
  );
});
