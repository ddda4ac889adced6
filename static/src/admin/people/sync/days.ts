import type { SyncDay } from '@contract';

/** What a column of the chart is stacked of, from the bottom up; whose link no longer fits is `marked`. */
export const DAY_PARTS = ['linked', 'marked', 'certain', 'review', 'leftOut'] as const;
/** One of {@link DAY_PARTS}. */
type DayPart = (typeof DAY_PARTS)[number];

/** The drawing's size, in its own units. */
export const DAYS_WIDTH = 720;
export const DAYS_HEIGHT = 140;
/** What keeps two columns apart, as a share of a day. */
const GAP = 0.2;
/** How many days there is room for at least: two of them are no wall. */
const ROOM_DAYS = 28;

/** A part of a column. */
type DayRect = {
  readonly day: string;
  readonly part: DayPart;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** The highest column, at least one: a chart of nobody has a scale too. */
export function mostOf(days: readonly SyncDay[]): number {
  return Math.max(1, ...days.map((day) => DAY_PARTS.reduce((sum, part) => sum + heightOf(day, part), 0)));
}

/** Nobody is drawn twice. */
function heightOf(day: SyncDay, part: DayPart): number {
  return part === 'linked' ? Math.max(0, day.linked - day.marked) : day[part];
}

/** The columns of the days, the newest at the right edge: no part is drawn where there is nobody. */
export function rectsOf(days: readonly SyncDay[]): DayRect[] {
  const most = mostOf(days);
  const step = DAYS_WIDTH / Math.max(ROOM_DAYS, days.length);
  const left = DAYS_WIDTH - step * days.length;
  return days.flatMap((one, nth) => {
    let top = DAYS_HEIGHT;
    return DAY_PARTS.flatMap((part): DayRect[] => {
      const reporters = heightOf(one, part);
      if (reporters === 0) return [];
      const height = (reporters / most) * DAYS_HEIGHT;
      top -= height;
      return [{ day: one.day, part, x: left + nth * step, y: top, width: step * (1 - GAP), height }];
    });
  });
}
