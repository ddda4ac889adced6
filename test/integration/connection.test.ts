import { randomUUID } from 'node:crypto';
import type { CheckReport, ConnectionSettings, ProofName } from '../../src/contract';
import { writeRows } from '../support/ledgerRows';
import { serverProfile } from '../../sandbox/shorterloop';
import { withScheme } from '../support/profiles';
import { createSite, problemOf, valueOf, type Site } from '../support/site';

let site: Site;
afterEach(() => site.stop());

/** The check as an admin makes it who names the first segment, where one has to be named. */
async function check(): Promise<CheckReport> {
  const segmentId = site.simulator.segments[0]?.id ?? 0;
  return valueOf(await site.admin('admin.check', { choices: { segmentId } }));
}
const view = async () => valueOf(await site.admin('admin.load'));

describe('the connection check', () => {
  it('says what was asked and what came back, and switches changes on', async () => {
    site = await createSite({ proven: false });
    expect(await view()).toMatchObject({ writesOn: false, proofs: {} });
    const { lines, state, requests } = await check();
    expect({ state, isFew: requests <= 8 }).toEqual({ state: 'proven', isFew: true });
    expect(lines.find(({ code }) => code === 'listed')).toMatchObject({ segments: site.simulator.segments.length });
    expect(await view()).toMatchObject({
      writesOn: true,
      proofs: {
        listSegments: expect.any(Number),
        segmentsWithMembers: expect.any(Number),
        segmentWithMembers: expect.any(Number),
      },
    });
  });

  it('never writes, and sends no verb that could', async () => {
    site = await createSite({ proven: false });
    const before = site.simulator.truth.snapshot();
    await check();
    expect(new Set(site.simulator.requests().map(({ method }) => method))).toEqual(new Set(['GET', 'OPTIONS']));
    expect(site.simulator.truth.snapshot()).toEqual(before);
  });

  it('passes over what the chosen read plan does not need', async () => {
    site = await createSite({ proven: false, settings: { readPlan: 'per-segment' } });
    expect(await check()).toMatchObject({ state: 'proven', readPlan: 'per-segment' });
    expect(site.simulator.requests().map(({ path }) => path)).not.toContain('/api/v2/segments/segment-users');
    expect((await view()).writesOn).toBe(true);
  });

  it('says on a fresh site what is missing', async () => {
    site = await createSite({ fresh: true });
    expect(problemOf(await site.admin('admin.check', { choices: {} }))).toEqual({
      code: 'notConfigured',
      missing: ['apiOrigin', 'initiativeId', 'key'],
    });
  });

  it.each([
    ['listSegments', { kind: 'keyRevoked' }, { code: 'keyRefused', status: 401 }],
    ['listSegments', { kind: 'wrongInitiative' }, { code: 'failed', problem: { cause: 'forbidden' } }],
    ['listSegments', { kind: 'html' }, { code: 'keyRefused', status: 200 }],
  ] as const)('says where it fails: %s, %j', async (route, fault, line) => {
    site = await createSite();
    site.simulator.faults.add({ match: { route }, fault });
    const { state, lines } = await check();
    expect(state).toBe('failed');
    expect(lines.at(-1)).toMatchObject(line);
  });

  it('reads the segments one by one where all at once is no answer', async () => {
    site = await createSite({ proven: false });
    site.simulator.faults.add({ match: { route: 'segmentsWithMembers' }, fault: { kind: 'html' } });
    const { state, readPlan, lines } = await check();
    expect({ state, readPlan }).toEqual({ state: 'proven', readPlan: 'per-segment' });
    expect(lines).toContainEqual(expect.objectContaining({ code: 'oneByOne', call: 'segmentsWithMembers' }));
  });

  it('says that nobody answers, and does not take that for a proof of anything', async () => {
    site = await createSite();
    site.simulator.faults.add({ fault: { kind: 'resetBefore' } });
    const { state, lines } = await check();
    expect(state).toBe('failed');
    expect(lines).toEqual([
      expect.objectContaining({ code: 'failed', problem: expect.objectContaining({ cause: 'network' }) }),
    ]);
    expect((await view()).writesOn).toBe(true);
  });

  it('picks a segment out of all at once where none can be read by itself', async () => {
    site = await createSite({ proven: false });
    site.simulator.faults.add({ match: { route: 'segmentWithMembers' }, fault: { kind: 'status', code: 404 } });
    expect((await check()).state).toBe('proven');
  });

  it('takes a proof back when an answer shows that it does not hold any more', async () => {
    site = await createSite();
    for (const route of ['segmentWithMembers', 'segmentsWithMembers'] as const)
      site.simulator.faults.add({ match: { route }, fault: { kind: 'status', code: 404 } });
    await check();
    expect((await view()).writesOn).toBe(false);
  });
});

describe('until the reads are proven', () => {
  it('every entry point says so, and nobody is looked up, recorded or sent', async () => {
    site = await createSite({ proven: false, settings: { canAdd: true } });
    const notProven = { code: 'notProven' };
    expect(problemOf(await site.panel('panel.open', {}))).toEqual(notProven);
    expect(problemOf(await site.panel('panel.readThrough', {}))).toEqual(notProven);
    expect(site.simulator.requests()).toEqual([]);
    const [memberId = 0] = site.jira.links.map((link) => link.memberId);
    const issue = 'linked';
    const [from = 0] = site.simulator.truth.membershipsOf(memberId);
    const to = site.simulator.segments.map(({ id }) => id).find((id) => id !== from) ?? 0;
    const write = { operationId: randomUUID(), memberId, fromSegmentId: from };
    expect(problemOf(await site.panel('panel.move', { ...write, toSegmentId: to }, { issue }))).toEqual(notProven);
    expect(problemOf(await site.panel('panel.remove', write, { issue }))).toEqual(notProven);
    const tried = {
      ...write,
      toSegmentId: to,
      step: 'moveThere',
      withAdding: true,
      withRemoving: true,
      undoes: null,
    } as const;
    expect(problemOf(await site.admin('admin.testStep', tried))).toEqual({ code: 'notProven' });
    const refused = { errors: [{ message: expect.stringContaining('has checked the connection') }] };
    expect(
      await site.action('move-reporter', { issueKey: 'ACME-101', source: String(from), target: String(to) }),
    ).toEqual(refused);
    expect(await site.action('add-reporter', { issueKey: 'ACME-101', target: String(to) })).toEqual(refused);
    expect(valueOf(await site.form()).refusals).toMatchObject({
      move: { code: 'notProven' },
      add: { code: 'notProven' },
    });
    expect(site.simulator.truth.writes()).toEqual([]);
    expect(writeRows(site.platform.kvs)).toEqual([]);
  });

  it('a site without segments says that there are none, and not that nothing was checked', async () => {
    site = await createSite({
      proven: false,
      profile: serverProfile({ people: { members: 12, segments: 0, tests: false } }),
    });
    expect(valueOf(await site.admin('admin.check', { choices: {} })).state).toBe('empty');
    expect(valueOf(await site.panel('panel.readThrough', {}))).toMatchObject({ segments: [], writesOn: false });
    expect(valueOf(await site.admin('admin.segments'))).toMatchObject({ segments: [], writesOn: false });
  });

  it.each<[string, (settings: ConnectionSettings) => Partial<ConnectionSettings>, readonly ProofName[]]>([
    ['the initiative', () => ({ initiativeId: 4712 }), []],
    ['how the key is shown', (settings) => withScheme(settings, 'Token'), []],
    [
      'the path of a read',
      ({ profile }) => {
        const { reads } = profile;
        const listSegments = { ...reads.listSegments, path: '/api/v3/segments' };
        return { profile: { ...profile, reads: { ...reads, listSegments } } };
      },
      ['move', 'remove', 'segmentWithMembers', 'segmentsWithMembers'],
    ],
    [
      'the form of a move',
      ({ profile }) => {
        const { writes } = profile;
        return {
          profile: { ...profile, writes: { ...writes, move: { ...writes.move, path: '/api/v3/{from}/{to}' } } },
        };
      },
      ['listSegments', 'remove', 'segmentWithMembers', 'segmentsWithMembers'],
    ],
  ])('is again, for what rests on it, when %s changes', async (_what, change, left) => {
    site = await createSite();
    const settings = { ...site.settings, ...change(site.settings) };
    const saved = valueOf(await site.admin('admin.save', { settings, key: null }));
    expect(Object.keys(saved.proofs).sort()).toEqual(left);
    expect(saved.writesOn).toBe(left.includes('listSegments'));
  });

  it('is not again when the same connection is saved', async () => {
    site = await createSite();
    expect(valueOf(await site.admin('admin.save', { settings: site.settings, key: null })).writesOn).toBe(true);
  });
});

describe('a new key', () => {
  it('is tried before the old one is dropped, and changes stay on', async () => {
    site = await createSite();
    const before = await view();
    const saved = valueOf(await site.admin('admin.save', { settings: site.settings, key: site.simulator.key }));
    expect(saved.writesOn).toBe(true);
    expect(saved.keyStoredAtMs).toBeGreaterThanOrEqual(before.keyStoredAtMs ?? Number.POSITIVE_INFINITY);
    expect(site.simulator.requests().map(({ path }) => path)).toEqual(['/api/v2/segments']);
  });

  it.each([
    ['does not accept it', null, 'unauthorized'],
    ['does not answer', { kind: 'resetBefore' } as const, 'network'],
  ])('leaves the old one in force when Shorter Loop %s', async (_what, fault, cause) => {
    site = await createSite();
    const before = await view();
    const active = fault === null ? null : site.simulator.faults.add({ fault });
    const refused = problemOf(
      await site.admin('admin.save', { settings: withScheme(site.settings, 'Token'), key: 'sl_wrong' }),
    );
    expect(refused).toMatchObject({ code: 'newKeyRefused', cause });
    expect(JSON.stringify(refused)).not.toContain('sl_wrong');
    active?.remove();
    expect(await view()).toEqual(before);
    expect((await site.panel('panel.open', {})).kind).toBe('ok');
  });

  it('is kept untried where there was none: the check comes next', async () => {
    site = await createSite({ fresh: true });
    expect((await site.admin('admin.save', { settings: site.settings, key: 'sl_wrong' })).kind).toBe('ok');
    expect(site.simulator.requests()).toEqual([]);
    expect((await check()).lines.at(-1)).toMatchObject({ code: 'keyRefused', status: 401 });
  });
});
