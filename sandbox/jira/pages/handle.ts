import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { holds, visibleIssue } from '../permissions';
import type { JiraIssue, JiraPerson } from '../types';
import { choicesOf, cookieOf, COOKIES, type Locale } from './cookies';
import { html, type Html } from './html';
import { BOARD_PATH, issueMain, projectSidebar, type Place } from './issuePage';
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
  readonly admin: ModuleView;
  readonly configure: ModuleView;
  readonly board: ModuleView;
};

/** What the pages show. */
export type PagesParts = {
  readonly people: readonly JiraPerson[];
  /** Who can be chosen in the sandbox bar, the default one first. */
  readonly users: readonly JiraPerson[];
  readonly issues: readonly JiraIssue[];
  /** The modules of the app, titled in the viewer's language. */
  readonly modules: (locale: string) => AppModules;
  /** Where further modules have pages of their own, by module key: global pages. */
  readonly modulePaths?: Readonly<Record<string, string>>;
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
   * Serves `/`, `/browse/{key}`, `/projects/{key}/board`, `/admin/apps/{module}` with what is below it, `/admin/manage-apps`,
   * `/admin/manage-apps/configure`, and `/__jira/*`.
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
    'icon.svg': 'image/svg+xml',
    'segments.svg': 'image/svg+xml',
  }),
);

/** Makes the pages of a Jira. */
export function createPages(parts: PagesParts): JiraPages {
  const [firstUser] = parts.users;
  if (firstUser === undefined) throw new Error('A Jira without users has no pages');
  const modulesFor = (request: IncomingMessage) => parts.modules(choicesOf(request).locale);
  const { admin: named, configure } = parts.modules('en-US');
  const adminPath = `/admin/apps/${named.key}`;
  const modulePaths = { ...parts.modulePaths, [named.key]: adminPath, [configure.key]: CONFIGURE_PATH };

  const page = (
    request: IncomingMessage,
    accountId: string,
    issueKey: string | null,
    title: string,
    sidebar: Html,
    main: Html,
  ): string => {
    const viewer = parts.people.find((person) => person.accountId === accountId);
    const bar = {
      issues: parts.issues,
      issueKey,
      users: parts.users,
      accountId,
      choices: choicesOf(request),
      adminPath,
    };
    return shell({ title, viewer, bar, modulePaths, sidebar, main });
  };

  const issuePage = (request: IncomingMessage, accountId: string, key: string): [number, string] => {
    const viewer = parts.people.find((person) => person.accountId === accountId);
    const issue = viewer && visibleIssue({ kind: 'person', person: viewer }, parts.issues, key);
    if (issue === undefined) {
      const known = parts.issues.some((candidate) => candidate.key === key) ? key : null;
      return [404, page(request, accountId, known, 'Issue unavailable', html``, issueUnavailable())];
    }
    const main = issueMain({ issue, people: parts.people, panel: modulesFor(request).panel });
    return [200, page(request, accountId, issue.key, `[${issue.key}] ${issue.summary}`, projectSidebar(), main)];
  };

  const adminPage = (request: IncomingMessage, accountId: string, pathname: string): [number, string] => {
    const { admin, configure: configuring } = modulesFor(request);
    const viewer = parts.people.find((person) => person.accountId === accountId);
    if (viewer === undefined || !holds({ kind: 'person', person: viewer }, 'ADMINISTER')) {
      return [403, page(request, accountId, null, admin.title, html``, notAnAdmin())];
    }
    const sidebar = adminSidebar(admin, adminPath, pathname);
    if (pathname === MANAGE_APPS_PATH)
      return [200, page(request, accountId, null, 'Manage apps', sidebar, manageAppsMain(admin))];
    if (pathname === CONFIGURE_PATH)
      return [200, page(request, accountId, null, configuring.title, sidebar, configureMain(configuring))];
    return [200, page(request, accountId, null, admin.title, sidebar, adminMain(admin))];
  };

  const boardPage = (request: IncomingMessage, accountId: string): [number, string] => {
    const { board } = modulesFor(request);
    const viewer = parts.people.find((person) => person.accountId === accountId);
    if (viewer === undefined || !holds({ kind: 'person', person: viewer }, 'BROWSE_PROJECTS')) {
      return [404, page(request, accountId, null, board.title, html``, projectUnavailable())];
    }
    return [200, page(request, accountId, null, board.title, projectSidebar('Segment board'), boardMain(board))];
  };

  return {
    async handleJiraPage(request, response, { accountId }) {
      const { pathname } = new URL(request.url ?? '/', 'http://jira.invalid');
      if (pathname === '/') {
        response.writeHead(302, { location: `/browse/${parts.issues[0]?.key ?? ''}` }).end();
        return true;
      }
      if (pathname.startsWith('/__jira/')) return sendAsset(response, pathname.slice('/__jira/'.length));
      // What follows the module's key is a place within the app's page.
      if (
        pathname === adminPath ||
        pathname.startsWith(`${adminPath}/`) ||
        pathname === MANAGE_APPS_PATH ||
        pathname === CONFIGURE_PATH
      )
        return sendPage(response, adminPage(request, accountId, pathname));
      if (pathname === BOARD_PATH) return sendPage(response, boardPage(request, accountId));
      const further = await parts.morePages?.(new URL(request.url ?? '/', 'http://jira.invalid'), accountId);
      if (further !== undefined && further !== null)
        return sendPage(response, [
          200,
          page(request, accountId, null, further.title, projectSidebar(further.place), further.main),
        ]);
      const issueKey = /^\/browse\/([^/]+)$/.exec(pathname)?.[1];
      return issueKey === undefined ? false : sendPage(response, issuePage(request, accountId, issueKey));
    },
    accountOf(request) {
      const asked = cookieOf(request, COOKIES.account);
      return parts.users.find(({ accountId }) => accountId === asked)?.accountId ?? firstUser.accountId;
    },
    localeOf: (request) => choicesOf(request).locale,
  };
}

function sendPage(response: ServerResponse, [status, text]: readonly [number, string]): true {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(text);
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
