import { createMeter, HOURLY_QUOTA } from '../../../../sandbox/jira/points';
import { pointsOf } from '../../../../src/adapters/jira/points';

const HOUR_MS = 3_600_000;
const many = (count: number): object[] => Array.from({ length: count }, () => ({}));
const permissionMap = { EDIT_ISSUES: {}, ADMINISTER: {} };

/** What each resource costs by the documented table: 1, and 1 an issue or project, 2 a user, group or permission. */
const PRICES: readonly (readonly [method: string, path: string, body: unknown, points: number])[] = [
  ['GET', '/rest/api/3/issue/ACME-1?fields=reporter', { id: '1' }, 2],
  ['POST', '/rest/api/3/search/jql', { issues: many(1_000) }, 1_001],
  ['POST', '/rest/api/3/search/jql', { issues: [] }, 1],
  ['POST', '/rest/api/3/search/approximate-count', { count: 100_000 }, 1],
  ['POST', '/rest/api/3/jql/parse?validation=strict', { queries: many(1) }, 1],
  ['GET', '/rest/api/3/project/search?startAt=0', { values: many(50) }, 51],
  ['GET', '/rest/api/3/project/ACME', { id: '1' }, 2],
  ['GET', '/rest/api/3/mypermissions?permissions=EDIT_ISSUES,ADMINISTER', { permissions: permissionMap }, 5],
  ['GET', '/rest/api/3/myself?expand=groups', { groups: { items: many(3) } }, 9],
  ['GET', '/rest/api/3/groups/picker?query=a', { groups: many(2) }, 5],
  ['GET', '/rest/api/3/user/bulk?accountId=a', { values: many(90) }, 181],
  ['GET', '/rest/api/3/user/email?accountId=a', { email: 'a' }, 3],
  ['GET', '/rest/api/3/user/email/bulk?accountId=a', many(90), 181],
  ['GET', '/rest/api/3/user/groups?accountId=a', many(2), 5],
  ['POST', '/rest/api/3/permissions/check', { globalPermissions: ['ADMINISTER'], projectPermissions: many(2) }, 7],
  ['POST', '/rest/api/3/jql/function/computation', { values: many(5) }, 1],
];

function meterOf(body: unknown, nowMs = () => 0) {
  const meter = createMeter(nowMs);
  const rest = meter.behind(() => Promise.resolve({ status: 200, headers: {}, body: JSON.stringify(body) }));
  const ask = (method: string, path: string) =>
    rest({ as: 'user', accountId: 'a', method, path, body: null, scopes: [] });
  return { meter, ask };
}

it.each(PRICES)('%s %s costs the app what Jira counts', async (method, path, body, points) => {
  const { meter, ask } = meterOf(body);
  await ask(method, path);
  expect(meter.points()).toBe(points);
  expect(pointsOf({ method, path }, { status: 200, body })).toBe(points);
});

it('counts a refused request as one point', () => {
  expect(pointsOf({ method: 'GET', path: '/rest/api/3/issue/ACME-1' }, { status: 404, body: null })).toBe(1);
});

it('tells what is left only near the limit, refuses beyond it, and answers again after the full hour', async () => {
  let nowMs = 10 * HOUR_MS + 1_800_000;
  const { meter, ask } = meterOf({ issues: many(39) }, () => nowMs);
  meter.setHourlyQuota(100);
  const search = () => ask('POST', '/rest/api/3/search/jql');
  expect((await search()).headers).toEqual({});
  const near = await search();
  expect(near.headers).toMatchObject({ 'x-ratelimit-nearlimit': 'true' });
  expect(near.headers['ratelimit']).toContain('r=20');
  await search();
  const refused = await search();
  expect(refused.status).toBe(429);
  expect(refused.headers).toMatchObject({ 'retry-after': '1800', 'ratelimit-reason': 'jira-quota-global-based' });
  expect(meter.points()).toBe(120);
  nowMs += 1_800_000;
  expect((await search()).status).toBe(200);
  meter.reset();
  expect(meter.points()).toBe(0);
  expect(HOURLY_QUOTA).toBe(65_000);
});
