/**
 * What a run may write to Forge's storage. Forge counts 4,000 units of 10 KB a minute for a whole site, of
 * which a refresh of the directory may use 1,800: a run keeps to what it leaves, less what everyone else needs.
 * @see https://developer.atlassian.com/platform/forge/platform-quotas-and-limits/
 */
export const RUN_UNITS_A_MINUTE = 1_600;
/** How many units may be used at once after a rest: a batch of the largest size. */
export const MAX_UNITS_AT_ONCE = 260;

/** What is left at a time (milliseconds since the epoch); less than nothing while someone waits. */
export type StorageBudget = { readonly units: number; readonly atMs: number };

/**
 * How many members' leases and rows one transaction takes or gives back: their 10 KB are one unit, which counts
 * twice in a transaction. One member more would cost another two.
 */
export const MEMBERS_A_TRANSACTION = 9;
const TRANSACTION_UNITS = 2;
/** How many people of a run are stored at once: their 10 KB are one unit. */
export const PEOPLE_A_BATCH = 20;
/** The run itself, the rate limit and the proven size. */
const UNITS_A_BATCH = 4;

/** The units that a batch of so many members costs, from its leases to its results. */
export function unitsOf(members: number): number {
  return (
    UNITS_A_BATCH +
    2 * TRANSACTION_UNITS * Math.ceil(members / MEMBERS_A_TRANSACTION) +
    Math.ceil(members / PEOPLE_A_BATCH)
  );
}

/** The budget of a process that starts. */
export function firstBudget(nowMs: number): StorageBudget {
  return { units: MAX_UNITS_AT_ONCE, atMs: nowMs };
}

/** The budget after so many units, and how long to wait before they may be used. */
export function spendUnits(
  budget: StorageBudget,
  units: number,
  nowMs: number,
): { readonly budget: StorageBudget; readonly waitMs: number } {
  const perMs = RUN_UNITS_A_MINUTE / 60_000;
  const left = Math.min(MAX_UNITS_AT_ONCE, budget.units + Math.max(0, nowMs - budget.atMs) * perMs) - units;
  return {
    budget: { units: left, atMs: Math.max(nowMs, budget.atMs) },
    waitMs: left >= 0 ? 0 : Math.ceil(-left / perMs),
  };
}
