import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import type { CustomField } from '../fields';
import { holds, visibleIssue } from '../permissions';
import type { JiraIssue, JiraPerson } from '../types';
import { choicesOf, cookieOf, COOKIES, type Locale } from './cookies';
import { createMain, CREATE_PATH, editPart } from './createIssue';
import { firstStepsCard, type FirstStep } from './firstSteps';
import { BULK_PATH } from './globalPage';
import { html, type Html } from './html';
import { BOARD_PATH, issueMain, projectSidebar, type ContextView, type Place } from './issuePage';
import type { ModuleView } from './module';
import {
  adminMain,
  adminSidebar,
  boardMain,
  configureMain,
  CONFIGURE_PATH,
  MANAGE_APPS_PATH,
  manageAppsMain,
  projectUnavailable,
  issueUnavailable,
  notAnAdmin,
} from './otherPages';
import { shell } from './shell';

/** The app's modules that have a place in these pages. `configure` is the admin page that *Manage apps* leads to. */
export type AppModules = {
  readonly panel: ModuleView;
  readonly context: ContextView;
  readonly admin: ModuleView;
  readonly configure: ModuleView;
  readonly board: ModuleView;
};

/** Where the admin page is opened by an admin, whoever the sandbox bar was set to before. */
export const ADMIN_DOOR = '/admin/as-admin';
/** Where the bulk page is opened by an admin, who alone may use it as long as nobody else was chosen. */
export const BULK_DOOR = `${BULK_PATH}/as-admin`;
/** Where a query is opened by an admin, for the app's action on what it finds. */
export const SEARCH_DOOR = '/issues/as-admin';

/** What the pages show. */
export type PagesParts = {
  readonly people: readonly JiraPerson[];
  /** Who can be chosen in the sandbox bar, the default one first. */
  readonly users: readonly JiraPerson[];
  readonly issues: readonly JiraIssue[];
  /** The modules of the app, titled in the viewer's language. */
  readonly modules: (locale: string) => AppModules;
  /** The app's fields on issues. */
  readonly fields?: readonly CustomField[];
  /** Told of every issue that is opened, before it is shown. */
  readonly onIssueView?: (issue: JiraIssue) => Promise<void>;
  /** Where further modules have pages of their own, by module key: global pages. */
  readonly modulePaths?: Readonly<Record<string, string>>;
  /** What a card on every page says to try first; no card without it. */
  readonly firstSteps?: readonly FirstStep[];
  /** Further pages by path; null for a path that none of them is at. */
  readonly morePages?: MorePages;
};

/** What a further page shows: its title, where it stands in the project's navigation, and its main part. */
type MorePages = (
  url: URL,
  viewerAccountId: string,
) => Promise<{ readonly title: string; readonly place: Place; readonly main: Html } | null>;

/** The web side of a Jira. */
export type JiraPages = {
  /**
   * Serves `/`, `/create`, `/browse/{key}`, `/projects/{key}/board`, `/admin/apps/{module}` with what is below it,
   * `/admin/manage-apps`, `/admin/manage-apps/configure`, and `/__jira/*`.
   * @returns false, with nothing written, for any other path
   */
  handleJiraPage(
    request: IncomingMessage,
    response: ServerResponse,
    viewer: { readonly accountId: string },
  ): Promise<boolean>;
  /** Whom the sandbox bar was set to; the default person when the cookie is missing or names nobody. */
  accountOf(request: Pick<IncomingMessage, 'headers'>): string;
  /** The language that the sandbox bar was set to. */
  localeOf(request: Pick<IncomingMessage, 'headers'>): Locale;
};

const ASSET_DIR = path.join(__dirname, '..', 'browser');
// A map: what comes from an address must not find what every object has.
const ASSETS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'jira.css': 'text/css; charset=utf-8',
    'jira.js': 'text/javascript; charset=utf-8',
    'automation.js': 'text/javascript; charset=utf-8',
    'issues.js': 'text/javascript; charset=utf-8',
    'edit.js': 'text/javascript; charset=utf-8',
    'icon.svg': 'image/svg+xml',
    'segments.svg': 'image/svg+xml',
  }),
);

/** The parts of the pages, and the paths of the modules in them. */
type Site = PagesParts & { readonly adminPath: string; readonly modulePaths: Readonly<Record<string, string>> };

/** Who asks for a page, and how. */
type Visit = { readonly request: IncomingMessage; readonly accountId: string; readonly viewer: JiraPerson | undefined };

/** What is on a page beside what every page has. */
type Contents = {
  readonly title: string;
  readonly main: Html;
  readonly sidebar?: Html;
  /** The issue that the sandbox bar has chosen. */
  readonly issueKey?: string | null;
};

type Answer = readonly [status: number, page: string];

/** Makes the pages of a Jira. */
export function createPages(parts: PagesParts): JiraPages {
  const [firstUser] = parts.users;
  if (firstUser === undefined) throw new Error('A Jira without users has no pages');
  const { admin, configure } = parts.modules('en-US');
  const adminPath = `/admin/apps/${admin.key}`;
  const modulePaths = { ...parts.modulePaths, [admin.key]: adminPath, [configure.key]: CONFIGURE_PATH };
  const site: Site = { ...parts, adminPath, modulePaths };
  return {
    async handleJiraPage(request, response, { accountId }) {
      const url = new URL(request.url ?? '/', 'http://jira.invalid');
      if (url.pathname === '/') {
        response.writeHead(302, { location: `/browse/${parts.issues[0]?.key ?? ''}` }).end();
        return true;
      }
      if (url.pathname === ADMIN_DOOR) return enterAsAdmin(site, site.adminPath, response);
      if (url.pathname === BULK_DOOR) return enterAsAdmin(site, BULK_PATH, response);
      if (url.pathname === SEARCH_DOOR) return enterAsAdmin(site, `/issues${url.search}`, response);
      if (url.pathname.startsWith('/__jira/')) return sendAsset(response, url.pathname.slice('/__jira/'.length));
      const viewer = parts.people.find((person) => person.accountId === accountId);
      const answer = await pageAt(site, { request, accountId, viewer }, url);
      return answer === null ? false : sendPage(response, answer);
    },
    accountOf(request) {
      const asked = cookieOf(request, COOKIES.account);
      return parts.users.find(({ accountId }) => accountId === asked)?.accountId ?? firstUser.accountId;
    },
    localeOf: (request) => choicesOf(request).locale,
  };
}

/** The page at an address; null when there is none. */
async function pageAt(site: Site, visit: Visit, url: URL): Promise<Answer | null> {
  const { pathname } = url;
  if (isAdminPath(site, pathname)) return adminPage(site, visit, pathname);
  if (pathname === BOARD_PATH) return boardPage(site, visit);
  if (pathname === CREATE_PATH && visit.viewer !== undefined)
    return [200, page(site, visit, { title: 'Create', main: createMain(visit.viewer, site.people) })];
  const further = await site.morePages?.(url, visit.accountId);
  if (further !== undefined && further !== null) {
    const { title, place, main } = further;
    return [200, page(site, visit, { title, main, sidebar: projectSidebar(place) })];
  }
  const issueKey = /^\/browse\/([^/]+)$/.exec(pathname)?.[1];
  if (issueKey === undefined) return null;
  const issue = site.issues.find(({ key }) => key === issueKey);
  if (issue !== undefined) await site.onIssueView?.(issue);
  return issuePage(site, visit, issueKey);
}

/** What follows the module's key is a place within the app's page. */
function isAdminPath({ adminPath }: Site, pathname: string): boolean {
  return (
    pathname === adminPath ||
    pathname.startsWith(`${adminPath}/`) ||
    pathname === MANAGE_APPS_PATH ||
    pathname === CONFIGURE_PATH
  );
}

function page(site: Site, { request, accountId, viewer }: Visit, contents: Contents): string {
  const { issues, users, modulePaths, firstSteps = [] } = site;
  const { title, main, sidebar = html``, issueKey = null } = contents;
  const bar = { issues, issueKey, users, accountId, choices: choicesOf(request), adminDoor: ADMIN_DOOR };
  const card = firstStepsCard(firstSteps, cookieOf(request, COOKIES.firstSteps) !== null);
  return shell({ title, viewer, bar, modulePaths, card, sidebar, main });
}

function issuePage(site: Site, visit: Visit, key: string): Answer {
  const { viewer } = visit;
  const issue = viewer && visibleIssue({ kind: 'person', person: viewer }, site.issues, key);
  if (issue === undefined) {
    const issueKey = site.issues.some((candidate) => candidate.key === key) ? key : null;
    return [404, page(site, visit, { title: 'Work item unavailable', main: issueUnavailable(), issueKey })];
  }
  const edit = viewer === undefined ? null : editPart(issue.key, viewer, site.people);
  const main = issueMain({
    issue,
    people: site.people,
    panel: modulesFor(site, visit).panel,
    context: modulesFor(site, visit).context,
    fields: site.fields ?? [],
    edit,
  });
  const title = `[${issue.key}] ${issue.summary}`;
  return [200, page(site, visit, { title, main, sidebar: projectSidebar(), issueKey: issue.key })];
}

function adminPage(site: Site, visit: Visit, pathname: string): Answer {
  const { admin, configure } = modulesFor(site, visit);
  const { viewer } = visit;
  if (viewer === undefined || !holds({ kind: 'person', person: viewer }, 'ADMINISTER'))
    return [403, page(site, visit, { title: admin.title, main: notAnAdmin() })];
  const sidebar = adminSidebar(admin, site.adminPath, pathname);
  if (pathname === MANAGE_APPS_PATH)
    return [200, page(site, visit, { title: 'Manage apps', main: manageAppsMain(admin), sidebar })];
  if (pathname === CONFIGURE_PATH)
    return [200, page(site, visit, { title: configure.title, main: configureMain(configure), sidebar })];
  return [200, page(site, visit, { title: admin.title, main: adminMain(admin), sidebar })];
}

function boardPage(site: Site, visit: Visit): Answer {
  const { board } = modulesFor(site, visit);
  const { viewer } = visit;
  if (viewer === undefined || !holds({ kind: 'person', person: viewer }, 'BROWSE_PROJECTS'))
    return [404, page(site, visit, { title: board.title, main: projectUnavailable() })];
  const sidebar = projectSidebar('Segment board');
  return [200, page(site, visit, { title: board.title, main: boardMain(board), sidebar })];
}

function modulesFor(site: Site, { request }: Visit): AppModules {
  return site.modules(choicesOf(request).locale);
}

function sendPage(response: ServerResponse, [status, text]: readonly [number, string]): true {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(text);
  return true;
}

/** Sets the sandbox bar to an admin and leads to the app's admin page. */
function enterAsAdmin({ users }: Site, location: string, response: ServerResponse): true {
  const admin = users.find(({ role }) => role === 'admin');
  const cookie = `${COOKIES.account}=${encodeURIComponent(admin?.accountId ?? '')}; path=/; samesite=lax`;
  response.writeHead(302, { location, ...(admin === undefined ? {} : { 'set-cookie': cookie }) }).end();
  return true;
}

async function sendAsset(response: ServerResponse, name: string): Promise<true> {
  const type = ASSETS.get(name);
  if (type === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end(`The sandbox's Jira has no asset ${name}`);
    return true;
  }
  response
    .writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' })
    .end(await readFile(path.join(ASSET_DIR, name)));
  return true;
}
