import { derivedUuid, operationIdOf } from '../../src/usecases/result';
import { enqueue } from '../../src/adapters/store';
import type { LedgerEntry } from '../../src/contract';
import { ledgerEntry } from '../support/ledgerEntry';
import { fillLedger } from '../support/ledgerRows';
import { queuedChange } from '../support/queuedChange';
import { createSite, valueOf, type Site } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';

/** Requests of API clients at the very moments that decide what they are told. */

const MINUTE = 60_000;
let site: Site;
let time: VirtualTime;
beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(async () => {
  time.stop();
  await site.stop();
});

/** A site with one API client, and the reporter of ACME-101 in one segment; time is virtual. */
async function prepare() {
  site = await createSite({ offline: true, members: 20, segments: 4 });
  time = startVirtualTime();
  const acts = ['move', 'remove', 'get'] as const;
  const made = valueOf(await time.until(site.admin('admin.createApiClient', { name: 'Support desk', acts })));
  const [from = 0] = site.jira.memberFor('one')?.segmentIds ?? [];
  const to = site.simulator.segments.find(({ id }) => id !== from)?.id ?? 0;
  const body = (changes: { readonly action?: 'get'; readonly [field: string]: unknown } = {}) => ({
    ...{ operationId: 'operation-1', sentAt: new Date().toISOString(), action: 'move', issueKey: 'ACME-101' },
    ...(changes.action === 'get' ? {} : { source: String(from), target: String(to) }),
    ...changes,
  });
  const send = (changes: Parameters<typeof body>[0] = {}) =>
    time.until(site.apiClient({ 'x-segments-key': `${made.id}.${made.secret}` }, body(changes)));
  const requestId = derivedUuid('apiClient', made.id, 'operation-1');
  const requestDigest = derivedUuid('request', 'move', 'ACME-101', String(from), String(to));
  /** The row of an attempt of the request. */
  const attempt = (nth: number, changes: Partial<LedgerEntry> = {}) =>
    ledgerEntry({
      ...{ operationId: operationIdOf(requestId, nth), entryPoint: 'apiClient', apiClientId: made.id, requestDigest },
      ...{ actorAccountId: site.jira.adminAccountId, reporterAccountId: site.jira.issueFor('one').reporterAccountId },
      ...{ from: { id: from, name: 'From' }, to: { id: to, name: 'To' } },
      members: [{ memberId: site.jira.memberFor('one')?.id ?? 0, outcome: 'confirmed', reason: 'readBackAgrees' }],
      ...changes,
    });
  return { id: made.id, from, to, send, requestId, requestDigest, attempt };
}
const store = <T>(work: () => Promise<T>): Promise<T> =>
  time.until(site.app.runAs({ moduleKey: 'api-requests' }, work));
const sent = () => site.simulator.requests().filter(({ route }) => route === 'move').length;

it('tells whoever has no key where keys are made', async () => {
  await prepare();
  expect(await time.until(site.apiClient({}, {}))).toEqual({
    statusCode: 401,
    body: {
      message:
        'The header X-Segments-Key is missing or wrong. ' +
        'A Jira admin makes keys under Jira settings → Apps → Shorter Loop segments.',
    },
  });
});

it.each([-1, 1])('takes a request that is five minutes away to the millisecond, and no more: %i', async (sign) => {
  const { send } = await prepare();
  const at = (ms: number): string => new Date(Date.now() + sign * ms).toISOString();
  expect((await send({ action: 'get', sentAt: at(5 * MINUTE) })).statusCode).toBe(200);
  expect(await send({ action: 'get', sentAt: at(5 * MINUTE + 1) })).toEqual({
    statusCode: 400,
    body: { message: expect.stringMatching(/^The input "sentAt" is more than five minutes from now\. Send .+\.$/) },
  });
});

it('notes a use once a minute has passed since the last one, and not before', async () => {
  const { id, send } = await prepare();
  const used = (): unknown =>
    (site.platform.kvs.entity('api-client').find(({ key }) => key === id)?.value as { lastUsedAtMs?: number })
      .lastUsedAtMs;
  await send({ action: 'get' });
  const firstMs = Date.now();
  expect(used()).toBe(firstMs);
  await time.pass(MINUTE - 1);
  await send({ action: 'get' });
  expect(used()).toBe(firstMs);
  await time.pass(1);
  await send({ action: 'get' });
  expect(used()).toBe(firstMs + MINUTE);
});

describe('a key that is revoked while its request is read', () => {
  it.each(['one', 'noReporter'] as const)('opens nothing any more: %s', async (state) => {
    const { id, send } = await prepare();
    const { key: issueKey } = site.jira.issueFor(state);
    site.platform.intercept(({ kind }) => {
      if (kind === 'jira') site.platform.kvs.handle('/api/v1/entity/delete', { entityName: 'api-client', key: id });
      return undefined;
    });
    expect(await send({ action: 'get', issueKey })).toMatchObject({
      statusCode: 403,
      body: { message: expect.stringContaining('revoked') },
    });
  });
});

describe('a request whose operation id is taken in the very moment', () => {
  /** Another process records the same attempt just before this one does. */
  const overtake = (entry: LedgerEntry): void => {
    const remove = site.platform.intercept(({ path }, _proceed, { body }) => {
      if (!path.endsWith('/entity/set') || !String(body).includes('"ledger"')) return undefined;
      remove();
      fillLedger(site, [entry]);
      return undefined;
    });
  };

  it('is told what that one came to', async () => {
    const { send, attempt } = await prepare();
    overtake(attempt(1));
    expect(await send()).toEqual({ statusCode: 200, body: { message: 'This request was carried out before.' } });
    expect(sent()).toBe(0);
  });

  it('is told that it is about something else', async () => {
    const { send, attempt } = await prepare();
    overtake(attempt(1, { requestDigest: 'another' }));
    expect(await send()).toMatchObject({
      statusCode: 409,
      body: { message: expect.stringMatching(/^This operation id was used for another request/) },
    });
    expect(sent()).toBe(0);
  });
});

describe('a request that is sent again', () => {
  const refused: Partial<LedgerEntry> = {
    members: [{ memberId: 7, outcome: 'refused', reason: 'saidNo' }],
    answer: { status: 403, cause: 'forbidden', count: null },
  };

  it('is told what its seventh attempt came to, whatever the six before it did', async () => {
    const { send, attempt } = await prepare();
    const six = Array.from({ length: 6 }, (_, at) => attempt(at + 1, refused));
    fillLedger(site, six);
    expect(await send()).toMatchObject({
      statusCode: 409,
      body: { message: expect.stringMatching(/^This request was asked before, and was not carried out\./) },
    });
    fillLedger(site, [...six, attempt(7)]);
    expect(await send()).toEqual({ statusCode: 200, body: { message: 'This request was carried out before.' } });
  });

  it.each<[string, Partial<LedgerEntry> | null, string]>([
    ['nothing was sent', null, 'It is queued.'],
    ['its last attempt is over', refused, 'It is queued.'],
    [
      'it is accepted and does not show',
      { state: 'undecided', finishedAtMs: null, answer: { status: 200, cause: null, count: 1 } },
      'Shorter Loop has accepted the change and does not show it yet. The app looks again automatically, and the ' +
        'ledger will show the outcome.',
    ],
    [
      'nobody knows what it did',
      { state: 'undecided', finishedAtMs: null, answer: { status: 503, cause: 'server', count: null } },
      'The change was sent, and it is not known yet what became of it. The app looks again automatically, and the ' +
        'ledger will show the outcome.',
    ],
  ])('is told how it waits where %s', async (_what, row, sentence) => {
    const { id, send, attempt, requestId, requestDigest, from, to } = await prepare();
    const { id: issueId, key: issueKey, reporterAccountId } = site.jira.issueFor('one');
    const queued = queuedChange({
      ...{ requestId, requestDigest, source: String(from), target: String(to) },
      ...{ entryPoint: 'apiClient', actorAccountId: 'admin-1', apiClientId: id },
      ...{ reporterAccountId: reporterAccountId ?? '', issueId, issueKey },
    });
    await store(() => enqueue(queued));
    if (row !== null) fillLedger(site, [attempt(1, row)]);
    expect(await send()).toEqual({
      statusCode: 202,
      body: { message: `This request was asked before. ${sentence}` },
    });
  });
});
