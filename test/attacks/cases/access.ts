import { randomUUID } from 'node:crypto';
import { boardResolver } from '../../../src';
import { teamAccess } from '../../../sandbox/teamAccess';
import { sleep } from '../../../src/clock';
import { queueLab } from '../../support/queueLab';
import { createSite, linkedOf, valueOf, type Site } from '../../support/site';
import type { Attack } from '../attack';

/** Plays on a site of its own, and stops it. */
async function onSite(play: (site: Site) => Promise<string | null>): Promise<string | null> {
  const site = await createSite({ offline: true, queueSecondMs: 20, settings: { canAdd: true } });
  try {
    return await play(site);
  } finally {
    await site.platform.queue.idle();
    await site.stop();
  }
}

/** Has every call to the platform take its own time, as they do, so that requests overtake each other. */
function withJitter(site: Site): void {
  site.platform.intercept(async (_call, proceed) => {
    await sleep(Math.random() * 3);
    return proceed();
  });
}

/** A new API client: its id, its header and a request that it may make. */
async function apiClientOf(site: Site) {
  const { id, secret } = valueOf(
    await site.admin('admin.createApiClient', { name: 'Support desk', acts: ['move', 'remove', 'add', 'get'] }),
  );
  const key = { 'x-segments-key': `${id}.${secret}` };
  const body = (changes: object = {}) => ({
    operationId: randomUUID(),
    sentAt: new Date().toISOString(),
    action: 'get',
    issueKey: 'ACME-101',
    ...changes,
  });
  return { id, key, body };
}

/** What is left of an API client that was revoked; null when nothing is. */
async function leftOf(site: Site, { id, key, body }: Awaited<ReturnType<typeof apiClientOf>>): Promise<string | null> {
  const { statusCode } = await site.apiClient(key, body());
  if (statusCode !== 401) return `The revoked client's secret is answered with ${statusCode}`;
  const rows = site.platform.kvs.entity('api-client').filter((row) => row.key === id);
  return rows.length === 0 ? null : 'The row of the revoked client is there again';
}

const REQUESTS = 20;

/** An API client asks many times at once, and something that ends it happens among them. */
function asksWhile(
  end: (site: Site, id: string) => unknown,
  prepare: (site: Site, id: string) => void = () => undefined,
) {
  return () =>
    onSite(async (site) => {
      const client = await apiClientOf(site);
      prepare(site, client.id);
      withJitter(site);
      const last = Math.floor(Math.random() * REQUESTS);
      await Promise.all(
        Array.from({ length: REQUESTS }, (_, nth) =>
          nth === last ? end(site, client.id) : site.apiClient(client.key, client.body()),
        ),
      );
      return leftOf(site, client);
    });
}

const revoke = (site: Site, id: string) => site.admin('admin.revokeApiClient', { id });
const stored = (site: Site, id: string) =>
  site.platform.kvs.entity('api-client').find(({ key }) => key === id)?.value ?? {};

const H1: readonly Attack[] = [
  {
    finding: 'H1',
    name: 'an API client that was never used asks many times at once while it is revoked',
    rounds: 200,
    play: asksWhile(revoke),
  },
  {
    finding: 'H1',
    name: 'an API client that was used long ago asks many times at once while it is revoked',
    rounds: 50,
    play: asksWhile(revoke, (site, key) => {
      const value = { ...stored(site, key), lastUsedAtMs: 1 };
      site.platform.kvs.handle('/api/v1/entity/set', { entityName: 'api-client', key, value });
    }),
  },
  {
    finding: 'H1',
    name: 'an API client asks many times at once while its row goes with the app',
    rounds: 50,
    play: asksWhile((site, key) =>
      sleep(Math.random() * 10).then(() =>
        site.platform.kvs.handle('/api/v1/entity/delete', { entityName: 'api-client', key }),
      ),
    ),
  },
  ...(['get', 'move', 'remove'] as const).map((action): Attack => ({
    finding: 'H1',
    name: `an API client is revoked after its secret was compared, and wants to ${action}`,
    play: () =>
      onSite(async (site) => {
        const { from, to, memberships } = await queueLab(site);
        const { id, key, body } = await apiClientOf(site);
        site.platform.intercept(({ path }) => {
          if (!path.includes('/rest/api/3/issue/')) return undefined;
          site.platform.kvs.handle('/api/v1/entity/delete', { entityName: 'api-client', key: id });
          return undefined;
        });
        const ends = {
          get: {},
          move: { source: String(from), target: String(to) },
          remove: { source: String(from) },
        }[action];
        const answer = await site.apiClient(key, body({ action, ...ends }));
        if (!memberships().includes(from)) return 'The member was moved';
        return answer.statusCode === 403 ? null : `It was answered with ${answer.statusCode}`;
      }),
  })),
];

/** A change that waits, and what is taken from whoever asked for it; it is carried out or not. */
function waitsWhile(
  taken: (site: Site, lab: Awaited<ReturnType<typeof queueLab>>, clientId: string) => unknown,
  by: 'rule' | 'apiClient',
) {
  return () =>
    onSite(async (site) => {
      const lab = await queueLab(site);
      const { id } = await apiClientOf(site);
      await lab.hold(lab.change(by === 'rule' ? {} : { entryPoint: 'apiClient', apiClientId: id }));
      await taken(site, lab, id);
      await lab.run();
      return lab.memberships().includes(lab.from) ? null : 'The change was carried out all the same';
    });
}

const H3: readonly Attack[] = [
  {
    finding: 'H3',
    name: 'a change outlives its API client',
    play: waitsWhile((site, _lab, id) => revoke(site, id), 'apiClient'),
  },
  {
    finding: 'H3',
    name: 'a change outlives an API client whose queue could not be given up',
    play: waitsWhile(
      (site, _lab, key) => site.platform.kvs.handle('/api/v1/entity/delete', { entityName: 'api-client', key }),
      'apiClient',
    ),
  },
  ...(['rule', 'apiClient'] as const).map((by): Attack => ({
    finding: 'H3',
    name: `a change outlives the project that was switched off: ${by}`,
    play: waitsWhile((_site, { switchOff }) => switchOff(), by),
  })),
  ...(['viewer', 'noAccess'] as const).map((role): Attack => ({
    finding: 'H3',
    name: `a change outlives the permission of its rule's user, who is ${role} now`,
    play: waitsWhile((site) => site.jira.setRole(site.jira.defaultAccountId, role), 'rule'),
  })),
  {
    finding: 'H3',
    name: "a change outlives the group of its rule's user",
    play: waitsWhile(async (site) => {
      const move = { permission: 'EDIT_ISSUES', groupNames: ['support'] } as const;
      valueOf(await site.admin('admin.saveAccess', teamAccess({ move })));
      site.jira.setGroups(site.jira.defaultAccountId, ['product-team']);
    }, 'rule'),
  },
  {
    finding: 'H3',
    name: 'an API client has changes queued while it is revoked',
    rounds: 20,
    play: () =>
      onSite(async (site) => {
        const { from, to, run, memberships } = await queueLab(site);
        const { id, key, body } = await apiClientOf(site);
        const fault = site.simulator.faults.add({ fault: { kind: 'status', code: 503 } });
        withJitter(site);
        const ask = () => site.apiClient(key, body({ action: 'move', source: String(from), target: String(to) }));
        await Promise.all([ask(), ask(), revoke(site, id), ask(), ask()]);
        fault.remove();
        await run();
        return memberships().includes(from) ? null : 'A queued change was carried out';
      }),
  },
  {
    finding: 'H3',
    name: 'an API client fills the queue of the whole site',
    play: () =>
      onSite(async (site) => {
        const { change, hold } = await queueLab(site);
        const { id } = await apiClientOf(site);
        const asked = { entryPoint: 'apiClient', apiClientId: id } as const;
        for (let start = 0; start < 260; start += 10)
          await Promise.all(
            Array.from({ length: 10 }, (_, nth) =>
              hold(change({ ...asked, requestId: `r-${start + nth}`, reporterAccountId: `p-${start + nth}` })),
            ),
          );
        const { length } = site.platform.kvs.entity('queued-change');
        return length <= 200 ? null : `${length} of its changes wait`;
      }),
  },
];

/** On a site whose admin has set nothing, as an agent who may edit issues; `stranger` reports nothing. */
async function asAgent(play: (facts: Agent) => Promise<string | null>): Promise<string | null> {
  return onSite(async (site) => {
    const view = valueOf(await site.panel('panel.open', {}));
    site.platform.kvs.handle('/api/v1/delete', { key: 'access' });
    const linked = new Set(site.jira.links.map((link) => ('memberId' in link ? link.memberId : null)));
    const own = linkedOf(view).member;
    const stranger = site.simulator.truth
      .snapshot()
      .members.find(({ id, segmentIds }) => id !== own.id && !linked.has(id) && segmentIds.length > 0);
    const target = site.simulator.segments.find(({ id }) => stranger?.segmentIds.includes(id) === false);
    if (stranger === undefined || target === undefined) throw new Error('The site has nobody to attack');
    const links = () => JSON.stringify(site.platform.kvs.entity('link'));
    const board = (functionKey: string, payload: object) =>
      site.app.invoke(boardResolver, {
        moduleKey: 'segments-board',
        functionKey,
        payload,
        extension: { project: { id: '10000', key: 'ACME' } },
        accountId: site.jira.defaultAccountId,
      }) as Promise<{ readonly kind: string }>;
    const [from = 0] = stranger.segmentIds;
    const writes = [{ operationId: randomUUID(), memberId: stranger.id }];
    const moved = () =>
      site.simulator.truth.membershipsOf(stranger.id).join() === stranger.segmentIds.join()
        ? null
        : 'The stranger was moved';
    return play({ site, own: own.id, stranger: stranger.id, from, to: target.id, links, board, writes, moved });
  });
}

type Agent = {
  readonly site: Site;
  readonly own: number;
  readonly stranger: number;
  readonly from: number;
  readonly to: number;
  readonly links: () => string;
  readonly board: (functionKey: string, payload: object) => Promise<{ readonly kind: string }>;
  readonly writes: readonly { readonly operationId: string; readonly memberId: number }[];
  readonly moved: () => string | null;
};

/** Who may see the board and move on it, but not write about others. */
const BOARD_FOR_ALL = teamAccess({ others: { permission: 'ADMINISTER', groupNames: [] } });

const H5: readonly Attack[] = [
  {
    finding: 'H5',
    name: 'an agent links the reporter to a stranger, and moves them',
    play: () =>
      asAgent(async ({ site, stranger, from, to, links, moved }) => {
        const before = links();
        await site.panel('panel.link', { memberId: stranger });
        await site.panel('panel.move', {
          operationId: randomUUID(),
          memberId: stranger,
          fromSegmentId: from,
          toSegmentId: to,
        });
        return links() === before ? moved() : 'The reporter is somebody else now';
      }),
  },
  {
    finding: 'H5',
    name: 'an agent unlinks the reporter',
    play: () =>
      asAgent(async ({ site, own, links }) => {
        const before = links();
        await site.panel('panel.unlink', { memberId: own });
        return links() === before ? null : 'The reporter was unlinked';
      }),
  },
  {
    finding: 'H5',
    name: 'an agent reads the names of members by searching',
    play: () =>
      asAgent(async ({ site, stranger }) => {
        const { kind } = await site.panel('panel.searchMembers', { query: String(stranger) });
        return kind === 'problem' ? null : 'The search was answered';
      }),
  },
  ...(['board.open', 'board.members', 'board.reporters', 'board.move', 'board.remove', 'board.add'] as const).map(
    (key): Attack => ({
      finding: 'H5',
      name: `an agent uses ${key} on a site whose admin has set nothing`,
      play: () =>
        asAgent(async ({ board, from, to, writes, moved }) => {
          const payload = { segmentId: from, afterMemberId: null, fromSegmentId: from, toSegmentId: to, writes };
          const { kind } = await board(key, payload);
          return kind === 'problem' ? moved() : 'The board was shown';
        }),
    }),
  ),
  ...(['board.move', 'board.remove', 'board.add'] as const).map((key): Attack => ({
    finding: 'H5',
    name: `an agent who may use the board writes about a stranger: ${key}`,
    play: () =>
      asAgent(async ({ site, board, from, to, writes, moved }) => {
        valueOf(await site.admin('admin.saveAccess', BOARD_FOR_ALL));
        await board(key, { fromSegmentId: from, toSegmentId: to, writes });
        return moved();
      }),
  })),
  {
    finding: 'H5',
    name: 'a stranger hides among reporters of the project in one write',
    play: () =>
      asAgent(async ({ site, own, board, from, to, writes, moved }) => {
        valueOf(await site.admin('admin.saveAccess', BOARD_FOR_ALL));
        const all = [{ operationId: randomUUID(), memberId: own }, ...writes];
        await board('board.move', { fromSegmentId: from, toSegmentId: to, writes: all });
        return moved();
      }),
  },
  {
    finding: 'H5',
    name: 'the project is switched off while a panel stands open',
    play: () =>
      onSite(async (site) => {
        const { member, from, to, memberships, switchOff } = await queueLab(site);
        switchOff();
        const ids = { memberId: member.id, fromSegmentId: from };
        await site.panel('panel.move', { ...ids, operationId: randomUUID(), toSegmentId: to });
        await site.panel('panel.remove', { ...ids, operationId: randomUUID() });
        await site.panel('panel.unlink', { memberId: member.id });
        const { kind } = await site.panel('panel.history', { shown: null });
        if (kind === 'ok') return 'The history was told';
        if ((await site.panel('panel.others', {})).kind === 'ok') return 'The reporter’s account was told';
        return memberships().includes(from) ? null : 'The member was moved';
      }),
  },
  {
    finding: 'H5',
    name: 'a page claims where a member is, to undo what was done to them since',
    play: () =>
      onSite(async (site) => {
        const { member, from, to, memberships } = await queueLab(site);
        const operationId = randomUUID();
        const ids = { memberId: member.id, fromSegmentId: from, toSegmentId: to };
        valueOf(await site.panel('panel.move', { ...ids, operationId }));
        valueOf(
          await site.panel('panel.remove', { operationId: randomUUID(), memberId: member.id, fromSegmentId: to }),
        );
        await site.panel('panel.history', { shown: { id: member.id, segmentIds: [to] } });
        await site.panel('panel.undo', { operationId: randomUUID(), undoes: operationId });
        return memberships().length === 0 ? null : 'The move was undone';
      }),
  },
];

export const attacks: readonly Attack[] = [...H1, ...H3, ...H5];
