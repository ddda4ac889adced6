import type { ReporterCounts } from '@contract';

/** The states that the bar shows, the settled ones first: apps and erased accounts are no reporters to find. */
export const CHARTED = ['linked', 'found', 'ambiguous', 'emailHidden', 'notFound'] as const;

/** The length of the bar, in units of its drawing. */
const LENGTH = 1_000;
/** What keeps two parts apart. */
const GAP = 3;
/** The narrowest part that can still be seen. */
const NARROWEST = 4;

/** A part of the bar: where it begins and how long it is, in thousandths of the whole. */
export type BarPart = { readonly state: (typeof CHARTED)[number]; readonly x: number; readonly width: number };

/** The bar of a count: one part for each state that somebody is in, none shorter than can be seen. */
export function barOf(counts: ReporterCounts): BarPart[] {
  const states = CHARTED.filter((state) => counts[state] > 0);
  const total = states.reduce((sum, state) => sum + counts[state], 0);
  const room = LENGTH - GAP * Math.max(0, states.length - 1);
  const wished = states.map((state) => Math.max(NARROWEST, (counts[state] / total) * room));
  const shrink =
    room /
    Math.max(
      room,
      wished.reduce((sum, width) => sum + width, 0),
    );
  let x = 0;
  return states.map((state, nth) => {
    const part = { state, x, width: (wished[nth] ?? 0) * shrink };
    x += part.width + GAP;
    return part;
  });
}
