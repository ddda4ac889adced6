import { randomUUID } from 'node:crypto';
import { handleApiRequest, processQueuedChanges } from '../../src';
import { WHOLE_LEDGER } from '../../src/contract';
import { derivedUuid, operationIdOf } from '../../src/usecases/result';
import { enqueue, dequeue, recordIntended } from '../../src/adapters/store';
import { writeRows } from '../support/ledgerRows';
import { ledgerEntry } from '../support/ledgerEntry';
import { queuedChange } from '../support/queuedChange';
import { renameSegment } from '../support/segments';
import { createSite, linkedOf, problemOf, valueOf, type Site } from '../support/site';

let site: Site;
afterEach(async () => {
  await site.platform.queue.idle();
  await site.stop();
});

/** A site with one API client, and the reporter of ACME-101 in one segment. */
async function prepare(acts: readonly ('move' | 'remove' | 'add' | 'get')[] = ['move', 'remove', 'add', 'get']) {
  site = await createSite({ offline: true, queueSecondMs: 20 });
  const view = valueOf(await site.panel('panel.open', {}));
  const { member } = linkedOf(view);
  const [from = 0] = member.segmentIds;
  const to = view.segments.find(({ id }) => !member.segmentIds.includes(id))?.id ?? 0;
  const { id, secret } = valueOf(await site.admin('admin.createApiClient', { name: 'Support desk', acts }));
  const key = { 'x-segments-key': `${id}.${secret}` };
  /** A body with the segments that its action is about. */
  const body = ({
    action = 'move',
    ...changes
  }: { readonly action?: string; readonly [field: string]: unknown } = {}) => ({
    operationId: randomUUID(),
    sentAt: new Date().toISOString(),
    action,
    issueKey: 'ACME-101',
    ...(['add', 'get'].includes(action) ? {} : { source: String(from) }),
    ...(['remove', 'get'].includes(action) ? {} : { target: String(to) }),
    ...changes,
  });
  return { member, from, to, id, secret, key, body, memberships: () => site.simulator.truth.membershipsOf(member.id) };
}

describe('an API client', () => {
  it('moves, removes and reads with its own secret', async () => {
    const { key, body, memberships, to, member } = await prepare();
    expect(await site.apiClient(key, body())).toEqual({
      statusCode: 200,
      body: { outcome: 'done', message: expect.any(String), operationId: expect.any(String) },
    });
    expect(memberships()).toEqual([to]);
    expect(await site.apiClient(key, body({ action: 'get' }))).toMatchObject({
      statusCode: 200,
      body: { found: true, memberId: member.id, segments: [{ id: to, name: expect.any(String) }] },
    });
    expect(await site.apiClient(key, body({ action: 'remove', source: String(to) }))).toMatchObject({
      statusCode: 200,
    });
    expect(memberships()).toEqual([]);
    expect(writeRows(site.platform.kvs).map(({ value }) => value)).toEqual([
      expect.objectContaining({ entryPoint: 'apiClient', apiClientId: expect.any(String) }),
      expect.objectContaining({ entryPoint: 'apiClient' }),
    ]);
  });

  it('is not told of another work item’s request where its key only looks like that one in capitals', async () => {
    const { key, body } = await prepare();
    site.platform.intercept((call) =>
      call.kind === 'jira' && call.path.includes('/issue/SS-1')
        ? site.jira.rest({
            as: 'app',
            accountId: null,
            method: 'GET',
            path: call.path.replace('SS-1', 'ACME-101'),
            body: null,
            scopes: ['read:jira-work'],
          })
        : undefined,
    );
    const one = body({ issueKey: 'SS-1' });
    expect((await site.apiClient(key, one)).statusCode).toBe(200);
    expect((await site.apiClient(key, { ...one, issueKey: 'ss-1' })).statusCode).toBe(200);
    for (const issueKey of ['ß-1', 'ſS-1'])
      expect((await site.apiClient(key, { ...one, issueKey })).statusCode).toBe(400);
  });

  it('has every request carried out once, whatever it sends again', async () => {
    const { key, body, memberships, to } = await prepare();
    const one = body();
    expect((await site.apiClient(key, one)).statusCode).toBe(200);
    expect(await site.apiClient(key, one)).toEqual({
      statusCode: 200,
      body: { message: 'This request was carried out before.' },
    });
    expect(memberships()).toEqual([to]);
    expect(site.simulator.truth.writes()).toHaveLength(1);
  });

  describe('that uses an operation id again for something else', () => {
    it.each<[string, (p: Awaited<ReturnType<typeof prepare>>) => { readonly [field: string]: unknown }]>([
      ['another work item', () => ({ issueKey: 'ACME-102' })],
      ['another target', ({ from }) => ({ target: String(from) })],
      ['another source', () => ({ source: 'any' })],
      ['a removal', ({ to }) => ({ action: 'remove', source: String(to) })],
    ])('is told 409 and which request had it, and nothing is done: %s', async (_what, changes) => {
      const prepared = await prepare();
      const { key, body, to, memberships } = prepared;
      const operationId = 'ACME-101-joins';
      expect((await site.apiClient(key, body({ operationId }))).statusCode).toBe(200);
      expect(await site.apiClient(key, body({ ...changes(prepared), operationId }))).toEqual({
        statusCode: 409,
        body: {
          message: expect.stringMatching(
            /^This operation id was used for another request: a move on ACME-101, at 20.+Z\. Nothing was changed\./,
          ),
        },
      });
      expect(memberships()).toEqual([to]);
      expect(site.simulator.truth.writes()).toHaveLength(1);
    });

    it('is told so while the first waits', async () => {
      const { key, body, from } = await prepare();
      site.simulator.faults.add({ match: { route: 'segmentsWithMembers' }, fault: { kind: 'status', code: 503 } });
      const one = body();
      expect((await site.apiClient(key, one)).statusCode).toBe(202);
      expect(await site.apiClient(key, { ...one, target: String(from) })).toMatchObject({
        statusCode: 409,
        body: { message: expect.stringContaining('a move on ACME-101') },
      });
      expect((await site.apiClient(key, { ...one, sentAt: new Date().toISOString() })).statusCode).toBe(202);
    });

    it('is told what the last attempt came to, and so is the same request', async () => {
      const { key, body, id, from } = await prepare();
      const one = body();
      const requestId = derivedUuid('apiClient', id, one.operationId);
      const row = {
        entryPoint: 'apiClient',
        apiClientId: id,
        requestDigest: derivedUuid('request', 'move', 'ACME-101', one.source ?? '', one.target ?? ''),
      } as const;
      const attempts = [
        ledgerEntry({
          ...row,
          operationId: operationIdOf(requestId, 1),
          members: [{ memberId: 7, outcome: 'notConfirmed', reason: 'unchanged' }],
        }),
        ledgerEntry({ ...row, operationId: operationIdOf(requestId, 2) }),
      ];
      await site.app.runAs({ moduleKey: 'api-requests' }, () => Promise.all(attempts.map(recordIntended)));
      expect(await site.apiClient(key, one)).toEqual({
        statusCode: 200,
        body: { message: 'This request was carried out before.' },
      });
      expect((await site.apiClient(key, { ...one, target: String(from) })).statusCode).toBe(409);
    });

    it('is answered for one of two at the very same time', async () => {
      const { key, body, member } = await prepare();
      const [first, second] = site.simulator.segments
        .map(({ id }) => id)
        .filter((id) => !member.segmentIds.includes(id));
      const one = body({ target: String(first) });
      const answers = await Promise.all(
        [one, { ...one, target: String(second) }].map((sent) => site.apiClient(key, sent)),
      );
      expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
      expect(site.simulator.truth.writes()).toHaveLength(1);
    });

    it('finds an id free that was used for a request that was refused', async () => {
      const { key, body } = await prepare();
      const one = body();
      expect((await site.apiClient(key, { ...one, target: 'Nobody' })).statusCode).toBe(422);
      expect((await site.apiClient(key, one)).statusCode).toBe(200);
    });

    it('has ids of its own, whatever others have used', async () => {
      const { key, body, from, to } = await prepare();
      const other = valueOf(await site.admin('admin.createApiClient', { name: 'Other', acts: ['move'] }));
      const one = body();
      expect((await site.apiClient(key, one)).statusCode).toBe(200);
      const back = { ...one, source: String(to), target: String(from) };
      expect((await site.apiClient({ 'x-segments-key': `${other.id}.${other.secret}` }, back)).statusCode).toBe(200);
    });
  });

  it('means segments as everybody does, and is told the candidates where two are meant', async () => {
    const { key, body, to, from } = await prepare();
    await renameSegment(site, from, String(to));
    expect(await site.apiClient(key, body())).toMatchObject({
      statusCode: 422,
      body: { message: expect.stringContaining(`could mean more than one segment: `) },
    });
    expect(site.simulator.truth.writes()).toEqual([]);
    expect((await site.apiClient(key, body({ source: from, target: to }))).statusCode).toBe(200);
  });

  it('is told 202 for what waits, and what became of it afterwards', async () => {
    const { key, body } = await prepare();
    const fault = site.simulator.faults.add({
      match: { route: 'segmentsWithMembers' },
      fault: { kind: 'status', code: 503 },
    });
    const one = body();
    expect(await site.apiClient(key, one)).toMatchObject({ statusCode: 202, body: { outcome: 'queued' } });
    expect(await site.apiClient(key, one)).toMatchObject({
      statusCode: 202,
      body: { message: expect.stringContaining('is queued') },
    });
    fault.remove();
    await site.platform.queue.idle();
    expect(await site.apiClient(key, one)).toMatchObject({
      statusCode: 200,
      body: { message: 'This request was carried out before.' },
    });
  });

  it.each<[string, (p: Awaited<ReturnType<typeof prepare>>) => [Record<string, string>, unknown, string?], number]>([
    ['another method', ({ key, body }) => [key, body(), 'GET'], 405],
    ['no secret', ({ body }) => [{}, body()], 401],
    ['a wrong secret', ({ id, body }) => [{ 'x-segments-key': `${id}.wrong` }, body()], 401],
    ['an empty secret', ({ id, body }) => [{ 'x-segments-key': `${id}.` }, body()], 401],
    ['an unknown API client', ({ secret, body }) => [{ 'x-segments-key': `nobody.${secret}` }, body()], 401],
    ['no JSON', ({ key }) => [key, 'move'], 400],
    ['too large a body', ({ key, body }) => [key, body({ pad: 'x'.repeat(5_000) })], 413],
    ['an unknown action', ({ key, body }) => [key, body({ action: 'delete' })], 400],
    ['no operation id', ({ key, body }) => [key, body({ operationId: '' })], 400],
    [
      'an old request',
      ({ key, body }) => [key, body({ sentAt: new Date(Date.now() - 6 * 60_000).toISOString() })],
      400,
    ],
    [
      'a request of the future',
      ({ key, body }) => [key, body({ sentAt: new Date(Date.now() + 6 * 60_000).toISOString() })],
      400,
    ],
    ['a time that is none', ({ key, body }) => [key, body({ sentAt: 'now' })], 400],
    ['an unknown work item', ({ key, body }) => [key, body({ issueKey: 'ACME-9999' })], 404],
    ['an unknown segment', ({ key, body }) => [key, body({ target: 'Nobody' })], 422],
    ['no reporter', ({ key, body }) => [key, body({ issueKey: site.jira.issueFor('noReporter').key })], 422],
    ['adding before it is proven', ({ key, body }) => [key, body({ action: 'add' })], 503],
    [
      'a source where they are not',
      ({ key, body, to, from }) => [key, body({ source: String(to), target: String(from) }), 'POST'],
      200,
    ],
  ])('is answered with its own status: %s', async (_what, request, statusCode) => {
    const prepared = await prepare();
    const [headers, body, method] = request(prepared);
    const answer = await site.apiClient(headers, body, method);
    expect(answer).toEqual({
      statusCode,
      body: expect.objectContaining({ message: expect.stringMatching(/^[A-Z].+\.$/) }),
    });
    expect(site.simulator.truth.writes()).toEqual([]);
  });

  it('may do only what an admin let it do', async () => {
    const { key, body } = await prepare(['get']);
    expect(await site.apiClient(key, body())).toMatchObject({
      statusCode: 403,
      body: { message: expect.stringContaining('may not move') },
    });
    expect((await site.apiClient(key, body({ action: 'get' }))).statusCode).toBe(200);
  });

  it('is told the status of what Shorter Loop said', async () => {
    const { key, body } = await prepare();
    site.simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'status', code: 403 } });
    expect(await site.apiClient(key, body())).toMatchObject({
      statusCode: 502,
      body: { message: expect.stringContaining('may not do this') },
    });
  });

  it('is known by its whole secret, whatever the case of the header and the blanks around it', async () => {
    const { id, secret, body } = await prepare(['get']);
    const statusOf = async (name: string, value: string): Promise<number> =>
      (await site.apiClient({ [name]: value }, body({ action: 'get' }))).statusCode;
    expect(await statusOf('X-Segments-Key', ` ${id}.${secret} `)).toBe(200);
    expect(await statusOf('x-other-key', `${id}.${secret}`)).toBe(401);
    for (const value of [
      `${id}.${secret}x`,
      `${id}.${secret}.x`,
      `x ${id}.${secret}`,
      `${id}.${secret} x`,
      `.${secret}`,
      secret,
    ])
      expect(await statusOf('x-segments-key', value)).toBe(401);
  });

  it('may be a few minutes early or late, tell its time in any zone, and as long as 4,096 characters', async () => {
    const { key, body } = await prepare(['get']);
    const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
    expect((await site.apiClient(key, body({ action: 'get', sentAt: at(-4.9) }))).statusCode).toBe(200);
    expect((await site.apiClient(key, body({ action: 'get', sentAt: at(4.9) }))).statusCode).toBe(200);
    expect(
      (await site.apiClient(key, body({ action: 'get', sentAt: at(120).replace('Z', '+02:00') }))).statusCode,
    ).toBe(200);
    const padded = (length: number): string => JSON.stringify(body({ action: 'get' })).padEnd(length);
    expect((await site.apiClient(key, padded(4_096))).statusCode).toBe(200);
    expect((await site.apiClient(key, padded(4_097))).statusCode).toBe(413);
  });

  it.each<[string, { readonly [field: string]: unknown }]>([
    ['operationId', { operationId: 'x'.repeat(7) }],
    ['operationId', { operationId: 'x'.repeat(101) }],
    ['operationId', { operationId: 'with a blank' }],
    ['operationId', { operationId: '/operation' }],
    ['issueKey', { issueKey: ' ' }],
    ['issueKey', { issueKey: 'x'.repeat(256) }],
    ['source', { source: '' }],
    ['target', { target: 'x'.repeat(256) }],
    ['source', { action: 'remove', source: ' ' }],
    ['target', { action: 'add', target: ' ' }],
  ])('is told which input is not right: %s of %j', async (field, changes) => {
    const { key, body } = await prepare();
    expect(await site.apiClient(key, body(changes))).toEqual({
      statusCode: 400,
      body: { message: expect.stringContaining(`The input "${field}" is not right`) },
    });
  });

  it('is told 405 for what is no request, and 400 for one without a body', async () => {
    const { key } = await prepare();
    const send = (request: object): Promise<unknown> =>
      site.app.runFunction(handleApiRequest, { moduleKey: 'api-requests', body: request });
    expect(await send({ method: 7 })).toMatchObject({ statusCode: 405, headers: { allow: ['POST'] } });
    const headers = { 'x-segments-key': [key['x-segments-key']] };
    expect(await send({ method: 'post', headers })).toMatchObject({ statusCode: 400 });
    expect(await send({ method: 'POST', headers: { 'x-segments-key': [] } })).toMatchObject({ statusCode: 401 });
    // A POST is one, whatever else of it is odd.
    for (const odd of [{}, { headers: null }, { headers: { 'x-segments-key': 'text' } }])
      expect(await send({ method: 'POST', body: '{}', ...odd })).toMatchObject({ statusCode: 401 });
    for (const odd of [{ body: null }, { body: 7 }, { headers: { ...headers, 'x-other': null, 'x-more': [null] } }])
      expect(await send({ method: 'POST', headers, ...odd })).toMatchObject({
        statusCode: 400,
        body: expect.stringContaining('The body is not JSON: it is empty.'),
      });
  });

  it.each(['ambiguous', 'notFound', 'noReporter', 'found'] as const)(
    'reads why there is no member: %s',
    async (state) => {
      const { key, body } = await prepare(['get']);
      expect(await site.apiClient(key, body({ action: 'get', issueKey: site.jira.issueFor(state).key }))).toEqual({
        statusCode: 200,
        body: { found: false, reason: state, segments: [] },
      });
    },
  );

  it('reads every segment of a member, and nothing of a work item that is not there or while Shorter Loop refuses', async () => {
    const { key, body } = await prepare(['get']);
    const { segmentIds = [] } = site.jira.memberFor('many') ?? {};
    const named = site.simulator.segments
      .filter(({ id }) => segmentIds.includes(id))
      .map(({ id, name }) => ({ id, name }));
    expect(named.length).toBeGreaterThan(1);
    const many = body({ action: 'get', issueKey: site.jira.issueFor('many').key });
    expect(await site.apiClient(key, many)).toMatchObject({
      statusCode: 200,
      body: { found: true, reason: 'linked', segments: named },
    });
    const unknown = await site.apiClient(key, body({ action: 'get', issueKey: 'ACME-9999' }));
    expect(unknown.statusCode).toBe(404);
    // The same for one that exists and that the app's user may not see.
    site.jira.faults.add({ path: '/rest/api/3/issue/', fault: { kind: 'status', code: 404 } });
    const hidden = await site.apiClient(key, body({ action: 'get' }));
    expect(hidden).toEqual(unknown);
    expect(hidden.body).toEqual({
      message: expect.stringMatching(/not found, or the app may not see it: .+ atlassian-addons-project-access/),
    });
    site.jira.faults.clear();
    site.simulator.faults.add({ match: { route: 'segmentsWithMembers' }, fault: { kind: 'status', code: 401 } });
    expect(await site.apiClient(key, many)).toMatchObject({
      statusCode: 502,
      body: { message: expect.stringContaining('did not accept the API key') },
    });
  });

  it('adds where an admin has switched it on', async () => {
    const { key, body, memberships, from, to } = await prepare(['add']);
    site.proveWrites('add');
    expect(await site.apiClient(key, body({ action: 'add' }))).toMatchObject({
      statusCode: 200,
      body: { outcome: 'done', message: 'The reporter was added. This was verified in Shorter Loop.' },
    });
    expect(memberships().sort()).toEqual([from, to].sort());
  });

  it('is told what became of a request that it sends again, though it failed', async () => {
    const { key, body } = await prepare();
    site.simulator.faults.add({ match: { route: 'move' }, fault: { kind: 'status', code: 403 } });
    const one = body();
    expect((await site.apiClient(key, one)).statusCode).toBe(502);
    expect(await site.apiClient(key, one)).toEqual({
      statusCode: 409,
      body: {
        message: expect.stringMatching(
          /^This request was asked before, and was not carried out\. Shorter Loop refused/,
        ),
      },
    });
    expect(site.simulator.truth.writes()).toHaveLength(0);
  });

  it('is told of a request that waited and failed, and of one whose outcome is not known yet', async () => {
    const { key, body, id } = await prepare();
    const store = <T>(work: () => Promise<T>): Promise<T> => site.app.runAs({ moduleKey: 'api-requests' }, work);
    const waited = body();
    const failed = queuedChange({
      requestId: derivedUuid('apiClient', id, waited.operationId),
      state: 'failed',
      failure: 'segmentUnknown',
      entryPoint: 'apiClient',
      actorAccountId: 'admin-1',
      apiClientId: id,
      requestDigest: derivedUuid('request', 'move', 'ACME-101', waited.source ?? '', waited.target ?? ''),
      askedAtMs: 1,
      notBeforeMs: 1,
    });
    await store(() => enqueue({ ...failed, state: 'queued', failure: null }));
    await store(() => dequeue(failed, failed));
    expect(await site.apiClient(key, waited)).toEqual({
      statusCode: 409,
      body: {
        message:
          'This request was asked before, waited, and was given up. A segment of the request was no longer in ' +
          'Shorter Loop. A Jira admin can have it tried again under ' +
          'Jira settings → Apps → Shorter Loop segments, Health.',
      },
    });
    const begun = body();
    await store(() =>
      recordIntended(
        ledgerEntry({
          operationId: operationIdOf(derivedUuid('apiClient', id, begun.operationId), 1),
          state: 'intended',
          requestDigest: derivedUuid('request', 'move', 'ACME-101', begun.source ?? '', begun.target ?? ''),
        }),
      ),
    );
    expect(await site.apiClient(key, begun)).toEqual({
      statusCode: 202,
      body: { message: 'This request was asked before; its outcome is not known yet.' },
    });
    expect(site.simulator.truth.writes()).toEqual([]);
  });

  it('has a request carried out once, however often an admin had it tried again', async () => {
    const { id, key, body, memberships, from, to } = await prepare();
    const settled = () => site.app.runFunction(processQueuedChanges, { moduleKey: 'queued-changes', body: {} });
    site.simulator.faults.add({ fault: { kind: 'status', code: 503 } });
    const one = body();
    expect(await site.apiClient(key, one)).toMatchObject({ statusCode: 202, body: { outcome: 'queued' } });
    const scope = (kind: object) =>
      site.platform.kvs.handle('/api/v1/set', { key: 'projects', value: { version: 1, scope: kind } });
    scope({ kind: 'only', projects: [{ id: '1', key: 'ELSE', name: 'Elsewhere' }] });
    site.simulator.faults.clear();
    await settled();
    const requestId = derivedUuid('apiClient', id, one.operationId);
    for (let nth = 0; nth < 8; nth += 1) {
      valueOf(await site.admin('admin.retryChange', { requestId }));
      await settled();
    }
    scope({ kind: 'all' });
    valueOf(await site.admin('admin.retryChange', { requestId }));
    await settled();
    expect(memberships()).toEqual([to]);
    // Somebody moves them back, and the request is sent once more.
    const back = body({ source: String(to), target: String(from) });
    expect((await site.apiClient(key, back)).statusCode).toBe(200);
    expect(await site.apiClient(key, one)).toEqual({
      statusCode: 200,
      body: { message: 'This request was carried out before.' },
    });
    expect(memberships()).toEqual([from]);
  });

  it('has its last use noted, once a minute at most', async () => {
    const { key, body, id } = await prepare(['get']);
    const row = () =>
      site.platform.kvs.entity('api-client').find((one) => one.key === id)?.value as { lastUsedAtMs?: number };
    const usedAt = (lastUsedAtMs: number): void =>
      void site.platform.kvs.handle('/api/v1/entity/set', {
        entityName: 'api-client',
        key: id,
        value: { ...row(), lastUsedAtMs },
      });
    const use = async (): Promise<number | undefined> => {
      expect((await site.apiClient(key, body({ action: 'get' }))).statusCode).toBe(200);
      return row().lastUsedAtMs;
    };
    const firstMs = (await use()) ?? 0;
    expect(Date.now() - firstMs).toBeLessThan(30_000);
    expect(await use()).toBe(firstMs);
    const earlierMs = Date.now() - 61_000;
    usedAt(earlierMs);
    expect(row().lastUsedAtMs).toBe(earlierMs);
    expect(await use()).toBeGreaterThan(earlierMs);
  });

  it('is answered all the same when its use can not be noted', async () => {
    const quiet = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const { key, body } = await prepare(['get']);
    // Nothing else: now and then a look is counted too.
    site.platform.intercept(({ path }, _proceed, init) =>
      path.endsWith('/transaction') && String(init.body).includes('"entityName":"api-client"')
        ? { status: 500, headers: {}, body: '{}' }
        : undefined,
    );
    expect((await site.apiClient(key, body({ action: 'get' }))).statusCode).toBe(200);
    expect(quiet.mock.calls.flat().join()).toContain('"where":"api-client-use"');
  });

  it('is told 503 when storage fails', async () => {
    const log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const { key, body } = await prepare(['get']);
    site.platform.intercept(({ kind }) => (kind === 'kvs' ? { status: 500, headers: {}, body: '{}' } : undefined));
    expect((await site.apiClient(key, body({ action: 'get' }))).statusCode).toBe(503);
    expect(log.mock.calls.flat().join()).toContain('"where":"api-request"');
  });

  it('opens nothing any more once it is revoked', async () => {
    const { key, body, id } = await prepare();
    expect(valueOf(await site.admin('admin.revokeApiClient', { id })).apiClients).toEqual([]);
    expect((await site.apiClient(key, body())).statusCode).toBe(401);
  });
});

describe('the ledger', () => {
  it('exports the id of every API client as it is: none begins with a sign of formulas', async () => {
    const { id } = await prepare();
    // Of ids in base64url, one of 64 began with a minus, and stood in the export with an apostrophe before it.
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('names the API client of an entry, in the list and in the export, as long as it is kept', async () => {
    const { key, body, id } = await prepare();
    await site.apiClient(key, body());
    const asked = { filter: WHOLE_LEDGER, after: null };
    expect(valueOf(await site.admin('admin.ledgerPage', asked))).toMatchObject({
      entries: [
        { entryPoint: 'apiClient', apiClientId: id },
        { kind: 'link', entryPoint: 'app' },
      ],
      apiClients: { [id]: 'Support desk' },
    });
    expect(valueOf(await site.admin('admin.ledgerExport', asked)).lines).toContain(`,${id},Support desk\r\n`);
    valueOf(await site.admin('admin.revokeApiClient', { id }));
    expect(valueOf(await site.admin('admin.ledgerPage', asked))).toMatchObject({
      entries: [{ apiClientId: id }, { kind: 'link', apiClientId: null }],
      apiClients: {},
    });
    expect(valueOf(await site.admin('admin.ledgerExport', asked)).lines).toContain(`,${id},\r\n`);
  });

  it('is searched for what one API client did', async () => {
    const { key, body, id, to } = await prepare();
    const other = valueOf(await site.admin('admin.createApiClient', { name: 'Newsletter', acts: ['remove'] }));
    await site.apiClient(key, body());
    await site.apiClient(
      { 'x-segments-key': `${other.id}.${other.secret}` },
      body({ action: 'remove', source: String(to) }),
    );
    const search = async (apiClientId: string | null) =>
      valueOf(await site.admin('admin.ledgerPage', { filter: { ...WHOLE_LEDGER, apiClientId }, after: null }));
    expect(await search(null)).toMatchObject({
      entries: [{ kind: 'remove' }, { kind: 'move' }, { kind: 'link' }],
      apiClients: { [id]: 'Support desk', [other.id]: 'Newsletter' },
    });
    expect(await search(other.id)).toMatchObject({
      entries: [{ kind: 'remove', apiClientId: other.id }],
      apiClients: { [other.id]: 'Newsletter' },
    });
    expect((await search('nobody')).entries).toEqual([]);
  });

  it('asks for no names where nobody from outside asked', async () => {
    await prepare();
    site.platform.clearRecords();
    valueOf(await site.admin('admin.ledgerPage', { filter: WHOLE_LEDGER, after: null }));
    expect(site.platform.calls.filter(({ path }) => path.includes('/batch/'))).toEqual([]);
  });
});

describe('the admin page', () => {
  it('shows API clients without secrets, and keeps only a hash of each', async () => {
    const { secret, key, body } = await prepare();
    await site.apiClient(key, body({ action: 'get' }));
    const { apiClients, url } = valueOf(await site.admin('admin.apiClients'));
    expect(apiClients).toEqual([
      {
        id: expect.any(String),
        name: 'Support desk',
        acts: ['move', 'remove', 'add', 'get'],
        createdAtMs: expect.any(Number),
        createdByAccountId: site.jira.adminAccountId,
        lastUsedAtMs: expect.any(Number),
      },
    ]);
    expect(url).toMatch(/^https:\/\//);
    expect(JSON.stringify(site.platform.kvs.snapshot())).not.toContain(secret);
  });

  it('has a name that turns and breaks no line', async () => {
    await prepare();
    const input = { name: 'Ne\u202ews\nletter\u200b', acts: ['get'] };
    const { view } = valueOf(await site.admin('admin.createApiClient', input));
    expect(view.apiClients.map(({ name }) => name)).toContain('News letter');
  });

  it.each([
    ['no name', { name: ' ', acts: ['get'] }, 'name'],
    ['a name of what can’t be seen', { name: '\u200b\u202e\u2800', acts: ['get'] }, 'name'],
    ['a long name', { name: 'x'.repeat(61), acts: ['get'] }, 'name'],
    ['no acts', { name: 'x', acts: [] }, 'acts'],
    ['unknown acts', { name: 'x', acts: ['all'] }, 'acts.0'],
  ])('refuses an API client with %s', async (_what, input, field) => {
    await prepare();
    expect(problemOf(await site.admin('admin.createApiClient', input))).toMatchObject({ code: 'invalidInput', field });
  });
});
