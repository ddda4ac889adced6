import { DEFAULT_PROFILE, type CheckChoices, type CheckReport } from '../../src/contract';
import { intercepted, OTHER_KEY, OTHER_SEGMENTS, type OtherServer } from '../support/otherReads';
import { createSite, problemOf, valueOf, type Site } from '../support/site';

let site: Site;
afterEach(() => site.stop());

/** An admin who has saved address, product and key, and nothing else. */
async function firstContact(server: OtherServer) {
  site = await createSite({ fresh: true });
  const { interceptor, asked } = intercepted(server);
  const remove = site.platform.intercept(interceptor);
  const settings = { apiOrigin: 'https://api.shorterloop.com', initiativeId: 4711, profile: DEFAULT_PROFILE };
  valueOf(await site.admin('admin.save', { settings, key: OTHER_KEY }));
  const check = async (choices: CheckChoices = {}): Promise<CheckReport> =>
    valueOf(await site.admin('admin.check', { choices }));
  return { asked, check, remove };
}

const view = async () => valueOf(await site.admin('admin.load'));
const codesOf = ({ lines }: CheckReport) => lines.map(({ code }) => code);

describe('the check', () => {
  it('has nothing to ask with before there is a key', async () => {
    site = await createSite({ fresh: true });
    expect(problemOf(await site.admin('admin.check', { choices: {} }))).toMatchObject({ code: 'notConfigured' });
  });

  it('asks for a segment, then proves the reads, and keeps what it learned', async () => {
    const { asked, check } = await firstContact({});
    const first = await check();
    expect(first).toMatchObject({ state: 'question', question: { ask: 'segmentId' }, requests: 2 });
    expect((await view()).writesOn).toBe(false);
    const second = await check({ segmentId: 19 });
    expect(second).toMatchObject({ state: 'proven', question: null, readPlan: 'all-at-once', differs: [] });
    expect(second.requests).toBeLessThanOrEqual(8);
    expect(asked.length).toBeLessThanOrEqual(10);
    const { settings, proofs } = await view();
    expect(second.view).toEqual(await view());
    expect(Object.keys(proofs).sort()).toEqual(['listSegments', 'segmentWithMembers', 'segmentsWithMembers']);
    expect(settings?.profile.evidence).toMatchObject({ key: { how: 'learned' }, listSegments: { how: 'learned' } });
    expect(settings?.profile.evidence).toMatchObject({ move: { how: 'documented' }, add: { how: 'assumed' } });
  });

  it('asks for no segment again once it is proven', async () => {
    const { check } = await firstContact({});
    await check({ segmentId: 19 });
    jest.useFakeTimers({
      now: Date.now() + 61_000,
      doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'],
    });
    expect(await check()).toMatchObject({ state: 'proven' });
    jest.useRealTimers();
  });

  it('keeps what another server is like, and reads by it from then on', async () => {
    const { check } = await firstContact({
      accepts: (headers) => headers['x-api-key'] === OTHER_KEY,
      listPath: '/api/v2/segments/',
      allPath: null,
      onePath: '/api/v2/segments/{id}/',
      record: ({ id, name, people }, full) => ({
        id: String(id),
        title: name,
        ...(full
          ? { members: people.map((one) => ({ userId: String(one.id), mail: one.email, name: one.name })) }
          : {}),
      }),
      envelope: (value) => ({ json: { result: value } }),
      before: ({ path }) => (path.endsWith('/') ? undefined : { status: 301, headers: { location: `${path}/` } }),
    });
    let report = await check();
    for (let round = 0; round < 4 && report.state !== 'proven'; round += 1) {
      jest.useFakeTimers({
        now: Date.now() + 61_000,
        doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'],
      });
      report = await check({ segmentId: 19 });
      expect(report.requests).toBeLessThanOrEqual(8);
      jest.useRealTimers();
    }
    expect(report).toMatchObject({ state: 'proven', readPlan: 'per-segment' });
    expect(report.differs).toEqual(
      expect.arrayContaining(['key', 'ids', 'readPlan', 'listSegments', 'segmentWithMembers']),
    );
    const { segments } = valueOf(await site.admin('admin.segments', {}));
    expect(segments.map(({ name }) => name)).toEqual(OTHER_SEGMENTS.map(({ name }) => name));
  });

  it('says that there are no segments yet, and keeps what the list showed', async () => {
    const { check } = await firstContact({ segments: [], envelope: (value) => ({ json: { data: { rows: value } } }) });
    const report = await check();
    expect(report).toMatchObject({
      state: 'empty',
      profile: { reads: { listSegments: { shape: { records: ['data', 'rows'] } } } },
    });
    expect(report.view).toMatchObject({ writesOn: false });
  });

  it('takes a proof back when an answer shows that it does not hold any more', async () => {
    const { check, remove } = await firstContact({});
    await check({ segmentId: 19 });
    expect((await view()).writesOn).toBe(true);
    remove();
    site.platform.intercept(intercepted({ accepts: () => false }).interceptor);
    expect(codesOf(await check())).toContain('keyRefused');
    expect((await view()).writesOn).toBe(false);
  });

  it('does not take trouble for a disproof', async () => {
    const { check, remove } = await firstContact({});
    await check({ segmentId: 19 });
    remove();
    site.platform.intercept(intercepted({ before: () => ({ status: 503 }) }).interceptor);
    const report = await check();
    expect(report.lines.at(-1)).toMatchObject({ code: 'failed', problem: { cause: 'server' } });
    expect((await view()).writesOn).toBe(true);
  });

  it('makes at most ten requests a minute over checks in a row, and says how long it rests', async () => {
    const { asked, check } = await firstContact({});
    for (let round = 0; round < 5; round += 1) await check({ segmentId: 19 });
    expect(asked.length).toBeLessThanOrEqual(10);
    const report = await check({ segmentId: 19 });
    expect(report.lines.at(-1)).toMatchObject({ code: 'paused' });
    expect((await view()).writesOn).toBe(true);
  });

  it('obeys a server that allows five a minute, and ends all the same', async () => {
    let left = 5;
    const { check } = await firstContact({
      before: () => (left-- > 0 ? undefined : { status: 429, headers: { 'retry-after': '1' } }),
    });
    await check();
    expect(await check({ segmentId: 19 })).toMatchObject({ state: 'proven' });
  });

  it('never writes, and gets no path on which a write may listen but for the segment that was named', async () => {
    const { asked, check } = await firstContact({});
    await check();
    await check({ segmentId: 20 });
    expect(asked.filter((one) => !/^(?:GET|OPTIONS) /.test(one))).toEqual([]);
    const named = asked.filter((one) => /^GET .*\/\d+\/(?:segment|manage)-users/.test(one));
    expect(named).toEqual(['GET /api/v2/segments/20/segment-users']);
  });

  it('tells which verbs the documented paths claim, and learns nothing from it', async () => {
    const { check } = await firstContact({
      before: ({ method }) =>
        method === 'OPTIONS' ? { status: 204, headers: { allow: 'GET, PUT, POST' } } : undefined,
    });
    await check();
    const report = await check({ segmentId: 19 });
    expect(report.lines.filter(({ code }) => code === 'verbs').length).toBeGreaterThan(0);
    expect(report.profile.writes).toEqual(DEFAULT_PROFILE.writes);
    expect(report.view.proofs).not.toHaveProperty('move');
  });

  it('keeps no name, address or key of what it saw', async () => {
    const { check } = await firstContact({ allPath: null, onePath: null });
    await check({ segmentId: 19 });
    const stored = JSON.stringify(site.platform.kvs.handle('/api/v1/get', { key: 'check' }));
    expect(stored).toContain('"profile"');
    expect(stored).not.toMatch(/acme|Early|Enterprise|sl_other/);
  });
});
