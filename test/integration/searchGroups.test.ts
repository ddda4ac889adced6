import { createSite, problemOf, valueOf, type Site } from '../support/site';

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
