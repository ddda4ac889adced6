/** When something ran, in milliseconds of one clock. */
export type Interval = { readonly startedMs: number; readonly endedMs: number };

/** How many of the intervals ran one after the other: the longest row of which none overlaps the next. */
export function longestRow(intervals: readonly Interval[]): number {
  let row = 0;
  let freeFromMs = -Infinity;
  for (const { startedMs, endedMs } of [...intervals].sort((a, b) => a.endedMs - b.endedMs)) {
    if (startedMs < freeFromMs) continue;
    row += 1;
    freeFromMs = endedMs;
  }
  return row;
}

/** The middle value. Throws for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('There is no median of nothing');
  return middle;
}
