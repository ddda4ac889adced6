/**
 * Times that were stored, milliseconds since the epoch, and that decide whether something is done now. A machine whose
 * clock was wrong, or a fault of ours, may have stored one that lies far ahead: taken at its word it would keep a
 * queue, a member or the whole site silent until then. Nobody stores what is further ahead than it may be, so that
 * such a time counts as one that was never stored.
 */

export const DAY_MS = 24 * 60 * 60 * 1_000;
/** How far the clocks of Forge's machines may differ. Assumed: nothing is documented; a test plays both sides. */
export const CLOCKS_DIFFER_MS = 5 * 60 * 1_000;
/** The longest that Forge lets a function run (documented: 900 seconds). */
export const LONGEST_FUNCTION_MS = 900_000;

/** A time at which something happened; 0, as for never, when it lies ahead. */
export function pastMoment(atMs: number): number {
  return atMs <= Date.now() + CLOCKS_DIFFER_MS ? atMs : 0;
}

/** A time until which something holds; 0, as for over, when it is further ahead than `longestMs`. */
export function endWithin(untilMs: number, longestMs: number): number {
  return untilMs <= Date.now() + longestMs + CLOCKS_DIFFER_MS ? untilMs : 0;
}
