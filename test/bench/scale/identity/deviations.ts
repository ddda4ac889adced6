import type { PlayedSync } from './play';

const MEASURES = ['hours', 'workedMinutes', 'points', 'writeUnits', 'readUnits', 'calls', 'consumerSeconds'] as const;
/**
 * Smaller sites are read from Shorter Loop at once instead of by one query for each address, and cost a call a reporter
 * less: what grows is looked at beyond them.
 */
const LARGE = 10_000;

/**
 * How far each measure is from growing linearly with the number of reporters: the most by which one of the larger sites
 * differs from the straight line through the smallest and the largest of them, as a part of what the line says.
 */
export function deviationsOf(syncs: readonly PlayedSync[]): Readonly<Record<string, number>> {
  const large = syncs.filter(({ reporters }) => reporters >= LARGE);
  const [first, last] = [large.at(0), large.at(-1)];
  if (first === undefined || last === undefined || first === last) return {};
  return Object.fromEntries(
    MEASURES.map((measure) => {
      const slope = (last[measure] - first[measure]) / (last.reporters - first.reporters);
      const off = large.map((sync) => {
        const expected = first[measure] + slope * (sync.reporters - first.reporters);
        return Math.abs(sync[measure] / expected - 1);
      });
      return [measure, Number(Math.max(...off).toFixed(3))];
    }),
  );
}
