/** How many people one decision on the board may be about: more is what bulk runs are for. */
export const MAX_AT_ONCE = 500;
