import { locale } from './language';

/** Numbers in the page's language. */
export const numberFormat = kept((tag, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, options));
/** Days and times in the page's language. */
export const dateFormat = kept((tag, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options));
/** How long ago something was, in the page's language. */
export const relativeFormat = kept(
  (tag, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(tag, options),
);
/** "A, B and C" in the page's language. */
export const listFormat = kept((tag, options: Intl.ListFormatOptions) => new Intl.ListFormat(tag, options));
/** The order of names in the page's language. */
export const collator = kept((tag, options: Intl.CollatorOptions) => new Intl.Collator(tag, options));

/**
 * What writes in one way, made once for each language: to make it takes many times as long as to use it, and a list of
 * people writes some times for each of them.
 */
function kept<Options, Made>(make: (tag: string, options: Options) => Made): (options: Options) => Made {
  const made = new Map<string, Made>();
  return (options) => {
    const key = `${locale()} ${JSON.stringify(options)}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const one = make(locale(), options);
    made.set(key, one);
    return one;
  };
}
