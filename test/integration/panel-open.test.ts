import { callsOf, createSite, linkedOf, problemOf, valueOf, type Site } from '../support/site';

let site: Site;
beforeEach(async () => {
  site = await createSite();
});
afterEach(() => site.stop());
const open = async (issue: string) => valueOf(await site.panel('panel.open', {}, { issue }));
const calls = (kind: string) => site.platform.calls.filter((call) => call.kind === kind);

describe('opening the panel', () => {
  it('finds the reporter by e-mail, links them, and says how', async () => {
    const view = await open('one');
    const member = site.jira.memberFor('one');
    expect(view.match).toMatchObject({
      state: 'linked',
      member: { id: member?.id },
      link: { how: 'email', byAccountId: null },
    });
    expect(linkedOf(view).member.segmentIds).toEqual(site.simulator.truth.membershipsOf(member?.id ?? 0));
    expect(view.segments).toEqual(site.simulator.segments.map(({ id, name }) => ({ id, name })));
    expect(site.platform.kvs.entity('link')).toContainEqual(expect.objectContaining({ key: view.reporter?.accountId }));
  });

  it.each([
    ['linked', 'linked'],
    ['none', 'linked'],
    ['found', 'found'],
    ['ambiguous', 'ambiguous'],
    ['notFound', 'notFound'],
    ['emailHidden', 'emailHidden'],
    ['emailVisible', 'linked'],
    ['noReporter', 'noReporter'],
    ['app', 'notAPerson'],
    ['formerUser', 'notAPerson'],
  ])('answers an issue of the kind "%s" with the match %s, and never with an e-mail', async (issue, state) => {
    const view = await open(issue);
    expect(view.match.state).toBe(state);
    expect(JSON.stringify(view)).not.toContain('@');
  });

  it('does not link again on its own whom someone unlinked', async () => {
    await open('found');
    expect((await open('found')).match.state).toBe('found');
  });

  it.each([
    ['hidden', undefined],
    ['appNotApproved', { kind: 'appNotApproved' } as const],
    ['unavailable', { kind: 'emailUnavailable' } as const],
  ])('says why the e-mail is not known: %s', async (reason, fault) => {
    if (fault !== undefined) site.jira.faults.add({ fault });
    expect((await open('emailHidden')).match).toEqual({ state: 'emailHidden', reason });
  });

  it('costs at most 4 calls to Forge and Jira and one to Shorter Loop once the reporter is linked', async () => {
    // A calm site counts only a sample of its looks; this one is not in it.
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    await open('one');
    site.platform.clearRecords();
    await open('one');
    expect(calls('egress')).toHaveLength(1);
    expect(callsOf(site).length - 1).toBeLessThanOrEqual(4);
  });

  it('reads one segment after the list where all at once is not offered', async () => {
    valueOf(
      await site.admin('admin.save', {
        settings: { ...site.settings, profile: { ...site.settings.profile, readPlan: 'per-segment' } },
        key: null,
      }),
    );
    site.platform.clearRecords();
    expect((await open('many')).match.state).toBe('linked');
    expect(calls('egress')).toHaveLength(1 + site.simulator.segments.length);
  });

  it('names a segment that may not be read, and fails where none may', async () => {
    valueOf(
      await site.admin('admin.save', {
        settings: { ...site.settings, profile: { ...site.settings.profile, readPlan: 'per-segment' } },
        key: null,
      }),
    );
    for (const code of [404, 403]) {
      site.simulator.faults.add({ match: { route: 'segmentWithMembers', nth: 1 }, fault: { kind: 'status', code } });
      // It can't be chosen, and the others can.
      expect((await open('linked')).segments).toHaveLength(site.simulator.segments.length - 1);
      site.simulator.faults.clear();
    }
    site.simulator.faults.add({ match: { route: 'segmentWithMembers' }, fault: { kind: 'status', code: 403 } });
    expect(problemOf(await site.panel('panel.open', {}))).toMatchObject({ code: 'shorterLoop', cause: 'forbidden' });
    site.simulator.faults.clear();
    site.simulator.faults.add({ match: { route: 'listSegments' }, fault: { kind: 'status', code: 401 } });
    expect(problemOf(await site.panel('panel.open', {}))).toMatchObject({ code: 'shorterLoop', cause: 'unauthorized' });
  });

  it('asks nothing about a reporter for someone who may not see the issue', async () => {
    const answer = await site.panel('panel.open', {}, { accountId: site.jira.noAccessAccountId });
    expect(problemOf(answer)).toEqual({ code: 'issueNotVisible' });
    expect(calls('egress')).toEqual([]);
    expect(calls('jira').map(({ path }) => path)).toEqual([expect.stringContaining('/rest/api/3/issue/')]);
  });

  it('says on every issue of a fresh site what is missing', async () => {
    const fresh = await createSite({ fresh: true });
    for (const issue of ['one', 'noReporter']) {
      expect(problemOf(await fresh.panel('panel.open', {}, { issue }))).toEqual({
        code: 'notConfigured',
        missing: ['apiOrigin', 'initiativeId', 'key'],
      });
    }
    await fresh.stop();
  });

  it.each([
    ['no issue', undefined],
    ['a path', '10101/../10102'],
    ['a key', 'ACME-101'],
  ])('refuses a context with %s', async (_what, id) => {
    const answer = await site.app.invoke((await import('../../src')).panelResolver, {
      moduleKey: 'segments-panel',
      functionKey: 'panel.open',
      accountId: site.jira.defaultAccountId,
      extension: id === undefined ? {} : { issue: { id } },
    });
    expect(answer).toEqual({
      kind: 'problem',
      problem: { code: 'invalidInput', field: 'context', reason: { code: 'notOnAnIssue' } },
    });
  });

  it('tells how long Jira asks to wait', async () => {
    site.jira.faults.add({ fault: { kind: 'rateLimited', retryAfterSeconds: 3, reason: 'jira-burst-based' } });
    expect(problemOf(await site.panel('panel.open', {}))).toEqual({
      code: 'jira',
      status: 429,
      retryAfterMs: 3_000,
      limit: 'burst',
    });
  });

  it('tells how long Shorter Loop asks to wait', async () => {
    site.simulator.faults.add({ fault: { kind: 'status', code: 429, retryAfterSeconds: 60 } });
    expect(problemOf(await site.panel('panel.open', {}))).toEqual({
      code: 'shorterLoop',
      cause: 'rateLimited',
      status: 429,
      retryAfterMs: 60_000,
    });
  });

  it('tells storage that fails from a bug, and gives a bug nothing but a reference', async () => {
    const log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    site.platform.intercept(({ kind }) =>
      kind === 'kvs'
        ? {
            status: 500,
            headers: { 'content-type': 'application/json' },
            body: '{"code":"X","message":"ada@example.com"}',
          }
        : undefined,
    );
    expect(problemOf(await site.panel('panel.open', {}))).toEqual({ code: 'storage' });
    const broken = await createSite();
    broken.platform.kvs.handle('/api/v1/set', { key: 'settings', value: { version: 99 } });
    expect(problemOf(await broken.panel('panel.open', {}))).toEqual({
      code: 'internal',
      reference: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(JSON.stringify(log.mock.calls)).not.toContain('@example');
    await broken.stop();
  });
});
