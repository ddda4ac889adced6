import { randomUUID } from 'node:crypto';
import { boardResolver, contextStatus } from '../../src';
import { accessFor } from '../../sandbox/teamAccess';
import { recordStop } from '../../src/adapters/store';
import { queueLab } from '../support/queueLab';
import { renameSegment } from '../support/segments';
import { createSite, linkedOf, valueOf, type Site } from '../support/site';

let site: Site;
afterEach(async () => {
  await site.platform.queue.idle();
  await site.stop();
});

/** A site where an agent and an API client may do everything, and every page stands open. */
async function prepare() {
  site = await createSite({ offline: true, queueSecondMs: 1, settings: { canAdd: true } });
  await site.refreshSlice();
  await inside.everythingForAgents();
  const acts = ['move', 'remove', 'add', 'get'] as const;
  const { id, secret } = valueOf(await site.admin('admin.createApiClient', { name: 'Desk', acts: [...acts] }));
  const first = valueOf(await site.panel('panel.open', {}));
  const { member } = linkedOf(first);
  const [from = 0] = member.segmentIds;
  const [to = 0, further = 0] = first.segments.map((one) => one.id).filter((one) => !member.segmentIds.includes(one));
  const undone = randomUUID();
  const ends = { operationId: undone, memberId: member.id, fromSegmentId: from, toSegmentId: to };
  valueOf(await site.panel('panel.move', ends));
  const writes = site.simulator.truth.writes().length;
  const links = JSON.stringify(site.platform.kvs.entity('link'));
  const others = site.simulator.truth.snapshot().members.find((one) => one.id !== member.id)?.id ?? 0;
  const { id: issueId } = site.jira.issueFor('one');
  return { member, issueId, at: to, to: further, undone, others, key: `${id}.${secret}`, clientId: id, writes, links };
}
type Lab = Awaited<ReturnType<typeof prepare>>;
type Door = (lab: Lab) => Promise<unknown>;

const inside = {
  everythingForAgents: () => site.admin('admin.saveAccess', accessFor('EDIT_ISSUES')),
  /** As Jira tells of an issue that was moved into another project, where the app is off or nobody may do anything. */
  issueElsewhere: (): void => {
    site.platform.intercept(async ({ kind, path }, proceed) => {
      const answer = await proceed();
      if (kind !== 'jira' || !/^\/rest\/api\/3\/issue\/[^/?]+\?/.test(path)) return answer;
      const { body } = answer;
      return { ...answer, body: String(body).replaceAll('"10000"', '"99999"') };
    });
  },
  onlyHere: async () => valueOf(await site.admin('admin.saveProjects', { keys: ['ACME'] })),
  off: (): void =>
    void site.platform.kvs.handle('/api/v1/set', {
      key: 'projects',
      value: { version: 1, scope: { kind: 'only', projects: [{ id: '99', key: 'ELSE', name: 'Elsewhere' }] } },
    }),
};

const issueKey = 'ACME-101';
const panel =
  (name: 'panel.move' | 'panel.remove' | 'panel.add', ends: (lab: Lab) => object): Door =>
  (lab) =>
    site.panel(name, { operationId: randomUUID(), memberId: lab.member.id, ...ends(lab) });
const board =
  (functionKey: string, ends: (lab: Lab) => object): Door =>
  (lab) =>
    site.app.invoke(boardResolver, {
      moduleKey: 'segments-board',
      functionKey,
      payload: { writes: [{ operationId: randomUUID(), memberId: lab.member.id }], ...ends(lab) },
      extension: { project: { key: 'ACME' } },
      accountId: site.jira.defaultAccountId,
    });
const client =
  (action: string, ends: (lab: Lab) => object): Door =>
  (lab) =>
    site.apiClient(
      { 'x-segments-key': lab.key },
      { operationId: randomUUID(), sentAt: new Date().toISOString(), action, issueKey, ...ends(lab) },
    );
const both = ({ at, to }: Lab) => ({ fromSegmentId: at, toSegmentId: to });
const texts = ({ at, to }: Lab) => ({ source: `#${String(at)}`, target: `#${String(to)}` });

/** Doors that change something in the name of a user. */
const BY_USER: Readonly<Record<string, Door>> = {
  'panel.move': panel('panel.move', both),
  'panel.remove': panel('panel.remove', ({ at }) => ({ fromSegmentId: at })),
  'panel.add': panel('panel.add', ({ to }) => ({ toSegmentId: to })),
  'panel.undo': ({ undone }) => site.panel('panel.undo', { operationId: randomUUID(), undoes: undone }),
  'panel.link': ({ others }) => site.panel('panel.link', { memberId: others }),
  'panel.unlink': ({ member }) => site.panel('panel.unlink', { memberId: member.id }),
  'panel.invite': ({ to }) => site.panel('panel.invite', { toSegmentId: to }),
  'action move': (lab) => site.action('move-reporter', { issueKey, ...texts(lab) }),
  'action remove': (lab) => site.action('remove-reporter', { issueKey, source: texts(lab).source }),
  'action add': (lab) => site.action('add-reporter', { issueKey, target: texts(lab).target }),
};
/** Those of the board, which hang on the project and not on one work item. */
const BY_BOARD: Readonly<Record<string, Door>> = {
  'board.move': board('board.move', both),
  'board.remove': board('board.remove', ({ at }) => ({ fromSegmentId: at })),
  'board.add': board('board.add', both),
};
const BY_CLIENT: Readonly<Record<string, Door>> = {
  'client move': client('move', texts),
  'client remove': client('remove', (lab) => ({ source: texts(lab).source })),
  'client add': client('add', (lab) => ({ target: texts(lab).target })),
};
/** Doors that tell where the reporter is. */
const LOOKS: Readonly<Record<string, Door>> = {
  'panel.open': () => site.panel('panel.open', {}),
  'panel.readThrough': () => site.panel('panel.readThrough', {}),
  'panel.history': () => site.panel('panel.history', { shown: null }),
  'panel.others': () => site.panel('panel.others', {}),
  'panel.searchMembers': ({ member }) => site.panel('panel.searchMembers', { query: String(member.id) }),
  'action get': () => site.action('get-reporter-segments', { issueKey }),
  'context status': ({ issueId }) =>
    site.app.runFunction(contextStatus, {
      moduleKey: 'segments-context',
      accountId: site.jira.defaultAccountId,
      body: { extension: { issue: { id: issueId } } },
    }),
};
const BY_CLIENT_LOOKS: Readonly<Record<string, Door>> = { 'client get': client('get', () => ({})) };

type Moment = readonly [name: string, change: (lab: Lab) => unknown];
const agent = (): string => site.jira.defaultAccountId;
const RIGHT_LOST: readonly Moment[] = [
  ['sees and may no more', () => site.jira.setRole(agent(), 'viewer')],
  [
    'is in none of the groups of the rules now',
    async () => {
      const rule = { permission: 'EDIT_ISSUES', groupNames: ['jira-administrators'] } as const;
      const all = { board: rule, link: rule, move: rule, remove: rule, add: rule, others: rule, bulk: rule };
      valueOf(await site.admin('admin.saveAccess', all));
    },
  ],
];
const SIGHT_LOST: readonly Moment[] = [
  ['sees nothing of the project any more', () => site.jira.setRole(agent(), 'noAccess')],
];
const PLACE_LOST: readonly Moment[] = [['finds the app switched off in the project', inside.off]];
const ISSUE_LOST: readonly Moment[] = [
  [
    'finds the work item in another project, where the app is off',
    async () => {
      await inside.onlyHere();
      inside.issueElsewhere();
    },
  ],
  ['finds the work item deleted', () => site.jira.deleteIssue(site.jira.adminAccountId, issueKey)],
];
const NOBODY: readonly Moment[] = [
  ['finds nobody who reports it', () => site.jira.setReporter(site.jira.adminAccountId, issueKey, null)],
];

const REVOKED: readonly Moment[] = [
  ['was revoked', ({ clientId }) => site.admin('admin.revokeApiClient', { id: clientId })],
];

/** What an answer says of a refusal; null where there is none. */
function refusalIn(answer: unknown): string | null {
  const told = JSON.stringify(answer);
  const [, code] = /"kind":"problem","problem":\{"code":"(\w+)"/.exec(told) ?? [];
  if (code !== undefined) return code;
  const [, status] = /"statusCode":([45]\d\d)/.exec(told) ?? [];
  return status ?? (/"errors":\[\{"message"/.test(told) ? 'errors' : null);
}

describe('a door that nothing has closed', () => {
  const changing = Object.entries({ ...BY_USER, ...BY_BOARD, ...BY_CLIENT }).filter(
    ([name]) => name !== 'panel.invite',
  );
  it.each(changing)('changes something: %s', async (_name, go) => {
    const lab = await prepare();
    expect(refusalIn(await go(lab))).toBeNull();
    await site.platform.queue.idle();
    const isWritten = site.simulator.truth.writes().length > lab.writes;
    expect(isWritten || JSON.stringify(site.platform.kvs.entity('link')) !== lab.links).toBe(true);
  });

  it('tells who or where the reporter is, where it looks', async () => {
    const lab = await prepare();
    const { 'panel.others': _count, ...looks } = { ...LOOKS, ...BY_CLIENT_LOOKS };
    for (const [name, go] of Object.entries(looks))
      expect({ name, told: toldIn(await go(lab), lab).length > 0 }).toEqual({ name, told: true });
  });
});

/** What of the reporter an answer tells: who or where they are. */
function toldIn(answer: unknown, { at, member }: Lab): readonly string[] {
  const segment = site.simulator.segments.find(({ id }) => id === at)?.name ?? '';
  const told = JSON.stringify(answer);
  return [member.name, segment].flatMap((one) =>
    one !== null && told.includes(JSON.stringify(one).slice(1, -1)) ? [one] : [],
  );
}

const CHANGES = { ...BY_USER, ...BY_CLIENT };
const ALL_LOOKS = { ...LOOKS, ...BY_CLIENT_LOOKS };
const MOMENTS: readonly (readonly [Moment, Readonly<Record<string, Door>>, Readonly<Record<string, Door>>])[] = [
  ...RIGHT_LOST.map((moment) => [moment, { ...BY_USER, ...BY_BOARD }, {}] as const),
  ...SIGHT_LOST.map((moment) => [moment, { ...BY_USER, ...BY_BOARD }, LOOKS] as const),
  ...PLACE_LOST.map((moment) => [moment, { ...CHANGES, ...BY_BOARD }, ALL_LOOKS] as const),
  ...ISSUE_LOST.map((moment) => [moment, CHANGES, ALL_LOOKS] as const),
  ...NOBODY.map((moment) => [moment, CHANGES, {}] as const),
  ...REVOKED.map((moment) => [moment, BY_CLIENT, BY_CLIENT_LOOKS] as const),
];

// One after the other on one site: a door that changes nothing leaves it as it was.
it.each(MOMENTS.map(([[moment, change], doors, looks]) => ({ moment, change, doors, looks })))(
  'whoever $moment changes nothing by any entry point, and is told of nobody',
  async ({ change, doors, looks }) => {
    const lab = await prepare();
    await change(lab);
    for (const [door, go] of Object.entries(doors)) {
      const answer = await go(lab);
      await site.platform.queue.idle();
      const writes = site.simulator.truth.writes().length - lab.writes;
      const isLinked = JSON.stringify(site.platform.kvs.entity('link')) === lab.links;
      expect({ door, isRefused: refusalIn(answer) !== null, writes, isLinked }).toEqual({
        door,
        isRefused: true,
        writes: 0,
        isLinked: true,
      });
    }
    for (const [door, go] of Object.entries(looks))
      expect({ door, told: toldIn(await go(lab), lab) }).toEqual({ door, told: [] });
  },
);

/** A change that waited and was given up, which an admin has tried again once something else has changed. */
describe('a change that an admin has tried again', () => {
  const segmentAway = async (lab: Awaited<ReturnType<typeof queueLab>>): Promise<void> => {
    await renameSegment(site, lab.to, 'Called otherwise');
  };
  type Again = Awaited<ReturnType<typeof queueLab>> & { readonly clientId: string };
  const moments: readonly (readonly [string, 'rule' | 'client', (lab: Again) => unknown, string])[] = [
    ['its user may no more', 'rule', () => site.jira.setRole(agent(), 'viewer'), 'notPermitted'],
    ['its user sees nothing', 'rule', () => site.jira.setRole(agent(), 'noAccess'), 'issueNotVisible'],
    ['its user is deactivated', 'rule', () => site.jira.setPerson(agent(), { active: false }), 'consentNeeded'],
    ['the app is off', 'rule', ({ switchOff }) => switchOff(), 'projectOff'],
    ['the app is off', 'client', ({ switchOff }) => switchOff(), 'projectOff'],
    [
      'its work item is in another project',
      'rule',
      async () => {
        await inside.onlyHere();
        inside.issueElsewhere();
      },
      'projectOff',
    ],
    [
      'its work item is in another project',
      'client',
      async () => {
        await inside.onlyHere();
        inside.issueElsewhere();
      },
      'projectOff',
    ],
    ['its work item is gone', 'rule', deleteIt, 'issueNotVisible'],
    ['its work item is gone', 'client', deleteIt, 'issueNotVisible'],
    ['its client is gone', 'client', revoke, 'apiClientGone'],
    ['its segment is called otherwise', 'rule', segmentAway, 'segmentUnknown'],
    ['its segment is called otherwise', 'client', segmentAway, 'segmentUnknown'],
    ['somebody unlinked its reporter', 'rule', unlink, 'noMember'],
    ['somebody unlinked its reporter', 'client', unlink, 'noMember'],
    ['its kind of write rests', 'rule', rest, 'writesStopped'],
    ['its kind of write rests', 'client', rest, 'writesStopped'],
  ];
  function deleteIt(): void {
    site.jira.deleteIssue(site.jira.adminAccountId, issueKey);
  }
  function revoke({ clientId }: Again): Promise<unknown> {
    return site.admin('admin.revokeApiClient', { id: clientId });
  }
  async function unlink({ member, change }: Again): Promise<void> {
    const { reporterAccountId: accountId } = change();
    valueOf(await site.admin('admin.unlinkReporter', { accountId, memberId: member.id }));
  }
  function rest(): Promise<void> {
    const strays = { missing: [], joined: [], count: 2 };
    const stop = { kind: 'move', atMs: 1, operationId: 'x', fromSegmentId: 1, toSegmentId: 2, strays } as const;
    return site.app.runAs({ moduleKey: 'queued-changes' }, () => recordStop(stop));
  }

  it.each(moments)('is given up where %s: of a %s', async (_moment, by, change, failure) => {
    site = await createSite({ offline: true, queueSecondMs: 1 });
    const { id } = valueOf(await site.admin('admin.createApiClient', { name: 'Desk', acts: ['move'] }));
    const lab = { ...(await queueLab(site)), clientId: id };
    const { name = '' } = site.simulator.segments.find((one) => one.id === lab.to) ?? {};
    const ofClient = by === 'client' ? ({ entryPoint: 'apiClient', apiClientId: id } as const) : {};
    await lab.hold(lab.change({ ...ofClient, target: `${name} (#${String(lab.to)})`, askedAtMs: 1 }));
    await lab.run();
    expect(lab.rows()).toMatchObject([{ state: 'failed', failure: 'waitedTooLong' }]);
    await change(lab);
    valueOf(await site.admin('admin.retryChange', { requestId: 'request-1' }));
    await site.platform.queue.idle();
    expect([lab.rows(), lab.memberships()]).toEqual([
      [{ requestId: 'request-1', state: 'failed', failure }],
      [lab.from],
    ]);
  });

  it.each(['rule', 'client'])('is carried out where nothing else has changed: of a %s', async (by) => {
    site = await createSite({ offline: true, queueSecondMs: 1 });
    const { id } = valueOf(await site.admin('admin.createApiClient', { name: 'Desk', acts: ['move'] }));
    const lab = await queueLab(site);
    const ofClient = by === 'client' ? ({ entryPoint: 'apiClient', apiClientId: id } as const) : {};
    await lab.hold(lab.change({ ...ofClient, askedAtMs: 1 }));
    await lab.run();
    valueOf(await site.admin('admin.retryChange', { requestId: 'request-1' }));
    await site.platform.queue.idle();
    expect([lab.rows(), lab.memberships()]).toEqual([[], [lab.to]]);
  });
});
