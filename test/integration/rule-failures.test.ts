import { incrementFailure } from '../../src/adapters/store/failures';
import { recordRuleFailure } from '../../src/adapters/store';
import { WHOLE_LEDGER, type LedgerPage, type RuleFailureCause } from '../../src/contract';
import { createSite, linkedOf, problemOf, valueOf, type Site } from '../support/site';

let site: Site;
beforeEach(async () => {
  site = await createSite({ offline: true, queueSecondMs: 20 });
});
afterEach(async () => {
  await site.platform.queue.idle();
  await site.stop();
});

const DAY_MS = 86_400_000;
const health = async () => valueOf(await site.admin('admin.health'));
const find = async (operationId: string): Promise<LedgerPage> =>
  valueOf(await site.admin('admin.ledgerPage', { filter: { ...WHOLE_LEDGER, operationId }, after: null }));
const messageOf = (answer: unknown): string => JSON.stringify((answer as { errors?: unknown }).errors ?? 'no error');
/** The operation id that the audit log prints. */
const idIn = (answer: unknown): string => / Operation ([\da-f-]{36})\./.exec(messageOf(answer))?.[1] ?? '';

/** A move of the reporter of an issue to a segment that they are not in. */
async function moveOf(state: 'one' | 'notFound' | 'ambiguous' = 'one') {
  const { member } = linkedOf(valueOf(await site.panel('panel.open', {})));
  const target = site.simulator.segments.find(({ id }) => !member.segmentIds.includes(id))?.id ?? 0;
  return { issueKey: site.jira.issueFor(state).key, source: 'any', target: `#${target}` };
}

describe('failures of rules', () => {
  it('are counted by cause, apart from what failed in the app, with what leads to the rule', async () => {
    const move = await moveOf('notFound');
    const answers = [
      await site.action('move-reporter', move),
      await site.action('remove-reporter', move),
      await site.action('move-reporter', await moveOf('ambiguous')),
      await site.action('get-reporter-segments', { issueKey: 'ACME-999' }),
    ];
    const { ruleFailures, failures } = await health();
    const { issueKey } = move;
    expect(failures).toEqual([]);
    expect(ruleFailures.map(({ cause, lastWeek, lastMonth }) => [cause, lastWeek, lastMonth])).toEqual([
      ['issueNotVisible', 1, 1],
      ['ambiguous', 1, 1],
      ['notFound', 2, 2],
    ]);
    expect(ruleFailures[2]?.latest).toEqual([
      {
        operationId: idIn(answers[1]),
        action: 'remove-reporter',
        issueKey,
        cause: 'notFound',
        atMs: expect.any(Number),
      },
      { operationId: idIn(answers[0]), action: 'move-reporter', issueKey, cause: 'notFound', atMs: expect.any(Number) },
    ]);
    expect(ruleFailures[0]?.latest).toEqual([expect.objectContaining({ issueKey: 'ACME-999' })]);
  });

  it('keep nothing of anybody, and of a work item only what has the form of a key', async () => {
    for (const issueKey of ['jane.doe@example.com', 'Jane Doe', '../ACME-1', 'ACME-1 '])
      await site.action('move-reporter', { issueKey, source: 'any', target: '#987654' });
    await site.action('move-reporter', { issueKey: { an: 'object' }, source: 'any', target: '#987654' });
    const stored = JSON.stringify(site.platform.kvs.entity('failure'));
    expect(stored).not.toMatch(/jane|doe|example/i);
    expect(stored).not.toContain(site.jira.defaultAccountId);
    const kept = (await health()).ruleFailures.flatMap(({ latest }) => latest.map(({ issueKey }) => issueKey));
    expect(kept.filter((key) => key !== null)).toEqual(['ACME-1']);
  });

  it('are counted where a change that waited was given up, once however often it is looked at', async () => {
    const move = await moveOf();
    const fault = site.simulator.faults.add({
      match: { route: 'segmentsWithMembers' },
      fault: { kind: 'status', code: 503 },
    });
    expect(await site.action('move-reporter', move)).toMatchObject({ outcome: 'queued' });
    expect((await health()).ruleFailures).toEqual([]);
    const access = valueOf(await site.admin('admin.loadAccess', {}));
    const acts = Object.keys(access).map((act) => [act, { permission: 'ADMINISTER', groupNames: [] }] as const);
    valueOf(await site.admin('admin.saveAccess', Object.fromEntries(acts)));
    fault.remove();
    await site.platform.queue.idle();
    expect((await health()).ruleFailures).toEqual([
      expect.objectContaining({ cause: 'notPermitted', lastMonth: 1, latest: [expect.objectContaining(pick(move))] }),
    ]);
  });

  it('are told a week from a month, bounded, and forgotten after thirty days', async () => {
    const nowMs = Date.now();
    const at = (daysAgo: number, cause: RuleFailureCause, id: string) =>
      site.app.runAs({ moduleKey: 'tick' }, () =>
        recordRuleFailure({
          operationId: id,
          action: 'move-reporter',
          issueKey: null,
          cause,
          atMs: nowMs - daysAgo * DAY_MS,
        }),
      );
    for (let nth = 0; nth < 25; nth += 1) await at(0, 'jira', `now-${nth}`);
    await at(0, 'jira', 'now-24');
    await at(10, 'jira', 'earlier');
    await at(40, 'jira', 'long ago');
    await site.app.runAs({ moduleKey: 'tick' }, () => incrementFailure('storage', nowMs));
    const { ruleFailures, failures } = await health();
    expect(ruleFailures).toEqual([
      expect.objectContaining({ cause: 'jira', lastWeek: 25, lastMonth: 26, lastAtMs: nowMs }),
    ]);
    expect(ruleFailures[0]?.latest.map(({ operationId }) => operationId)).toEqual(
      [24, 23, 22, 21, 20].map((nth) => `now-${nth}`),
    );
    expect(failures).toEqual([expect.objectContaining({ cause: 'storage', lastWeek: 1 })]);
    const [row] = site.platform.kvs.entity('failure').filter(({ key }) => key.startsWith('rule.jira'));
    expect((row?.value as { latest: unknown[] }).latest.length).toBeLessThanOrEqual(20);
    expect((await find('now-3')).ruleFailure).toBeNull();
    expect((await find('earlier')).ruleFailure).toMatchObject({ cause: 'jira' });
  });

  it('do not keep an answer from its rule where they can not be counted', async () => {
    const log = jest.spyOn(console, 'error').mockReturnValue();
    const move = await moveOf('notFound');
    site.platform.intercept((_call, _proceed, init) =>
      (init.body ?? '').includes('"failure"') ? { status: 500, headers: {}, body: '{}' } : undefined,
    );
    expect(messageOf(await site.action('move-reporter', move))).toMatch(/No segment has a member/);
    expect(log.mock.calls.flat().join()).toContain('"where":"health"');
  });
});

describe('the operation id that an audit log prints', () => {
  it('finds the rule that failed before it wrote anything', async () => {
    const answer = await site.action('move-reporter', await moveOf('notFound'));
    expect(messageOf(answer)).toMatch(/Operation [\da-f]{8}-[\da-f-]{27}\.",?/);
    expect(await find(idIn(answer))).toMatchObject({
      entries: [],
      next: null,
      ruleFailure: { cause: 'notFound', action: 'move-reporter' },
    });
  });

  it('finds the write that failed, with its entry', async () => {
    const move = await moveOf();
    site.simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'status', code: 403 } });
    const operationId = idIn(await site.action('move-reporter', move));
    expect(await find(operationId)).toMatchObject({
      entries: [{ operationId, entryPoint: 'automation' }],
      ruleFailure: { operationId, cause: 'shorterLoop' },
    });
  });

  it('finds what a rule did, whatever else the filter says', async () => {
    const { operationId } = (await site.action('move-reporter', await moveOf())) as { operationId: string };
    const filter = { ...WHOLE_LEDGER, operationId, kind: 'unlink', memberId: 7 };
    const page = valueOf(await site.admin('admin.ledgerPage', { filter, after: null }));
    expect(page).toMatchObject({ entries: [{ operationId }], ruleFailure: null, next: null });
  });

  it('is said to be unknown where nothing has it, and refused where it is none', async () => {
    expect(await find('1b4e28ba-2fa1-81d2-883f-0016d3cca427')).toEqual({
      entries: [],
      apiClients: {},
      next: null,
      lookedBackToMs: null,
      ruleFailure: null,
    });
    const filter = { ...WHOLE_LEDGER, operationId: '../x' };
    expect(problemOf(await site.admin('admin.ledgerPage', { filter, after: null }))).toMatchObject({
      code: 'invalidInput',
      field: 'filter.operationId',
    });
  });
});

function pick({ issueKey }: { readonly issueKey: string }): object {
  return { issueKey, action: 'move-reporter' };
}
