import { randomUUID } from 'node:crypto';
import { dynamicPropertiesFault } from '../../sandbox/forge/issueContext';
import { contextStatus } from '../../src';
import { writeRows } from '../support/ledgerRows';
import { callsOf, createSite, linkedOf, outcomeOf, problemOf, valueOf, type Site } from '../support/site';

let site: Site;
afterEach(() => site.stop());

/** Who may add: an agent, where adding and adding by address are proven. */
async function prepare(): Promise<void> {
  site = await createSite({ settings: { canAdd: true } });
  site.prove(['addByEmail']);
}

const ledger = () => writeRows(site.platform.kvs).map(({ value }) => value);

describe('adding on the panel', () => {
  it('adds a reporter in no segment, and shows it', async () => {
    await prepare();
    const view = valueOf(await site.panel('panel.open', {}, { issue: 'none' }));
    const { member } = linkedOf(view);
    const toSegmentId = view.segments[0]?.id ?? 0;
    const input = { operationId: randomUUID(), memberId: member.id, toSegmentId };
    const done = valueOf(await site.panel('panel.add', input, { issue: 'none' }));
    expect(outcomeOf(done)).toBe('confirmed readBackAgrees');
    expect(linkedOf(done.view).member.segmentIds).toEqual([toSegmentId]);
    expect(site.simulator.truth.membershipsOf(member.id)).toEqual([toSegmentId]);
    expect(ledger()).toEqual([expect.objectContaining({ kind: 'add', entryPoint: 'panel' })]);
  });

  it('keeps the segments that they are in', async () => {
    await prepare();
    const view = valueOf(await site.panel('panel.open', {}));
    const { member } = linkedOf(view);
    const toSegmentId = view.segments.find(({ id }) => !member.segmentIds.includes(id))?.id ?? 0;
    valueOf(await site.panel('panel.add', { operationId: randomUUID(), memberId: member.id, toSegmentId }));
    expect(new Set(site.simulator.truth.membershipsOf(member.id))).toEqual(
      new Set([...member.segmentIds, toSegmentId]),
    );
  });

  it('is refused to a viewer, and to everybody where nobody has tried it', async () => {
    site = await createSite();
    const view = valueOf(await site.panel('panel.open', {}));
    const { member } = linkedOf(view);
    const toSegmentId = view.segments.find(({ id }) => !member.segmentIds.includes(id))?.id ?? 0;
    const input = { operationId: randomUUID(), memberId: member.id, toSegmentId };
    expect(problemOf(await site.panel('panel.add', input))).toEqual({ code: 'writeNotProven', kind: 'add' });
    const accountId = site.jira.viewerAccountId;
    expect(problemOf(await site.panel('panel.add', input, { accountId }))).toEqual({
      code: 'notPermitted',
      needed: 'EDIT_ISSUES',
    });
    expect(site.simulator.truth.writes()).toEqual([]);
  });
});

describe('adding to Shorter Loop whom no segment has', () => {
  const invite = (toSegmentId: number, who: object = {}) =>
    site.panel('panel.invite', { toSegmentId }, { issue: 'notFound', ...who });

  it('adds them by their address, links them, and leaves a row about the work item', async () => {
    await prepare();
    const view = valueOf(await site.panel('panel.open', {}, { issue: 'notFound' }));
    expect(view.refusals.invite).toBeNull();
    const { id } = view.segments[0] ?? { id: 0 };
    const done = valueOf(await invite(id));
    expect(done).toMatchObject({ outcome: 'confirmed', to: { id } });
    expect(linkedOf(done.view).member.segmentIds).toEqual([id]);
    expect(JSON.stringify(done)).not.toContain('@');
    expect(ledger()).toEqual([
      expect.objectContaining({
        kind: 'add',
        entryPoint: 'panel',
        reporterAccountId: view.reporter?.accountId,
        issueKey: site.jira.issueFor('notFound').key,
      }),
    ]);
  });

  it('adds nobody a second time', async () => {
    await prepare();
    const { id } = valueOf(await site.panel('panel.open', {}, { issue: 'notFound' })).segments[0] ?? { id: 0 };
    valueOf(await invite(id));
    expect(problemOf(await invite(id))).toEqual({ code: 'stale', reason: 'linkChanged' });
    expect(ledger()).toHaveLength(1);
  });

  it('adds nobody whose address Jira does not tell, and into no segment that is gone', async () => {
    await prepare();
    const { id } = site.simulator.segments[0] ?? { id: 0 };
    expect(problemOf(await invite(id, { issue: 'emailHidden' }))).toEqual({ code: 'noMember', state: 'emailHidden' });
    expect(problemOf(await invite(id, { issue: 'one' }))).toEqual({ code: 'stale', reason: 'linkChanged' });
    expect(problemOf(await invite(987_654))).toEqual({ code: 'stale', reason: 'targetGone' });
    expect(ledger()).toEqual([]);
  });

  it('is refused to a viewer, and to everybody where nobody has tried it', async () => {
    site = await createSite({ settings: { canAdd: true } });
    const { id } = site.simulator.segments[0] ?? { id: 0 };
    expect(problemOf(await invite(id))).toEqual({ code: 'featureOff', feature: 'addByEmail' });
    site.prove(['addByEmail']);
    expect(problemOf(await invite(id, { accountId: site.jira.viewerAccountId }))).toEqual({
      code: 'notPermitted',
      needed: 'EDIT_ISSUES',
    });
    expect(ledger()).toEqual([]);
  });
});

describe('what the panel tells beside it', () => {
  it('counts the reporter’s other work items as the viewer sees them, and how to search for them', async () => {
    site = await createSite({ offline: true });
    const issue = site.jira.issueFor('one');
    const { count, jql } = valueOf(await site.panel('panel.others', {}));
    const same = site.jira.issues.filter(({ reporterAccountId }) => reporterAccountId === issue.reporterAccountId);
    expect(count).toBe(same.length - 1);
    expect(jql).toContain(`key != ${issue.key}`);
    expect(callsOf(site).filter(({ kind }) => kind === 'jira')).toHaveLength(2);
    expect(problemOf(await site.panel('panel.others', {}, { issue: 'noReporter' })).code).toBe('stale');
    expect(problemOf(await site.panel('panel.others', {}, { accountId: site.jira.noAccessAccountId }))).toEqual({
      code: 'issueNotVisible',
    });
  });

  it.each([
    ['https://api.shorterloop.com', 'https://app.shorterloop.com'],
    ['https://eu.shorterloop.com', 'https://eu.shorterloop.com'],
  ])('leads from the API at %s to the pages at %s', async (apiOrigin, url) => {
    site = await createSite({ settings: { apiOrigin } });
    expect(valueOf(await site.panel('panel.open', {})).shorterLoopUrl).toBe(url);
    expect(valueOf(await site.panel('panel.open', {}, { issue: 'noReporter' })).shorterLoopUrl).toBeNull();
  });
});

describe('the line of the issue context', () => {
  const status = (
    issue: 'one' | 'many' | 'none' | 'noReporter',
    accountId: string | null = site.jira.defaultAccountId,
  ) =>
    site.app.runFunction(contextStatus, {
      moduleKey: 'segments-context',
      body: { cloudId: 'a', extension: { type: 'jira:issueContext', issue: { id: site.jira.issueFor(issue).id } } },
      accountId,
    });
  const badge = (label: string) => ({ status: { type: 'badge', value: { label } } });
  const sign = (label: string) => ({ status: { type: 'lozenge', value: { label, type: 'default' } } });

  it('says the segment from the directory in three calls, and none to Shorter Loop', async () => {
    site = await createSite({ offline: true });
    expect(await status('one')).toEqual(sign('?'));
    for (const issue of ['one', 'many', 'none'] as const) valueOf(await site.panel('panel.open', {}, { issue }));
    await site.refreshSlice();
    site.platform.clearRecords();
    const [segmentId] = site.simulator.truth.membershipsOf(site.jira.memberFor('one')?.id ?? 0);
    const name = site.simulator.segments.find(({ id }) => id === segmentId)?.name;
    expect(await status('one')).toMatchObject({ status: { type: 'lozenge', value: { label: name } } });
    expect(callsOf(site)).toHaveLength(3);
    expect(await status('many')).toMatchObject({
      status: { value: { label: expect.stringMatching(/ \+\d+$/) as unknown } },
    });
    expect(await status('none')).toEqual(badge('0'));
    // Jira takes each of them, by what its page says of a status.
    for (const issue of ['one', 'many', 'none', 'noReporter'] as const)
      expect(dynamicPropertiesFault(await status(issue))).toBeNull();
    expect(await status('noReporter')).toEqual(sign('–'));
    expect(site.platform.calls.filter(({ kind }) => kind === 'egress')).toEqual([]);
  });

  it('says nothing of anybody where Forge names no viewer, or one who may not see the work item', async () => {
    site = await createSite({ offline: true });
    valueOf(await site.panel('panel.open', {}));
    await site.refreshSlice();
    expect(await status('one', null)).toEqual(sign('–'));
    expect(await status('one', site.jira.noAccessAccountId)).toEqual(sign('–'));
    expect(await site.app.runFunction(contextStatus, { moduleKey: 'segments-context', body: {} })).toEqual(sign('–'));
  });
});
