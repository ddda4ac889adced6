import type { Paging } from '../../contract';
import { valueAt } from './at';

/** The answer after which a list goes on. */
export type PageBefore = {
  readonly origin: string;
  /** The path that was asked first, with its query. */
  readonly path: string;
  readonly json: unknown;
  readonly link: string | null;
  /** How many pages, and how many records, were read so far. */
  readonly pages: number;
  readonly rows: number;
};

/** The path of the next page; null where the answer shows none, or one that may not be asked. */
export function nextPagePath(paging: Paging, before: PageBefore): string | null {
  switch (paging.kind) {
    case 'none':
      return null;
    case 'page':
      return withParameter(before, paging.parameter, String(paging.first + before.pages));
    case 'offset':
      return withParameter(before, paging.parameter, String(before.rows));
    case 'cursor': {
      const cursor = valueAt(before.json, paging.cursor);
      const isText = (typeof cursor === 'string' && cursor !== '') || typeof cursor === 'number';
      return isText ? withParameter(before, paging.parameter, String(cursor)) : null;
    }
    case 'address': {
      const address = valueAt(before.json, paging.address);
      return typeof address === 'string' && address !== '' ? ownPath(before, address) : null;
    }
    case 'link': {
      const next = /<([^>]*)>[^,<]*;\s*rel\s*=\s*"?[^",;]*\bnext\b/i.exec(before.link ?? '')?.[1];
      return next === undefined ? null : ownPath(before, next);
    }
  }
}

/** Where a redirect leads that only adds a slash or a query to what was asked; null for every other one. */
export function sameReadPath(origin: string, path: string, location: string | null): string | null {
  if (location === null || !URL.canParse(location, origin + path)) return null;
  const asked = new URL(origin + path);
  const told = new URL(location, asked);
  if (told.origin !== asked.origin || told.hash !== '' || told.username !== '') return null;
  if (unslashed(told.pathname) !== unslashed(asked.pathname)) return null;
  const next = told.pathname + told.search;
  return next === path ? null : next;
}

/** The path of an address on the same host that asks the same again, only from further on. */
function ownPath({ origin, path }: PageBefore, address: string): string | null {
  const asked = origin + path;
  if (!URL.canParse(address, asked)) return null;
  const told = new URL(address, asked);
  const isOwn =
    told.origin === new URL(asked).origin && unslashed(told.pathname) === unslashed(new URL(asked).pathname);
  return isOwn ? told.pathname + told.search : null;
}

function withParameter({ origin, path }: PageBefore, parameter: string, value: string): string {
  const url = new URL(origin + path);
  url.searchParams.set(parameter, value);
  return url.pathname + url.search;
}

function unslashed(pathname: string): string {
  return pathname.replace(/\/+$/, '');
}
