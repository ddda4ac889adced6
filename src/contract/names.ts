/** What turns the text around it: embeddings, overrides, isolates and marks of direction. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
/**
 * What can't be seen: soft hyphens, joiners of nothing, fillers, tags, marks of annotations, and code points that stand
 * for nothing.
 */
const UNSEEN = new RegExp(
  [
    '[\\u00ad\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b\\u2060-\\u2065\\u206a-\\u206f]',
    '[\\u3164\\ufeff\\uffa0]',
    '[\\ufff0-\\ufffb\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e00ff}\\u{e01f0}-\\u{e0fff}\\p{Cs}]',
  ].join('|'),
  'gu',
);
/** Line breaks, controls and the empty Braille cell; a blank takes their place, so that two words stay two. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u2800]+/gu;
/** Zero-width joiners behind letters that nothing joins; Persian, Hindi and families of emoji are written with them. */
const IDLE_JOINER = new RegExp(
  `(?<=^|[${['Latin', 'Greek', 'Cyrillic', 'Armenian', 'Georgian', 'Hebrew', 'Han', 'Hiragana', 'Katakana', 'Hangul']
    .map((script) => `\\p{Script=${script}}`)
    .join('')}]|(?![\\p{Emoji_Modifier}\\p{Extended_Pictographic}\\ufe0f])[\\p{Script=Common}\\p{Script=Inherited}])` +
    '[\\u200c\\u200d]',
  'gu',
);
/** Variation selectors behind what has no variants: emoji, digits as keycaps and Chinese characters have some. */
const IDLE_VARIATION = new RegExp(
  '(?<![\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\p{Script=Han}0-9#*])[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]',
  'gu',
);
/** What nothing has to be taken from: most names of a list of 100,000, each of which is asked about. */
const ONLY_SEEN = /^[\u0020-\u007e\u00c0-\u024f]*$/;
/** Letters that are written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const ISOLATE = { open: '\u2068', close: '\u2069' };

/**
 * A name from outside as it can stand in a line of text: without what would turn the text around it, break the line, or
 * make two names look alike that are not. Empty when nothing can be seen of it. Letters stay as they are written.
 * @see https://www.unicode.org/reports/tr9/ for directions, https://www.unicode.org/reports/tr36/ for the attacks
 */
export function plainName(name: string): string {
  return tidy(name.replace(DIRECTION, ''));
}

/**
 * A text as it fills a place in a sentence: {@link plainName}, and between isolates where it holds letters from right
 * to left. A text that was put together from such parts keeps their isolates, as long as each of them ends.
 */
export function isolated(text: string): string {
  const plain = endsItsIsolates(text)
    ? tidy(text.replace(DIRECTION, (mark) => (mark === ISOLATE.open || mark === ISOLATE.close ? mark : '')))
    : plainName(text);
  return RIGHT_TO_LEFT.test(plain) ? ISOLATE.open + plain + ISOLATE.close : plain;
}

function tidy(text: string): string {
  if (ONLY_SEEN.test(text)) return text.replace(/ {2,}/g, ' ').trim();
  return text
    .replace(CONTROLS, ' ')
    .replace(UNSEEN, '')
    .replace(IDLE_JOINER, '')
    .replace(IDLE_VARIATION, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function endsItsIsolates(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === ISOLATE.open) open += 1;
    if (character === ISOLATE.close) open -= 1;
    if (open < 0) return false;
  }
  return open === 0;
}
