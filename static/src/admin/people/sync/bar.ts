import { sumsOf, type SyncCounts } from '@contract';

/** The parts of the bar, the settled ones first; whose link no longer fits is `marked`. */
export const BAR_PARTS = ['linked', 'marked', 'certain', 'unlinked', 'review', 'leftOut'] as const;
/** One of {@link BAR_PARTS}. */
export type BarName = (typeof BAR_PARTS)[number];

/** The length of the bar, in units of its drawing. */
const LENGTH = 1_000;
/** What keeps two parts apart. */
const GAP = 3;
/** The narrowest part that can still be seen. */
const NARROWEST = 4;

/** A part of the bar: where it begins and how long it is, in thousandths of the whole. */
type BarPart = { readonly name: BarName; readonly x: number; readonly width: number };

/** The bar of the reporters: one part for each state that somebody is in, none shorter than can be seen. */
export function barOf(counts: SyncCounts): BarPart[] {
  const sums = sumsOf(counts);
  const reporters: Readonly<Record<BarName, number>> = {
    linked: sums.linked.reporters - sums.marked.reporters,
    marked: sums.marked.reporters,
    certain: sums.certain.reporters,
    unlinked: sums.unlinked.reporters,
    review: sums.review.reporters,
    leftOut: sums.leftOut.reporters,
  };
  const names = BAR_PARTS.filter((name) => reporters[name] > 0);
  const total = names.reduce((sum, name) => sum + reporters[name], 0);
  const room = LENGTH - GAP * Math.max(0, names.length - 1);
  const wished = names.map((name) => Math.max(NARROWEST, (reporters[name] / total) * room));
  const asked = wished.reduce((sum, width) => sum + width, 0);
  const shrink = room / Math.max(room, asked);
  let x = 0;
  return names.map((name, nth) => {
    const part = { name, x, width: (wished[nth] ?? 0) * shrink };
    x += part.width + GAP;
    return part;
  });
}
