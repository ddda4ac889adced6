import { isolated } from '@contract';
import { listFormat } from './formatters';
import { format, type Values } from './format';
import type { Key } from './keys';
import { language, type Messages } from './language';

/**
 * A text in the page's language, in English where the translation lacks it.
 * @param values what its places are filled with, such as `{count: 3}`
 */
export function t(key: Key, values: Values = {}): string {
  const { messages, english } = language();
  // A key without a text is a page that forgot to bring a section of the catalogue: tests find it.
  return format(textAt(messages, key) ?? textAt(english, key) ?? key, values);
}

/** "A, B and C", or "A, B or C", as the page's language writes it. */
export function list(items: readonly string[], style: 'and' | 'or' = 'and'): string {
  return listFormat({ type: style === 'and' ? 'conjunction' : 'disjunction' }).format(
    items.map((item) => isolated(item)),
  );
}

function textAt(messages: Messages, key: string): string | undefined {
  const found = key
    .split('.')
    .reduce<string | Messages | undefined>((at, name) => (typeof at === 'object' ? at[name] : undefined), messages);
  return typeof found === 'string' ? found : undefined;
}
