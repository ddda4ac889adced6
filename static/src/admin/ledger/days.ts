import { RETENTION_DAYS } from '@contract';

/** The days that were typed, also in wide digits; null where they are no such number, or too few or too many. */
export function daysIn(text: string): number | null {
  const digits = text.normalize('NFKC').trim();
  const days = /^\d{1,9}$/.test(digits) ? Number(digits) : 0;
  return days >= RETENTION_DAYS.least && days <= RETENTION_DAYS.most ? days : null;
}
