import fc from '../../../../support/chance';
import { sumsOf, type SyncCounts, type SyncProgress } from '../../../../../src/contract';
import { BAR_PARTS, barOf } from '../../../../../static/src/admin/people/sync/bar';
import { DAYS_HEIGHT, DAYS_WIDTH, mostOf, rectsOf } from '../../../../../static/src/admin/people/sync/days';
import { shareRead } from '../../../../../static/src/admin/people/sync/syncNumbers';

const countsOf = (reporters: Partial<Record<keyof SyncCounts, number>>): SyncCounts => {
  const count = (state: keyof SyncCounts) => ({
    reporters: reporters[state] ?? 0,
    issues: (reporters[state] ?? 0) * 10,
  });
  return {
    linked: count('linked'),
    certain: count('certain'),
    unlinked: count('unlinked'),
    emailShared: count('emailShared'),
    memberLinked: count('memberLinked'),
    untrustedAccount: count('untrustedAccount'),
    inactiveAccount: count('inactiveAccount'),
    notFound: count('notFound'),
    emailHidden: count('emailHidden'),
    notAPerson: count('notAPerson'),
    skipped: count('skipped'),
    memberGone: count('memberGone'),
    emailChanged: count('emailChanged'),
    secondMember: count('secondMember'),
  };
};

const READING: SyncProgress = {
  phase: 'reading',
  restsUntilMs: null,
  issues: 25,
  issuesInAll: 100,
  projects: { read: 0, inAll: 1 },
  points: 0,
  issuesAMinute: null,
  leftMs: null,
  startedAtMs: 0,
  finishedAtMs: null,
  unread: [],
  unreadCount: 0,
};

describe('the numbers of the identity sync', () => {
  it('take a link that no longer fits for a link, and no app for a person', () => {
    const counts = countsOf({ linked: 4, unlinked: 1, notFound: 2, memberGone: 3, notAPerson: 50 });
    expect(sumsOf(counts)).toEqual({
      people: { reporters: 10, issues: 100 },
      linked: { reporters: 7, issues: 70 },
      marked: { reporters: 3, issues: 30 },
      certain: { reporters: 0, issues: 0 },
      unlinked: { reporters: 1, issues: 10 },
      review: { reporters: 2, issues: 20 },
      leftOut: { reporters: 0, issues: 0 },
    });
  });

  it('tell those who are left out from those about whom somebody has to decide', () => {
    const { review, leftOut } = sumsOf(
      countsOf({ emailShared: 1, inactiveAccount: 1, untrustedAccount: 2, emailHidden: 3 }),
    );
    expect([review.reporters, leftOut.reporters]).toEqual([2, 5]);
  });

  it('say how much is read, never all of it before it is done', () => {
    expect(shareRead(READING)).toBe(0.25);
    expect(shareRead({ ...READING, issues: 120 })).toBe(0.99);
    expect(shareRead({ ...READING, issuesInAll: null })).toBeNull();
    expect(shareRead({ ...READING, issuesInAll: 0 })).toBeNull();
    expect(shareRead({ ...READING, phase: 'done', issuesInAll: null })).toBe(1);
  });
});

describe('the bar of the reporters', () => {
  it('is as long as the counts say', () => {
    const [linked, review] = barOf(countsOf({ linked: 3, notFound: 1 }));
    expect([linked?.name, review?.name]).toEqual(['linked', 'review']);
    expect(linked?.width).toBeCloseTo(3 * (review?.width ?? 0), 5);
    expect((review?.x ?? 0) + (review?.width ?? 0)).toBeCloseTo(1_000, 5);
  });

  it('draws nobody twice whose link no longer fits', () => {
    const parts = barOf(countsOf({ linked: 2, memberGone: 1, notFound: 1, emailHidden: 1 }));
    expect(parts.map(({ name }) => name)).toEqual(['linked', 'marked', 'review', 'leftOut']);
    expect(parts[1]?.width).toBeCloseTo(parts[2]?.width ?? 0, 5);
  });

  it('shows nobody as nothing, and apps not at all', () => {
    expect(barOf(countsOf({ notAPerson: 7 }))).toEqual([]);
  });

  it('shows everybody, without overlaps and within its length, whatever the counts', () => {
    const few = fc.nat(1_000_000);
    fc.assert(
      fc.property(few, few, few, few, few, (linked, memberGone, certain, unlinked, notFound) => {
        const parts = barOf(countsOf({ linked, memberGone, certain, unlinked, notFound }));
        const wanted = [linked, memberGone, certain, unlinked, notFound];
        expect(parts.map(({ name }) => name)).toEqual(BAR_PARTS.filter((_, nth) => (wanted[nth] ?? 0) > 0));
        parts.reduce((end, { x, width }) => {
          expect(x).toBeGreaterThanOrEqual(end);
          expect(width).toBeGreaterThan(1);
          return x + width;
        }, 0);
        const last = parts.at(-1);
        if (last !== undefined) expect(last.x + last.width).toBeLessThanOrEqual(1_000.001);
      }),
    );
  });
});

describe('the chart of the last weeks', () => {
  const day = (nth: number, linked: number, certain: number, review: number, marked = 0) => ({
    day: `2026-11-${String(nth).padStart(2, '0')}`,
    linked,
    marked,
    certain,
    review,
    leftOut: 0,
  });

  it('draws nobody twice whose link no longer fits', () => {
    const days = [day(1, 3, 0, 1, 1)];
    expect(rectsOf(days).map(({ part, height }) => [part, height / DAYS_HEIGHT])).toEqual([
      ['linked', 0.5],
      ['marked', 0.25],
      ['review', 0.25],
    ]);
    expect(mostOf(days)).toBe(4);
  });

  it('stacks a day on its line, and leaves out who is not there', () => {
    const rects = rectsOf([day(1, 2, 0, 2), day(2, 4, 4, 0)]);
    expect(rects.map((one) => [one.day, one.part, one.y, one.height])).toEqual([
      ['2026-11-01', 'linked', 105, 35],
      ['2026-11-01', 'review', 70, 35],
      ['2026-11-02', 'linked', 70, 70],
      ['2026-11-02', 'certain', 0, 70],
    ]);
    expect(mostOf([day(1, 2, 0, 2), day(2, 4, 4, 0)])).toBe(8);
  });

  it('keeps within its drawing however many days there are, the newest at the right', () => {
    for (const count of [1, 28, 60]) {
      const rects = rectsOf(Array.from({ length: count }, (_, nth) => day(nth + 1, 1, 1, 1)));
      expect(rects).toHaveLength(count * 3);
      for (const { x, y, width, height } of rects) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(DAYS_WIDTH);
        expect(y).toBeGreaterThanOrEqual(-0.001);
        expect(y + height).toBeLessThanOrEqual(DAYS_HEIGHT + 0.001);
      }
      expect((rects.at(-1)?.x ?? 0) + (rects.at(-1)?.width ?? 0)).toBeGreaterThan(DAYS_WIDTH - 10);
    }
  });

  it('has a scale where nobody is', () => {
    expect(mostOf([])).toBe(1);
    expect(rectsOf([day(1, 0, 0, 0)])).toEqual([]);
  });
});
