import { parseManage } from '../../src/features/admin/segments/input';
import { MANAGE_ROUTES, type ManageCall, type ManageRoute } from '../../src/contract';
import { createSite, problemOf, valueOf, type Site } from '../support/site';

let site: Site;
afterEach(() => site.stop());

const ADA = { email: 'ada@company.example', firstName: 'Ada', lastName: 'Lovelace' };
const view = async () => valueOf(await site.admin('admin.segments'));
const manage = (call: ManageCall, people: number, trial = false) => site.admin('admin.manage', { call, people, trial });
const ledger = () => site.platform.kvs.entity('ledger').map(({ value }) => value);

/** A scratch segment made by a try, with so many people in it. */
async function scratch(people: 0 | 1 = 0): Promise<number> {
  const made = valueOf(await manage({ route: 'createSegment', name: 'Scratch' }, 0, true));
  expect(made.outcome).toBe('confirmed');
  const id = made.view?.segments.find(({ name }) => name === 'Scratch')?.id ?? 0;
  if (people === 1)
    expect(valueOf(await manage({ route: 'addByEmail', segmentId: id, people: [ADA] }, 1, true)).outcome).toBe(
      'confirmed',
    );
  return id;
}

async function crowded(): Promise<{ readonly id: number; readonly members: number }> {
  const [largest] = [...(await view()).segments].sort((a, b) => b.members - a.members);
  return largest ?? { id: 0, members: 0 };
}

/** One call of every kind, about a segment and its one member. */
const CALLS: Readonly<Record<ManageRoute, (segmentId: number, memberId: number) => readonly [ManageCall, number]>> = {
  createSegment: () => [{ route: 'createSegment', name: 'Another' }, 0],
  renameSegment: (segmentId) => [{ route: 'renameSegment', segmentId, name: 'Renamed' }, 0],
  deleteSegment: (segmentId) => [{ route: 'deleteSegment', segmentId }, 0],
  addByEmail: (segmentId) => [{ route: 'addByEmail', segmentId, people: [ADA] }, 1],
  importToSegment: (segmentId) => [{ route: 'importToSegment', segmentId, people: [ADA] }, 1],
  emailSegment: (segmentId) => [{ route: 'emailSegment', segmentId, subject: 'News', message: 'Something new.' }, 1],
  emailMembers: (_segmentId, memberId) => [
    { route: 'emailMembers', memberIds: [memberId], subject: 'News', message: 'Something new.' },
    1,
  ],
  createMembers: () => [{ route: 'createMembers', people: [ADA] }, 1],
  importMembers: () => [{ route: 'importMembers', people: [ADA] }, 1],
  reinvite: (_segmentId, memberId) => [{ route: 'reinvite', memberIds: [memberId] }, 1],
};
const NEEDS_NOBODY: readonly ManageRoute[] = ['deleteSegment'];
const SEEN: readonly ManageRoute[] = [
  'createSegment',
  'renameSegment',
  'deleteSegment',
  'addByEmail',
  'importToSegment',
];

describe('addresses of people to add', () => {
  it('go with their domain in ASCII, and are found again', async () => {
    site = await createSite();
    const id = await scratch();
    const people = [{ ...ADA, email: 'Ada@B\u00fccher.example' }];
    expect(valueOf(await manage({ route: 'addByEmail', segmentId: id, people }, 1, true)).outcome).toBe('confirmed');
    const { members } = site.simulator.truth.snapshot();
    expect(members.filter(({ segmentIds }) => segmentIds.includes(id)).map(({ email }) => email)).toEqual([
      'Ada@xn--bcher-kva.example',
    ]);
  });

  it('are refused by their place in the list where they have no such form', async () => {
    site = await createSite();
    const people = [ADA, { ...ADA, email: '\u00e4da@company.example' }];
    expect(problemOf(await manage({ route: 'createMembers', people }, 2, true))).toEqual({
      code: 'invalidInput',
      field: 'call.people.1.email',
      reason: { code: 'notSendable', place: 2 },
    });
  });
});

describe('a mail to members', () => {
  it('has a subject of one line, whatever is sent', () => {
    const mail = { route: 'emailMembers', memberIds: [1], subject: 'Hello\r\nBcc: bob@b.example', message: 'A\nB' };
    expect(parseManage({ call: mail, people: 1, trial: true })).toMatchObject({
      value: { call: { subject: 'Hello Bcc: bob@b.example', message: 'A\nB' } },
    });
    for (const subject of ['', '\n', '\u200b'])
      expect(parseManage({ call: { ...mail, subject }, people: 1, trial: true })).toMatchObject({
        problem: { field: 'call.subject', reason: { code: 'missing' } },
      });
  });
});

describe('names of segments and people to add', () => {
  it('go without what can not be seen or turns the text around it, and are none when nothing else is left', async () => {
    site = await createSite();
    const blank = await manage({ route: 'createSegment', name: '\u200b\u2800' }, 0, true);
    expect(problemOf(blank)).toMatchObject({ field: 'call.name', reason: { code: 'missing' } });
    valueOf(await manage({ route: 'createSegment', name: 'Go\u202eld\n tier\u0000' }, 0, true));
    expect(site.simulator.truth.snapshot().segments.map(({ name }) => name)).toContain('Gold tier');
  });
});

describe('the segments', () => {
  it('are listed with how many members each has', async () => {
    site = await createSite();
    const { segments, proven, writesOn } = await view();
    expect(segments).toEqual(
      site.simulator.truth
        .snapshot()
        .segments.map(({ id, name, memberIds }) => ({ id, name, members: memberIds.length })),
    );
    expect([proven, writesOn]).toEqual([[], true]);
  });

  it.each(MANAGE_ROUTES)(
    '%s is off until it is tried, and on once it has worked on a scratch segment',
    async (route) => {
      site = await createSite();
      const id = await scratch(NEEDS_NOBODY.includes(route) ? 0 : 1);
      const [call, people] = CALLS[route](id, site.simulator.truth.membersOf(id)?.[0] ?? 1);
      const wasTried = (await view()).proven.includes(route);
      if (!wasTried) expect(problemOf(await manage(call, people))).toEqual({ code: 'featureOff', feature: route });
      const tried = valueOf(await manage(call, people, !wasTried));
      expect(tried.outcome).toBe(SEEN.includes(route) ? 'confirmed' : 'accepted');
      expect((await view()).proven).toContain(route);
    },
  );

  it.each(MANAGE_ROUTES.filter((route) => route !== 'createSegment'))(
    '%s is not tried on a segment or a list with more than one person',
    async (route) => {
      site = await createSite();
      const { id, members } = await crowded();
      const two = [ADA, { ...ADA, email: 'grace@company.example' }];
      const [call] = CALLS[route](id, 1);
      const many = {
        ...call,
        ...('people' in call ? { people: two } : {}),
        ...('memberIds' in call ? { memberIds: [1, 2] } : {}),
      };
      const people = 'people' in call || 'memberIds' in call ? 2 : route === 'renameSegment' ? 0 : members;
      expect(problemOf(await manage(many, people, true)).code).toBe(
        route === 'deleteSegment' ? 'countChanged' : 'notAScratch',
      );
      expect(site.simulator.requests().every(({ method }) => method === 'GET')).toBe(true);
    },
  );

  it('are managed only where the reads are proven', async () => {
    site = await createSite({ proven: false });
    expect(problemOf(await site.admin('admin.segments'))).toEqual({ code: 'notProven' });
    expect(problemOf(await manage({ route: 'createSegment', name: 'Scratch' }, 0, true))).toEqual({
      code: 'notProven',
    });
    expect(
      problemOf(await site.admin('admin.emptySegment', { segmentId: site.simulator.segments[0]?.id ?? 0 })),
    ).toEqual({ code: 'notProven' });
  });
});

describe('a segment that is deleted', () => {
  it('lets its members leave first, each with a row in the ledger, and leaves them where they are otherwise', async () => {
    site = await createSite();
    const empty = await scratch();
    expect(valueOf(await manage({ route: 'deleteSegment', segmentId: empty }, 0, true)).outcome).toBe('confirmed');
    const { id, members } = await crowded();
    const inside = site.simulator.truth.membersOf(id) ?? [];
    const others = inside.map((memberId) =>
      site.simulator.truth.membershipsOf(memberId).filter((segmentId) => segmentId !== id),
    );
    expect(problemOf(await manage({ route: 'deleteSegment', segmentId: id }, members))).toEqual({
      code: 'countChanged',
      people: members,
    });
    expect(valueOf(await site.admin('admin.emptySegment', { segmentId: id }))).toEqual({
      removed: members,
      failed: 0,
      left: 0,
    });
    expect(valueOf(await manage({ route: 'deleteSegment', segmentId: id }, 0)).outcome).toBe('confirmed');
    expect(inside.map((memberId) => site.simulator.truth.membershipsOf(memberId))).toEqual(others);
    expect(ledger()).toHaveLength(members);
    expect(ledger()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'remove',
          entryPoint: 'admin',
          state: 'finished',
          actorAccountId: site.jira.adminAccountId,
        }),
      ]),
    );
    expect(site.platform.kvs.entity('lease')).toEqual([]);
  });
});

describe('people who are added', () => {
  it('are told to be added also where the segments can not be listed afterwards', async () => {
    site = await createSite();
    const id = await scratch();
    site.simulator.faults.add({ match: { route: 'segmentsWithMembers' }, fault: { kind: 'status', code: 429 } });
    const added = await manage({ route: 'addByEmail', segmentId: id, people: [ADA] }, 1, true);
    expect(valueOf(added)).toEqual({ outcome: 'confirmed', cause: null, view: null });
    expect(site.simulator.truth.membersOf(id)).toHaveLength(1);
  });

  it('get a row in the ledger, and their addresses are kept nowhere', async () => {
    site = await createSite();
    const id = await scratch(1);
    const known = site.simulator.members[0];
    const people = [ADA, { email: known?.email.toUpperCase() ?? '', firstName: null, lastName: null }];
    expect(valueOf(await manage({ route: 'addByEmail', segmentId: id, people }, 2)).outcome).toBe('confirmed');
    expect(site.simulator.truth.membersOf(id)).toHaveLength(2);
    expect(ledger()).toHaveLength(2);
    expect(ledger()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'add',
          entryPoint: 'admin',
          members: [{ memberId: known?.id, outcome: 'confirmed', reason: 'readBackAgrees' }],
        }),
      ]),
    );
    const kept = JSON.stringify([site.platform.kvs.plain(), ledger()]).toLowerCase();
    for (const { email } of people) expect(kept).not.toContain(email.toLowerCase());
  });

  it.each([
    ['refuses', { kind: 'status', code: 422 } as const, 'refused'],
    ['says yes and does nothing', { kind: 'empty', applied: false } as const, 'notConfirmed'],
    ['does not answer', { kind: 'resetBefore' } as const, 'unknown'],
    ['loses its answer', { kind: 'resetAfterApplying' } as const, 'confirmed'],
  ])('are read back when Shorter Loop %s', async (_what, fault, outcome) => {
    site = await createSite();
    const id = await scratch(1);
    const before = ledger().length;
    site.simulator.faults.add({ match: { route: 'addByEmail' }, fault });
    const grace = { email: 'grace@company.example', firstName: null, lastName: null };
    expect(valueOf(await manage({ route: 'addByEmail', segmentId: id, people: [grace] }, 1)).outcome).toBe(outcome);
    expect(ledger()).toHaveLength(before + (outcome === 'confirmed' ? 1 : 0));
    expect(site.simulator.requests().filter(({ route }) => route === 'addByEmail')).toHaveLength(2);
  });

  it.each([
    ['no address', { people: [{ ...ADA, email: 'Ada' }] }],
    ['nobody', { people: [] }],
    ['too many', { people: Array.from({ length: 51 }, (_value, n) => ({ ...ADA, email: `ada${n}@company.example` })) }],
    ['a segment that is no number', { segmentId: '7' }],
  ])('are refused with %s', async (_what, changed) => {
    site = await createSite();
    const call = { route: 'addByEmail', segmentId: 11, people: [ADA], ...changed };
    const refused = problemOf(await site.admin('admin.manage', { call, people: 1, trial: true }));
    expect(refused.code).toBe('invalidInput');
    expect(JSON.stringify(refused)).not.toContain('@');
  });
});

describe('e-mails', () => {
  it('go out once, to as many as the admin was told', async () => {
    site = await createSite();
    const id = await scratch(1);
    const mail = { route: 'emailSegment', subject: 'News', message: 'Something new.' } as const;
    expect(valueOf(await manage({ ...mail, segmentId: id }, 1, true)).outcome).toBe('accepted');
    const { id: large, members } = await crowded();
    expect(problemOf(await manage({ ...mail, segmentId: large }, members - 1))).toEqual({
      code: 'countChanged',
      people: members,
    });
    expect(valueOf(await manage({ ...mail, segmentId: large }, members)).outcome).toBe('accepted');
    expect(site.simulator.truth.mails().map(({ to }) => to.length)).toEqual([1, members]);
  });
});

it('a path that differs is overridden, and what was proven has to be proven again', async () => {
  site = await createSite({ manageRoutes: { createSegment: '/api/v3/groups' } });
  expect(valueOf(await manage({ route: 'createSegment', name: 'Scratch' }, 0, true))).toMatchObject({
    outcome: 'refused',
    cause: 'wrongDialect',
  });
  const profile = { ...site.settings.profile, manage: { createSegment: '/api/v3/groups' } };
  const settings = { ...site.settings, profile };
  // What is read does not rest on it, and stays proven.
  expect(valueOf(await site.admin('admin.save', { settings, key: null })).writesOn).toBe(true);
  expect(valueOf(await manage({ route: 'createSegment', name: 'Scratch' }, 0, true)).outcome).toBe('confirmed');
  const saved = valueOf(await site.admin('admin.save', { settings: site.settings, key: null }));
  expect([saved.writesOn, saved.proofs.createSegment]).toEqual([true, undefined]);
});
