import { accessFor, teamAccess } from '../../sandbox/teamAccess';
import type { RunView, SaveAccessInput } from '../../src/contract';
import { eraseAccount } from '../../src/adapters/store';
import { countBy, openBulkLab, type BulkLab } from '../support/bulkLab';
import { problemOf, valueOf } from '../support/site';

let lab: BulkLab;
beforeEach(async () => {
  lab = await openBulkLab(60);
  for (const level of ['error', 'warn'] as const) jest.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => lab.stop());

const toTarget = () => ({ kind: 'move', from: null, to: lab.site.simulator.segments[0]?.id ?? 0 }) as const;
const fromAll = () => ({ kind: 'remove', from: lab.site.simulator.segments.map(({ id }) => id) }) as const;
const agent = (): string => lab.site.jira.defaultAccountId;
const admin = (): string => lab.site.jira.adminAccountId;
const ask: BulkLab['time']['until'] = (answer) => lab.time.until(answer);
const sent = (): number => lab.site.simulator.truth.writes().length;
const allow = async (access: SaveAccessInput): Promise<unknown> =>
  valueOf(await ask(lab.site.admin('admin.saveAccess', access)));
/** Agents may run in bulk as well. */
const agentsToo = (): Promise<unknown> => allow(accessFor('EDIT_ISSUES'));
/** Switches the app off in the only project that there is. */
function switchOff(): void {
  const projects = [{ id: '99', key: 'ELSE', name: 'Elsewhere' }];
  lab.site.platform.kvs.handle('/api/v1/set', {
    key: 'projects',
    value: { version: 1, scope: { kind: 'only', projects } },
  });
}
const asAgent = (): Promise<RunView> => lab.preview(toTarget(), undefined, agent());
const wouldWrite = ({ verdicts }: RunView): number => verdicts.willWrite;

describe('a run whose permission has gone since its preview', () => {
  it('is not started by somebody who may not run in bulk any more', async () => {
    await agentsToo();
    const { runId } = await asAgent();
    lab.site.jira.setRole(agent(), 'noAccess');
    expect(problemOf(await ask(lab.site.bulk('bulk.start', { runId }, agent())))).toMatchObject({
      code: 'notPermitted',
    });
    expect((await lab.look(runId)).state).toBe('ready');
  });

  it('leaves everybody out by the cause, and sends nothing, when its starter has lost the project’s permission', async () => {
    await agentsToo();
    const { runId } = await asAgent();
    lab.site.platform.queue.setDelivery({ copies: () => 1, loses: () => true });
    await lab.start(runId, agent());
    lab.site.jira.setRole(agent(), 'viewer');
    lab.site.platform.queue.setDelivery({ copies: () => 1, loses: () => false });
    const run = await lab.settle(runId);
    expect(run.state).toBe('finished');
    expect(run.results).toMatchObject({ confirmed: 0, notPermitted: wouldWrite(run) });
    expect(sent()).toBe(0);
    const people = await lab.report(runId);
    expect(countBy(people, ({ result }) => result)).toEqual({ notPermitted: wouldWrite(run) });
  });

  it('leaves everybody out whose project the app was switched off in', async () => {
    const { runId } = await lab.preview(toTarget());
    switchOff();
    await lab.start(runId);
    const run = await lab.settle(runId);
    expect(run.results).toMatchObject({ confirmed: 0, projectOff: wouldWrite(run) });
    expect(sent()).toBe(0);
  });

  it('sends nothing more once the app is switched off in the middle of it', async () => {
    lab.site.simulator.faults.add({ fault: { kind: 'latency', ms: 300 } });
    const { runId } = await lab.preview(toTarget());
    await lab.start(runId);
    await lab.time.pass(3_500);
    switchOff();
    const before = sent();
    const run = await lab.settle(runId);
    // The batch that was under way.
    expect(sent()).toBeLessThanOrEqual(before + 1);
    expect(run.results.confirmed).toBeGreaterThan(0);
    expect(run.results.projectOff).toBeGreaterThan(0);
    expect(run.results.confirmed + run.results.projectOff).toBe(wouldWrite(run));
  });

  it('asks again when it is resumed, and when another session takes it up', async () => {
    await agentsToo();
    lab.site.simulator.faults.add({ fault: { kind: 'latency', ms: 300 } });
    const { runId } = await asAgent();
    await lab.start(runId, agent());
    await lab.time.pass(3_500);
    valueOf(await ask(lab.site.bulk('bulk.pause', { runId }, agent())));
    await lab.time.pass(30_000);
    lab.site.jira.setRole(agent(), 'noAccess');
    expect(problemOf(await ask(lab.site.bulk('bulk.resume', { runId }, agent())))).toMatchObject({
      code: 'notPermitted',
    });
    const { state, results } = await lab.look(runId);
    expect(state).toBe('paused');
    expect(results.confirmed).toBeGreaterThan(0);
  });

  it('is tried again and undone only as far as its user may do that now', async () => {
    await agentsToo();
    const { runId } = await asAgent();
    await lab.start(runId, agent());
    const { results } = await lab.settle(runId);
    expect(results.confirmed).toBeGreaterThan(0);
    switchOff();
    const off = await lab.followUp('undo', runId, agent());
    expect(off.verdicts).toMatchObject({ willWrite: 0, projectOff: results.confirmed });
    lab.site.jira.setRole(agent(), 'noAccess');
    for (const kind of ['retry', 'undo'] as const)
      expect(
        problemOf(await ask(lab.site.bulk('bulk.create', { source: { kind, runId }, act: null }, agent()))),
      ).toMatchObject({ code: 'notPermitted' });
  });
});

describe('a run that takes up the people of somebody else’s', () => {
  it.each([
    ['administers Jira no more', 'unknown', () => lab.site.jira.setRole(admin(), 'agent')],
    ['is one of many who may run in bulk now', 'others', () => undefined],
  ])('reads nobody of them once its user %s', async (_how, cause, change) => {
    await agentsToo();
    const { runId } = await asAgent();
    await lab.start(runId, agent());
    await lab.settle(runId);
    await allow(teamAccess());
    const source = { kind: 'undo', runId } as const;
    const undo = valueOf(await ask(lab.site.bulk('bulk.create', { source, act: null })));
    await agentsToo();
    change();
    const step = { runId: undo.runId, kind: 'run', after: { group: 1, place: 0 } } as const;
    expect(problemOf(await ask(lab.site.bulk('bulk.read', step)))).toEqual({ code: 'run', cause });
    expect(lab.site.platform.kvs.entity('run-person').filter(({ key }) => key.startsWith(undo.runId))).toEqual([]);
  });
});

describe('a run while Jira can’t say who may do what', () => {
  it('rests by the app, sends nothing, and goes on by itself', async () => {
    const { runId } = await lab.preview(toTarget());
    lab.site.platform.queue.setDelivery({ copies: () => 1, loses: () => true });
    await lab.start(runId);
    lab.site.platform.queue.setDelivery({ copies: () => 1, loses: () => false });
    lab.site.jira.faults.add({ path: 'permissions', fault: { kind: 'status', code: 500 } });
    await lab.time.pass(300_000);
    await ask(lab.site.recovery());
    await lab.time.pass(60_000);
    expect(sent()).toBe(0);
    lab.site.jira.faults.clear();
    expect((await lab.look(runId)).pause).toMatchObject({ by: 'app', problem: { code: 'jira', status: 500 } });
    await lab.time.pass(300_000);
    await ask(lab.site.recovery());
    await lab.time.pass(10_000);
    const run = await lab.settle(runId);
    expect(run).toMatchObject({ state: 'finished', results: { confirmed: wouldWrite(run) } });
  });
});

describe('the rule for what a run does', () => {
  const removers = (): SaveAccessInput => ({
    ...accessFor('EDIT_ISSUES'),
    remove: { permission: 'EDIT_ISSUES', groupNames: ['jira-administrators'] },
  });

  it('binds a removal in bulk on each issue, as the panel’s', async () => {
    await agentsToo();
    expect(wouldWrite(await lab.preview(fromAll(), undefined, agent()))).toBeGreaterThan(0);
    await allow(removers());
    const source = { kind: 'jql', jql: 'project = ACME' } as const;
    expect(problemOf(await ask(lab.site.bulk('bulk.create', { source, act: fromAll() }, agent())))).toEqual({
      code: 'notPermitted',
      needed: 'GROUP',
    });
    expect(wouldWrite(await lab.preview(toTarget(), undefined, agent()))).toBeGreaterThan(0);
    expect(wouldWrite(await lab.preview(fromAll()))).toBeGreaterThan(0);
  });

  it('binds a removal that was previewed before the rule was made', async () => {
    await agentsToo();
    const preview = await lab.preview(fromAll(), undefined, agent());
    await allow(removers());
    await lab.start(preview.runId, agent());
    const run = await lab.settle(preview.runId);
    expect(run.results).toMatchObject({ confirmed: 0, notPermitted: wouldWrite(preview) });
    expect(sent()).toBe(0);
  });

  it('binds a list of accounts, which no issue covers', async () => {
    await allow({ ...teamAccess(), remove: { permission: 'ADMINISTER', groupNames: ['support'] } });
    const accountIds = lab.site.jira.crowd.slice(0, 5).map(({ accountId }) => accountId);
    const source = { kind: 'accounts' } as const;
    expect(problemOf(await ask(lab.site.bulk('bulk.create', { source, act: fromAll() })))).toEqual({
      code: 'notPermitted',
      needed: 'GROUP',
    });
    await allow(teamAccess());
    const { runId } = valueOf(await ask(lab.site.bulk('bulk.create', { source, act: fromAll() })));
    await allow({ ...teamAccess(), remove: { permission: 'ADMINISTER', groupNames: ['support'] } });
    const step = { runId, kind: 'accounts', accountIds, isLast: true };
    expect(valueOf(await ask(lab.site.bulk('bulk.read', step))).run.verdicts).toMatchObject({
      willWrite: 0,
      notPermitted: accountIds.length,
    });
  });
});

describe('a Jira admin whom the rule leaves out', () => {
  beforeEach(() =>
    allow({ ...accessFor('EDIT_ISSUES'), bulk: { permission: 'EDIT_ISSUES', groupNames: ['support'] } }),
  );

  it('sees every run, and can begin none', async () => {
    const { runId } = await asAgent();
    const refusal = { code: 'notPermitted', needed: 'GROUP' };
    const view = valueOf(await ask(lab.site.bulk('bulk.open')));
    expect(view).toMatchObject({ segments: [], refusal, runs: [{ runId, refusal }] });
    expect(valueOf(await ask(lab.site.bulk('bulk.run', { runId })))).toMatchObject({ runId, refusal });
    expect(await lab.report(runId)).not.toEqual([]);
    for (const name of ['bulk.start', 'bulk.resume'] as const)
      expect(problemOf(await ask(lab.site.bulk(name, { runId })))).toEqual(refusal);
    for (const kind of ['retry', 'undo'] as const)
      expect(problemOf(await ask(lab.site.bulk('bulk.create', { source: { kind, runId }, act: null })))).toEqual(
        refusal,
      );
  });

  it('pauses and cancels a run of others, also without a connection', async () => {
    lab.site.simulator.faults.add({ fault: { kind: 'latency', ms: 300 } });
    const { runId } = await asAgent();
    await lab.start(runId, agent());
    await lab.time.pass(1_500);
    lab.site.platform.kvs.handle('/api/v1/delete', { key: 'settings' });
    expect(valueOf(await ask(lab.site.bulk('bulk.pause', { runId }))).state).toBe('paused');
    expect(valueOf(await ask(lab.site.bulk('bulk.cancel', { runId }))).state).toBe('cancelled');
  });

  it('is nobody who sees others’ runs by the rule alone', async () => {
    const { runId } = await asAgent();
    lab.site.jira.setGroups(lab.site.jira.viewerAccountId, ['support']);
    lab.site.jira.setRole(lab.site.jira.viewerAccountId, 'agent');
    const colleague = lab.site.jira.viewerAccountId;
    expect(valueOf(await ask(lab.site.bulk('bulk.open', undefined, colleague))).runs).toEqual([]);
    for (const name of ['bulk.run', 'bulk.start', 'bulk.pause', 'bulk.cancel'] as const)
      expect(problemOf(await ask(lab.site.bulk(name, { runId }, colleague)))).toEqual({
        code: 'run',
        cause: 'unknown',
      });
  });
});

it('lets a Jira admin whom the rule allows see another’s run, and not start it', async () => {
  await agentsToo();
  const { runId } = await asAgent();
  const others = { code: 'run', cause: 'others' };
  expect(valueOf(await ask(lab.site.bulk('bulk.run', { runId })))).toMatchObject({ refusal: others });
  expect(problemOf(await ask(lab.site.bulk('bulk.start', { runId })))).toEqual(others);
});

describe('the ledger', () => {
  const actors = (runId: string): Record<string, number> =>
    countBy(
      lab.site.platform.kvs.entity('ledger').map(({ value }) => value as { runId?: string; actorAccountId: string }),
      (row) => (row.runId === runId ? row.actorAccountId : null),
    );

  it('names who started a run, and who resumed it, not who created it', async () => {
    const colleague = lab.site.jira.viewerAccountId;
    lab.site.jira.setRole(colleague, 'admin');
    lab.site.simulator.faults.add({ fault: { kind: 'latency', ms: 300 } });
    const { runId } = await lab.preview(toTarget());
    const started = await lab.start(runId, colleague);
    expect(started).toMatchObject({ createdByAccountId: admin(), startedByAccountId: colleague });
    await lab.time.pass(2_500);
    valueOf(await ask(lab.site.bulk('bulk.pause', { runId })));
    await lab.time.pass(30_000);
    const byColleague = actors(runId);
    expect(Object.keys(byColleague)).toEqual([colleague]);
    valueOf(await ask(lab.site.bulk('bulk.resume', { runId })));
    const run = await lab.settle(runId);
    expect(actors(runId)).toMatchObject({ [colleague]: byColleague[colleague] });
    expect(actors(runId)[admin()]).toBeGreaterThan(0);
    expect(run.results.confirmed).toBe(wouldWrite(run));
  });

  it('names the one of two who start at once whose start counted', async () => {
    const colleague = lab.site.jira.viewerAccountId;
    lab.site.jira.setRole(colleague, 'admin');
    const { runId } = await lab.preview(toTarget());
    const answers = await ask(
      Promise.all([admin(), colleague].map((who) => lab.site.bulk('bulk.start', { runId }, who))),
    );
    const [started, ...more] = answers.flatMap((answer) => (answer.kind === 'ok' ? [answer.value] : []));
    expect(more).toEqual([]);
    await lab.settle(runId);
    expect(Object.keys(actors(runId))).toEqual([started?.startedByAccountId]);
  });
});

describe('an account that is closed while a run is about it', () => {
  const dump = (entity: string): string => JSON.stringify(lab.site.platform.kvs.entity(entity));

  it.each(['before its batch', 'during its batch'])('is not written back %s', async (when) => {
    const { runId } = await lab.preview(toTarget());
    const people = await lab.report(runId);
    const one = people.filter(({ verdict }) => verdict === 'willWrite').at(when === 'before its batch' ? -1 : 3);
    const closed = one?.accountId ?? '';
    let erased = false;
    lab.site.platform.intercept(async ({ kind, method }, _proceed, { body }) => {
      const isTheirs = new RegExp(`\\b${String(one?.memberId)}\\b`).test(String(body));
      if (erased || kind !== 'egress' || method === 'GET' || isTheirs === (when === 'before its batch'))
        return undefined;
      erased = true;
      await lab.site.app.runAs({ moduleKey: 'upkeep-runs' }, () => eraseAccount(closed));
      return undefined;
    });
    await lab.start(runId);
    const run = await lab.settle(runId);
    expect(erased).toBe(true);
    expect(run.results.confirmed).toBe(wouldWrite(run));
    expect(dump('run-person')).not.toContain(closed);
    if (when === 'before its batch') expect(dump('ledger')).not.toContain(closed);
    const after = await lab.report(runId);
    expect(after).toHaveLength(people.length);
    expect(after.find(({ memberId }) => memberId === one?.memberId)).toMatchObject({
      accountId: expect.stringMatching(/^erased:/),
      result: 'confirmed',
    });
  });

  it('is not written back as who started the run: what is left then is nobody’s to do', async () => {
    lab.site.simulator.faults.add({ fault: { kind: 'latency', ms: 300 } });
    const colleague = lab.site.jira.viewerAccountId;
    lab.site.jira.setRole(colleague, 'admin');
    const { runId } = await lab.preview(toTarget());
    await lab.start(runId, colleague);
    await lab.time.pass(3_500);
    await ask(lab.site.app.runAs({ moduleKey: 'upkeep-runs' }, () => eraseAccount(colleague)));
    const run = await lab.settle(runId);
    expect(run.results.confirmed).toBeGreaterThan(0);
    expect(run.results.notPermitted).toBeGreaterThan(0);
    expect(run.startedByAccountId).toBe('erased');
    expect(dump('run')).not.toContain(colleague);
  });
});
