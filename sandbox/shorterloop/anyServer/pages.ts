import { failed, http, type HttpAnswer } from '../envelope';
import type { ServerPaging } from '../profile';
import { styledPage, type Place } from './pageStyles';
import { put, type Json } from './records';

/** A part of a list, with what is said of the rest. */
export type CutPage<T> = {
  readonly rows: readonly T[];
  readonly beside: Json;
  readonly headers: Record<string, string>;
};

/** What a request says of the page that it wants: its whole path and query. */
export type Wanted = { readonly path: string; readonly host: string };

/** Cuts a list as a profile does; what is answered instead where a page is behind the last one. */
export function cutPage<T>(
  paging: ServerPaging | null,
  all: readonly T[],
  { path, host }: Wanted,
): CutPage<T> | HttpAnswer {
  if (paging === null) return { rows: all, beside: {}, headers: {} };
  const [plain = '', query = ''] = path.split('?');
  const asked = new URLSearchParams(query);
  const size = sizeOf(paging, asked);
  const wanted = paging.honoured ? startOf(paging, asked, size) : 0;
  if (wanted > 0 && wanted >= all.length && paging.behind !== 'empty') return behindEnd(paging.behind);
  const start = Math.max(0, wanted - paging.overlap);
  const end = Math.min(start + size, all.length);
  const place = { start, end, size, total: all.length };
  const next = end < all.length ? nextValue(paging, place) : null;
  if (paging.style !== null) {
    asked.set(paging.parameter, String(next));
    const address = next === null ? null : addressOf(paging, { plain, host, query: asked.toString() });
    const told = styledPage(paging.style, paging, place, { next, address });
    return { rows: all.slice(start, end), ...told };
  }
  asked.set(paging.parameter, String(next));
  const address = next === null ? null : addressOf(paging, { plain, host, query: asked.toString() });
  return {
    rows: all.slice(start, end),
    beside: besideOf(paging, place, next, address),
    headers: headersOf(paging, place, next, address),
  };
}

function behindEnd(behind: Exclude<ServerPaging['behind'], 'empty'>): HttpAnswer {
  return behind === '204' ? http(204, '', {}) : failed(Number(behind), 'There is no such page');
}

function addressOf(
  { addresses }: ServerPaging,
  { plain, host, query }: { readonly plain: string; readonly host: string; readonly query: string },
): string {
  const inQuery = `?${query}`;
  return addresses === 'query' ? inQuery : `${addresses === 'path' ? '' : `https://${host}`}${plain}${inQuery}`;
}

function sizeOf({ size, sizeParameter, most }: ServerPaging, asked: URLSearchParams): number {
  const wanted = sizeParameter === null ? null : asked.get(sizeParameter);
  return wanted === null || !/^[1-9]\d{0,5}$/.test(wanted) ? size : Math.min(Number(wanted), most);
}

function startOf({ kind, parameter, first }: ServerPaging, asked: URLSearchParams, size: number): number {
  const text = asked.get(parameter);
  if (text === null) return 0;
  // A cursor is no number for anybody but its server.
  const number = isCursor(kind) ? Number(/^c(\d+)x$/.exec(text)?.[1] ?? 0) : Number(text);
  if (!Number.isSafeInteger(number) || number < 0) return 0;
  return isNumbered(kind) ? Math.max(0, number - first) * size : number;
}

function nextValue({ kind, first, overlap }: ServerPaging, { start, end, size }: Place): string | number {
  if (isCursor(kind)) return `c${end}x`;
  return kind === 'offset' ? end : Math.floor((start + overlap) / size) + first + 1;
}

function besideOf(paging: ServerPaging, place: Place, next: string | number | null, address: string | null): Json {
  const { hints, kind } = paging;
  const facts: Json = {};
  const group = hints.includes('meta') ? ['meta'] : hints.includes('pagination') ? ['pagination'] : [];
  const say = (key: string, value: unknown): void => put(facts, [...group, key], value);
  if (hints.includes('total') || group.length > 0) say('total', place.total);
  if (hints.includes('totalPages')) say('totalPages', Math.ceil(place.total / place.size));
  if (hints.includes('hasNext')) say('hasNext', next !== null);
  if (hints.includes('hasMore')) say('has_more', next !== null);
  if (hints.includes('nextPage')) say('nextPage', next);
  // What was asked for is told back, as many do: from where on, and how many.
  if (hints.includes('echo')) {
    say(paging.parameter, kind === 'offset' ? place.start : Math.floor(place.start / place.size) + paging.first);
    say('limit', place.size);
  }
  if (kind === 'cursor') say('nextCursor', next);
  if (kind === 'address') say('next', address);
  return facts;
}

function isNumbered(kind: ServerPaging['kind']): boolean {
  return kind === 'page' || kind === 'address' || kind === 'link';
}

function isCursor(kind: ServerPaging['kind']): boolean {
  return kind === 'cursor' || kind === 'header';
}

function headersOf(
  { kind, hints }: ServerPaging,
  { total }: Place,
  next: string | number | null,
  address: string | null,
): Record<string, string> {
  return {
    ...(kind === 'header' && next !== null ? { 'x-next-cursor': String(next) } : {}),
    ...(kind === 'link' && address !== null ? { link: `<${address}>; rel="next"` } : {}),
    ...(hints.includes('totalHeader') ? { 'x-total-count': String(total) } : {}),
  };
}
