import { parseManifest } from '../../../../sandbox/forge/manifest';
import { createQueue, type QueueEvent } from '../../../../sandbox/forge/queue';
import { bodyText } from '../../../../sandbox/forge/wire';

const { modules } = parseManifest(`
app: { id: ari:cloud:ecosystem::app/1 }
modules:
  consumer: [{ key: worker, queue: work, function: f }]
  function: [{ key: f, handler: index.f }]
`);

const delivered: QueueEvent[] = [];
let answerWith: (event: QueueEvent) => unknown;
beforeEach(() => {
  delivered.length = 0;
  answerWith = () => undefined;
});
const queue = createQueue({
  consumers: modules,
  secondMs: 1,
  deliver: async (_consumer, event) => {
    delivered.push(event);
    return answerWith(event);
  },
});
const publish = (payload: object[], queueName = 'work'): number | undefined =>
  queue.handle('/webhook/queue/publish/x', { queueName, jobId: 'job', payload })?.status;
const names = (): unknown[] => delivered.map(({ body }) => body['name']);

test('events come in the order in which they are due', async () => {
  jest.useFakeTimers();
  try {
    expect(publish([{ body: { name: 'late' }, delayInSeconds: 20 }, { body: { name: 'now' } }])).toBe(201);
    await jest.advanceTimersByTimeAsync(20);
  } finally {
    jest.useRealTimers();
  }
  expect(names()).toEqual(['now', 'late']);
});

test('events can be made to come late and in another order', async () => {
  queue.setDelivery({ order: 'reversed' });
  publish([{ body: { name: 'a' } }, { body: { name: 'b' } }]);
  await queue.idle();
  queue.setDelivery({ extraDelayMs: ({ body }) => (body['name'] === 'c' ? 20_000 : 0) });
  publish([{ body: { name: 'c' } }, { body: { name: 'd' } }]);
  await queue.idle();
  queue.setDelivery({});
  expect(names()).toEqual(['b', 'a', 'd', 'c']);
});

test('a second delivery carries the same event id', async () => {
  queue.setDelivery({ copies: () => 2 });
  publish([{ body: { name: 'a' } }]);
  await queue.idle();
  queue.setDelivery({});
  expect(delivered).toHaveLength(2);
  expect(new Set(delivered.map(({ eventId }) => eventId)).size).toBe(1);
});

const statsOf = (jobId: string): unknown => {
  const answer = queue.handle('/webhook/queue/stats/x', { queueName: 'work', jobId });
  return answer === null ? null : JSON.parse(bodyText(answer));
};

/** Lets so many seconds of the queue pass. */
async function passing(seconds: number, work: () => Promise<void>): Promise<void> {
  jest.useFakeTimers();
  try {
    publish([{ body: { name: 'a' } }]);
    await jest.advanceTimersByTimeAsync(seconds);
    await work();
  } finally {
    jest.useRealTimers();
  }
}

test('an event that fails comes again for 24 hours, ever later and at least every 15 minutes, and is dropped then', async () => {
  const atMs: number[] = [];
  answerWith = () => {
    atMs.push(Date.now());
    return Promise.reject(new Error('broken'));
  };
  await passing(24 * 3_600 + 900, () => Promise.resolve());
  const gaps = atMs.slice(1).map((at, index) => at - (atMs[index] ?? 0));
  expect(gaps.slice(0, 4)).toEqual([1, 2, 4, 8]);
  expect(Math.max(...gaps)).toBe(900);
  expect((atMs.at(-1) ?? 0) - (atMs[0] ?? 0)).toBeLessThan(24 * 3_600);
  expect(atMs.length).toBeGreaterThan(24 * 4);
  expect(statsOf('job')).toEqual({ success: 0, inProgress: 0, failed: 1 });
});

test('a retried event says how often, why, with what and how much of its 24 hours is left', async () => {
  answerWith = ({ retryContext }) =>
    retryContext === undefined
      ? {
          _retry: true,
          retryOptions: { retryAfter: 5_000, retryReason: 'FUNCTION_UPSTREAM_RATE_LIMITED', retryData: { page: 2 } },
        }
      : undefined;
  await passing(900, () => Promise.resolve());
  expect(delivered.map(({ retryContext }) => retryContext)).toEqual([
    undefined,
    {
      retryCount: 1,
      retryReason: 'FUNCTION_UPSTREAM_RATE_LIMITED',
      retryData: { page: 2 },
      retentionWindow: {
        startTime: expect.stringMatching(/^\d{4}-.*Z$/),
        remainingTimeMs: expect.closeTo((24 * 3_600 - 900) * 1_000, -4),
      },
    },
  ]);
  expect(statsOf('job')).toEqual({ success: 1, inProgress: 0, failed: 0 });
});

test('what the platform broke off does not count as a try of the app', async () => {
  answerWith = ({ retryContext }) =>
    retryContext === undefined
      ? Promise.reject(Object.assign(new Error('killed'), { errorType: 'FUNCTION_CRASH' }))
      : undefined;
  publish([{ body: { name: 'a' } }]);
  await queue.idle();
  expect(delivered.at(-1)?.retryContext?.retryCount).toBe(0);
});

test('a time-out is named as the reason of the next try', async () => {
  answerWith = ({ retryContext }) =>
    retryContext === undefined
      ? Promise.reject(Object.assign(new Error('slow'), { errorType: 'FUNCTION_TIME_OUT' }))
      : undefined;
  publish([{ body: { name: 'a' } }]);
  await queue.idle();
  expect(delivered.at(-1)?.retryContext).toMatchObject({ retryCount: 1, retryReason: 'FUNCTION_TIME_OUT' });
});

test.each([
  ['a queue without a consumer', 'nobody', [{ body: {} }], 404],
  ['more than 50 events', 'work', Array.from({ length: 51 }, () => ({ body: {} })), 400],
  ['more than 200 KB', 'work', [{ body: { text: 'x'.repeat(200 * 1024) } }], 413],
  ['a delay of more than 900 seconds', 'work', [{ body: {}, delayInSeconds: 901 }], 400],
])('%s is refused', async (_what, queueName, payload, status) => {
  expect(publish(payload, queueName)).toBe(status);
  await queue.idle();
  expect(delivered).toEqual([]);
});

test('a job that is unknown has no stats, and a path that is unknown no answer', () => {
  expect(queue.handle('/webhook/queue/stats/x', { queueName: 'work', jobId: 'nothing' })?.status).toBe(404);
  expect(queue.handle('/webhook/queue/cancel/x', { queueName: 'work', jobId: 'nothing' })?.status).toBe(404);
  expect(queue.handle('/webhook/other', {})).toBeNull();
});

test('after a reset nothing that waits is delivered', async () => {
  publish([{ body: { name: 'a' }, delayInSeconds: 5 }]);
  queue.reset();
  await queue.idle();
  expect(delivered).toEqual([]);
});

test('an event that is lost never arrives, and its job stays in progress', async () => {
  queue.setDelivery({ loses: ({ body }) => body['name'] === 'b' });
  expect(publish([{ body: { name: 'a' } }, { body: { name: 'b' } }])).toBe(201);
  await queue.idle();
  queue.setDelivery({});
  expect(names()).toEqual(['a']);
  expect(statsOf('job')).toEqual({ success: 1, inProgress: 1, failed: 0 });
});

test('delays pass with virtual time', async () => {
  jest.useFakeTimers();
  try {
    publish([
      { body: { name: 'soon' }, delayInSeconds: 1 },
      { body: { name: 'late' }, delayInSeconds: 900 },
    ]);
    await jest.advanceTimersByTimeAsync(1);
    expect(names()).toEqual(['soon']);
    await jest.advanceTimersByTimeAsync(899);
    expect(names()).toEqual(['soon', 'late']);
  } finally {
    jest.useRealTimers();
  }
});

test('a reset delivers nothing any more, also of what is being tried, and leaves nothing to wait for', async () => {
  let failing = 0;
  answerWith = () => {
    failing += 1;
    queue.reset();
    throw new Error('no');
  };
  // An hour, as long as a second takes here.
  queue.setDelivery({ extraDelayMs: ({ body }) => (body['name'] === 'late' ? 3_600_000_000 : 0) });
  publish([{ body: { name: 'late' } }, { body: { name: 'now' } }]);
  await queue.idle();
  expect([names(), failing]).toEqual([['now'], 1]);
});
