import type { ServerPaging } from '../profile';
import type { Json } from './records';

/** Which part of a list a page is. */
export type Place = { readonly start: number; readonly end: number; readonly size: number; readonly total: number };

/** What asks for the next page, and where it is; null on the last one. */
type Next = { readonly next: string | number | null; readonly address: string | null };
type Told = { readonly beside: Json; readonly headers: Record<string, string> };

/** What frameworks and other vendors say of further pages. */
export function styledPage(
  style: NonNullable<ServerPaging['style']>,
  paging: ServerPaging,
  place: Place,
  { next, address }: Next,
): Told {
  const { total, size, start, end } = place;
  const pages = Math.ceil(total / size);
  const number = Math.floor(start / size) + paging.first;
  const beside = (facts: Json): Told => ({ beside: facts, headers: {} });
  const headers = (told: Record<string, string>): Told => ({ beside: {}, headers: told });
  switch (style) {
    case 'odata':
      return beside({ '@odata.count': total, ...(address === null ? {} : { '@odata.nextLink': address }) });
    case 'relay':
      return beside({ totalCount: total, pageInfo: { hasNextPage: next !== null, endCursor: next } });
    case 'spring':
      return beside({
        ...{ totalElements: total, totalPages: pages, number, size, first: start === 0, last: next === null },
        numberOfElements: end - start,
      });
    case 'springPage':
      return beside({ page: { size, totalElements: total, totalPages: pages, number } });
    case 'laravel':
      return beside({
        ...{ current_page: number, last_page: pages, per_page: size, from: start + 1, to: end, total },
        next_page_url: address,
      });
    case 'hal':
      return beside({
        _links: { self: { href: '/' }, ...(address === null ? {} : { next: { href: address } }) },
        total,
      });
    case 'jsonApi':
      return beside({ links: { self: '/', next: address }, meta: { total } });
    case 'google':
      return beside({ ...(next === null ? {} : { nextPageToken: next }), resultSizeEstimate: total });
    case 'azure':
      return beside({ continuationToken: next });
    case 'hubspot':
      return beside(next === null ? {} : { paging: { next: { after: next, link: address } } });
    case 'slack':
      return beside({ ok: true, response_metadata: { next_cursor: next ?? '' } });
    case 'zendesk':
      return beside({ meta: { has_more: next !== null, after_cursor: next }, links: { next: address } });
    case 'elastic':
      return beside({ took: 3, timed_out: false, hits: { total: { value: total, relation: 'eq' } } });
    case 'lastId':
      return beside({ object: 'list', has_more: next !== null });
    case 'gitlab':
      return headers({
        ...{ 'x-page': String(number), 'x-per-page': String(size), 'x-total': String(total) },
        ...{ 'x-total-pages': String(pages), 'x-next-page': next === null ? '' : String(next) },
      });
    case 'contentRange':
      return headers({ 'content-range': `items ${start}-${end - 1}/${total}` });
  }
}
