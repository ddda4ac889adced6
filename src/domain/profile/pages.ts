import type { KeyPath, Paging, ReadForm } from '../../contract';
import { valueAt, wholeAt, wholeOf } from './at';
import { inPageHeader, type PageHeaders } from './pageHeaders';

/** One page of a list, as far as it matters for the next: its answer, the header `Link`, and how many rows it has. */
export type Page = {
  readonly json: unknown;
  readonly link: string | null;
  readonly rows: number;
  /** How many of them a page before it had already: a list may grow in front while it is read. */
  readonly repeated?: number;
  /** Headers that hand over a cursor. */
  readonly cursors?: PageHeaders;
};

/** What comes after the pages that were read. */
export type NextPage =
  | { readonly kind: 'ask'; readonly path: string }
  | { readonly kind: 'end' }
  /** There is more, by what the answer says, and no way to it. */
  | { readonly kind: 'cut' };

/** The most pages of one list: 100,000 members in pages of a hundred. */
const MOST_PAGES = 1_000;

/**
 * What to ask next, after these pages.
 * @param path the path of the first page, ids filled in
 * @param pages all that was read, in their order; at least one
 * @param isNew whether the last page brought a record that none before it had
 */
export function nextPage(form: ReadForm, path: string, pages: readonly Page[], isNew: boolean): NextPage {
  const [first] = pages;
  const last = pages.at(-1);
  if (first === undefined || last === undefined) return { kind: 'ask', path };
  const rows = pages.reduce((sum, page) => sum + page.rows, 0);
  const total = numberAt(first.json, form.total);
  const isShort = total !== null && rows < total;
  const ended: NextPage = isShort ? { kind: 'cut' } : { kind: 'end' };
  const { paging } = form;
  const distinct = rows - pages.reduce((sum, { repeated = 0 }) => sum + repeated, 0);
  if (paging.kind === 'none') return saysMore(last) ? { kind: 'cut' } : ended;
  if (last.rows === 0) return ended;
  if (pages.length > 1 && !isNew) return isPastEnd(pages, paging) ? ended : { kind: 'cut' };
  const next = addressAfter(paging, path, { last, pages: pages.length, rows });
  if (next === 'none') return ended;
  // It goes on somewhere that must not be asked.
  if (next === 'elsewhere') return { kind: 'cut' };
  // A short page alone is no end: a server may leave out of a page what somebody may not see.
  const isAll = total !== null && distinct >= total;
  if (isCounted(paging) && (isAll || (!isShort && isLastByWord(first, last)))) return ended;
  return pages.length >= MOST_PAGES ? { kind: 'cut' } : { kind: 'ask', path: next.path };
}

/** Whether an answer says by itself that more follows. */
export function saysMore({ json, link, cursors = {} }: Omit<Page, 'rows'>): boolean {
  if (Object.values(cursors).some((value) => value !== '')) return true;
  if (link !== null && nextOfLink(link) !== null) return true;
  return tellsOf(
    json,
    (of) =>
      MORE.some((name) => of(name) === true) ||
      NEXT.some((name) => isSomething(of(name))) ||
      isBefore(of('page') ?? of('currentpage'), of('totalpages') ?? of('pages') ?? of('pagecount') ?? of('lastpage')),
  );
}

/** Whether something is told in one of the places where answers speak of their pages. */
function tellsOf(json: unknown, isTold: (of: (name: string) => unknown) => boolean): boolean {
  return BESIDE_LISTS.some((path) => {
    const told = valueAt(json, path);
    if (typeof told !== 'object' || told === null || Array.isArray(told)) return false;
    const entries: [string, unknown][] = Object.entries(told);
    return isTold((name) => entries.find(([key]) => plain(key) === name)?.[1]);
  });
}

/** The address of the next page in a header `Link`; null where it names none. RFC 8288. */
export function nextOfLink(link: string): string | null {
  const parts = [...link.matchAll(/<([^>]*)>((?:\s*;\s*[\w*]+\s*=\s*(?:"[^"]*"|[^\s,;"]+))*)/g)];
  const next = parts.find(([, , parameters = '']) => {
    const [, quoted, bare] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters) ?? [];
    return (quoted ?? bare ?? '').toLowerCase().split(/\s+/).includes('next');
  });
  return next?.[1] ?? null;
}

/** A path with one parameter of its query set. */
function withParameter(path: string, parameter: string, value: string): string {
  const [before = '', query = ''] = path.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set(parameter, value);
  return `${before}?${parameters.toString()}`;
}

/**
 * The path of an address from an answer, if it is of this very API: the same origin or none, and not a write's.
 * @param asked the path of the first page
 */
function pathOfAddress(address: string, asked: string): string | null {
  // The origin of the API is not known here: an address with another host is none of ours, whatever it says.
  const base = 'https://api.invalid';
  if (!URL.canParse(address, base + asked)) return null;
  const url = new URL(address, base + asked);
  const [askedPath = ''] = asked.split('?');
  return url.pathname.replace(/\/$/, '') === askedPath.replace(/\/$/, '') ? url.pathname + url.search : null;
}

/** What to ask after a page, that nothing follows, or that it goes on at an address that is none of this list's. */
type After = { readonly path: string } | 'none' | 'elsewhere';

function addressAfter(
  paging: Exclude<Paging, { kind: 'none' }>,
  path: string,
  { last, pages, rows }: { readonly last: Page; readonly pages: number; readonly rows: number },
): After {
  switch (paging.kind) {
    case 'page':
      return { path: withParameter(path, paging.parameter, String(paging.first + pages)) };
    case 'offset':
      return { path: withParameter(path, paging.parameter, String(rows)) };
    case 'cursor': {
      const cursor = inPageHeader(paging.cursor, last.cursors) ?? valueAt(last.json, paging.cursor);
      return isSomething(cursor) && (typeof cursor === 'string' || typeof cursor === 'number')
        ? { path: withParameter(path, paging.parameter, String(cursor)) }
        : 'none';
    }
    case 'address': {
      const address = valueAt(last.json, paging.address);
      return typeof address === 'string' && address !== '' ? afterAddress(address, path) : 'none';
    }
    case 'link': {
      const address = last.link === null ? null : nextOfLink(last.link);
      return address === null ? 'none' : afterAddress(address, path);
    }
  }
}

function afterAddress(address: string, asked: string): After {
  const path = pathOfAddress(address, asked);
  return path === null ? 'elsewhere' : { path };
}

/** Whether a page says that none follows: outright, or by not saying any more what the first one said. */
function isLastByWord(first: Page, last: Page): boolean {
  return !saysMore(last) && (saysMore(first) || tellsOf(last.json, (of) => isOver(of)));
}

function isOver(of: (name: string) => unknown): boolean {
  return MORE.some((name) => of(name) === false) || NEXT.some((name) => of(name) === null);
}

/**
 * Whether an answer in place of a further page says that the list has ended before it: as nothing, as a page that is
 * not there, or as a request that makes no sense. The last may also be how a server ends the pages that it gives, so it
 * counts only behind a page that was shorter than the first.
 */
export function isBehindEnd({ paging }: Pick<ReadForm, 'paging'>, pages: readonly Page[], status: number): boolean {
  const [first] = pages;
  const last = pages.at(-1);
  if (!isCounted(paging) || first === undefined || last === undefined) return false;
  const isShorter = last.rows < first.rows;
  return [204, 404, 410, 416].includes(status) || ([400, 422].includes(status) && isShorter);
}

/**
 * Whether a page without anything new only shows that the end was passed: some servers answer the last page again. The
 * pages before it have differed, so that the parameter is heeded; and one that was short was the last one likely.
 */
function isPastEnd(pages: readonly Page[], paging: Paging): boolean {
  if (!isCounted(paging) || pages.some(saysMore)) return false;
  return pages.length > 2 || (pages.at(-2)?.rows ?? 0) < (pages[0]?.rows ?? 0);
}

/** Whether the pages are counted by the app itself, so that nothing in an answer says where they end. */
function isCounted({ kind }: Paging): boolean {
  return kind === 'page' || kind === 'offset';
}

function numberAt(json: unknown, path: KeyPath | null): number | null {
  return path === null ? null : wholeAt(json, path);
}

/** Where answers speak of their pages. */
const BESIDE_LISTS: readonly KeyPath[] = [
  [],
  ['data'],
  ...['meta', 'pagination', 'paging', 'pageInfo', 'page', 'links', '_links'].flatMap((name) => [
    [name],
    ['data', name],
    ['meta', name],
  ]),
];
const MORE = ['hasnext', 'hasmore', 'hasnextpage', 'more', 'ismore'];
const NEXT = ['next', 'nextpage', 'nextcursor', 'nextpagetoken', 'nextpageurl', 'nexturl', 'nextlink'];

function plain(key: string): string {
  return key.replace(/[^A-Za-z]/g, '').toLowerCase();
}

function isSomething(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== '' && value !== 0;
}

/** Whether a page is before the last one, by what it tells of both. Where the first one is called 0, so is the last. */
function isBefore(told: unknown, last: unknown): boolean {
  const [page, pages] = [wholeOf(told), wholeOf(last)];
  if (page === null || pages === null) return false;
  return page === 0 ? pages > 1 : page < pages;
}
