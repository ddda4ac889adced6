import { dateFormat, relativeFormat } from '../i18n';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** "5 min ago", "yesterday", and from a week on the date. Times are milliseconds since the epoch. */
export function timeText(atMs: number, nowMs: number): string {
  const relative = relativeFormat({ style: 'short', numeric: 'auto' });
  const ageMs = Math.max(0, nowMs - atMs);
  if (ageMs < MINUTE_MS) return relative.format(0, 'second');
  if (ageMs < HOUR_MS) return relative.format(-Math.floor(ageMs / MINUTE_MS), 'minute');
  if (ageMs < DAY_MS) return relative.format(-Math.floor(ageMs / HOUR_MS), 'hour');
  if (ageMs < 7 * DAY_MS) return relative.format(-Math.floor(ageMs / DAY_MS), 'day');
  return dateText(atMs);
}

/** The day and the time of day, in the viewer's time zone. */
export function exactTimeText(atMs: number): string {
  return dateFormat({ dateStyle: 'medium', timeStyle: 'short' }).format(atMs);
}

/** The day of a time: "5 Jan 2026". */
export function dateText(atMs: number): string {
  return dateFormat({ dateStyle: 'medium' }).format(atMs);
}
