import { learnPaging, looksCut } from '../../../../src/domain/profile';

const rows = (count: number) => Array.from({ length: count }, (_one, index) => ({ id: index + 1 }));
const learn = (json: object, link: string | null = null) =>
  learnPaging({ json: { data: rows(20), ...json }, link, records: ['data'], rows: 20 });

describe('how a list goes on', () => {
  it.each([
    [{ total: 36 }, true, []],
    [{ total: 20 }, false, []],
    [{ totalPages: 2, page: 1 }, true, [{ kind: 'page', parameter: 'page', first: 1 }]],
    [{ totalPages: 1, page: 1 }, false, [{ kind: 'page', parameter: 'page', first: 1 }]],
    [
      { totalPages: 2, number: 0, totalElements: 36, last: false },
      true,
      [{ kind: 'page', parameter: 'page', first: 0 }],
    ],
    [
      { totalPages: 1, number: 0, totalElements: 20, last: true },
      false,
      [{ kind: 'page', parameter: 'page', first: 0 }],
    ],
    [{ nextPage: 2 }, true, [{ kind: 'page', parameter: 'page', first: 1 }]],
    [{ meta: { current_page: 1, last_page: 3 } }, true, [{ kind: 'page', parameter: 'page', first: 1 }]],
    [{ meta: { pageNumber: 1, pageCount: 3 } }, true, [{ kind: 'page', parameter: 'pageNumber', first: 1 }]],
    [{ pagination: { offset: 0, limit: 20, total: 36 } }, true, [{ kind: 'offset', parameter: 'offset' }]],
    [{ skip: 0, total: 36 }, true, [{ kind: 'offset', parameter: 'skip' }]],
    [{ hasNext: true }, true, []],
    [{ hasMore: false }, false, []],
    [{ next: '/api/v2/segments?page=2' }, true, [{ kind: 'address', address: ['next'] }]],
    [{ links: { next: 'https://api.acme.com/s?c=1' } }, true, [{ kind: 'address', address: ['links', 'next'] }]],
    [{ next: null, previous: null, count: 20 }, false, []],
    [
      { nextCursor: 'abc' },
      true,
      [
        { kind: 'cursor', parameter: 'cursor', cursor: ['nextCursor'] },
        { kind: 'cursor', parameter: 'after', cursor: ['nextCursor'] },
      ],
    ],
    [{ pageInfo: { hasNextPage: false, endCursor: 'abc' } }, false, expect.anything()],
    [{}, null, []],
    [{ csrfToken: 'abc' }, null, []],
  ])('%j', (json, goesOn, ways) => {
    expect(learn(json)).toMatchObject({ goesOn, ways });
  });

  it('reads the header Link', () => {
    const link = '<https://api.acme.com/s?page=1>; rel="prev", <https://api.acme.com/s?page=3>; rel="next"';
    expect(learn({}, link)).toMatchObject({ goesOn: true, ways: [{ kind: 'link' }] });
    expect(learn({}, '<https://api.acme.com/s?page=1>; rel="prev"')).toMatchObject({ goesOn: null, ways: [] });
  });

  it('takes a count for all of them only where it is more than is shown', () => {
    expect(learn({ count: 36 }).total).toEqual({ at: ['count'], count: 36 });
    expect(learn({ count: 20 }).total).toBeNull();
    expect(learn({ totalUsers: 900 }).total).toBeNull();
  });

  it('looks cut at a round length, unless the answer says that it is all', () => {
    expect([10, 20, 100, 1000].every((count) => looksCut(count, { goesOn: null, total: null }))).toBe(true);
    expect(looksCut(12, { goesOn: null, total: null })).toBe(false);
    expect(looksCut(20, { goesOn: false, total: null })).toBe(false);
    expect(looksCut(20, { goesOn: null, total: { at: ['total'], count: 20 } })).toBe(false);
  });
});
