import { createSite, problemOf, valueOf, type Site } from '../support/site';

let site: Site;
afterEach(() => site.stop());

describe('the admin page', () => {
  it('starts empty, takes settings, and never gives the key back', async () => {
    site = await createSite({ fresh: true });
    const empty = valueOf(await site.admin('admin.load'));
    expect(empty).toMatchObject({
      settings: null,
      keyStoredAtMs: null,
      writesOn: false,
      missing: ['apiOrigin', 'initiativeId', 'key'],
      savedAtMs: null,
      savedByAccountId: null,
    });
    const saved = valueOf(await site.admin('admin.save', { settings: site.settings, key: site.simulator.key }));
    expect(saved).toMatchObject({
      settings: site.settings,
      keyStoredAtMs: expect.any(Number),
      writesOn: false,
      missing: [],
      savedByAccountId: site.jira.adminAccountId,
    });
    const kept = valueOf(
      await site.admin('admin.save', { settings: { ...site.settings, authScheme: 'Token' }, key: null }),
    );
    expect(kept).toMatchObject({ keyStoredAtMs: saved.keyStoredAtMs, settings: { authScheme: 'Token' } });
    expect(JSON.stringify([saved, kept, valueOf(await site.admin('admin.load'))])).not.toContain(site.simulator.key);
    expect(JSON.stringify(site.platform.kvs.plain())).not.toContain(site.simulator.key);
  });

  it('says what is missing when only the key was never given', async () => {
    site = await createSite({ fresh: true });
    expect(valueOf(await site.admin('admin.save', { settings: site.settings, key: null }))).toMatchObject({
      keyStoredAtMs: null,
      missing: ['key'],
    });
  });

  it('refuses when Jira can not say who administers it', async () => {
    site = await createSite();
    site.jira.faults.add({ fault: { kind: 'status', code: 500 } });
    expect(problemOf(await site.admin('admin.load'))).toEqual({
      code: 'jira',
      status: 500,
      retryAfterMs: null,
      limit: null,
    });
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
    const problem = problemOf(
      await site.admin('admin.save', { settings: { ...site.settings, ...changed }, key: key ?? null }),
    );
    expect(problem).toMatchObject({ code: 'invalidInput', field });
    expect(JSON.stringify(problem)).not.toContain('X-Evil');
    expect(JSON.stringify(site.platform.kvs.plain())).toBe(before);
  });
});
