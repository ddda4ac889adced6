import { numberFormat } from '../i18n';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A time that is still to pass, rounded up: "42 seconds", from a minute on "5 minutes", from an hour on "2 hours". */
export function durationText(ms: number): string {
  if (ms < MINUTE_MS) return inUnits(Math.ceil(Math.max(0, ms) / 1_000), 'second');
  return ms < HOUR_MS ? inUnits(Math.ceil(ms / MINUTE_MS), 'minute') : inUnits(Math.ceil(ms / HOUR_MS), 'hour');
}

function inUnits(count: number, unit: 'second' | 'minute' | 'hour'): string {
  // 59 minutes and a bit are an hour.
  if (count === 60 && unit !== 'hour') return inUnits(1, unit === 'second' ? 'minute' : 'hour');
  return numberFormat({ style: 'unit', unit, unitDisplay: 'long' }).format(count);
}
