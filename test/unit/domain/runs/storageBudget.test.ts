import { firstBudget, MAX_UNITS_AT_ONCE, RUN_UNITS_A_MINUTE, spendUnits, unitsOf } from '../../../../src/domain/runs';

const NOW = 1_700_000_000_000;

describe('what a batch costs of storage', () => {
  it.each([
    [1, 9],
    [9, 9],
    [10, 13],
    [20, 17],
    [21, 18],
    [500, 253],
  ])('of %i members are %i units: its turns taken and given back, its rows, and the run itself', (members, units) => {
    expect(unitsOf(members)).toBe(units);
  });

  it('fits into what may be used at once, even of the largest batch', () => {
    expect(unitsOf(500)).toBeLessThan(MAX_UNITS_AT_ONCE);
  });
});

describe('the budget of a run', () => {
  it('lets the first batches pass without a wait, as long as they fit', () => {
    expect(spendUnits(firstBudget(NOW), MAX_UNITS_AT_ONCE, NOW)).toEqual({
      budget: { units: 0, atMs: NOW },
      waitMs: 0,
    });
  });

  it('makes what does not fit wait until it has come back', () => {
    const { budget, waitMs } = spendUnits(firstBudget(NOW), MAX_UNITS_AT_ONCE + 40, NOW);
    expect(budget.units).toBe(-40);
    // 1,600 units a minute are 40 in a second and a half.
    expect(waitMs).toBe(1_500);
  });

  it('waits whole milliseconds, and rather one too many', () => {
    expect(spendUnits({ units: 0, atMs: NOW }, 1, NOW).waitMs).toBe(38);
  });

  it('comes back with time', () => {
    expect(spendUnits({ units: 0, atMs: NOW }, 80, NOW + 3_000)).toEqual({
      budget: { units: 0, atMs: NOW + 3_000 },
      waitMs: 0,
    });
    expect(spendUnits({ units: -40, atMs: NOW }, 0, NOW + 1_500).waitMs).toBe(0);
  });

  it('never holds more than may be used at once, however long nothing was written', () => {
    expect(spendUnits(firstBudget(NOW), 10, NOW + 3_600_000).budget.units).toBe(MAX_UNITS_AT_ONCE - 10);
  });

  it('loses nothing by a clock that goes back', () => {
    expect(spendUnits({ units: 100, atMs: NOW }, 10, NOW - 5_000)).toEqual({
      budget: { units: 90, atMs: NOW },
      waitMs: 0,
    });
  });

  it('is kept in the long run, however much is asked for', () => {
    let budget = firstBudget(NOW);
    let nowMs = NOW;
    for (let batches = 0; batches < 500; batches += 1) {
      const spent = spendUnits(budget, unitsOf(10), nowMs);
      ({ budget } = spent);
      nowMs += spent.waitMs;
    }
    expect(500 * unitsOf(10)).toBeLessThanOrEqual(MAX_UNITS_AT_ONCE + (RUN_UNITS_A_MINUTE * (nowMs - NOW)) / 60_000);
  });
});
