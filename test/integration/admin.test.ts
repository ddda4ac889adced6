import { DEFAULT_PROFILE } from '../../src/contract';
import { withScheme } from '../support/profiles';
import { createSite, problemOf, valueOf, type Site } from '../support/site';

let site: Site;

const changedProfile = (changed: object) => ({ profile: { ...DEFAULT_PROFILE, ...changed } });
function changedPath(path: string): object {
  const { reads } = DEFAULT_PROFILE;
  return changedProfile({ reads: { ...reads, listSegments: { ...reads.listSegments, path } } });
}
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
    const { apiOrigin, initiativeId, profile } = site.settings;
    const { reads, writes } = profile;
    expect(saved).toMatchObject({
      settings: { apiOrigin, initiativeId, profile: { reads, writes } },
      keyStoredAtMs: expect.any(Number),
      writesOn: false,
      missing: [],
      savedByAccountId: site.jira.adminAccountId,
    });
    const kept = valueOf(await site.admin('admin.save', { settings: withScheme(site.settings, 'Token'), key: null }));
    expect(kept).toMatchObject({
      keyStoredAtMs: saved.keyStoredAtMs,
      settings: { profile: { key: { scheme: 'Token' } } },
    });
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
    [
      'settings.profile.key.scheme',
      changedProfile({ key: { header: 'Authorization', scheme: 'Bearer x' } }),
      undefined,
    ],
    ['settings.profile.key.header', changedProfile({ key: { header: 'Cookie', scheme: null } }), undefined],
    ['settings.profile.readPlan', changedProfile({ readPlan: 'never' }), undefined],
    ['settings.profile.reads.listSegments.path', changedPath('/a/../b'), undefined],
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
