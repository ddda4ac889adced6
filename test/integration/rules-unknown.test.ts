import { processQueuedChanges } from '../../src';
import { updateQueued, type QueuedChange } from '../../src/adapters/store';
import { writeRows } from '../support/ledgerRows';
import { createSite, valueOf, type Site } from '../support/site';

let site: Site;
afterEach(async () => {
  await site.platform.queue.idle();
  await site.stop();
});

const ledger = () => writeRows(site.platform.kvs).map(({ value }) => value);
const waiting = () => site.platform.kvs.entity('queued-change').map(({ value }) => value);
const added = () => site.simulator.requests().filter(({ route }) => route === 'addByEmail').length;
type WritingAction = 'move-reporter' | 'remove-reporter' | 'add-reporter';
const run = (action: WritingAction | 'get-reporter-segments', inputs: object) => site.action(action, inputs);
const WRITING: readonly WritingAction[] = ['move-reporter', 'remove-reporter', 'add-reporter'];

const messageOf = (answer: unknown): string => {
  const { errors } = answer as { errors?: { message: string }[] };
  return errors?.map(({ message }) => message).join(' ') ?? `no error: ${JSON.stringify(answer)}`;
};

/** A site where adding by address is proven, a segment to join, and the reporter whom nobody knows. */
async function prepare() {
  site = await createSite({ offline: true, queueSecondMs: 20, settings: { canAdd: true } });
  site.prove(['addByEmail']);
  const [to, from] = site.simulator.segments;
  const { key, reporterAccountId } = site.jira.issueFor('notFound');
  const move = { issueKey: key, source: 'any', target: `#${to?.id ?? 0}`, ifUnknown: 'add' };
  const inTarget = () => site.simulator.truth.membersOf(to?.id ?? 0)?.length ?? 0;
  return { to: to?.id ?? 0, from: from?.id ?? 0, key, reporterAccountId, move, inTarget };
}

describe('a rule about a reporter who is not known', () => {
  it.each([undefined, null, '', 'fail'])(
    'fails where the option is %j, as it did before there was one',
    async (ifUnknown) => {
      const { move } = await prepare();
      for (const action of WRITING)
        expect(messageOf(await run(action, { ...move, ifUnknown }))).toMatch(/No segment has a member/);
      expect(added()).toBe(0);
    },
  );

  it.each([
    ['move-reporter', 'ask'],
    ['add-reporter', 'ADD'],
    ['add-reporter', 7],
    // There is no segment to add them to.
    ['remove-reporter', 'add'],
  ] as const)('refuses what is no choice: %s, %j', async (action, ifUnknown) => {
    const { move } = await prepare();
    expect(messageOf(await run(action, { ...move, ifUnknown }))).toContain(
      'The input "ifUnknown" is not right: it is not one of the choices. Correct it in the rule.',
    );
    expect(added()).toBe(0);
  });

  it.each(['ambiguous', 'notFound', 'emailHidden', 'found'] as const)(
    'is skipped with its reason: %s',
    async (state) => {
      const { move } = await prepare();
      const { key } = site.jira.issueFor(state);
      for (const action of WRITING)
        expect(await run(action, { ...move, issueKey: key, ifUnknown: 'skip' })).toEqual({
          outcome: 'skipped',
          message: expect.stringMatching(/^Skipped, as the rule asks for where the person isn't known\. \w/),
          memberId: null,
          operationId: null,
          reason: state,
        });
      expect(ledger()).toEqual([]);
      expect(site.simulator.truth.writes()).toEqual([]);
    },
  );

  it.each(['noReporter', 'app'] as const)('is skipped where nobody could be a member: %s', async (state) => {
    const { move } = await prepare();
    const issueKey = site.jira.issues.find((issue) => issue.state === state)?.key;
    expect(await run('move-reporter', { ...move, issueKey, ifUnknown: 'skip' })).toMatchObject({
      outcome: 'skipped',
      reason: 'noReporter',
    });
    expect(messageOf(await run('move-reporter', { ...move, issueKey, ifUnknown: 'add' }))).toMatch(/no reporter/);
  });

  it('skips nothing else: a known reporter is moved, and an unknown segment fails', async () => {
    const { move, to } = await prepare();
    const { key } = site.jira.issueFor('one');
    expect(
      messageOf(await run('move-reporter', { ...move, issueKey: key, target: '#987654', ifUnknown: 'skip' })),
    ).toMatch(/no segment “#987654”/);
    const member = site.jira.memberFor('one');
    const other = site.simulator.segments.find(({ id }) => !member?.segmentIds.includes(id))?.id ?? to;
    expect(
      await run('move-reporter', { ...move, issueKey: key, target: `#${other}`, ifUnknown: 'skip' }),
    ).toMatchObject({
      outcome: 'moved',
      reason: null,
    });
  });
});

describe('a rule that adds whom nobody knows', () => {
  it.each(['move-reporter', 'add-reporter'] as const)(
    'adds them to its target, links them and records it: %s',
    async (action) => {
      const { move, to, key, reporterAccountId, inTarget } = await prepare();
      const before = inTarget();
      const answer = await run(action, move);
      expect(answer).toEqual({
        outcome: 'added',
        message: expect.stringContaining('verified'),
        memberId: expect.any(Number),
        operationId: expect.any(String),
        reason: null,
      });
      expect(inTarget()).toBe(before + 1);
      const { operationId } = answer as { operationId: string };
      expect(site.platform.kvs.entity('ledger').find((row) => row.key === operationId)?.value).toMatchObject({
        kind: 'add',
        entryPoint: 'automation',
        outcome: 'confirmed',
        actorAccountId: site.jira.defaultAccountId,
        reporterAccountId,
        issueKey: key,
        toSegmentId: to,
      });
      expect(await run('get-reporter-segments', { issueKey: key })).toMatchObject({
        found: true,
        segmentIds: String(to),
      });
    },
  );

  it('finds them the next time, and asks nobody twice', async () => {
    const { move } = await prepare();
    await run('move-reporter', move);
    expect(await run('move-reporter', move)).toMatchObject({ outcome: 'alreadyThere' });
    expect(await run('add-reporter', move)).toMatchObject({ outcome: 'alreadyThere' });
    expect(added()).toBe(1);
    expect(ledger()).toHaveLength(1);
  });

  it('asks once where rules fire at the same moment: the others wait and find them', async () => {
    const { move, inTarget } = await prepare();
    const before = inTarget();
    const answers = await Promise.all(Array.from({ length: 5 }, () => run('move-reporter', move)));
    expect(answers).toEqual(
      answers.map(() => expect.objectContaining({ outcome: expect.stringMatching(/added|queued|alreadyThere/) })),
    );
    await site.platform.queue.idle();
    expect(waiting()).toEqual([]);
    expect(inTarget()).toBe(before + 1);
    expect(added()).toBe(1);
  });

  it.each([
    ['nobody has tried it', () => createSite({ offline: true }), {}, /switched off until a Jira admin has tried it/],
    [
      'Jira tells no address',
      async () => {
        const { move: _move } = await prepare();
        return site;
      },
      { issue: 'emailHidden' },
      /email is not visible/,
    ],
    [
      'they may well be a member',
      async () => {
        await prepare();
        return site;
      },
      { issue: 'ambiguous' },
      /More than one Shorter Loop member/,
    ],
  ] as const)(
    'fails where %s',
    async (_what, make, { issue = 'notFound' }: { issue?: 'notFound' | 'emailHidden' | 'ambiguous' }, text) => {
      site = await make();
      const target = `#${site.simulator.segments[0]?.id ?? 0}`;
      const inputs = { issueKey: site.jira.issueFor(issue).key, source: 'any', target, ifUnknown: 'add' };
      expect(messageOf(await run('move-reporter', inputs))).toMatch(text);
      expect(added()).toBe(0);
    },
  );

  it("fails where the rule's user may move and may not add", async () => {
    const { move } = await prepare();
    const access = valueOf(await site.admin('admin.loadAccess', {}));
    const rule = (permission: string) => ({ permission, groupNames: [] });
    valueOf(
      await site.admin('admin.saveAccess', {
        ...Object.fromEntries(Object.keys(access).map((act) => [act, rule('EDIT_ISSUES')])),
        add: rule('ADMINISTER'),
      }),
    );
    expect(messageOf(await run('move-reporter', move))).toMatch(/lacks the permission ADMINISTER/);
    expect(added()).toBe(0);
    const { key } = site.jira.issueFor('one');
    expect(await run('move-reporter', { ...move, issueKey: key })).toMatchObject({
      outcome: expect.stringMatching(/moved|alreadyThere/),
    });
  });

  it('says what Shorter Loop says where it refuses, and may be tried again at once', async () => {
    const { move } = await prepare();
    const fault = site.simulator.faults.add({ match: { route: 'addByEmail' }, fault: { kind: 'status', code: 403 } });
    expect(messageOf(await run('move-reporter', move))).toMatch(/may not do this in Shorter Loop/);
    fault.remove();
    expect(await run('move-reporter', move)).toMatchObject({ outcome: 'added' });
  });
});

describe('an adding that is accepted and does not show', () => {
  /** The change that is left of it. */
  const left = () => {
    const row = site.platform.kvs.entity('queued-change')[0];
    return { requestId: row?.key ?? '', ...(row?.value as object) } as QueuedChange;
  };
  const later = (attempt: number) =>
    site.app.runAs({ moduleKey: 'queued-changes' }, () => updateQueued({ ...left(), notBeforeMs: 0, attempt }));
  const look = () => site.app.runFunction(processQueuedChanges, { moduleKey: 'queued-changes', body: {} });

  async function accepted() {
    const prepared = await prepare();
    site.simulator.faults.add({ match: { route: 'addByEmail' }, fault: { kind: 'empty', applied: false } });
    expect(await run('move-reporter', prepared.move)).toMatchObject({ outcome: 'queued', reason: null });
    expect(left()).toMatchObject({ state: 'queued', ifUnknown: 'added', attempt: 1 });
    expect(left().notBeforeMs - left().askedAtMs).toBe(60_000);
    return prepared;
  }

  it('is looked at again and not asked again, and is told to an admin after six looks', async () => {
    await accepted();
    await later(1);
    await look();
    expect(left()).toMatchObject({ state: 'queued', ifUnknown: 'added', attempt: 2 });
    await later(6);
    await look();
    expect(left()).toMatchObject({ state: 'failed', failure: 'notConfirmed' });
    expect(added()).toBe(1);
    expect(ledger()).toEqual([]);
  });

  it('stands in the ledger once it shows, about whom and by whom it was asked', async () => {
    const { to, reporterAccountId, key } = await accepted();
    const email = site.jira.people.find(({ accountId }) => accountId === reporterAccountId)?.email ?? '';
    const memberId = site.simulator.truth.membersOf(to)?.at(-1) ?? 0;
    site.simulator.changeMember(memberId, { email });
    await later(1);
    await look();
    expect(waiting()).toEqual([]);
    expect(ledger()).toEqual([
      expect.objectContaining({
        kind: 'add',
        entryPoint: 'automation',
        outcome: 'confirmed',
        actorAccountId: site.jira.defaultAccountId,
        reporterAccountId,
        issueKey: key,
        toSegmentId: to,
      }),
    ]);
    expect(added()).toBe(1);
  });
});

describe('an adding that waits', () => {
  it('is carried out by itself, under the id of its request', async () => {
    const { move, inTarget } = await prepare();
    const before = inTarget();
    const fault = site.simulator.faults.add({
      match: { route: 'segmentsWithMembers' },
      fault: { kind: 'status', code: 503 },
    });
    expect(await run('move-reporter', move)).toMatchObject({ outcome: 'queued' });
    expect(waiting()).toEqual([expect.objectContaining({ kind: 'move', ifUnknown: 'add' })]);
    fault.remove();
    await site.platform.queue.idle();
    expect(waiting()).toEqual([]);
    expect(inTarget()).toBe(before + 1);
    expect(ledger()).toEqual([
      expect.objectContaining({ kind: 'add', entryPoint: 'automation', outcome: 'confirmed' }),
    ]);
  });

  it('is noted as asked for before it is sent, so that no crash has it sent once more', async () => {
    const { move } = await prepare();
    const fault = site.simulator.faults.add({
      match: { route: 'segmentsWithMembers' },
      fault: { kind: 'status', code: 503 },
    });
    await run('move-reporter', move);
    fault.remove();
    const noted: unknown[] = [];
    site.platform.intercept((call, _proceed, init) => {
      if (call.kind === 'egress' && init.method === 'POST' && call.path.includes('/segment-users'))
        noted.push(...waiting());
      return undefined;
    });
    await site.platform.queue.idle();
    expect(noted).toEqual([expect.objectContaining({ ifUnknown: 'added', state: 'queued' })]);
    expect(added()).toBe(1);
    expect(waiting()).toEqual([]);
  });

  it('waits as before where Shorter Loop was not reached', async () => {
    const { move } = await prepare();
    const fault = site.simulator.faults.add({ match: { route: 'addByEmail' }, fault: { kind: 'status', code: 429 } });
    expect(await run('move-reporter', move)).toMatchObject({ outcome: 'queued' });
    expect(waiting()).toEqual([expect.objectContaining({ ifUnknown: 'add', state: 'queued' })]);
    fault.remove();
  });

  it('is dropped where it is to be skipped by then, and stays failed where the user may not add any more', async () => {
    const { move } = await prepare();
    const fault = site.simulator.faults.add({
      match: { route: 'segmentsWithMembers' },
      fault: { kind: 'status', code: 503 },
    });
    await run('move-reporter', { ...move, ifUnknown: 'skip' });
    await run('move-reporter', move);
    const access = valueOf(await site.admin('admin.loadAccess', {}));
    valueOf(
      await site.admin('admin.saveAccess', {
        ...Object.fromEntries(Object.keys(access).map((act) => [act, { permission: 'EDIT_ISSUES', groupNames: [] }])),
        add: { permission: 'ADMINISTER', groupNames: [] },
      }),
    );
    fault.remove();
    await site.platform.queue.idle();
    expect(waiting()).toEqual([
      expect.objectContaining({ ifUnknown: 'add', state: 'failed', failure: 'notPermitted' }),
    ]);
    expect(added()).toBe(0);
  });
});
