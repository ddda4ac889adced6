/**
 * Whether a text holds what `~` asks for: each of the words, in any order; a phrase in quotation marks within the
 * quotation marks, word by word; `win*` every word that begins so (documented: JQL operators, "Contains", and search
 * syntax for text fields). That no word is brought back to its stem is the sandbox's: Jira finds "exports" by "export".
 */
export function textMatcher(asked: string): (text: string) => boolean {
  const terms = [...asked.matchAll(/"([^"]*)"|([^\s"]+)/g)].map(([, phrase, word]) => termOf(phrase ?? word ?? ''));
  return (text) => {
    const words = wordsOf(text);
    return terms.every((term) => term(words));
  };
}

type Term = (words: readonly string[]) => boolean;

function termOf(asked: string): Term {
  const wanted = wordsOf(asked);
  const last = wanted.length - 1;
  const isPrefix = asked.endsWith('*');
  const fits = (word: string | undefined, place: number): boolean => {
    const sought = wanted[place] ?? '';
    return isPrefix && place === last ? word?.startsWith(sought) === true : word === sought;
  };
  return (words) => words.some((_, start) => wanted.every((_word, place) => fits(words[start + place], place)));
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
