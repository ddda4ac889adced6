import type { ReportedMonth, Segment } from '@contract';
import type { Column } from './state';

/** A stack of the chart: a segment, all segments beyond the largest, or whoever is in none or not linked. */
export type Series = {
  readonly which: { readonly kind: 'segment'; readonly segment: Segment } | { readonly kind: 'others' | 'none' };
  /** Issues by month, in the order of {@link ChartData.months}. */
  readonly counts: readonly number[];
};

/** What the chart shows. */
export type ChartData = {
  /** `2026-03`, the oldest first. */
  readonly months: readonly string[];
  /** From the bottom of the stacks up; only those with an issue. */
  readonly series: readonly Series[];
  /** The height of the highest stack. */
  readonly most: number;
};

const MONTHS = 12;
/** Colours that can be told apart: one more stands for all other segments. */
const COLOURED = 7;

/**
 * The issues of the last twelve months by the segment of their reporter. An issue whose reporter is in
 * several segments counts in each of them.
 * @param nowMs milliseconds since the epoch
 */
export function chartOf(reported: readonly ReportedMonth[], columns: readonly Column[], nowMs: number): ChartData {
  const months = lastMonths(nowMs, reported);
  const segmentsOf = segmentsByMember(reported, columns);
  const counts = new Map<number | null, number[]>();
  for (const { memberId, month, issues } of reported) {
    const at = months.indexOf(month);
    if (at === -1) continue;
    const segmentIds = memberId === null ? [] : (segmentsOf.get(memberId) ?? []);
    for (const id of segmentIds.length === 0 ? [null] : segmentIds) {
      const row = counts.get(id) ?? months.map(() => 0);
      row[at] = (row[at] ?? 0) + issues;
      counts.set(id, row);
    }
  }
  const largest = columns
    .flatMap(({ segment }) => (counts.has(segment.id) ? [{ segment, counts: counts.get(segment.id) ?? [] }] : []))
    .sort((one, other) => sum(other.counts) - sum(one.counts));
  const others = largest.slice(COLOURED).map((one) => one.counts);
  const none = counts.get(null);
  const series: Series[] = [
    ...largest
      .slice(0, COLOURED)
      .map(({ segment, counts: row }): Series => ({ which: { kind: 'segment', segment }, counts: row })),
    ...(others.length === 0
      ? []
      : [
          { which: { kind: 'others' }, counts: months.map((_, at) => sum(others.map((row) => row[at] ?? 0))) } as const,
        ]),
    ...(none === undefined ? [] : [{ which: { kind: 'none' }, counts: none } as const]),
  ];
  return { months, series, most: Math.max(0, ...months.map((_, at) => sum(series.map((one) => one.counts[at] ?? 0)))) };
}

/** The segments of each member who reported something, as far as columns have been read. */
function segmentsByMember(
  reported: readonly ReportedMonth[],
  columns: readonly Column[],
): ReadonlyMap<number, number[]> {
  const found = new Map<number, number[]>();
  for (const { memberId } of reported) if (memberId !== null) found.set(memberId, []);
  for (const { segment, members } of columns) for (const [id] of members) found.get(id)?.push(segment.id);
  return found;
}

/**
 * The present month, and those before it. Jira tells months in the time zone of its user: where the next one has begun
 * there, and something was reported in it, it is the present one.
 */
function lastMonths(nowMs: number, reported: readonly ReportedMonth[]): string[] {
  const now = new Date(nowMs);
  const monthAt = (after: number): string =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + after, 1)).toISOString().slice(0, 7);
  const last = reported.some(({ month }) => month === monthAt(1)) ? 1 : 0;
  return Array.from({ length: MONTHS }, (_, nth) => monthAt(last - (MONTHS - 1 - nth)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/**
 * A round number at least as high as the highest stack, for the top of the scale; a quarter of it is a
 * whole number.
 */
export function scaleOf(most: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(most, 4) / 4)));
  return [4, 8, 12, 20, 40].map((times) => times * step).find((top) => top >= most) ?? most;
}
