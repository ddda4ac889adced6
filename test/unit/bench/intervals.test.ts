import { longestRow, median } from '../../bench/intervals';

const interval = (startedMs: number, endedMs: number) => ({ startedMs, endedMs });

describe('measuring calls', () => {
  it('counts calls in a row, not calls side by side', () => {
    expect(longestRow([interval(0, 10), interval(1, 11), interval(2, 12)])).toBe(1);
    expect(longestRow([interval(0, 10), interval(10, 20), interval(11, 25)])).toBe(2);
    expect(longestRow([])).toBe(0);
  });

  it('takes the middle value', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(() => median([])).toThrow('no median');
  });
});
