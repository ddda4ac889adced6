import { DEFAULT_PROFILE, type Paging, type ReadForm } from '../../../../src/contract';
import { isBehindEnd, nextPage, type Page } from '../../../../src/domain/profile';

const PATH = '/api/v2/segments';
const PAGES: Paging = { kind: 'page', parameter: 'page', first: 1 };
const form = (paging: Paging, total: ReadForm['total'] = null): ReadForm => ({
  ...DEFAULT_PROFILE.reads.listSegments,
  paging,
  total,
});
const page = (rows: number, json: object = {}, repeated = 0): Page => ({ rows, json, link: null, repeated });
const END = { kind: 'end' };
const third = { kind: 'ask', path: `${PATH}?page=3` };

describe('a page that says that it is the last one', () => {
  it.each([
    ['has_more', { has_more: true }, { has_more: false }],
    ['nextPage', { nextPage: 2 }, { nextPage: null }],
    ['what the first one said is missing', { meta: { next: 2 } }, {}],
    ['page 2 of 2', { page: 1, totalPages: 2 }, { page: 2, totalPages: 2 }],
  ])('is not followed by another question: %s', (_how, first, last) => {
    expect(nextPage(form(PAGES), PATH, [page(10, first), page(10, last)], true)).toEqual(END);
  });

  it('is followed by one where fewer are there than are counted', () => {
    const pages = [page(10, { total: 25, next: null }), page(10, { total: 25, next: null })];
    expect(nextPage(form(PAGES, ['total']), PATH, pages, true)).toEqual(third);
  });

  it('may be the first one', () => {
    expect(nextPage(form(PAGES), PATH, [page(2, { has_more: false })], true)).toEqual(END);
    expect(nextPage(form(PAGES), PATH, [page(2)], true)).toEqual({ kind: 'ask', path: `${PATH}?page=2` });
  });
});

describe('pages that overlap, because a list grows in front while it is read', () => {
  it('are counted without what a page before had: as many rows as there are in all are not all of them', () => {
    const pages = [page(10, { total: 20 }), page(10, { total: 20 }, 1)];
    expect(nextPage(form(PAGES, ['total']), PATH, pages, true)).toEqual(third);
    expect(nextPage(form(PAGES, ['total']), PATH, [...pages, page(2, {}, 1)], true)).toEqual(END);
  });

  it('end with an empty page where something is counted twice by the server itself', () => {
    const pages = [page(10, { total: 20 }), page(10, { total: 20 }, 1), page(0)];
    expect(nextPage(form(PAGES, ['total']), PATH, pages, false)).toEqual(END);
  });
});

describe('what comes in place of a further page', () => {
  it.each([
    [404, true, true],
    [410, true, true],
    [416, true, true],
    [204, true, true],
    [400, true, false],
    [422, true, false],
    [403, false, false],
    [500, false, false],
    [503, false, false],
  ])('%i is the end behind a short page: %s, behind a full one: %s', (status, behindShort, behindFull) => {
    expect(isBehindEnd(form(PAGES), [page(10), page(3)], status)).toBe(behindShort);
    expect(isBehindEnd(form(PAGES), [page(10), page(10)], status)).toBe(behindFull);
  });

  it('is never the end of a list without counted pages, or of one of which nothing was read', () => {
    expect(isBehindEnd(form({ kind: 'link' }), [page(10), page(3)], 404)).toBe(false);
    expect(isBehindEnd(form(PAGES), [], 404)).toBe(false);
  });
});
