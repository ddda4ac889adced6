import type { Paging } from '../../../../src/contract';
import { nextPagePath, sameReadPath } from '../../../../src/domain/profile';

const origin = 'https://api.shorterloop.com';
const before = { origin, path: '/api/v2/segments?limit=20', json: {}, link: null, pages: 1, rows: 20 };

describe('the next page', () => {
  it.each<[Paging, object, string | null]>([
    [{ kind: 'none' }, {}, null],
    [{ kind: 'page', parameter: 'page', first: 1 }, {}, '/api/v2/segments?limit=20&page=2'],
    [{ kind: 'page', parameter: 'page', first: 0 }, {}, '/api/v2/segments?limit=20&page=1'],
    [{ kind: 'offset', parameter: 'skip' }, {}, '/api/v2/segments?limit=20&skip=20'],
    [
      { kind: 'cursor', parameter: 'after', cursor: ['next'] },
      { json: { next: 'a b' } },
      '/api/v2/segments?limit=20&after=a+b',
    ],
    [{ kind: 'cursor', parameter: 'after', cursor: ['next'] }, { json: { next: null } }, null],
    [{ kind: 'address', address: ['next'] }, { json: { next: '/api/v2/segments?c=1' } }, '/api/v2/segments?c=1'],
    [{ kind: 'address', address: ['next'] }, { json: { next: '?c=1' } }, '/api/v2/segments?c=1'],
    [{ kind: 'address', address: ['next'] }, { json: { next: 'https://evil.example/api/v2/segments?c=1' } }, null],
    [{ kind: 'address', address: ['next'] }, { json: { next: '/api/v2/segments/19/manage-users' } }, null],
    [{ kind: 'link' }, { link: `<${origin}/api/v2/segments?page=2>; rel="next"` }, '/api/v2/segments?page=2'],
    [{ kind: 'link' }, { link: `<${origin}/api/v2/segments?page=1>; rel="prev"` }, null],
  ])('%j', (paging, change, path) => {
    expect(nextPagePath(paging, { ...before, ...change })).toBe(path);
  });
});

describe('a redirect', () => {
  it.each([
    ['/api/v2/segments/', '/api/v2/segments/'],
    [`${origin}/api/v2/segments/?limit=20`, '/api/v2/segments/?limit=20'],
    ['/api/v3/segments', null],
    ['https://elsewhere.shorterloop.com/api/v2/segments/', null],
    ['/login', null],
    [null, null],
    ['/api/v2/segments', null],
  ])('to %s is followed to %s', (location, path) => {
    expect(sameReadPath(origin, '/api/v2/segments', location)).toBe(path);
  });
});
