import { JqlError } from './error';

/**
 * A moment as a query names it: what is compared with begins at `fromMs`; what equals it lies before `toMs`.
 * Milliseconds since the epoch.
 */
export type Moment = { readonly fromMs: number; readonly toMs: number };

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const UNIT_MS: Readonly<Record<string, number>> = { w: 7 * DAY_MS, d: DAY_MS, h: 3_600_000, m: MINUTE_MS };

/** The formats are documented (advanced search reference, JQL fields, "Created"). */
const ABSOLUTE = /^(\d{4})([/-])(\d{1,2})\2(\d{1,2})(?: (\d{1,2}):(\d{2}))?$/;
/** So are periods, several of them behind one sign (`4w 2d`), and that a number alone means minutes. */
const PERIOD = /^([+-]?)(\d+[wdhm]?(?:\s+\d+[wdhm])*)$/;

/**
 * Reads a date of a query: `2026/01/31 10:00`, `2026-01-31`, `-90d`, `4w 2d`. Throws a JqlError for anything else.
 * Jira goes by the time zone of whoever asks; the sandbox by UTC. That a date without a time is compared by its
 * midnight, and equals the whole day, is assumed.
 */
export function momentOf(text: string, field: string, nowMs: number): Moment {
  const found = absolute(text.trim()) ?? period(text.trim(), nowMs);
  if (found !== null) return found;
  throw new JqlError(
    `Date value '${text}' for field '${field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', ` +
      `'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
  );
}

function absolute(text: string): Moment | null {
  const [, year, , month, day, hour, minute] = ABSOLUTE.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const padded = (part: string): string => part.padStart(2, '0');
  const date = `${year}-${padded(month)}-${padded(day)}`;
  const fromMs = Date.parse(`${date}T${padded(hour ?? '0')}:${minute ?? '00'}:00Z`);
  // The 31st of a shorter month is read as the month after it.
  if (Number.isNaN(fromMs) || new Date(fromMs).toISOString().slice(0, 10) !== date) return null;
  return { fromMs, toMs: fromMs + (hour === undefined ? DAY_MS : MINUTE_MS) };
}

function period(text: string, nowMs: number): Moment | null {
  const [, sign, amounts] = PERIOD.exec(text) ?? [];
  if (amounts === undefined) return null;
  const lengthMs = amounts
    .split(/\s+/)
    .reduce((sum, amount) => sum + Number.parseInt(amount, 10) * (UNIT_MS[amount.at(-1) ?? ''] ?? MINUTE_MS), 0);
  const fromMs = sign === '-' ? nowMs - lengthMs : nowMs + lengthMs;
  return { fromMs, toMs: fromMs + MINUTE_MS };
}
