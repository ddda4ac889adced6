import { createSite, problemOf, valueOf, type Site } from '../support/site';
import { teamAccess } from '../../sandbox/teamAccess';

let site: Site;
beforeEach(async () => {
  site = await createSite({ offline: true });
});
afterEach(() => site.stop());

describe('admin.searchGroups', () => {
  it("finds groups by a part of their name, letters' case aside, with the ids that rules are decided by", async () => {
    const found = valueOf(await site.admin('admin.searchGroups', { query: ' SUPP ' }));
    expect(found).toEqual({
      groups: [{ id: site.jira.groups.find(({ name }) => name === 'support')?.groupId, name: 'support' }],
      truncated: false,
    });
  });

  it('says that there are more than it shows', async () => {
    const many = Array.from({ length: 50 }, (_, nth) => ({ name: `team-${nth}`, groupId: `g${nth}` }));
    site.platform.intercept((call) =>
      call.kind === 'jira' && call.path.includes('groups/picker')
        ? { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ groups: many }) }
        : undefined,
    );
    const found = valueOf(await site.admin('admin.searchGroups', { query: 'team' }));
    expect(found.groups).toHaveLength(20);
    expect(found.truncated).toBe(true);
  });

  it('is for admins alone, and a text is needed', async () => {
    expect(
      problemOf(await site.admin('admin.searchGroups', { query: 'supp' }, site.jira.defaultAccountId)),
    ).toMatchObject({
      code: 'notPermitted',
    });
    for (const query of ['', ' ', 'x'.repeat(256)])
      expect(problemOf(await site.admin('admin.searchGroups', { query }))).toMatchObject({ code: 'invalidInput' });
  });

  it('says that Jira does not answer', async () => {
    site.jira.faults.add({ path: 'groups/picker', fault: { kind: 'status', code: 503 } });
    expect(problemOf(await site.admin('admin.searchGroups', { query: 'supp' }))).toMatchObject({ code: 'jira' });
  });
});

/** Has Jira know these groups, of which it tells so many at once. */
function haveGroups(names: readonly string[], { most = 20, excludes = true, tellsTotal = true } = {}) {
  const asked: URLSearchParams[] = [];
  site.platform.intercept((call) => {
    if (call.kind !== 'jira' || !call.path.includes('groups/picker')) return undefined;
    const query = new URL(call.path, 'https://jira.invalid').searchParams;
    asked.push(query);
    const without = excludes ? query.getAll('excludeId') : [];
    const found = names.flatMap((name, nth) =>
      name.includes(query.get('query') ?? '') && !without.includes(`g${nth}`) ? [{ name, groupId: `g${nth}` }] : [],
    );
    const total = tellsTotal ? { total: found.length } : {};
    const body = JSON.stringify({ groups: found.slice(0, most), ...total });
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  });
  return asked;
}
const named = (groupNames: readonly string[]) => teamAccess({ link: { permission: 'EDIT_ISSUES', groupNames } });

describe('a group that many others have in their name', () => {
  const names = [...Array.from({ length: 60 }, (_, nth) => `a-dev-${nth}`), 'dev'];

  it.each([20, 50])('is offered first, and can have a rule, where Jira tells %i groups at once', async (most) => {
    haveGroups(names, { most });
    const found = valueOf(await site.admin('admin.searchGroups', { query: 'dev' }));
    expect([found.groups[0], found.groups.length, found.truncated]).toEqual([{ id: 'g60', name: 'dev' }, 20, true]);
    expect(valueOf(await site.admin('admin.saveAccess', named(['dev']))).link.groups).toEqual([
      { id: 'g60', name: 'dev' },
    ]);
  });

  it('is looked for behind what was found, which is not asked for again', async () => {
    const asked = haveGroups(names, { most: 20 });
    valueOf(await site.admin('admin.searchGroups', { query: 'dev' }));
    expect(asked.map((query) => query.getAll('excludeId').length)).toEqual([0, 20, 40, 60]);
  });

  it('is found where Jira tells no total', async () => {
    haveGroups(names, { tellsTotal: false });
    expect(valueOf(await site.admin('admin.saveAccess', named(['dev']))).link.groups).toHaveLength(1);
  });

  it('is looked for a few times at most, whatever Jira makes of it', async () => {
    const many = Array.from({ length: 900 }, (_, nth) => `a-dev-${nth}`);
    const asked = haveGroups(many);
    expect(problemOf(await site.admin('admin.saveAccess', named(['dev'])))).toMatchObject({ code: 'invalidInput' });
    expect(asked.length).toBeLessThanOrEqual(8);
    for (const query of asked) expect(query.toString().length).toBeLessThan(8_000);
    const stubborn = haveGroups(many, { excludes: false });
    expect(problemOf(await site.admin('admin.saveAccess', named(['dev'])))).toMatchObject({ code: 'invalidInput' });
    expect(stubborn).toHaveLength(2);
  });
});
