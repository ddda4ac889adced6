/** A word that no text uses, with the right one and the reason. */
type Forbidden = { readonly word: RegExp; readonly instead: string; readonly because: string };

/** A word that stands where it should not. */
export type Found = {
  readonly line: number;
  readonly said: string;
  readonly instead: string;
  readonly because: string;
};

const RENAMED = 'the glossary has another word for it';

const FORBIDDEN: readonly Forbidden[] = [
  { word: /\be-mail\w*/gi, instead: 'email', because: 'Atlassian writes it without a hyphen' },
  { word: /\bissues?\b/gi, instead: 'work item', because: 'Jira calls it a work item on every screen' },
  { word: /\bcallers?\b/gi, instead: 'API client', because: RENAMED },
  { word: /\bdoors?\b/gi, instead: 'entry point', because: RENAMED },
  { word: /\bhooks?\b/gi, instead: 'API client, web request', because: RENAMED },
  { word: /\bwaiting changes?\b/gi, instead: 'queued change', because: RENAMED },
  { word: /\bgiven up\b/gi, instead: 'failed', because: 'it does not say what happened' },
  { word: /\bsomebody made up\b/gi, instead: 'a test person', because: 'nobody knows who is meant' },
  { word: /\bjust changing\b/gi, instead: 'updating', because: 'it is no English idiom' },
];

/** Names that others gave, which stay as they are: Jira's permissions and features, and React's hooks. */
const NAMES = new RegExp(
  [
    '(?:Edit|Transition|Assign|Resolve) issues',
    'Issue security',
    'issue navigator',
    'issue panels?',
    'lint rules for hooks',
  ].join('|'),
  'gi',
);

/** Finds the forbidden words in a text, line by line. */
export function forbiddenIn(text: string): Found[] {
  return text
    .split('\n')
    .flatMap((content, index) =>
      FORBIDDEN.flatMap(({ word, instead, because }) =>
        [...content.replace(NAMES, '').matchAll(word)].map(([said]) => ({ line: index + 1, said, instead, because })),
      ),
    );
}

/**
 * A page without what is no prose: code blocks, inline code, quoted titles of tests and the targets of links. Its
 * lines keep their numbers.
 */
export function proseOf(markdown: string): string {
  const blank = (code: string): string => code.replace(/[^\n]/g, '');
  return markdown
    .replace(/^```[\s\S]*?^```/gm, blank)
    .replace(/`test\/[^`\n]+`: “[^”\n]*”/g, '')
    .replace(/`[^`\n]*`/g, '')
    .replace(/\]\([^)\n]*\)/g, ']');
}

/** A text of a page without the names of its places: `{count, plural, one {# issue}}` keeps only what is read. */
export function readOf(message: string): string {
  return message.replace(/'\{.*?\}'/g, '').replace(/\{\s*\w+\s*(?=[,}])/g, '{');
}
