import { createSite, problemOf, valueOf, type Site } from '../support/site';

let site: Site;
afterEach(() => site.stop());
const states = (steps: readonly { readonly name: string; readonly result: { readonly state: string } }[]) => steps.map(({ name, result }) => `${name} ${result.state}`);

describe('the admin page', () => {
  it('starts empty, takes settings, and never gives the key back', async () => {
    site = await createSite({ fresh: true });
    const empty = valueOf(await site.admin('admin.load'));
    expect(empty).toMatchObject({ settings: null, keyStored: false, missing: ['apiOrigin', 'initiativeId', 'key'], savedAtMs: null, savedByAccountId: null });
    const saved = valueOf(await site.admin('admin.save', { settings: site.settings, key: site.simulator.key }));
    expect(saved).toMatchObject({ settings: site.settings, keyStored: true, missing: [], savedByAccountId: site.jira.adminAccountId });
    const kept = valueOf(await site.admin('admin.save', { settings: { ...site.settings, authScheme: 'Token' }, key: null }));
    expect(kept).toMatchObject({ keyStored: true, settings: { authScheme: 'Token' } });
    expect(JSON.stringify([saved, kept, valueOf(await site.admin('admin.load'))])).not.toContain(site.simulator.key);
    expect(JSON.stringify(site.platform.kvs.plain())).not.toContain(site.simulator.key);
  });

  it('says what is missing when only the key was never given', async () => {
    site = await createSite({ fresh: true });
    expect(valueOf(await site.admin('admin.save', { settings: site.settings, key: null }))).toMatchObject({ keyStored: false, missing: ['key'] });
  });

  it.each(['admin.load', 'admin.save', 'admin.saveAccess', 'admin.check'] as const)('refuses %s by everyone who does not administer Jira, before storage is read', async (functionKey) => {
    site = await createSite();
    for (const accountId of [site.jira.defaultAccountId, site.jira.viewerAccountId, site.jira.noAccessAccountId]) {
      expect(problemOf(await site.admin(functionKey, {}, accountId))).toEqual({ code: 'notPermitted', needed: 'ADMINISTER' });
    }
    expect(site.platform.calls.map(({ kind }) => kind)).toEqual(['jira', 'jira', 'jira']);
  });

  it('refuses when Jira can not say who administers it', async () => {
    site = await createSite();
    site.jira.faults.add({ fault: { kind: 'status', code: 500 } });
    expect(problemOf(await site.admin('admin.load'))).toEqual({ code: 'jira', status: 500, retryAfterMs: null, limit: null });
  });

  it.each<[string, object, string | undefined]>([
    ['settings.apiOrigin', { apiOrigin: 'https://evil.example' }, undefined],
    ['settings.apiOrigin', { apiOrigin: 'http://api.shorterloop.com' }, undefined],
    ['settings.initiativeId', { initiativeId: 0 }, undefined],
    ['settings.initiativeId', { initiativeId: '4711' }, undefined],
    ['settings.authScheme', { authScheme: 'Bearer x' }, undefined],
    ['settings.moveDialect', { moveDialect: 'patch' }, undefined],
    ['settings.readPlan', { readPlan: 'never' }, undefined],
    ['settings.routes.listSegments', { routes: { listSegments: '/a/../b' } }, undefined],
    ['key', {}, 'a key\r\nX-Evil: 1'],
    ['key', {}, ''],
  ])('refuses a bad %s by its name and keeps what was stored', async (field, changed, key) => {
    site = await createSite();
    const before = JSON.stringify(site.platform.kvs.plain());
    const problem = problemOf(await site.admin('admin.save', { settings: { ...site.settings, ...changed }, key: key ?? null }));
    expect(problem).toMatchObject({ code: 'invalidInput', field });
    expect(JSON.stringify(problem)).not.toContain('X-Evil');
    expect(JSON.stringify(site.platform.kvs.plain())).toBe(before);
  });
});

describe('the connection check', () => {
  it('says for each step what was asked and what came back', async () => {
    site = await createSite();
    const { steps, usable } = valueOf(await site.admin('admin.check'));
    expect(usable).toBe(true);
    expect(steps.map(({ asked }) => asked)).toEqual([null, 'GET /api/v2/segments', 'GET /api/v2/segments/segment-users', 'GET /api/v2/segments/{id}/segment-users']);
    expect(states(steps)).toEqual(['configured passed', 'segmentsListed passed', 'membersRead passed', 'segmentRead passed']);
    expect(steps[1]?.result).toMatchObject({ facts: { segments: site.simulator.segments.length } });
    expect(site.simulator.requests().every(({ method }) => method === 'GET')).toBe(true);
  });

  it('passes over what the read plan does not need', async () => {
    site = await createSite({ settings: { readPlan: 'per-segment' } });
    const { steps, usable } = valueOf(await site.admin('admin.check'));
    expect(states(steps)).toEqual(['configured passed', 'segmentsListed passed', 'membersRead skipped', 'segmentRead passed']);
    expect(usable).toBe(true);
  });

  it('ends at once on a fresh site', async () => {
    site = await createSite({ fresh: true });
    const { steps, usable } = valueOf(await site.admin('admin.check'));
    expect(states(steps)).toEqual(['configured failed', 'segmentsListed skipped', 'membersRead skipped', 'segmentRead skipped']);
    expect(usable).toBe(false);
  });

  it.each([
    ['listSegments', { kind: 'keyRevoked' }, 'segmentsListed', 'unauthorized', ['configured passed', 'segmentsListed failed', 'membersRead skipped', 'segmentRead skipped']],
    ['listSegments', { kind: 'wrongInitiative' }, 'segmentsListed', 'forbidden', ['configured passed', 'segmentsListed failed', 'membersRead skipped', 'segmentRead skipped']],
    ['segmentsWithMembers', { kind: 'html' }, 'membersRead', 'malformed', ['configured passed', 'segmentsListed passed', 'membersRead failed', 'segmentRead passed']],
    ['segmentWithMembers', { kind: 'status', code: 404 }, 'segmentRead', 'notFound', ['configured passed', 'segmentsListed passed', 'membersRead passed', 'segmentRead failed']],
  ] as const)('names the step that fails: %s %j', async (route, fault, name, cause, expected) => {
    site = await createSite();
    site.simulator.faults.add({ match: { route }, fault });
    const { steps, usable } = valueOf(await site.admin('admin.check'));
    expect(states(steps)).toEqual(expected);
    expect(steps.find((step) => step.name === name)?.result).toMatchObject({ state: 'failed', problem: { code: 'shorterLoop', cause } });
    expect(usable).toBe(false);
  });
});
