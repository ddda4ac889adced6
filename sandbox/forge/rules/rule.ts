import type { Readings } from './readings';

/** Where a rule comes from. */
export type Mark =
  /** Said on a page of Atlassian's Forge documentation; `words` are the page's where they matter. */
  | { readonly kind: 'documented'; readonly page: string; readonly words: string | null }
  /** Seen on a real site on that day. */
  | { readonly kind: 'measured'; readonly date: string }
  /** Neither: played both ways by a reading, or one way alone, and why that is enough. */
  | { readonly kind: 'assumed'; readonly reading: keyof Readings | null; readonly why: string };

/**
 * One rule of Forge that the sandbox plays: a sentence, the number or words that the code takes from it, and
 * its mark.
 */
export type Rule<V = unknown> = { readonly says: string; readonly value: V; readonly mark: Mark };

/** Rules of one area by the name under which code and tests find them. */
export type Rules = Readonly<Record<string, Rule>>;

const PAGES = 'https://developer.atlassian.com/platform/forge/';
/** When the storage facts were seen on a real site. */
const MEASURED = '2026-10-09';

/** A rule from a page, given as its path below the Forge documentation. A rule without a value has null. */
export function documented<V>(page: string, says: string, value: V, words: string | null = null): Rule<V> {
  return { says, value, mark: { kind: 'documented', page: `${PAGES}${page}/`, words } };
}

/** A rule that was seen on a real site. */
export function measured<V>(says: string, value: V): Rule<V> {
  return { says, value, mark: { kind: 'measured', date: MEASURED } };
}

/** A rule that nobody knows, and which reading plays the other side of it. */
export function assumed<V>(says: string, value: V, reading: keyof Readings, why: string): Rule<V> {
  return { says, value, mark: { kind: 'assumed', reading, why } };
}

/** A rule that nobody knows and that is played one way alone. */
export function assumedAlone<V>(says: string, value: V, why: string): Rule<V> {
  return { says, value, mark: { kind: 'assumed', reading: null, why } };
}
