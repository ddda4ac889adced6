import type { KeyPath } from '../../contract';

/** Stands first in the place of a cursor that is in a header, and in no answer's keys. */
export const HEADER = '@header';

/** What headers hand over to ask for the next page with, by the headers' names in lower case. */
export type PageHeaders = Readonly<Record<string, string>>;

/** The headers in which servers hand a cursor over. None of them is a standard's. */
const NAMES = [
  'x-next-cursor',
  'next-cursor',
  'x-cursor',
  'x-next-page',
  'x-next-page-token',
  'x-next-token',
  'x-continuation-token',
];

/** The cursors in an answer's headers. */
export function pageHeadersIn(headers: { readonly get: (name: string) => string | null }): PageHeaders {
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = headers.get(name)?.trim() ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
}

/** The cursor that stands in a header; undefined where this place is none, or the header has none. */
export function inPageHeader([first, name = '']: KeyPath, cursors: PageHeaders = {}): string | undefined {
  return first === HEADER ? cursors[name] : undefined;
}
