import { teamAccess } from '../../../sandbox/teamAccess';
import { createSite, valueOf, type Site } from '../../support/site';
import type { Attack } from '../attack';

/** Plays on a site of its own, and stops it. */
async function onSite(play: (site: Site) => Promise<string | null>): Promise<string | null> {
  const site = await createSite({ offline: true, access: 'default' });
  try {
    return await play(site);
  } finally {
    await site.stop();
  }
}

/** What someone without rights reaches of the questions that the admin page asks. */
export const attacks: readonly Attack[] = [
  {
    finding: 'H5',
    name: 'a group that takes over the name of one that a rule names gets its rights at the next save',
    play: () =>
      onSite(async (site) => {
        const named = { permission: 'EDIT_ISSUES', groupNames: ['support'] } as const;
        valueOf(await site.admin('admin.saveAccess', teamAccess({ link: named })));
        const body = JSON.stringify({ groups: [{ name: 'support', groupId: 'taken-over' }] });
        site.platform.intercept((call) =>
          call.kind === 'jira' && call.path.includes('groups/picker')
            ? { status: 200, headers: { 'content-type': 'application/json' }, body }
            : undefined,
        );
        const saved = valueOf(await site.admin('admin.saveAccess', teamAccess({ link: named })));
        return saved.link.groups.some(({ id }) => id === 'taken-over') ? 'the other group may link by hand' : null;
      }),
  },
  {
    finding: 'H5',
    name: 'somebody else answers the question who may do what, or searches the groups of the site',
    play: () =>
      onSite(async (site) => {
        for (const name of ['admin.accessQuestion', 'admin.keepAccess', 'admin.searchGroups'] as const) {
          const answer = await site.admin(name, { query: 'supp' }, site.jira.defaultAccountId);
          if (answer.kind === 'ok') return `${name} answered somebody who does not administer Jira`;
        }
        return valueOf(await site.admin('admin.accessQuestion')).isOpen ? null : 'the question is asked no more';
      }),
  },
];
