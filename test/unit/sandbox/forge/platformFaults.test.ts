import { PartialSuccessError, Queue } from '@forge/events';
import { kvs } from '@forge/kvs';
import { installInProcess, type InProcess } from '../../../../sandbox/forge/inProcess';
import { parseManifest } from '../../../../sandbox/forge/manifest';
import { createPlatform, type Platform } from '../../../../sandbox/forge/platform';
import type { QueueEvent } from '../../../../sandbox/forge/queue';
import { batchPartial, killAtCall, kvsError, queuePartialSuccess } from '../../../support/platformFaults';

const manifest = parseManifest(`
app: { id: ari:cloud:ecosystem::app/1 }
modules:
  consumer: [{ key: worker, queue: work, function: work }]
  function: [{ key: work, handler: index.work }]
`);

let platform: Platform;
let forge: InProcess;
const delivered: QueueEvent[] = [];
beforeEach(() => {
  delivered.length = 0;
  platform = createPlatform({
    manifest,
    jira: () => Promise.reject(new Error('not asked')),
    routeEgress: () => null,
    queueSecondMs: 1,
    deliver: async (_consumer, event) => void delivered.push(event),
  });
  forge = installInProcess(platform);
});
afterEach(() => platform.close());
const run = <T>(work: () => Promise<T>): Promise<T> => forge.runAs({}, work);
const stored = (): string[] => platform.kvs.plain().map(({ key }) => key);

describe('a storage error', () => {
  test('strikes the nth request of its path alone', async () => {
    platform.intercept(kvsError('/set', 2, 'RATE_LIMIT_EXCEEDED', 429));
    await run(() => kvs.set('a', 1));
    expect(await run(() => kvs.get('a'))).toBe(1);
    await expect(run(() => kvs.set('b', 1))).rejects.toMatchObject({
      code: 'RATE_LIMIT_EXCEEDED',
      responseDetails: { status: 429 },
    });
    await run(() => kvs.set('c', 1));
    expect(stored()).toEqual(['a', 'c']);
  });

  test('can come after the write was done', async () => {
    platform.intercept(kvsError('/set', 1, 'INTERNAL_SERVER_ERROR', 500, 'afterApplying'));
    await expect(run(() => kvs.set('a', 1))).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
    expect(stored()).toEqual(['a']);
  });
});

describe('a batch that fails in part', () => {
  const batchSet = (...keys: string[]) => run(() => kvs.batchSet(keys.map((key) => ({ key, value: 1 }))));

  test('does the others, and names those that failed', async () => {
    platform.intercept(batchPartial((key) => key === 'b', 'THROTTLED'));
    expect(await batchSet('a', 'b', 'c')).toMatchObject({
      successfulKeys: [{ key: 'a' }, { key: 'c' }],
      failedKeys: [{ key: 'b', error: { code: 'THROTTLED' } }],
    });
    expect(stored()).toEqual(['a', 'c']);
  });

  test('can fail as a whole, and leaves batches without the chosen keys alone', async () => {
    platform.intercept(batchPartial((key) => key.startsWith('x')));
    expect(await batchSet('x1', 'x2')).toMatchObject({
      successfulKeys: [],
      failedKeys: [{ key: 'x1' }, { key: 'x2' }],
    });
    expect(await batchSet('a')).toMatchObject({ successfulKeys: [{ key: 'a' }], failedKeys: [] });
    expect(stored()).toEqual(['a']);
  });
});

describe('a push that succeeds in part', () => {
  const push = (...names: string[]) =>
    run(() => new Queue({ key: 'work' }).push(names.map((name) => ({ body: { name } }))));
  const arrived = async (): Promise<unknown[]> => {
    await platform.queue.idle();
    return delivered.map(({ body }) => body['name']);
  };

  test('delivers the others, and the SDK throws those that were lost', async () => {
    platform.intercept(queuePartialSuccess(({ name }) => name === 'b', 'no room'));
    const error: unknown = await push('a', 'b', 'c').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PartialSuccessError);
    expect(error).toMatchObject({ failedEvents: [{ errorMessage: 'no room', payload: { body: { name: 'b' } } }] });
    expect(await arrived()).toEqual(['a', 'c']);
  });

  test('can lose everything, and leaves pushes without the chosen events alone', async () => {
    platform.intercept(queuePartialSuccess((_body, index) => index === 0));
    await expect(push('a')).rejects.toMatchObject({ failedEvents: [{ payload: { body: { name: 'a' } } }] });
    expect(await arrived()).toEqual([]);
    platform.reset();
    await push('b');
    expect(await arrived()).toEqual(['b']);
  });
});

describe('a kill at the nth call', () => {
  const runIn = (invocationId: string, functionKey: string, work: () => Promise<unknown>): Promise<unknown> =>
    forge.runAs({ invocationId, functionKey }, work);

  test('counts the calls of one function, and neither those beside it nor those of before', async () => {
    let kills = 0;
    const host = { platform, killFunctions: () => Promise.resolve(void (kills += 1)) };
    await runIn('earlier', 'panel', () => kvs.set('a', 1));
    platform.intercept(killAtCall(host, 2, 'afterApplying', 'panel'));
    await runIn('earlier', 'panel', () => kvs.set('b', 1));
    await runIn('panel', 'panel', () => kvs.set('c', 1));
    for (const key of ['d', 'e']) await runIn('beside', 'refresh', () => kvs.set(key, 1));
    expect(kills).toBe(0);
    void runIn('panel', 'panel', () => kvs.set('f', 1));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(kills).toBe(1);
    expect(stored()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });
});
