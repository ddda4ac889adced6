import type { LedgerEntry, Problem, ShorterLoopCause } from '../../../../src/contract';
import { isTransient, isTransientOutcome } from '../../../../src/domain/segments';
import { ledgerEntry } from '../../../support/ledgerEntry';

const failed = (cause: ShorterLoopCause): Problem => ({
  code: 'shorterLoop',
  cause,
  status: null,
  retryAfterMs: null,
});

describe('what goes away by itself', () => {
  it.each<[string, Problem, boolean]>([
    ['a rate limit', failed('rateLimited'), true],
    ['an outage', failed('server'), true],
    ['a lost connection', failed('network'), true],
    ['an answer that never came', failed('timeout'), true],
    ['a refused key', failed('unauthorized'), false],
    ['somebody else at work on the member', { code: 'busy', retryAfterMs: 1 }, true],
    ['storage that fails', { code: 'storage' }, true],
    ['a permission that is missing', { code: 'notPermitted', needed: 'GROUP' }, false],
  ])('%s: %#', (_what, problem, passes) => {
    expect(isTransient(problem)).toBe(passes);
  });
});

/** A write that came to its end without being confirmed. */
const ended = (
  member: Partial<LedgerEntry['members'][number]>,
  cause: ShorterLoopCause | null = null,
  others: LedgerEntry['members'] = [],
): LedgerEntry => {
  const entry = ledgerEntry({
    members: [{ memberId: 7, outcome: 'notConfirmed', reason: null, ...member }, ...others],
  });
  return { ...entry, answer: entry.answer === null ? null : { ...entry.answer, cause } };
};

describe('a write that may be made once more', () => {
  it('is one whose end is not known', () => {
    expect(isTransientOutcome(ledgerEntry({ state: 'undecided' }))).toBe(true);
  });

  it('is one after which nothing had changed, and one that was refused for a reason that passes', () => {
    expect(isTransientOutcome(ended({ outcome: 'notConfirmed', reason: 'unchanged' }))).toBe(true);
    expect(isTransientOutcome(ended({ outcome: 'refused', reason: null }, 'server'))).toBe(true);
  });

  it('is none that was done, did something else, or was refused for good or without a reason', () => {
    expect(isTransientOutcome(ended({ outcome: 'confirmed', reason: null }, 'server'))).toBe(false);
    expect(isTransientOutcome(ended({ outcome: 'confirmed', reason: 'unchanged' }))).toBe(false);
    expect(isTransientOutcome(ended({ outcome: 'notConfirmed', reason: null }))).toBe(false);
    expect(isTransientOutcome(ended({ outcome: 'refused', reason: null }, 'unauthorized'))).toBe(false);
    expect(isTransientOutcome(ended({ outcome: 'refused', reason: null }))).toBe(false);
    expect(isTransientOutcome({ ...ended({ outcome: 'refused', reason: null }), answer: null })).toBe(false);
  });

  it('is none of which one of several was done', () => {
    const done = { memberId: 8, outcome: 'confirmed', reason: null } as const;
    expect(isTransientOutcome(ended({ outcome: 'notConfirmed', reason: 'unchanged' }, null, [done]))).toBe(false);
  });
});
