import type { JiraRest, JiraRestAnswer, JiraRestRequest } from '../forge/jiraRest';
import { json } from './answers';

/** Points an hour that an app has over all of its sites, unless Atlassian grants more. Documented. */
export const HOURLY_QUOTA = 65_000;
const HOUR_MS = 3_600_000;
/** From this part of the quota on Jira tells how much is left. Documented as about 80 %. */
const NEAR = 0.8;
/** What an issue or project costs that is read, and a user, group or permission. Documented. */
const ISSUE = 1;
const PERSON = 2;

/** Jira's count of the points that an app spends. */
export type Meter = {
  /** Points spent since the last reset, over all hours. */
  readonly points: () => number;
  /** Sets the quota of every hour, for a test that wants to reach it. */
  readonly setHourlyQuota: (points: number) => void;
  readonly reset: () => void;
  /**
   * Stands before a Jira: counts what it answers, tells what is left near the limit, and refuses beyond it
   * until the next full hour (UTC).
   */
  readonly behind: (rest: JiraRest) => JiraRest;
};

/**
 * A meter that has counted nothing. Quota, prices and the wall until the next full hour are documented. Assumed: a
 * refused request costs 1 and one above the quota nothing, each permission that is answered counts, and the users
 * inside of issues don't; of the `RateLimit` header the page shows `r` and `t`, the name before them is one of its
 * reasons.
 * @see https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
 */
export function createMeter(nowMs: () => number): Meter {
  let quota = HOURLY_QUOTA;
  let total = 0;
  let hour = { startMs: 0, spent: 0 };
  const thisHour = () => {
    const startMs = Math.floor(nowMs() / HOUR_MS) * HOUR_MS;
    if (hour.startMs !== startMs) hour = { startMs, spent: 0 };
    return hour;
  };
  return {
    points: () => total,
    setHourlyQuota: (points) => {
      quota = points;
    },
    reset: () => {
      quota = HOURLY_QUOTA;
      total = 0;
      hour = { startMs: 0, spent: 0 };
    },
    behind: (rest) => async (request) => {
      const before = thisHour();
      const endMs = before.startMs + HOUR_MS;
      if (before.spent >= quota) return refused(endMs, nowMs());
      const answer = await rest(request);
      const points = priceOf(request, answer);
      const now = thisHour();
      now.spent += points;
      total += points;
      return now.spent < quota * NEAR
        ? answer
        : { ...answer, headers: { ...answer.headers, ...nearLimit(quota - now.spent, endMs, nowMs()) } };
    },
  };
}

function nearLimit(left: number, endMs: number, nowMs: number): Record<string, string> {
  return {
    'x-ratelimit-nearlimit': 'true',
    ratelimit: [
      '"jira-quota-global-based"',
      `r=${String(Math.max(0, left))}`,
      `t=${String(Math.ceil((endMs - nowMs) / 1_000))}`,
    ].join(';'),
  };
}

function refused(endMs: number, nowMs: number): JiraRestAnswer {
  const headers = {
    'retry-after': String(Math.ceil((endMs - nowMs) / 1_000)),
    'x-ratelimit-reset': new Date(endMs).toISOString(),
    'ratelimit-reason': 'jira-quota-global-based',
  };
  return json(429, { errorMessages: ['Rate limit exceeded.'], errors: {} }, headers);
}

/** What an answered request costs. */
function priceOf({ method, path }: JiraRestRequest, { status, body }: JiraRestAnswer): number {
  if (status !== 200) return 1;
  const [, resource = ''] = /^\/rest\/api\/3\/([^?]*)/.exec(path) ?? [];
  const found: unknown = JSON.parse(body);
  const at = (...names: string[]): unknown =>
    names.reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null
          ? Object.entries(value).find(([key]) => key === name)?.[1]
          : undefined,
      found,
    );
  const many = (value: unknown): number =>
    Array.isArray(value) ? value.length : typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
  if (method === 'POST') {
    if (resource === 'search/jql') return 1 + ISSUE * many(at('issues'));
    return resource === 'permissions/check'
      ? 1 + PERSON * (many(at('globalPermissions')) + many(at('projectPermissions')))
      : 1;
  }
  if (/^issue\/[^/]+$/.test(resource)) return 1 + ISSUE;
  if (resource === 'project/search') return 1 + ISSUE * many(at('values'));
  if (/^project\/[^/]+$/.test(resource)) return 1 + ISSUE;
  if (resource === 'mypermissions') return 1 + PERSON * many(at('permissions'));
  if (resource === 'myself') return 1 + PERSON * (1 + many(at('groups', 'items')));
  if (resource === 'groups/picker') return 1 + PERSON * many(at('groups'));
  if (resource === 'user/bulk') return 1 + PERSON * many(at('values'));
  if (resource.startsWith('user/')) return 1 + PERSON * (Array.isArray(found) ? found.length : 1);
  return 1;
}
