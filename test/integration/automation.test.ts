import { addReporter, moveReporter, removeReporter } from '../../src';
import { jsonAnswer } from '../../sandbox/forge/wire';
import { writeRows } from '../support/ledgerRows';
import { renameSegment } from '../support/segments';
import { createSite, linkedOf, problemOf, valueOf, type Site, type SiteOptions } from '../support/site';

let site: Site;
afterEach(async () => {
  await site.platform.queue.idle();
  await site.stop();
});

/** A site on which the reporter of ACME-101 is linked, with the segments of a rule. */
async function prepare(options: SiteOptions = {}) {
  site = await createSite({ offline: true, queueSecondMs: 20, ...options });
  const view = valueOf(await site.panel('panel.open', {}));
  const { member } = linkedOf(view);
  const [from = 0] = member.segmentIds;
  const others = view.segments.filter(({ id }) => !member.segmentIds.includes(id));
  const [to, another] = others;
  if (to === undefined || another === undefined) throw new Error('The site has too few segments');
  const name = (id: number): string => view.segments.find((segment) => segment.id === id)?.name ?? '';
  const memberships = (): number[] => site.simulator.truth.membershipsOf(member.id);
  const move = { issueKey: 'ACME-101', source: String(from), target: String(to.id) };
  const ledger = () => writeRows(site.platform.kvs).map(({ value }) => value);
  const waiting = () => site.platform.kvs.entity('queued-change').map(({ value }) => value);
  return { member, from, to: to.id, another: another.id, name, memberships, move, ledger, waiting };
}

/** A segment that the reporter of this issue is not in. */
function notOf(state: 'many'): number {
  const segmentIds = site.jira.memberFor(state)?.segmentIds ?? [];
  return site.simulator.segments.find(({ id }) => !segmentIds.includes(id))?.id ?? 0;
}

const messageOf = (answer: unknown): string => {
  const { errors } = answer as { errors?: { message: string }[] };
  return errors?.map(({ message }) => message).join(' ') ?? `no error: ${JSON.stringify(answer)}`;
};

describe('the action "Move reporter to segment"', () => {
  it('moves by id, confirms, and stands in the ledger as the entry point automation', async () => {
    const { move, memberships, to, member, ledger } = await prepare();
    expect(await site.action('move-reporter', move)).toEqual({
      outcome: 'moved',
      message: expect.stringContaining('moved'),
      memberId: member.id,
      operationId: expect.any(String),
      reason: null,
    });
    expect(memberships()).toEqual([to]);
    expect(ledger()).toEqual([
      expect.objectContaining({
        entryPoint: 'automation',
        state: 'finished',
        actorAccountId: site.jira.defaultAccountId,
        issueKey: 'ACME-101',
      }),
    ]);
  });

  it('takes the very name of a segment, as an agent gives it, and "any" for the only segment', async () => {
    const { move, memberships, to, another, name } = await prepare();
    expect(await site.action('move-reporter', { ...move, source: 'any', target: ` ${name(to)} ` })).toMatchObject({
      outcome: 'moved',
    });
    expect(await site.action('move-reporter', { ...move, source: name(to), target: String(another) })).toMatchObject({
      outcome: 'moved',
    });
    expect(memberships()).toEqual([another]);
  });

  it('succeeds and says so when there is nothing to do', async () => {
    const { move, ledger } = await prepare();
    await site.action('move-reporter', move);
    expect(await site.action('move-reporter', move)).toMatchObject({
      outcome: 'alreadyThere',
      message: expect.stringContaining('so nothing was changed'),
    });
    expect(ledger()).toHaveLength(1);
  });

  it('links a reporter who was never seen before, and then moves them', async () => {
    site = await createSite({ offline: true });
    const member = site.jira.memberFor('one');
    const [from = 0] = member?.segmentIds ?? [];
    const to = site.simulator.segments.find(({ id }) => !member?.segmentIds.includes(id))?.id ?? 0;
    expect(
      await site.action('move-reporter', { issueKey: 'ACME-101', source: String(from), target: String(to) }),
    ).toMatchObject({ outcome: 'moved', memberId: member?.id });
  });

  it.each([
    ['an unknown work item', { issueKey: 'ACME-999' }, /does not exist/],
    [
      'a path in place of a key',
      { issueKey: '../myself' },
      /input "issueKey" .+ expected format\. Correct it in the rule/,
    ],
    [
      'an address in place of a key',
      { issueKey: 'https://x.example/browse/A-1' },
      /input "issueKey" .+ expected format/,
    ],
    ['no work item', { issueKey: ' ' }, /input "issueKey".*empty/],
    ['an unknown source', { source: 'Nobody' }, /no segment “Nobody” to move from/],
    ['an unknown target', { target: '999999' }, /no segment “999999” to move to/],
    [
      'a source where they are not',
      (p: { to: number; another: number }) => ({ source: String(p.to), target: String(p.another) }),
      /not in the segment to move from/,
    ],
    [
      'a reporter in several segments, moved from wherever they are',
      () => ({ issueKey: 'many', source: 'any', target: String(notOf('many')) }),
      /in \d+ segments, so it is not clear which one to move from/,
    ],
    [
      'a reporter in no segment, moved from wherever they are',
      { issueKey: 'none', source: 'any' },
      /in no segment|No segment has a member/,
    ],
    ['an ambiguous reporter', { issueKey: 'ambiguous' }, /More than one Shorter Loop member/],
    ['an unknown reporter', { issueKey: 'notFound' }, /No segment has a member/],
    ['a hidden e-mail', { issueKey: 'emailHidden' }, /email is not visible/],
    ['an unlinked reporter', { issueKey: 'found' }, /unlinked .* by hand/],
    ['no reporter', { issueKey: 'noReporter' }, /no reporter/],
    ['an app as the reporter', { issueKey: 'app' }, /no reporter who could be a member/],
  ])('fails with its own text for %s', async (_what, change, text) => {
    const prepared = await prepare();
    const intent = { ...prepared.move, ...(typeof change === 'function' ? change(prepared) : change) };
    const state = site.jira.issues.find(({ state: known }) => known === intent.issueKey);
    expect(
      messageOf(await site.action('move-reporter', { ...intent, issueKey: state?.key ?? intent.issueKey })),
    ).toMatch(text);
    expect(site.simulator.truth.writes()).toEqual([]);
  });

  it.each([
    [400, /rejected the request/],
    [401, /did not accept the API key/],
    [403, /may not do this/],
    [404, /could not find the segment/],
    [405, /another form of the request/],
  ])('fails with its own text when Shorter Loop answers %i', async (code, text) => {
    const { move, ledger } = await prepare();
    site.simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'status', code } });
    expect(messageOf(await site.action('move-reporter', move))).toMatch(text);
    expect(ledger()).toEqual([expect.objectContaining({ state: 'finished' })]);
  });

  it('tells what Shorter Loop said when a reporter who was never seen before can not be looked up', async () => {
    site = await createSite({ offline: true });
    site.simulator.faults.add({ match: { route: 'segmentsWithMembers' }, fault: { kind: 'status', code: 401 } });
    expect(messageOf(await site.action('move-reporter', { issueKey: 'ACME-101', source: '1', target: '2' }))).toMatch(
      /did not accept the API key/,
    );
  });

  it.each(['issueKey', 'source', 'target'])(
    'refuses an input of more than 255 characters, or none: %s',
    async (field) => {
      const { move } = await prepare();
      expect(messageOf(await site.action('move-reporter', { ...move, [field]: 'x'.repeat(256) }))).toContain(
        `The input "${field}" is not right: it may have at most 255 characters. Correct it in the rule.`,
      );
      expect(messageOf(await site.action('move-reporter', { ...move, [field]: ' ' }))).toContain(
        `The input "${field}" is not right: it is empty. Correct it in the rule.`,
      );
    },
  );

  it.each([
    ['move-reporter', moveReporter],
    ['remove-reporter', removeReporter],
    ['add-reporter', addReporter],
  ] as const)(
    'refuses a rule whose user the platform does not tell, and logs which action it was: %s',
    async (moduleKey, handler) => {
      const log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
      const { move } = await prepare();
      expect(messageOf(await site.app.runFunction(handler, { moduleKey, body: move, accountId: null }))).toMatch(
        /^An error occurred in the app\. Give your Jira admin the reference \S+\. Operation \S+\.$/,
      );
      expect(log.mock.calls.flat().join()).toContain(`"where":"${moduleKey}"`);
      expect(site.simulator.truth.writes()).toEqual([]);
    },
  );

  it('says which way a change waits or had nothing to do, and of which member', async () => {
    const { move, member } = await prepare();
    await site.action('move-reporter', move);
    expect(await site.action('move-reporter', move)).toEqual({
      outcome: 'alreadyThere',
      message: expect.any(String),
      memberId: member.id,
      operationId: null,
      reason: null,
    });
    site.simulator.faults.add({ match: { route: 'segmentsWithMembers' }, fault: { kind: 'status', code: 503 } });
    expect(await site.action('move-reporter', { ...move, source: move.target, target: move.source })).toEqual({
      outcome: 'queued',
      message: expect.any(String),
      memberId: null,
      operationId: null,
      reason: null,
    });
    site.simulator.faults.clear();
  });

  it('says that a change is accepted where it does not show yet, with what finds it in the ledger', async () => {
    const { move, member } = await prepare();
    site.platform.intercept((call, _proceed, { method }) =>
      call.kind === 'egress' && method !== 'GET' ? jsonAnswer(200, { success: true, data: { count: 1 } }) : undefined,
    );
    const answer = await site.action('move-reporter', move);
    expect(answer).toEqual({
      outcome: 'accepted',
      message: expect.stringMatching(/^Shorter Loop has accepted the change and does not show it yet\./),
      memberId: member.id,
      operationId: writeRows(site.platform.kvs)[0]?.key,
      reason: null,
    });
  });

  it('fails for a work item that is not there, whatever is to be skipped', async () => {
    const { move } = await prepare();
    expect(
      messageOf(await site.action('move-reporter', { ...move, issueKey: 'ACME-9999', ifUnknown: 'skip' })),
    ).toMatch(/may not see it/);
  });

  it("asks Jira as the rule's user, and refuses who may not", async () => {
    const { move } = await prepare();
    expect(messageOf(await site.action('move-reporter', move, { accountId: site.jira.viewerAccountId }))).toMatch(
      /lacks the permission EDIT_ISSUES/,
    );
    expect(messageOf(await site.action('move-reporter', move, { accountId: site.jira.noAccessAccountId }))).toMatch(
      /may not see it/,
    );
    expect(site.simulator.truth.writes()).toEqual([]);
  });
});

describe('the actions "Remove" and "Add"', () => {
  it('removes, and has nothing to do the second time', async () => {
    const { move, memberships } = await prepare();
    expect(await site.action('remove-reporter', move)).toMatchObject({ outcome: 'removed' });
    expect(memberships()).toEqual([]);
    expect(await site.action('remove-reporter', move)).toMatchObject({ outcome: 'alreadyThere' });
  });

  it('adds only where an admin has switched it on', async () => {
    const { move, memberships, from, to } = await prepare();
    expect(messageOf(await site.action('add-reporter', move))).toMatch(/switched off/);
    site.proveWrites('add');
    expect(await site.action('add-reporter', move)).toMatchObject({ outcome: 'added' });
    expect(memberships().sort()).toEqual([from, to].sort());
    expect(await site.action('add-reporter', move)).toMatchObject({ outcome: 'alreadyThere' });
    expect((await site.panel('panel.open', {})).kind).toBe('ok');
  });
});

describe('the action "Get reporter\'s segments"', () => {
  it('tells member and segments as smart values', async () => {
    const { member, from, name } = await prepare();
    const answer = await site.action('get-reporter-segments', { issueKey: 'ACME-101' });
    expect(answer).toEqual({
      found: true,
      reason: 'linked',
      memberId: member.id,
      segmentNames: name(from),
      segmentIds: String(from),
      count: 1,
    });
  });

  it('names every segment of a member of several, in the order of Shorter Loop', async () => {
    site = await createSite({ offline: true });
    const member = site.jira.memberFor('many');
    const segments = site.simulator.segments.filter(({ id }) => member?.segmentIds.includes(id));
    expect(segments.length).toBeGreaterThan(1);
    expect(await site.action('get-reporter-segments', { issueKey: site.jira.issueFor('many').key })).toEqual({
      found: true,
      reason: 'linked',
      memberId: member?.id,
      segmentNames: segments.map(({ name }) => name).join(', '),
      segmentIds: segments.map(({ id }) => id).join(','),
      count: segments.length,
    });
  });

  it('fails with its own text where nothing can be read', async () => {
    await prepare();
    expect(messageOf(await site.action('get-reporter-segments', { issueKey: ' ' }))).toMatch(
      /input "issueKey" is not right: it is empty/,
    );
    expect(messageOf(await site.action('get-reporter-segments', { issueKey: 'ACME-999' }))).toMatch(/does not exist/);
    site.simulator.faults.add({ match: { route: 'segmentsWithMembers' }, fault: { kind: 'status', code: 401 } });
    expect(messageOf(await site.action('get-reporter-segments', { issueKey: 'ACME-101' }))).toMatch(
      /did not accept the API key/,
    );
    const log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    site.platform.intercept(({ kind }) => (kind === 'kvs' ? { status: 500, headers: {}, body: '{}' } : undefined));
    expect(messageOf(await site.action('get-reporter-segments', { issueKey: 'ACME-101' }))).toMatch(
      /storage could not be reached/,
    );
    expect(log.mock.calls.flat().join()).toContain('"where":"get-reporter-segments"');
  });

  it.each(['ambiguous', 'notFound', 'emailHidden', 'noReporter', 'found'] as const)(
    'succeeds and says why there is no member: %s',
    async (state) => {
      site = await createSite({ offline: true });
      const { key } = site.jira.issueFor(state);
      expect(await site.action('get-reporter-segments', { issueKey: key })).toEqual({
        found: false,
        reason: state,
        memberId: null,
        segmentNames: '',
        segmentIds: '',
        count: 0,
      });
    },
  );
});

describe('the form of an action', () => {
  it('gives the segments to those who may write rules, and to nobody else', async () => {
    site = await createSite({ offline: true });
    const refusals = { move: null, remove: null, add: { code: 'writeNotProven', kind: 'add' } };
    const inviteRefusal = { code: 'featureOff', feature: 'addByEmail' };
    expect(valueOf(await site.form())).toEqual({ segments: site.simulator.segments, refusals, inviteRefusal });
    expect(await site.form(site.jira.defaultAccountId)).toEqual({
      kind: 'problem',
      problem: { code: 'notPermitted', needed: 'ADMINISTER_PROJECTS' },
    });
  });

  it('says what stands in the way of every rule', async () => {
    site = await createSite({ offline: true, proven: false, settings: { canAdd: true } });
    const notProven = { code: 'notProven' };
    expect(valueOf(await site.form()).refusals).toEqual({ move: notProven, remove: notProven, add: notProven });
  });

  it('says why there are no segments to choose from', async () => {
    site = await createSite({ offline: true, fresh: true });
    expect(problemOf(await site.form())).toMatchObject({ code: 'notConfigured' });
    await site.stop();
    site = await createSite({ offline: true });
    site.simulator.faults.add({ match: { route: 'listSegments' }, fault: { kind: 'status', code: 403 } });
    expect(problemOf(await site.form())).toEqual({
      code: 'shorterLoop',
      cause: 'forbidden',
      status: 403,
      retryAfterMs: null,
    });
  });

  it('says so when storage fails, and logs that it was the form', async () => {
    const log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    site = await createSite({ offline: true });
    site.platform.intercept(({ kind }) => (kind === 'kvs' ? { status: 500, headers: {}, body: '{}' } : undefined));
    expect(problemOf(await site.form())).toEqual({ code: 'storage' });
    expect(log.mock.calls.flat().join()).toContain('"where":"action.load"');
  });

  it('says so when Jira can not be asked, and when the site was told to wait', async () => {
    site = await createSite({ offline: true });
    const stop = site.platform.intercept(({ kind }) =>
      kind === 'jira' ? { status: 503, headers: {}, body: '{}' } : undefined,
    );
    expect(problemOf(await site.form())).toMatchObject({ code: 'jira', status: 503 });
    stop();
    site.simulator.faults.add({
      match: { route: 'listSegments', nth: 1 },
      fault: { kind: 'status', code: 429, retryAfterSeconds: 60 },
    });
    expect(problemOf(await site.form())).toMatchObject({ code: 'shorterLoop', cause: 'rateLimited' });
    const asked = site.simulator.requests().length;
    expect(problemOf(await site.form())).toMatchObject({ code: 'shorterLoop', cause: 'rateLimited' });
    expect(site.simulator.requests()).toHaveLength(asked);
  });
});

describe('a change that can not be made now', () => {
  it.each([
    ['is asked to wait for long', { kind: 'status', code: 429, retryAfterSeconds: 60 } as const],
    ['has a problem', { kind: 'status', code: 503 } as const],
    ['drops the connection', { kind: 'resetBefore' } as const],
  ])('waits when Shorter Loop %s, and is carried out by itself', async (_what, fault) => {
    const { move, memberships, to, from, waiting, ledger } = await prepare();
    site.simulator.faults.add({ match: { route: 'segmentsWithMembers' }, fault });
    expect(await site.action('move-reporter', move)).toMatchObject({
      outcome: 'queued',
      message: expect.stringContaining('made automatically'),
    });
    expect(memberships()).toEqual([from]);
    expect(waiting()).toEqual([expect.objectContaining({ state: 'queued', kind: 'move', issueKey: 'ACME-101' })]);
    site.simulator.faults.clear();
    // As after the wait: what was told of limits is forgotten, and the rest is over.
    site.platform.kvs.handle('/api/v1/entity/delete', { entityName: 'rate-limit', key: 'shorter-loop' });
    await site.platform.queue.idle();
    expect(memberships()).toEqual([to]);
    expect(waiting()).toEqual([]);
    expect(ledger()).toHaveLength(1);
  });

  it('is kept with all that was asked, and looked at again in a minute when nobody knows what it did', async () => {
    const { move, waiting, ledger } = await prepare();
    const issue = site.jira.issueFor('one');
    const startMs = Date.now();
    site.simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'status', code: 503 } });
    expect(await site.action('move-reporter', move)).toMatchObject({ outcome: 'queued' });
    expect(waiting()).toEqual([
      {
        state: 'queued',
        kind: 'move',
        // What was sent says which segments are meant, whatever is called so by then.
        source: `#${move.source}`,
        target: `#${move.target}`,
        entryPoint: 'automation',
        actorAccountId: site.jira.defaultAccountId,
        reporterAccountId: expect.any(String),
        issueId: issue.id,
        issueKey: 'ACME-101',
        askedAtMs: expect.any(Number),
        notBeforeMs: expect.any(Number),
        attempt: 1,
      },
    ]);
    const [{ askedAtMs, notBeforeMs }] = waiting() as [{ askedAtMs: number; notBeforeMs: number }];
    expect(askedAtMs).toBeGreaterThanOrEqual(startMs);
    expect(notBeforeMs - askedAtMs).toBe(60_000);
    expect(ledger()).toHaveLength(1);
  });

  it('means the segments that it meant when it was asked for, though two swap names meanwhile', async () => {
    const { move, memberships, from, to, another, name, waiting } = await prepare();
    await site.refreshSlice();
    const fault = site.simulator.faults.add({
      match: { route: 'segmentsWithMembers' },
      fault: { kind: 'status', code: 503 },
    });
    const wanted = { ...move, target: name(to), source: 'any' };
    expect(await site.action('move-reporter', wanted)).toMatchObject({ outcome: 'queued' });
    expect(waiting()).toEqual([expect.objectContaining({ source: 'any', target: `${name(to)} (#${String(to)})` })]);
    await renameSegment(site, to, 'Between');
    await renameSegment(site, another, name(to));
    await renameSegment(site, to, name(another));
    fault.remove();
    await site.platform.queue.idle();
    expect(memberships()).toEqual([from]);
    expect(waiting()).toEqual([expect.objectContaining({ state: 'failed', failure: 'segmentUnknown' })]);
  });

  it('lets no later change of the same person overtake it', async () => {
    const { move, memberships, to, another, waiting } = await prepare();
    const fault = site.simulator.faults.add({
      match: { route: 'segmentsWithMembers' },
      fault: { kind: 'status', code: 503 },
    });
    await site.action('move-reporter', move);
    fault.remove();
    expect(await site.action('move-reporter', { ...move, source: String(to), target: String(another) })).toMatchObject({
      outcome: 'queued',
    });
    await site.platform.queue.idle();
    expect(memberships()).toEqual([another]);
    expect(waiting()).toEqual([]);
  });

  it('is kept with its cause when trying again makes no sense', async () => {
    const { move, waiting, to } = await prepare();
    const fault = site.simulator.faults.add({
      match: { route: 'segmentsWithMembers' },
      fault: { kind: 'status', code: 503 },
    });
    await site.action('move-reporter', move);
    fault.remove();
    site.simulator.faults.add({
      match: { route: 'segmentsWithMembers', nth: 1 },
      fault: { kind: 'segmentDeleted', id: to },
    });
    await site.platform.queue.idle();
    expect(waiting()).toEqual([expect.objectContaining({ state: 'failed', failure: 'segmentUnknown' })]);
  });
});
