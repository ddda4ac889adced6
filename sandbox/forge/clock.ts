/** Where the sandbox takes the time from, so that a test can move it. Milliseconds since the epoch. */
export type Clock = { readonly now: () => number };

/** The machine's own time. */
export const systemClock: Clock = { now: () => Date.now() };
