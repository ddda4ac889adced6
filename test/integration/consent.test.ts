import { createSite, type Site } from '../support/site';

let site: Site;
beforeEach(async () => {
  site = await createSite({ offline: true });
  // What Forge's proxy answers for a user who has not allowed the app; only what is asked in a user's name.
  site.platform.intercept((call) =>
    call.kind === 'jira'
      ? { status: 401, headers: { 'forge-proxy-error': 'NEEDS_AUTHENTICATION_ERR' }, body: '' }
      : undefined,
  );
});
afterEach(() => site.stop());

describe('a user who has not allowed the app', () => {
  it('makes the panel throw what Jira asks for consent by', async () => {
    await expect(site.panel('panel.open', {})).rejects.toMatchObject({ name: 'NEEDS_AUTHENTICATION_ERR' });
  });

  it('makes the admin page throw it too', async () => {
    await expect(site.admin('admin.load')).rejects.toMatchObject({ name: 'NEEDS_AUTHENTICATION_ERR' });
  });

  it('makes the form of an action throw it too', async () => {
    await expect(site.form()).rejects.toMatchObject({ name: 'NEEDS_AUTHENTICATION_ERR' });
  });

  it.each([
    ['get-reporter-segments', { issueKey: 'ACME-101' }],
    ['move-reporter', { issueKey: 'ACME-101', source: 'any', target: '1' }],
  ] as const)(
    "makes the action %s say that the rule's user has to allow it, and changes nothing",
    async (key, inputs) => {
      const textResponse = await site.action(key, inputs);
      expect(JSON.stringify(textResponse)).toMatch(/has not given the app access.*choose another user/);
      expect(site.simulator.requests()).toEqual([]);
    },
  );
});
