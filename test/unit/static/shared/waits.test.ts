import type { PageProblem } from '../../../../static/src/shared/ask';
import { LONGEST_WAIT_MS, DEFAULT_WAIT_MS, waitOf, within } from '../../../../static/src/shared/waits';

test.each<[string, PageProblem, number | null]>([
  ['someone else who changes the member', { code: 'busy', retryAfterMs: 3_000 }, 3_000],
  ['a limit of Shorter Loop', { code: 'shorterLoop', cause: 'rateLimited', status: 429, retryAfterMs: 7_000 }, 7_000],
  [
    'a limit that does not say how long',
    { code: 'shorterLoop', cause: 'rateLimited', status: 429, retryAfterMs: null },
    DEFAULT_WAIT_MS,
  ],
  ['a very short wait', { code: 'busy', retryAfterMs: 10 }, 1_000],
  [
    'a limit that asks for more than a minute',
    { code: 'shorterLoop', cause: 'rateLimited', status: 429, retryAfterMs: LONGEST_WAIT_MS + 1 },
    null,
  ],
  ['a burst limit of Jira', { code: 'jira', status: 429, retryAfterMs: 2_000, limit: 'burst' }, 2_000],
  ['a used-up quota of Jira', { code: 'jira', status: 429, retryAfterMs: 2_000, limit: 'quota' }, null],
  ['another answer of Jira', { code: 'jira', status: 500, retryAfterMs: null, limit: null }, null],
  ['another failure of Shorter Loop', { code: 'shorterLoop', cause: 'server', status: 500, retryAfterMs: null }, null],
  ['a write that may have been done', { code: 'duplicateRequest', state: 'intended' }, null],
  ['no answer at all', { code: 'noAnswer' }, null],
])('a page waits for %s: %j', (_what, problem, waitMs) => {
  expect(waitOf(problem)).toBe(waitMs);
});

test('a minute is waited out, and no more', () => {
  expect(within(LONGEST_WAIT_MS)).toBe(LONGEST_WAIT_MS);
  expect(within(LONGEST_WAIT_MS + 1)).toBeNull();
});
