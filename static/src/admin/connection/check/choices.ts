import type { CheckChoices, CheckReport } from '@contract';

/** How long a report says that the check rests; null where it has ended. */
export function restOf({ lines }: Pick<CheckReport, 'lines'>): number | null {
  const last = lines.at(-1);
  return last?.code === 'paused' ? last.retryAfterMs : null;
}

/** All that was chosen: of the lists that are whole, each. */
export function together(before: CheckChoices, chosen: CheckChoices): CheckChoices {
  const whole = [...new Set([...(before.whole ?? []), ...(chosen.whole ?? [])])];
  return { ...before, ...chosen, ...(whole.length === 0 ? {} : { whole }) };
}
