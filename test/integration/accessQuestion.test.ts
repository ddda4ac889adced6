import { DEFAULT_ACCESS } from '../../src/contract';
import { teamAccess } from '../../sandbox/teamAccess';
import { createSite, problemOf, valueOf, type Site } from '../support/site';

let site: Site;
afterEach(() => site.stop());

describe('the question who may do what', () => {
  it('is open on a new site, and answered for good by keeping what holds', async () => {
    site = await createSite({ offline: true, access: 'default' });
    expect(valueOf(await site.admin('admin.accessQuestion'))).toEqual({ isOpen: true, access: DEFAULT_ACCESS });
    expect(valueOf(await site.admin('admin.keepAccess'))).toEqual({ isOpen: false, access: DEFAULT_ACCESS });
    expect(valueOf(await site.admin('admin.accessQuestion'))).toEqual({ isOpen: false, access: DEFAULT_ACCESS });
    expect(valueOf(await site.admin('admin.loadAccess'))).toEqual(DEFAULT_ACCESS);
  });

  it('is answered by rules that are saved, and stays so with rules that were stored before there was a question', async () => {
    site = await createSite({ offline: true });
    expect(valueOf(await site.admin('admin.accessQuestion')).isOpen).toBe(true);
    valueOf(await site.admin('admin.saveAccess', teamAccess()));
    expect(valueOf(await site.admin('admin.accessQuestion')).isOpen).toBe(false);
  });

  it.each(['admin.accessQuestion', 'admin.keepAccess'] as const)('%s is for admins alone', async (name) => {
    site = await createSite({ offline: true, access: 'default' });
    expect(problemOf(await site.admin(name, {}, site.jira.defaultAccountId))).toMatchObject({
      code: 'notPermitted',
    });
    expect(valueOf(await site.admin('admin.accessQuestion')).isOpen).toBe(true);
  });
});

describe('the groups of a rule', () => {
  it('stay who they are when Jira calls them by another name, also when another group takes it', async () => {
    site = await createSite({ offline: true });
    const support = site.jira.groups.find(({ name }) => name === 'support');
    const named = { permission: 'EDIT_ISSUES', groupNames: ['support'] } as const;
    valueOf(await site.admin('admin.saveAccess', teamAccess({ link: named })));
    // From here on another group has the name.
    site.platform.intercept((call) =>
      call.kind === 'jira' && call.path.includes('groups/picker')
        ? {
            status: 200,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ groups: [{ name: 'support', groupId: 'another' }] }),
          }
        : undefined,
    );
    const saved = valueOf(await site.admin('admin.saveAccess', teamAccess({ link: named, board: named })));
    expect(saved.link.groups).toEqual([{ id: support?.groupId, name: 'support' }]);
  });

  it('are others once they are picked anew: one was deleted, and another made of its name', async () => {
    site = await createSite({ offline: true });
    const named = { permission: 'EDIT_ISSUES', groupNames: ['support'] } as const;
    const before = valueOf(await site.admin('admin.saveAccess', teamAccess({ link: named, board: named })));
    site.platform.intercept((call) =>
      call.kind === 'jira' && call.path.includes('groups/picker')
        ? {
            status: 200,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ groups: [{ name: 'support', groupId: 'anew' }], total: 1 }),
          }
        : undefined,
    );
    const anew = { ...named, picked: [{ id: 'anew', name: 'support' }] };
    const saved = valueOf(await site.admin('admin.saveAccess', teamAccess({ link: anew, board: named })));
    expect(saved.link.groups).toEqual([{ id: 'anew', name: 'support' }]);
    expect(saved.board.groups).toEqual(before.board.groups);
    // What a page makes up is none of Jira's groups.
    const madeUp = { ...named, picked: [{ id: 'made-up', name: 'support' }] };
    expect(problemOf(await site.admin('admin.saveAccess', teamAccess({ link: madeUp })))).toMatchObject({
      reason: { code: 'groupUnknown', name: 'support' },
    });
    // Saved once more as it was picked, it is the one that the rule has.
    expect(valueOf(await site.admin('admin.saveAccess', teamAccess({ link: anew }))).link.groups[0]?.id).toBe('anew');
  });

  it('are asked of Jira once for each name, however many rules have them', async () => {
    site = await createSite({ offline: true });
    const named = { permission: 'EDIT_ISSUES', groupNames: ['support', 'product-team'] } as const;
    const before = site.jira.calls().length;
    valueOf(await site.admin('admin.saveAccess', teamAccess({ link: named, board: named, others: named })));
    const asked = site.jira.calls().slice(before);
    expect(asked.filter(({ path }) => path.includes('groups/picker'))).toHaveLength(2);
  });
});
