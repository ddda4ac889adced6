/** A catalogue or a part of one: texts in ICU message syntax, by name. */
export type Messages = { readonly [name: string]: string | Messages };

/** What the page is written in: a locale for numbers and dates, its texts, and the English ones for what it lacks. */
export type Language = { readonly locale: string; readonly messages: Messages; readonly english: Messages };

const ENGLISH = 'en-US';

let current: Language = { locale: ENGLISH, messages: {}, english: {} };

/**
 * Decides the language of everything that is drawn from now on. What Jira tells may be no tag that `Intl` takes, which
 * would throw wherever a number or a time is written.
 */
export function setLanguage(language: Language): void {
  current = { ...language, locale: tagOf(language.locale) };
}

function tagOf(told: string): string {
  try {
    return Intl.getCanonicalLocales(told.replaceAll('_', '-'))[0] ?? ENGLISH;
  } catch {
    return ENGLISH;
  }
}

/** The language that was set last. */
export function language(): Language {
  return current;
}

/** The BCP 47 tag of the page's language, for `Intl`. */
export function locale(): string {
  return current.locale;
}
