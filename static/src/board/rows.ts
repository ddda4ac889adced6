/** Every row is as high as every other, so that which of 100,000 are in sight is arithmetic. In pixels. */
export const ROW_PX = 48;
/** Rows drawn beyond the edges, so that scrolling finds them there. */
const BEYOND = 6;

/** The rows to draw: from `first` on, as many as `count`. */
export type Rows = { readonly first: number; readonly count: number };

/**
 * Which rows of a list are in sight.
 * @param scrollPx how far the list is scrolled
 * @param heightPx how high the window onto it is
 */
export function rowsInSight(total: number, scrollPx: number, heightPx: number): Rows {
  const first = Math.max(0, Math.min(Math.floor(scrollPx / ROW_PX), total - 1) - BEYOND);
  const last = Math.min(total, Math.ceil((scrollPx + heightPx) / ROW_PX) + BEYOND);
  return { first, count: Math.max(0, last - first) };
}

/** How far to scroll so that a row is wholly in sight; the same as before when it is already. */
export function scrollTo(row: number, scrollPx: number, heightPx: number): number {
  const topPx = row * ROW_PX;
  if (topPx < scrollPx) return topPx;
  return topPx + ROW_PX > scrollPx + heightPx ? topPx + ROW_PX - heightPx : scrollPx;
}
