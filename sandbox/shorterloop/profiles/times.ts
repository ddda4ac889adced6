import type { NamedProfileInput } from '../profile';
import { refused, works } from './write';

const lagging = (ms: number) => ({ list: 0, all: ms, one: ms });

/** Servers whose reads stand behind, that cache, queue, or limit. */
export const TIME_PROFILES: readonly NamedProfileInput[] = [
  works('lag-1s', 'Reads stand a second behind.', { lag: { reads: lagging(1_000) } }),
  works('lag-5s', 'Reads stand five seconds behind.', { lag: { reads: lagging(5_000) } }),
  works('lag-10s', 'Reads stand ten seconds behind.', { lag: { reads: lagging(10_000) } }),
  works('lag-60s', 'Reads stand a minute behind.', { lag: { reads: lagging(60_000) } }),
  works('lag-200s', 'Reads stand more than three minutes behind.', { lag: { reads: lagging(200_000) } }),
  works('lag-all-only', 'Only the read of all segments stands behind.', { lag: { reads: { all: 15_000 } } }),
  works('lag-one-only', 'Only the read of one segment stands behind.', { lag: { reads: { one: 15_000 } } }),
  works('lag-one-by-one', 'No read of all, and that of one stands behind.', {
    lag: { reads: { one: 8_000 } },
    routes: { all: null },
  }),
  works('queue-2s', 'Writes are taken in and done two seconds later.', {
    lag: { queueMs: 2_000 },
    answers: { writeStatus: 202 },
  }),
  works('queue-20s', 'Writes are taken in and done twenty seconds later.', {
    lag: { queueMs: 20_000 },
    answers: { writeStatus: 202 },
  }),
  works('queue-90s-200', 'Writes are done a minute and a half later, and 200 does not say so.', {
    lag: { queueMs: 90_000 },
  }),
  works('queue-silent', 'Writes are queued, and the answer has no body.', {
    lag: { queueMs: 5_000 },
    answers: { writeStatus: 202, writeBody: 'none' },
  }),
  works('cache-30s', 'Answers are kept for half a minute, unless fresh ones are asked for.', {
    lag: { cacheMs: { list: 30_000, all: 30_000, one: 30_000 } },
  }),
  works('cache-30s-deaf', 'Answers are kept for half a minute whatever is asked.', {
    lag: { cacheMs: { all: 30_000, one: 30_000 }, cacheHeeds: false },
  }),
  works('cache-one-deaf', 'Only the read of one segment is kept.', {
    lag: { cacheMs: { one: 20_000 }, cacheHeeds: false },
  }),
  works('cache-one-by-one', 'No read of all, and each segment is kept for itself: both show somebody for a while.', {
    lag: { cacheMs: { one: 15_000 }, cacheHeeds: false },
    routes: { all: null },
  }),
  works('limit-10', 'Ten requests a minute.', { limit: { requests: 10 } }),
  works('limit-10-date', 'Ten requests a minute, and the wait is a date.', {
    limit: { requests: 10, retryAfter: 'date' },
  }),
  works('limit-10-silent', 'Ten requests a minute, and no word of the wait.', {
    limit: { requests: 10, retryAfter: 'none' },
  }),
  works('limit-10-years', 'Ten requests a minute, and the wait is told as years.', {
    limit: { requests: 10, retryAfter: 'years' },
  }),
  works('limit-5', 'Five requests a minute.', { limit: { requests: 5 } }),
  works('limit-1-a-second', 'A request a second.', { limit: { requests: 1, windowMs: 1_000 } }),
  refused(
    'test',
    'lag-40min',
    [
      'Reads stand forty minutes behind.',
      'Nothing that is written can be seen within any time in which somebody would wait for it.',
    ],
    { lag: { reads: lagging(2_400_000) } },
  ),
];
