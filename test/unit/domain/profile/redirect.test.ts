import { sameReadPath } from '../../../../src/domain/profile';

const origin = 'https://api.shorterloop.com';
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
