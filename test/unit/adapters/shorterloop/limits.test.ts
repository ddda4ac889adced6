import { limitSignal } from '../../../../src/adapters/shorterloop/limits';

const NOW = 1_700_000_000_000;
const headers = (values: Record<string, string>) => ({ get: (name: string) => values[name] ?? null });

test.each([
  ['a refusal with a wait', 429, { 'retry-after': '7' }, { kind: 'refused', retryAfterMs: 7_000 }],
  ['a refusal with a wait between blanks', 429, { 'retry-after': ' 7 ' }, { kind: 'refused', retryAfterMs: 7_000 }],
  ['a refusal without one', 429, {}, { kind: 'refused', retryAfterMs: null }],
  [
    'a refusal that also counts',
    429,
    { 'retry-after': '7', 'ratelimit-remaining': '0', 'ratelimit-reset': '30' },
    { kind: 'refused', retryAfterMs: 7_000 },
  ],
  [
    'a count',
    200,
    { 'ratelimit-remaining': '12', 'ratelimit-reset': '30' },
    { kind: 'left', calls: 12, resetMs: 30_000 },
  ],
  [
    'a count by the older names',
    200,
    { 'x-ratelimit-remaining': ' 0 ', 'x-ratelimit-reset': '5' },
    { kind: 'left', calls: 0, resetMs: 5_000 },
  ],
  [
    'a reset as an instant',
    200,
    { 'ratelimit-remaining': '3', 'ratelimit-reset': String(NOW / 1000 + 20) },
    { kind: 'left', calls: 3, resetMs: 20_000 },
  ],
  [
    'a reset in the past',
    200,
    { 'ratelimit-remaining': '3', 'ratelimit-reset': String(NOW / 1000 - 20) },
    { kind: 'left', calls: 3, resetMs: 0 },
  ],
  [
    'a long window',
    200,
    { 'ratelimit-remaining': '3', 'ratelimit-reset': '1000000000' },
    { kind: 'left', calls: 3, resetMs: 1e12 },
  ],
  ['a count without a reset', 200, { 'ratelimit-remaining': '3' }, null],
  ['a reset without a count', 200, { 'ratelimit-reset': '3' }, null],
  ['numbers that are none', 200, { 'ratelimit-remaining': 'few', 'ratelimit-reset': '3' }, null],
  ['a fraction', 200, { 'ratelimit-remaining': '1.5', 'ratelimit-reset': '3' }, null],
  ['a list', 200, { 'ratelimit-remaining': '3', 'ratelimit-reset': '3;w=1' }, null],
  ['too long a number', 200, { 'ratelimit-remaining': '1234567890123', 'ratelimit-reset': '3' }, null],
  ['nothing', 200, {}, null],
] as const)('%s', (_what, status, values, signal) => {
  expect(limitSignal(status, headers(values), NOW)).toEqual(signal);
});
