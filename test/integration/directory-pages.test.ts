import { z } from 'zod';
import { toldByRows, truthOf } from '../support/directory';
import { createSite, type Site } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';

let site: Site;
let time: VirtualTime;
afterEach(async () => {
  time.stop();
  await site.stop();
});

const answerSchema = z.looseObject({ data: z.looseObject({ users: z.array(z.unknown()) }) });

/** Lets Shorter Loop answer a segment's members one a page, by the parameter `page`. */
function pageMembers(asked: number[]): void {
  const { platform, simulator } = site;
  platform.intercept(async (call, proceed, { method, headers, body }) => {
    const { pathname, searchParams } = new URL(call.path, 'https://offline.invalid');
    if (call.kind !== 'egress' || method !== 'GET') return undefined;
    asked.push(Date.now());
    if (!/\/\d+\/segment-users$/.test(pathname)) return undefined;
    const answer = await simulator.handle({ method, path: pathname, headers, body });
    if (answer.kind !== 'http') return proceed();
    const { data, ...rest } = answerSchema.parse(JSON.parse(answer.body));
    const from = Number(searchParams.get('page') ?? 1) - 1;
    const paged = { ...rest, data: { ...data, users: data.users.slice(from, from + 1) } };
    return { status: answer.status, headers: { ...answer.headers }, body: JSON.stringify(paged) };
  });
}

it('a refresh reads segments page by page, and keeps to 100 fetches a minute', async () => {
  site = await createSite({ offline: true, members: 150 });
  const { profile } = site.settings;
  const paging = { kind: 'page', parameter: 'page', first: 1 } as const;
  const reads = { ...profile.reads, segmentWithMembers: { ...profile.reads.segmentWithMembers, paging } };
  const paged = { ...profile, readPlan: 'per-segment', reads };
  const connection = { ...site.settings, profile: paged };
  const proofs = { listSegments: 1, segmentWithMembers: 1 };
  const value = { version: 2, connection, savedAtMs: 1, savedByAccountId: 'admin', stops: [], proofs };
  site.platform.kvs.handle('/api/v1/set', { key: 'settings', value });
  const asked: number[] = [];
  pageMembers(asked);
  time = startVirtualTime();
  await time.until(site.refreshSlice());
  expect(toldByRows(site)).toEqual(truthOf(site));
  expect(asked.length).toBeGreaterThan(150);
  for (const from of asked)
    expect(asked.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(100);
});
