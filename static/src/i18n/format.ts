import { isolated } from '@contract';
import { IntlMessageFormat } from 'intl-messageformat';
import { numberFormat } from './formatters';
import { locale } from './language';

/** What is filled into a text, by the name of its place. */
export type Values = Readonly<Record<string, string | number>>;

const formats = new Map<string, IntlMessageFormat>();

/**
 * Fills values into a text in ICU message syntax: none of them turns the sentence around it or breaks its line. Throws
 * for a place that no value is given for.
 */
export function format(text: string, values: Values): string {
  // Most texts have no place to fill, and need no parser.
  if (!text.includes('{')) return text;
  const filled = formatOf(text).format<string>(
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? isolated(value) : value]),
    ),
  );
  return typeof filled === 'string' ? filled : filled.join('');
}

/** A number as the page's language writes it. */
export function number(value: number): string {
  return numberFormat({}).format(value);
}

function formatOf(text: string): IntlMessageFormat {
  const key = `${locale()} ${text}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new IntlMessageFormat(text, locale(), undefined, { ignoreTag: true });
  formats.set(key, made);
  return made;
}
