import fc from 'fast-check';
import { barOf, CHARTED } from '../../../../../static/src/admin/people/count/bar';

const none = { linked: 0, found: 0, ambiguous: 0, emailHidden: 0, notFound: 0, notAPerson: 0 };

describe('the bar of a count', () => {
  it('is as long as the counts say', () => {
    const [linked, found] = barOf({ ...none, linked: 3, found: 1 });
    expect(linked?.width).toBeCloseTo(3 * (found?.width ?? 0), 5);
    expect((found?.x ?? 0) + (found?.width ?? 0)).toBeCloseTo(1_000, 5);
  });

  it('shows nobody as nothing, and apps not at all', () => {
    expect(barOf({ ...none, notAPerson: 7 })).toEqual([]);
  });

  it('shows everybody, without overlaps and within its length, whatever the counts', () => {
    fc.assert(
      fc.property(fc.tuple(...CHARTED.map(() => fc.nat(1_000_000))), (counts) => {
        const all = { ...none, ...Object.fromEntries(CHARTED.map((state, nth) => [state, counts[nth]])) };
        const parts = barOf(all);
        expect(parts.map(({ state }) => state)).toEqual(CHARTED.filter((state) => all[state] > 0));
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
