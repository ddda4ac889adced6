import type { PlayedSync } from './play';

const MEASURES = ['hours', 'workedMinutes', 'points', 'writeUnits', 'readUnits', 'calls', 'consumerSeconds'] as const;
/**
 * Smaller sites are read from Shorter Loop at once instead of by one query for each address, and cost a call a reporter
 * less: what grows is looked at beyond them.
 */
const LARGE = 10_000;

/**
 * How far each measure is from growing with the number of reporters and nothing else: by how much what a reporter costs
 * on the dearest of the larger sites differs from the cheapest, as a part of it.
 */
export function deviationsOf(syncs: readonly PlayedSync[]): Readonly<Record<string, number>> {
  const large = syncs.filter(({ reporters }) => reporters >= LARGE);
  if (large.length < 2) return {};
  return Object.fromEntries(
    MEASURES.map((measure) => {
      const each = large.map((sync) => sync[measure] / sync.reporters);
      return [measure, Number((Math.max(...each) / Math.min(...each) - 1).toFixed(3))];
    }),
  );
}
