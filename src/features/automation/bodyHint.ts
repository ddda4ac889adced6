import { excerptOf, type JsonFault } from './jsonFault';

/** So much of a smart value is repeated. */
const MAX_SHOWN = 60;
const ESCAPED =
  'Quotes and line breaks within a text are escaped: in a rule, {{issue.summary.asJsonString}} does it, and has ' +
  'its own quotes.';
const UNFILLED = /\{\{[^{}]*\}\}/;

/** The smart value that a text still holds, as it is sent by what is no rule; null for any other. */
export function unfilledIn(value: unknown): string | null {
  const found = typeof value === 'string' ? UNFILLED.exec(value)?.[0] : undefined;
  return found === undefined ? null : excerptOf(found, MAX_SHOWN);
}

/**
 * What a body looks like that is not JSON, and what to do, as a sentence behind the place; empty where nothing is
 * known.
 * @see https://support.atlassian.com/jira-software-cloud/docs/smart-values-json-functions/ for `asJsonString`
 */
export function hintOf(text: string, fault: JsonFault): string {
  const hint = hintOfWhole(text) ?? hintOfPlace(text, fault);
  return hint === null ? '' : ` ${hint}`;
}

function hintOfWhole(text: string): string | null {
  if ((text.match(/\0/g)?.length ?? 0) > text.length / 4) return 'It looks like UTF-16; send UTF-8 instead.';
  if (/^\s*</.test(text)) return 'It looks like XML; send JSON instead.';
  if (/^[\w.%+-]+=/.test(text) || /^--\S+\r?\nContent-/i.test(text))
    return 'It looks like form fields; send JSON instead.';
  if (/^\s*%7B/i.test(text)) return 'It is escaped as for an address; send it as it is.';
  return null;
}

function hintOfPlace(text: string, { found, wanted }: JsonFault): string | null {
  const unfilled = unfilledIn(text);
  if (unfilled !== null && found.startsWith('{')) return `${unfilled} is a smart value that nothing has filled in.`;
  if (/^[“”„‘’«»]/.test(found)) return 'JSON takes straight double quotes alone.';
  const isTorn = wanted === ', or }' && /^[^"]/.test(found);
  if (wanted === 'a text that is closed on its line' || isTorn) return ESCAPED;
  if (wanted === 'a value') return hintOfValue(found);
  return wanted === 'a name in double quotes' && /^[}\]]/.test(found) ? 'The comma before it is one too many.' : null;
}

function hintOfValue(found: string): string | null {
  if (/^[,}\]]/.test(found))
    return 'A smart value may have been empty: with quotes around it, it would be an empty text.';
  return /^(?:[+.-]?\p{Nd}|-?(?:NaN|Infinity))/u.test(found)
    ? 'Numbers have the digits 0 to 9, with no zero or plus before them; put quotes around anything else.'
    : null;
}
