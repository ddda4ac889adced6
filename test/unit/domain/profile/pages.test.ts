import { DEFAULT_PROFILE, type Paging, type ReadForm } from '../../../../src/contract';
import { nextOfLink, nextPage, type Page } from '../../../../src/domain/profile';

const PATH = '/api/v2/segments';
const form = (paging: Paging, total: ReadForm['total'] = null): ReadForm => ({
  ...DEFAULT_PROFILE.reads.listSegments,
  paging,
  total,
});
const page = (rows: number, json: object = {}, link: string | null = null): Page => ({ rows, json, link });
const COUNTED: Paging = { kind: 'page', parameter: 'page', first: 1 };
const END = { kind: 'end' };
const CUT = { kind: 'cut' };
const ask = (path: string) => ({ kind: 'ask', path });

describe('the first request', () => {
  it('is the path as it stands', () => {
    expect(nextPage(form(COUNTED), '/s?limit=20', [], true)).toEqual(ask('/s?limit=20'));
  });
});

describe('a list without pages', () => {
  const none = form({ kind: 'none' });

  it.each<[string, Page]>([
    ['says nothing', page(20)],
    ['counts as many as there are', page(20, { total: 20 })],
    ['is on its last page', page(20, { meta: { page: 2, totalPages: 2 } })],
    ['has no next page', page(20, { nextPage: null, hasNext: false })],
    ['has a link back alone', page(20, {}, '</s?page=1>; rel="prev"')],
  ])('ends where it %s', (_what, answer) => {
    expect(nextPage(form({ kind: 'none' }, ['total']), PATH, [answer], true)).toEqual(END);
  });

  it.each<[string, object, string | null]>([
    ['hasNext', { hasNext: true }, null],
    ['has_more', { meta: { has_more: true } }, null],
    ['nextPage', { data: { nextPage: 2 } }, null],
    ['page 1 of 3', { pagination: { page: 1, totalPages: 3 } }, null],
    ['page "1" of "3"', { pagination: { current_page: '1', last_page: '3' } }, null],
    ['a link', {}, '<https://api.shorterloop.com/api/v2/segments?page=2>; rel="next"'],
  ])('is cut where it says so by %s', (_what, json, link) => {
    expect(nextPage(none, PATH, [page(20, json, link)], true)).toEqual(CUT);
  });

  it.each([40, '40'])('is cut where it has 20 of %j', (total) => {
    expect(nextPage(form({ kind: 'none' }, ['total']), PATH, [page(20, { total })], true)).toEqual(CUT);
  });
});

describe('a list whose pages are counted', () => {
  it.each<[Paging, string, string]>([
    [COUNTED, '/s', '/s?page=2'],
    [{ kind: 'page', parameter: 'p', first: 0 }, '/s?limit=20', '/s?limit=20&p=1'],
    [COUNTED, '/s?page=1&limit=20', '/s?page=2&limit=20'],
    [{ kind: 'offset', parameter: 'offset' }, '/s/', '/s/?offset=20'],
  ])('goes on by %j after %s', (paging, path, next) => {
    expect(nextPage(form(paging), path, [page(20)], true)).toEqual(ask(next));
  });

  it('ends with an empty page, or once it has as many as it says', () => {
    expect(nextPage(form(COUNTED), PATH, [page(20), page(0)], false)).toEqual(END);
    expect(nextPage(form(COUNTED, ['total']), PATH, [page(20, { total: '25' }), page(5)], true)).toEqual(END);
    expect(nextPage(form(COUNTED, ['total']), PATH, [page(20, { total: 45 }), page(0)], false)).toEqual(CUT);
  });

  it('goes on after a short page, because a server may leave out what somebody may not see', () => {
    expect(nextPage(form(COUNTED), PATH, [page(20), page(19)], true)).toEqual(ask(`${PATH}?page=3`));
  });

  it('is cut where the second page is the first again, and ends where a later one brings nothing new', () => {
    expect(nextPage(form(COUNTED), PATH, [page(20), page(20)], false)).toEqual(CUT);
    expect(nextPage(form(COUNTED), PATH, [page(20), page(20), page(20)], false)).toEqual(END);
    expect(nextPage(form(COUNTED), PATH, [page(20), page(7), page(7)], false)).toEqual(END);
    expect(nextPage(form(COUNTED, ['total']), PATH, [page(20, { total: 99 }), page(7), page(7)], false)).toEqual(CUT);
  });

  it('is cut after a thousand pages', () => {
    const pages = Array.from({ length: 1_000 }, () => page(1));
    expect(nextPage(form(COUNTED), PATH, pages.slice(1), true)).toEqual(ask(`${PATH}?page=1000`));
    expect(nextPage(form(COUNTED), PATH, pages, true)).toEqual(CUT);
  });
});

describe('a list that says itself how it goes on', () => {
  const cursor = form({ kind: 'cursor', parameter: 'after', cursor: ['meta', 'next'] });
  const address = form({ kind: 'address', address: ['links', 'next'] });
  const link = form({ kind: 'link' });

  it.each<[string, ReadForm, Page, string]>([
    ['a cursor', cursor, page(20, { meta: { next: 'a b/=' } }), `${PATH}?after=a+b%2F%3D`],
    ['a number', cursor, page(20, { meta: { next: 40 } }), `${PATH}?after=40`],
    ['an address', address, page(20, { links: { next: `https://x.example${PATH}?page=2` } }), `${PATH}?page=2`],
    ['a path', address, page(20, { links: { next: `${PATH}/?page=2` } }), `${PATH}/?page=2`],
    ['a query', address, page(20, { links: { next: '?page=2' } }), `${PATH}?page=2`],
    ['a header', link, page(20, {}, `<${PATH}?a=1>; rel="first", <${PATH}?a=2>; rel=next`), `${PATH}?a=2`],
  ])('goes on by %s', (_what, one, answer, next) => {
    expect(nextPage(one, PATH, [answer], true)).toEqual(ask(next));
  });

  it.each<[string, ReadForm, Page]>([
    ['no cursor', cursor, page(20, { meta: { next: null } })],
    ['an empty cursor', cursor, page(20, { meta: { next: '' } })],
    ['a cursor that is none', cursor, page(20, { meta: { next: { page: 2 } } })],
    ['no address', address, page(20, { links: {} })],
    ['no header', link, page(20)],
    ['no next', link, page(20, {}, `<${PATH}?a=1>; rel="prev"`)],
  ])('ends with %s', (_what, one, answer) => {
    expect(nextPage(one, PATH, [answer], true)).toEqual(END);
  });

  it.each<[string, ReadForm, Page]>([
    ['in the answer', address, page(20, { links: { next: '/api/v2/segments/19/manage-users?page=2' } })],
    ['in the header', link, page(20, {}, '</other?a=2>; rel="next"')],
    ['that is none', address, page(20, { links: { next: 'http://[' } })],
  ])('is cut where it goes on at another path %s: that is not asked', (_what, one, answer) => {
    expect(nextPage(one, PATH, [answer], true)).toEqual(CUT);
  });

  it('is cut where it goes round in circles', () => {
    const pages = [page(20, { meta: { next: 'a' } }), page(20, { meta: { next: 'a' } })];
    expect(nextPage(cursor, PATH, pages, false)).toEqual(CUT);
  });
});

describe('the header Link', () => {
  it.each([
    ['<a>; rel="next"', 'a'],
    ['<a>; rel=next', 'a'],
    ['<a>;rel="last next"', 'a'],
    ['<a>; title="x, y"; rel="next"', 'a'],
    ['<a>; rel="prev", <b>; rel="next"', 'b'],
    ['<a>; rel="nextish"', null],
    ['<a>', null],
    ['', null],
  ])('%j names %j', (header, next) => {
    expect(nextOfLink(header)).toBe(next);
  });
});
