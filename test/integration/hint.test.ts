import { readAskedMs, readHint } from '../../src/adapters/store';
import { takeHint } from '../../src';
import { webtriggerContext } from '../../sandbox/forge/webtriggerServer';
import { createSite, valueOf, type Site } from '../support/site';

let site: Site;
let secret: string;
beforeEach(async () => {
  site = await createSite({ offline: true });
  await site.refreshSlice();
  ({ secret } = valueOf(await site.admin('admin.rotateHint')));
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
  return site.stop();
});
const send = async (headers: Record<string, string>, body?: unknown): Promise<number> => {
  const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const request = {
    method: 'POST',
    path: '/x1/hook',
    userPath: '',
    headers: lists,
    queryParameters: {},
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...webtriggerContext('shorterloop-hint'),
  };
  const answer = await site.app.runFunction(takeHint, { moduleKey: 'shorterloop-hint', body: request });
  return (answer as { statusCode: number }).statusCode;
};
const right = (): Record<string, string> => ({ 'X-Segments-Key': secret });
const asked = (): Promise<number> => site.app.runAs({}, readAskedMs);
const hint = () => site.app.runAs({}, readHint);
const pushes = (): number => site.platform.calls.filter(({ path }) => path.includes('/queue/publish')).length;

it('asks for a refresh, and keeps whom it names', async () => {
  const before = Date.now();
  expect(await send(right(), { event: 'moved', member: { id: 7, email: 'someone@example.com' } })).toBe(202);
  expect(await asked()).toBeGreaterThanOrEqual(before);
  expect(await hint()).toMatchObject({ memberIds: [7] });
  expect(JSON.stringify(site.platform.kvs.plain())).not.toContain('someone@example.com');
});

it('is taken whatever else is odd about it: another header, and a byte order mark before the body', async () => {
  const headers = { 'x-segments-key': [secret], 'x-other': null, 'x-more': [null] };
  const body = { method: 'POST', headers, body: `\ufeff${JSON.stringify({ member: { id: 7 } })}` };
  const answer = await site.app.runFunction(takeHint, { moduleKey: 'shorterloop-hint', body });
  expect(answer).toMatchObject({ statusCode: 202 });
  expect(await hint()).toMatchObject({ memberIds: [7] });
});

it.each([
  ['a header of its own', () => ({ 'x-segments-key': secret })],
  ['a bearer', () => ({ Authorization: `Bearer ${secret}` })],
  ['a password', () => ({ authorization: `Basic ${Buffer.from(`anybody:${secret}`).toString('base64')}` })],
])('takes its secret as %s', async (_how, headers) => {
  expect(await send(headers(), {})).toBe(202);
});

it.each([
  ['no secret', () => ({})],
  ['an empty one', () => ({ 'X-Segments-Key': '' })],
  ['another one', () => ({ 'X-Segments-Key': `${secret}x` })],
  ['one of an API client', () => ({ 'X-Segments-Key': 'abc.def' })],
  ['a broken password', () => ({ authorization: 'Basic ****' })],
])('is refused with %s, and nothing happens', async (_what, headers) => {
  const before = await asked();
  expect(await send(headers(), { id: 7 })).toBe(401);
  expect([await asked(), await hint()]).toEqual([before, null]);
});

it('is refused while no secret was ever made, and with one that was replaced', async () => {
  const old = right();
  valueOf(await site.admin('admin.rotateHint'));
  expect(await send(old, {})).toBe(401);
  await site.stop();
  site = await createSite({ offline: true });
  expect(await send({ 'X-Segments-Key': secret }, {})).toBe(401);
});

it.each([
  ['nothing', ''],
  ['no JSON', '{"id": 7'],
  ['another shape', '[[[["id"]]]]'],
  ['a name that every object has', '{"__proto__": {"id": "x"}, "constructor": 1}'],
  ['a million characters', JSON.stringify({ id: 7, text: 'x'.repeat(1_000_000) })],
])('takes %s as a hint of nobody in particular', async (_what, body) => {
  const before = Date.now();
  expect(await send(right(), body)).toBe(202);
  expect(await asked()).toBeGreaterThanOrEqual(before);
  expect(await hint()).toMatchObject({ memberIds: [] });
});

it('asks once a minute however many hints come, and forgets none of them', async () => {
  const before = pushes();
  for (let nth = 1; nth <= 20; nth += 1) expect(await send(right(), { id: nth })).toBe(202);
  // The first at once, and one for all that came after it.
  expect(pushes() - before).toBe(2);
  const last = await hint();
  expect(last?.memberIds).toHaveLength(20);
  expect((last?.dueMs ?? 0) - Date.now()).toBeGreaterThan(50_000);
});

it('answers 202 when storage fails: the caller could do nothing about it', async () => {
  let calls = 0;
  site.platform.intercept(({ path }) => {
    if (!path.includes('/api/v1/set')) return undefined;
    calls += 1;
    throw new TypeError('broken');
  });
  expect(await send(right(), { id: 7 })).toBe(202);
  expect(calls).toBeGreaterThan(0);
});

it('has the segments of those whom it names read first', async () => {
  const memberId = site.simulator.truth.membersOf(site.simulator.segments.at(-1)?.id ?? 0)?.[0] ?? 0;
  const first = site.simulator.truth.membershipsOf(memberId);
  await send(right(), { memberId });
  expect((await hint())?.memberIds).toEqual([memberId]);
  expect(first.length).toBeGreaterThan(0);
  site.platform.clearRecords();
  await site.refreshSlice();
  expect(site.platform.calls.some(({ kind }) => kind === 'egress')).toBe(true);
});

it('tells admins its address and when it was used, and no secret', async () => {
  const before = valueOf(await site.admin('admin.hintAddress'));
  expect(before).toMatchObject({
    url: expect.stringContaining('http'),
    rotatedAtMs: expect.any(Number),
    lastHintAtMs: null,
  });
  await send(right(), {});
  const after = valueOf(await site.admin('admin.hintAddress'));
  expect(after.lastHintAtMs).toBeGreaterThan(0);
  expect(JSON.stringify([after, site.platform.kvs.plain()])).not.toContain(secret);
});
