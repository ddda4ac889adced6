/** From here on a number is milliseconds since the epoch; below it is seconds, which reach it in the year 5138. */
const LEAST_MILLISECONDS = 100_000_000_000;

const DAY_AND_HOUR = /(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?/.source;
/** A minus may be one of typography: ISO 8601 has it. */
const ZONE = /(?:[Zz]|([+\u2212-])(\d\d)(?::?(\d\d))?)/.source;
/** What tells more of the zone or the calendar, and changes nothing of the moment. */
const SUFFIX = /(?:\[!?[\w/+:=.-]{1,64}\]){0,4}/.source;
const TIME = new RegExp(`^${DAY_AND_HOUR}\\s?${ZONE}${SUFFIX}$`);

/**
 * The time that a text or a number tells, in milliseconds since the epoch; null for none. Takes ISO 8601 with a zone,
 * as Jira writes it (`2020-08-18T02:40:37.0+0000`, documented) or as others do, with the zone's name behind it too
 * (RFC 9557: `+01:00[Europe/Berlin]`), and seconds or milliseconds since the epoch. A time without a zone is none: it
 * could be any of 26.
 * @see https://support.atlassian.com/cloud-automation/docs/jira-smart-values-date-and-time/
 */
export function timeOf(text: string): number | null {
  if (/^\d{1,15}(?:\.\d{1,9})?$/.test(text)) {
    const number = Number(text);
    return Math.round(number < LEAST_MILLISECONDS ? number * 1_000 : number);
  }
  const parts = TIME.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second = '0', fraction = '0', sign, zoneHours = '0', zoneMinutes = '0'] =
    parts;
  if (Number(zoneHours) > 14 || Number(zoneMinutes) > 59) return null;
  const local = [year, Number(month) - 1, day, hour, minute, second].map(Number);
  const [years = 0, months = 0, ...rest] = local;
  const localMs = Date.UTC(years, months, ...rest);
  // What is no day or no hour would be taken for one of the next month or day.
  const told = new Date(localMs);
  const isReal =
    told.getUTCMonth() === months &&
    told.getUTCDate() === Number(day) &&
    told.getUTCHours() === Number(hour) &&
    told.getUTCMinutes() === Number(minute) &&
    told.getUTCSeconds() === Number(second);
  if (!isReal) return null;
  const zoneMs = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000 * (sign === '+' ? 1 : -1);
  return localMs + Math.floor(Number(`0.${fraction}`) * 1_000) - zoneMs;
}
