import { newCycle, NO_COUNTS, summaryOf } from '../../../../src/domain/people';

const NOW = Date.UTC(2026, 10, 28);
const cycle = { ...newCycle('round', 'source', NOW - 60_000, []), isPaused: false, relook: [] };
const count = (reporters: number) => ({ reporters, issues: reporters * 7 });

describe('the summary of the identity sync', () => {
  it('is nobody before it began', () => {
    expect(summaryOf(null, null, NOW)).toEqual({
      phase: 'waiting',
      share: null,
      reporters: 0,
      linked: 0,
      marked: 0,
      certain: 0,
      review: 0,
      leftOut: 0,
    });
  });

  it('counts people only, and everybody who is not decided about once', () => {
    const counts = {
      ...NO_COUNTS,
      linked: count(150),
      certain: count(2),
      unlinked: count(1),
      skipped: count(1),
      emailShared: count(1),
      memberGone: count(3),
      untrustedAccount: count(2),
      emailHidden: count(3),
      notAPerson: count(9),
    };
    expect(summaryOf({ ...cycle, phase: 'done' }, counts, NOW)).toEqual({
      phase: 'done',
      share: 1,
      reporters: 163,
      linked: 153,
      marked: 3,
      certain: 2,
      review: 1,
      leftOut: 5,
    });
  });

  it.each([
    [{}, 'reading', 0.25],
    [{ issues: 130 }, 'reading', 0.99],
    [{ issuesInAll: null }, 'reading', null],
    [{ issuesInAll: 0 }, 'reading', null],
    [{ isPaused: true, restsUntilMs: NOW + 1 }, 'paused', 0.25],
    [{ restsUntilMs: NOW + 1 }, 'resting', 0.25],
    [{ restsUntilMs: NOW }, 'reading', 0.25],
  ] as const)('of a cycle with %o is %s', (change, phase, share) => {
    const sync = { ...cycle, phase: 'reading', issues: 25, issuesInAll: 100, ...change } as const;
    expect(summaryOf(sync, null, NOW)).toMatchObject({ phase, share });
  });
});
