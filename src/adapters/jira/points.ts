import { z } from 'zod';

/** A request to Jira as far as its price goes; `path` with its query. */
export type PricedRequest = { readonly method: string; readonly path: string };

const list = z.array(z.unknown());
const issues = z.looseObject({ issues: list });
const values = z.looseObject({ values: list });
const groups = z.looseObject({ groups: list });
const permissions = z.looseObject({ permissions: z.record(z.string(), z.unknown()) });
const checked = z.looseObject({ globalPermissions: list, projectPermissions: list });
const ownGroups = z.looseObject({ groups: z.looseObject({ items: list }) });

/** What each object costs that a request reads, beyond the one point of the request itself. */
const CORE = 1;
const IDENTITY = 2;

/** What a resource reads: how many issues or projects, and how many users, groups or permissions. */
type Priced = { readonly method: 'GET' | 'POST'; readonly path: RegExp; readonly read: (body: unknown) => number };

const RESOURCES: readonly Priced[] = [
  {
    method: 'POST',
    path: /^\/rest\/api\/3\/search\/jql$/,
    read: (body) => CORE * lengthOf(issues.safeParse(body).data?.issues),
  },
  {
    method: 'POST',
    path: /^\/rest\/api\/3\/issue\/bulkfetch$/,
    read: (body) => CORE * lengthOf(issues.safeParse(body).data?.issues),
  },
  { method: 'POST', path: /^\/rest\/api\/3\/search\/approximate-count$/, read: () => 0 },
  { method: 'POST', path: /^\/rest\/api\/3\/jql\/parse$/, read: () => 0 },
  { method: 'POST', path: /^\/rest\/api\/3\/permissions\/check$/, read: (body) => IDENTITY * checkedOf(body) },
  { method: 'GET', path: /^\/rest\/api\/3\/issue\/[^/]+$/, read: () => CORE },
  {
    method: 'GET',
    path: /^\/rest\/api\/3\/project\/search$/,
    read: (body) => CORE * lengthOf(values.safeParse(body).data?.values),
  },
  { method: 'GET', path: /^\/rest\/api\/3\/project\/[^/]+$/, read: () => CORE },
  {
    method: 'GET',
    path: /^\/rest\/api\/3\/mypermissions$/,
    read: (body) => IDENTITY * Object.keys(permissions.safeParse(body).data?.permissions ?? {}).length,
  },
  {
    method: 'GET',
    path: /^\/rest\/api\/3\/myself$/,
    read: (body) => IDENTITY * (1 + lengthOf(ownGroups.safeParse(body).data?.groups.items)),
  },
  {
    method: 'GET',
    path: /^\/rest\/api\/3\/groups\/picker$/,
    read: (body) => IDENTITY * lengthOf(groups.safeParse(body).data?.groups),
  },
  {
    method: 'GET',
    path: /^\/rest\/api\/3\/user\/bulk$/,
    read: (body) => IDENTITY * lengthOf(values.safeParse(body).data?.values),
  },
  {
    method: 'GET',
    path: /^\/rest\/api\/3\/user\/(email|email\/bulk|groups|search)$/,
    read: (body) => IDENTITY * oneOrMany(body),
  },
];

/**
 * What an answered request costs in Jira's points, as documented: 1 a request, 1 more an issue or
 * project and 2 more a user, group or permission that it reads; a write 1. A resource that is in
 * no list counts as 1. Assumed, as the page does not say it: a refused request costs 1; each permission that
 * `mypermissions` or `permissions/check` answers counts as one that was read; the reporters inside of issues
 * that a search answers cost nothing more, as those of a single issue do in the page's own example.
 * @param body the answer's JSON
 * @see https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
 */
export function pointsOf(
  { method, path }: PricedRequest,
  answer: { readonly status: number; readonly body: unknown },
): number {
  if (answer.status !== 200) return 1;
  const pathname = path.replace(/\?.*$/s, '');
  const resource = RESOURCES.find((one) => one.method === method && one.path.test(pathname));
  return 1 + (resource?.read(answer.body) ?? 0);
}

function lengthOf(found: readonly unknown[] | undefined): number {
  return found?.length ?? 0;
}

function oneOrMany(body: unknown): number {
  return Array.isArray(body) ? body.length : 1;
}

function checkedOf(body: unknown): number {
  const found = checked.safeParse(body).data;
  return lengthOf(found?.globalPermissions) + lengthOf(found?.projectPermissions);
}
