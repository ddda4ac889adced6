import { wordsOf, type KeyPath, type Paging } from '../../contract';
import { countOf } from './learnMembers';
import { HEADER, type PageHeaders } from './pageHeaders';
import { isRecord, isSamePath, type JsonRecord, opened } from './structure';

/** An answer with a list, as far as its form may say how the list goes on. */
export type PagedAnswer = {
  readonly json: unknown;
  /** The header `Link`; null where there is none. */
  readonly link: string | null;
  /** Headers that hand over a cursor. */
  readonly cursors?: PageHeaders;
  /** Where the list stands, and how long it is. */
  readonly records: KeyPath;
  readonly rows: number;
};

/** What an answer says of the rest of its list. */
export type PagingHints = {
  /** Whether the answer says itself that there is more; null where it says nothing of it. */
  readonly goesOn: boolean | null;
  /** Ways on that the answer shows, the surest first. Each is only tried: another page has to show other records. */
  readonly ways: readonly Paging[];
  /** Where it says how many records there are in all, and how many. */
  readonly total: { readonly at: KeyPath; readonly count: number } | null;
  /** Whether the answer tells the number of its own page, so that it is known from which one pages count. */
  readonly tellsFirst: boolean;
};

type Fact = { readonly at: KeyPath; readonly words: string; readonly value: unknown };

/** The lengths that servers cut lists at. */
const ROUND = new Set([10, 20, 25, 50, 100, 200, 250, 500, 1_000]);
const DEEPEST = 3;

/** Whether a list is exactly as long as servers like to cut them, and nothing says that it is all. */
export function looksCut(rows: number, { goesOn, total }: Pick<PagingHints, 'goesOn' | 'total'>): boolean {
  return ROUND.has(rows) && goesOn !== false && (total === null || total.count > rows);
}

/** Reads beside the list, and in the header `Link`, whether and how it goes on. */
export function learnPaging({ json, link, records, rows, cursors = {} }: PagedAnswer): PagingHints {
  const facts = factsOf(json, records);
  const total = totalOf(facts, rows);
  const number = numberOf(facts);
  const ways: Paging[] = [
    ...(hasNextLink(link) ? [{ kind: 'link' } as const] : []),
    ...addressesOf(facts),
    ...headersOf(cursors),
    ...cursorsOf(facts),
    ...number.ways,
    // A search engine in front of the data counts by its own word.
    ...(total !== null && isWithinTotal(total.at) ? [{ kind: 'offset', parameter: 'from' } as const] : []),
  ];
  const goesOn = saysMore(facts, ways, number.goesOn, total === null ? null : total.count > rows);
  return { goesOn, ways, total, tellsFirst: number.tellsFirst };
}

/** A flag says it outright; then what is there to go on with; then what is there, and is nothing. */
function saysMore(
  facts: readonly Fact[],
  ways: readonly Paging[],
  byNumber: boolean | null,
  byTotal: boolean | null,
): boolean | null {
  const flag = flagOf(facts);
  if (flag !== null) return flag;
  if (ways.some(({ kind }) => kind === 'link' || kind === 'address' || kind === 'cursor')) return true;
  const told = [byNumber, byTotal].filter((said) => said !== null);
  if (told.length > 0) return told.includes(true);
  return facts.some(({ at, value }) => isAboutNext(at) && (value === null || value === '')) ? false : null;
}

/** What can be tried where an answer only says, or looks as if, there were more, and not how. */
export const GUESSED_PAGINGS: readonly Paging[] = [
  { kind: 'page', parameter: 'page', first: 1 },
  { kind: 'offset', parameter: 'offset' },
  { kind: 'offset', parameter: 'skip' },
];

/** The facts beside the list: whatever stands outside of it. */
function factsOf(json: unknown, records: KeyPath): Fact[] {
  const facts: Fact[] = [];
  const visit = (value: JsonRecord, above: KeyPath, depth: number): void => {
    for (const [key, inner] of Object.entries(value)) {
      const at = [...above, key];
      if (isSamePath(at, records)) continue;
      const one = opened(inner);
      if (isRecord(one) && depth > 1) visit(one, at, depth - 1);
      else if (!isRecord(one) && !Array.isArray(one)) facts.push({ at, words: plainWords(at), value: one });
    }
  };
  const whole = opened(json);
  if (isRecord(whole)) visit(whole, [], DEEPEST);
  return facts;
}

/** The words of a key without the prefix that OData puts before its own: `@odata.nextLink` is `next link`. */
function plainWords(at: KeyPath): string {
  return wordsOf(at).replace(/^odata /, '');
}

const OF_WHAT = 'count|records|items|elements|rows|results|segments|size|hits';
const TOTAL = new RegExp(`^(?:records |rows )?total(?: ?(?:${OF_WHAT}))?$|^(?:${OF_WHAT}) total$`);

function totalOf(facts: readonly Fact[], rows: number): PagingHints['total'] {
  for (const { at, words, value } of facts) {
    const isTotal = TOTAL.test(words) || /^segments? count$/.test(words) || isWithinTotal(at);
    const count = countOf(value);
    if (isTotal && count !== null && count >= rows) return { at, count };
  }
  // What is only called a count is often this page's alone.
  for (const { at, words, value } of facts) {
    const count = countOf(value);
    if (words === 'count' && count !== null && count > rows) return { at, count };
  }
  return null;
}

/** Whether this is the value of a total that stands in an object, as in `hits.total.value`. */
function isWithinTotal(at: KeyPath): boolean {
  return at.length > 1 && wordsOf(at) === 'value' && TOTAL.test(wordsOf(at.slice(0, -1)));
}

function hasNextLink(link: string | null): boolean {
  return link !== null && /<[^>]*>[^,<]*;\s*rel\s*=\s*"?[^",;]*\bnext\b/i.test(link);
}

function addressesOf(facts: readonly Fact[]): Paging[] {
  return facts
    .filter(({ at, value }) => isAboutNext(at) && typeof value === 'string' && /^(?:https:\/\/|\/|\?)/.test(value))
    .map(({ at }) => ({ kind: 'address', address: at }));
}

function cursorsOf(facts: readonly Fact[]): Paging[] {
  return facts.flatMap(({ at, words, value }): Paging[] => {
    const isText = typeof value === 'string' && value !== '' && !/^(?:https?:\/\/|\/|\?)/.test(value);
    if (!isText || !/cursor|token|after|continuation|bookmark|scroll/.test(words)) return [];
    if (/prev|start cursor|before|csrf|access|refresh/.test(words)) return [];
    return parametersOf(words).map((parameter) => ({ kind: 'cursor', parameter, cursor: at }));
  });
}

/** PageHeaders in headers: `X-Next-Cursor` is handed back as those in answers are. */
function headersOf(cursors: PageHeaders): Paging[] {
  return Object.entries(cursors).flatMap(([name, value]): Paging[] => {
    const words = wordsOf([name]).replace(/^x /, '');
    const parameters = value === '' ? [] : / page$/.test(words) ? ['page'] : parametersOf(words);
    return parameters.map((parameter) => ({ kind: 'cursor', parameter, cursor: [HEADER, name] }));
  });
}

/** The parameters by which a cursor of this name is usually handed back. */
function parametersOf(words: string): string[] {
  if (words.includes('page token')) return ['pageToken', 'page_token'];
  if (words.includes('continuation')) return ['continuationToken', 'continuation'];
  if (words.includes('after') || words === 'end cursor') return ['after', 'cursor'];
  if (words.includes('token')) return ['token', 'nextToken'];
  return words.includes('scroll') ? ['scrollId', 'scroll_id'] : ['cursor', 'after'];
}

/** Pages and offsets that are told as numbers. */
function numberOf(facts: readonly Fact[]): Pick<PagingHints, 'goesOn' | 'ways' | 'tellsFirst'> {
  const told = (pattern: RegExp): number | null => {
    const fact = facts.find(({ words, value }) => pattern.test(words) && countOf(value) !== null);
    return fact === undefined ? null : countOf(fact.value);
  };
  const page = told(/^(?:current ?)?page(?: ?(?:number|no|index|num))?$|^number$/);
  const pages = told(/^(?:total ?pages|page ?count|last ?page|pages|num pages|pages count)$/);
  const next = told(/^next ?page$|^next$/);
  const offset = facts.find(
    ({ words, value }) => /^(?:offset|skip|start(?: at| index)?|from)$/.test(words) && countOf(value) !== null,
  );
  const first: 0 | 1 = next === 1 || page === 0 ? 0 : 1;
  const isKnown = page !== null || pages !== null || next !== null;
  const isLast = pages === null ? null : pages > (page ?? first) + (first === 0 ? 1 : 0);
  const ways: Paging[] = [];
  if (isKnown) ways.push({ kind: 'page', parameter: pageParameter(facts), first });
  if (offset !== undefined) ways.push({ kind: 'offset', parameter: offset.at.at(-1) ?? 'offset' });
  return { goesOn: next === null ? isLast : true, ways, tellsFirst: page !== null || next !== null };
}

function pageParameter(facts: readonly Fact[]): string {
  const named = facts.find(
    ({ words, value }) => /^page (?:number|no|index|num)$/.test(words) && countOf(value) !== null,
  );
  return named?.at.at(-1) ?? 'page';
}

function flagOf(facts: readonly Fact[]): boolean | null {
  for (const { words, value } of facts) {
    if (typeof value !== 'boolean') continue;
    if (/^(?:(?:has|is) ?)?(?:more|next|truncated)(?: (?:page|pages|results))?$/.test(words)) return value;
    if (/^(?:last|is last|is last page|last page)$/.test(words)) return !value;
  }
  return null;
}

function isAboutNext(at: KeyPath): boolean {
  return at.some((key) => plainWords([key]).startsWith('next'));
}
