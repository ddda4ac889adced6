import type { Jira } from './jira';
import { ADMIN_DOOR, BOARD_PATH, BULK_DOOR, SEARCH_DOOR, type FirstStep } from './jira/pages';

/** What the connection form of a fresh installation asks for. */
export type Connection = { readonly key: string; readonly initiativeId: number };

/** What there is to know of a sandbox for who starts it. */
export type Welcome = {
  readonly url: string;
  readonly jira: Jira;
  readonly isFresh: boolean;
  readonly connection: Connection;
};

const ROLES = {
  agent: 'works on work items: looks, links, moves',
  viewer: 'may look, and change nothing',
  admin: 'Jira admin: connects the app and decides who may do what',
  noAccess: 'may not see the project',
  reporter: 'reports',
} as const;

const QUERY = 'project = ACME AND type = Bug AND created >= -90d';

/** The places worth seeing, in the order in which somebody new would go through them. */
export function placesOf(jira: Jira, isFresh: boolean): readonly FirstStep[] {
  const admin = jira.people.find(({ accountId }) => accountId === jira.adminAccountId)?.displayName ?? '';
  const connecting = {
    path: ADMIN_DOOR,
    text: `Admin page, as ${admin}: connect to Shorter Loop, check, see the people`,
  };
  const using = [
    {
      path: `/browse/${jira.issueFor('one').key}`,
      text: 'A reporter who is a member: move them, see it confirmed, undo',
    },
    { path: `/browse/${jira.issueFor('ambiguous').key}`, text: 'One email, two members: somebody has to choose' },
    { path: BOARD_PATH, text: 'Segment board: whose wishes the work items are' },
    {
      path: `${SEARCH_DOOR}?${new URLSearchParams({ jql: QUERY }).toString()}`,
      text: `A query, as ${admin}: the app’s action on what it finds`,
    },
    { path: BULK_DOOR, text: `Bulk changes, as ${admin}: the reporters of a query into a segment, such as ${QUERY}` },
    { path: '/automation', text: 'Rules with the app’s actions' },
  ];
  return isFresh ? [connecting, ...using] : [...using, connecting];
}

/** What `npm start` prints once everything stands. */
export function welcomeText({ url, jira, isFresh, connection }: Welcome): string {
  const people = [jira.defaultAccountId, jira.adminAccountId, jira.viewerAccountId, jira.noAccessAccountId].flatMap(
    (accountId) => jira.people.find((person) => person.accountId === accountId) ?? [],
  );
  return [
    `Ready: ${url}`,
    '',
    'People (the bar on top switches; you begin as the first)',
    ...people.map(({ displayName, role }) => `  ${displayName.padEnd(18)}${ROLES[role]}`),
    '',
    'Worth seeing',
    ...placesOf(jira, isFresh).flatMap(({ path, text }) => [`  ${text}`, `    ${url}${path}`]),
    ...(isFresh ? ['', 'To connect', ...connectionLines(connection)] : []),
    '',
    'Ctrl-C ends it.',
  ].join('\n');
}

function connectionLines({ key, initiativeId }: Connection): string[] {
  return [`  ${'API key'.padEnd(18)}${key}`, `  ${'Initiative id'.padEnd(18)}${initiativeId}`];
}
