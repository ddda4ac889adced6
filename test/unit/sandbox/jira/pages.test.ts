import { createServer, type Server } from 'node:http';
import { load, type CheerioAPI } from 'cheerio';
import { createJira, type Jira } from '../../../../sandbox/jira';
import { createPages } from '../../../../sandbox/jira/pages';
import { html } from '../../../../sandbox/jira/pages/html';
import { groupedIssues } from '../../../../sandbox/jira/pages/states';
import { createSimulator } from '../../../../sandbox/shorterloop';

const jira: Jira = createJira({ members: createSimulator({ members: 60 }).truth.snapshot().members });
const servers: Server[] = [];
let origin: string;

/** Serves pages on a free port, and answers where. */
async function serve(pages: Pick<Jira, 'handleJiraPage'>): Promise<string> {
  const server = createServer((request, response) => {
    void pages.handleJiraPage(request, response, { accountId: jira.accountOf(request) }).then((handled) => {
      if (!handled) response.writeHead(418).end();
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the test server listens on no port');
  return `http://127.0.0.1:${address.port}`;
}

beforeAll(async () => {
  origin = await serve(jira);
});
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

const open = (path: string, cookie = '') => fetch(origin + path, { redirect: 'manual', headers: { cookie } });
async function page(path: string, cookie = ''): Promise<CheerioAPI & { status: number; text: string }> {
  const response = await open(path, cookie);
  const text = await response.text();
  return Object.assign(load(text), { status: response.status, text });
}
const as = (accountId: string): string => `sandbox-account=${encodeURIComponent(accountId)}`;

describe('the issue page', () => {
  it('is where the sandbox opens', async () => {
    const response = await open('/');
    expect([response.status, response.headers.get('location')]).toEqual([302, '/browse/ACME-101']);
  });

  it('shows summary, description, comments and details', async () => {
    const issue = jira.issueFor('one');
    const $ = await page(`/browse/${issue.key}`);
    expect($.status).toBe(200);
    expect($('h1').text()).toBe(issue.summary);
    expect($('main').text()).toContain(issue.description[0]);
    expect($('article')).toHaveLength(issue.comments.length);
    const details = $('dl').text();
    for (const text of [
      'Reporter',
      jira.people.find(({ accountId }) => accountId === issue.reporterAccountId)?.displayName,
      issue.priority,
    ])
      expect(details).toContain(text);
    expect($('.status').text()).toBe(issue.status.name);
  });

  it('leaves room for the panel, with the context that Jira gives it', async () => {
    const issue = jira.issueFor('many');
    const $ = await page(`/browse/${issue.key}`);
    const room = $('[data-module-key]');
    expect(room.attr('data-module-key')).toBe('segments-panel');
    expect(JSON.parse(room.attr('data-extension') ?? '')).toEqual({
      type: 'jira:issuePanel',
      issue: { id: issue.id, key: issue.key, type: issue.type.name, typeId: issue.type.id },
      project: { id: '10000', key: 'ACME', type: 'software' },
    });
    expect($('h2#panel-title').text()).toBe('Shorter Loop segments');
    expect($('script[src="/__forge/host.js"]')).toHaveLength(1);
  });

  it('shows names and texts that look like markup as they are', async () => {
    const issue = jira.issueFor('markup');
    const $ = await page(`/browse/${issue.key}`);
    const reporter = jira.people.find(({ accountId }) => accountId === issue.reporterAccountId);
    expect(reporter?.displayName).toContain('<b>');
    expect($('dl').text()).toContain(reporter?.displayName);
    expect($('h1').text()).toBe(issue.summary);
    expect($('main b, main img[onerror], script:not([src])')).toHaveLength(0);
    expect($('article').text()).toContain(issue.comments[0]?.text);
  });

  it('says who has no reporter', async () => {
    const $ = await page(`/browse/${jira.issueFor('noReporter').key}`);
    expect($('dt:contains("Reporter") + dd').text().trim()).toBe('None');
  });

  it.each(['/browse/ACME-999', '/browse/%3Cscript%3E'])('is not there for %s', async (path) => {
    const $ = await page(path);
    expect([$.status, $('h1').text()]).toEqual([404, "You can't view this work item"]);
    expect($('[data-module-key]')).toHaveLength(0);
  });

  it('tells someone without access nothing of the issue', async () => {
    const issue = jira.issueFor('one');
    const $ = await page(`/browse/${issue.key}`, as(jira.noAccessAccountId));
    expect([$.status, $('h1').text()]).toEqual([404, "You can't view this work item"]);
    expect($.text).not.toContain(issue.summary);
    expect($('[data-module-key]')).toHaveLength(0);
  });
});

describe('the sandbox bar', () => {
  it('offers every issue once, with its state', async () => {
    const $ = await page('/browse/ACME-106');
    const keys = $('[data-sandbox="issue"] option')
      .toArray()
      .map((option) => $(option).attr('value'));
    expect([...keys].sort()).toEqual(jira.issues.map(({ key }) => key).sort());
    expect($('[data-sandbox="issue"] option[selected]').text()).toBe('ACME-106: ambiguous: two members');
    expect(groupedIssues(jira.issues).flatMap(({ issues }) => issues)).toHaveLength(jira.issues.length);
  });

  it('shows who is signed in, and keeps to people who can be', async () => {
    const chosen = async (cookie: string) =>
      (await page('/browse/ACME-101', cookie))('[data-sandbox="account"] option[selected]').attr('value');
    expect(await chosen('')).toBe(jira.defaultAccountId);
    expect(await chosen(`a=b; ${as(jira.viewerAccountId)}`)).toBe(jira.viewerAccountId);
    expect(await chosen(as('nobody-1'))).toBe(jira.defaultAccountId);
    expect(await chosen('sandbox-account=%E0%A4%A')).toBe(jira.defaultAccountId);
    expect(await chosen(as(jira.issueFor('one').reporterAccountId ?? ''))).toBe(jira.defaultAccountId);
  });

  it('keeps theme and panel width, and falls back from what it does not know', async () => {
    const root = async (cookie: string) => {
      const $ = await page('/browse/ACME-101', cookie);
      return [$('html').attr('data-color-mode'), $('html').attr('data-panel-width')];
    };
    expect(await root('sandbox-theme=dark; sandbox-panel-width=480')).toEqual(['dark', '480']);
    expect(await root('sandbox-theme="><script>; sandbox-panel-width=9999')).toEqual(['auto', 'full']);
  });

  it('keeps the chosen language, and is in American English without a known one', async () => {
    const chosen = async (cookie: string) =>
      (await page('/browse/ACME-101', cookie))('[data-sandbox="locale"] option[selected]').attr('value');
    expect([await chosen('sandbox-locale=ja-JP'), await chosen('sandbox-locale=tlh'), await chosen('')]).toEqual([
      'ja-JP',
      'en-US',
      'en-US',
    ]);
  });
});

describe('the admin page', () => {
  it('leaves room for the app, for those who administer Jira', async () => {
    const $ = await page('/admin/apps/segments-admin', as(jira.adminAccountId));
    expect([$.status, $('[data-module-key]').attr('data-module-key')]).toEqual([200, 'segments-admin']);
    expect(JSON.parse($('[data-module-key]').attr('data-extension') ?? '')).toEqual({ type: 'jira:adminPage' });
  });

  it('is closed to everyone else', async () => {
    for (const accountId of [jira.defaultAccountId, jira.viewerAccountId, jira.noAccessAccountId]) {
      const $ = await page('/admin/apps/segments-admin', as(accountId));
      expect([$.status, $('[data-module-key]').length]).toEqual([403, 0]);
    }
  });
});

describe('managing apps', () => {
  it('leads by Configure to the second entry of the admin page, which stands in no navigation', async () => {
    const managed = await page('/admin/manage-apps', as(jira.adminAccountId));
    const configure = managed('a:contains("Configure")').attr('href') ?? '';
    const $ = await page(configure, as(jira.adminAccountId));
    expect([$.status, $('[data-module-key]').attr('data-module-key')]).toEqual([200, 'segments-configure']);
    const linked = $('nav[aria-label="Apps"] a')
      .toArray()
      .map((link) => $(link).attr('href'));
    expect(linked).toEqual(['/admin/manage-apps', '/admin/apps/segments-admin']);
  });

  it('is closed to everyone else', async () => {
    for (const path of ['/admin/manage-apps', '/admin/manage-apps/configure'])
      expect((await page(path, as(jira.defaultAccountId))).status).toBe(403);
  });
});

describe('what else the pages answer', () => {
  it('serves every file that a page names', async () => {
    const $ = await page('/browse/ACME-101');
    const own = $('[href^="/__jira/"], [src^="/__jira/"]')
      .toArray()
      .map((node) => $(node).attr('href') ?? $(node).attr('src') ?? '');
    expect(own.length).toBeGreaterThan(3);
    for (const path of own) expect((await open(path)).status).toBe(200);
    expect((await open('/__jira/jira.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  it.each([
    '/__jira/nothing.js',
    '/__jira/constructor',
    '/__jira/__proto__',
    '/__jira/../jira.ts',
    '/__jira/%2e%2e/jira.ts',
  ])('has no file %s', async (path) => {
    expect([404, 418]).toContain((await open(path)).status);
  });

  it.each(['/browse', '/browse/ACME-101/edit', '/rest/api/3/myself', '/__forge/host.js', '/admin/apps/other'])(
    'leaves %s to others',
    async (path) => {
      expect((await open(path)).status).toBe(418);
    },
  );
});

describe('a template', () => {
  it('escapes text in every place, and HTML made by a template in none', () => {
    const hostile = `<a href='x' title="y">&</a>`;
    expect(html`<p title="${hostile}">${[hostile, html`<i>${1}</i>`, null]}</p>`.safe).toBe(
      '<p title="&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;&lt;/a&gt;">&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;&lt;/a&gt;<i>1</i></p>',
    );
  });
});

describe('the way to the admin page', () => {
  it('stands in the bar, and leads there as an admin whoever was chosen before', async () => {
    const $ = await page('/browse/ACME-101', as(jira.viewerAccountId));
    const door = $('.sandbox-bar a:contains("Admin page")').attr('href') ?? '';
    const { status, headers } = await open(door, as(jira.viewerAccountId));
    expect([status, headers.get('location')]).toEqual([302, '/admin/apps/segments-admin']);
    const [chosen = ''] = (headers.get('set-cookie') ?? '').split(';');
    expect(chosen).toBe(as(jira.adminAccountId));
    expect((await page(headers.get('location') ?? '', chosen)).status).toBe(200);
  });

  it('is no way to what an admin may see for someone who is none', async () => {
    expect((await page('/admin/apps/segments-admin', as(jira.viewerAccountId))).status).toBe(403);
  });
});

describe('the card with what to try first', () => {
  const module = (key: string) => ({ key, title: key, iconUrl: null });
  const pages = createPages({
    people: jira.people,
    users: jira.people.slice(0, 1),
    issues: jira.issues,
    modules: () => ({
      panel: module('panel'),
      admin: module('admin'),
      configure: module('configure'),
      board: module('board'),
      context: { ...module('context'), label: 'context' },
    }),
    firstSteps: [{ path: '/browse/ACME-106', text: 'Choose <one> of two' }],
  });
  async function card(cookie = '') {
    const response = await fetch(`${await serve(pages)}/browse/ACME-101`, { headers: { cookie } });
    return load(await response.text())('[data-first-steps]');
  }

  it('links each step', async () => {
    const link = (await card()).find('a');
    expect([link.attr('href'), link.text()]).toEqual(['/browse/ACME-106', 'Choose <one> of two']);
  });

  it('is not shown again once it was read, nor where there is nothing to say', async () => {
    expect(await card('sandbox-first-steps=read')).toHaveLength(0);
    expect((await page('/browse/ACME-101'))('[data-first-steps]')).toHaveLength(0);
  });
});

describe('creating and editing', () => {
  it('offers a form to who may create, with themselves as reporter, and everybody to who may say so', async () => {
    const agent = await page('/create', as(jira.defaultAccountId));
    expect(
      agent('[name=reporterAccountId] option')
        .map((_, node) => agent(node).attr('value'))
        .get(),
    ).toEqual([jira.defaultAccountId]);
    const admin = await page('/create', as(jira.adminAccountId));
    expect(admin('[name=reporterAccountId] option').length).toBe(jira.people.filter(({ active }) => active).length);
    expect(admin('[name=reporterAccountId] option[selected]').attr('value')).toBe(jira.adminAccountId);
    expect((await page('/create', as(jira.viewerAccountId)))('main').text()).toContain("You can't create");
  });

  it('is on an issue only for who may', async () => {
    expect((await page('/browse/ACME-101', as(jira.adminAccountId)))('[data-edit-issue] button')).toHaveLength(2);
    expect((await page('/browse/ACME-101', as(jira.defaultAccountId)))('[data-edit-issue]')).toHaveLength(0);
  });
});
