import { DEFAULT_PROFILE } from '../../../../src/contract';
import { headerNamed, isAboutInitiative, isAboutKey, isLogin, saysNo, mayListen } from '../../../../src/domain/profile';

describe('what an answer says of itself', () => {
  it.each([
    [{ success: false }, true],
    [{ success: 'false', message: 'no' }, true],
    [{ success: 0 }, true],
    [{ status: 'error' }, true],
    [{ success: true, data: [] }, false],
    [{ data: { success: false } }, false],
    [[], false],
  ])('%j refuses: %s', (json, refuses) => {
    expect(saysNo(json)).toBe(refuses);
  });

  it.each([
    [{ message: 'Invalid API key' }, true],
    [{ error: { message: 'Unauthorized' } }, true],
    [{ errors: [{ detail: 'Not authenticated' }] }, true],
    [{ message: 'Please log in' }, true],
    [{ message: 'No such route' }, false],
    [undefined, false],
  ])('%j is about the key: %s', (json, about) => {
    expect(isAboutKey(json)).toBe(about);
  });

  it('tells the product and the login', () => {
    expect(isAboutInitiative({ message: 'Initiative not found' })).toBe(true);
    expect(isLogin('https://app.shorterloop.com/login?next=/')).toBe(true);
    expect(isLogin('/api/v2/segments/')).toBe(false);
  });
});

describe('the header that an answer wants', () => {
  it.each([
    [{ message: 'Missing header X-Auth-Token' }, 'X-Auth-Token'],
    [{ error: 'No API key in header apikey' }, 'apikey'],
    [{ error: 'Invalid API key' }, null],
    [{ message: 'See X-Request-Id' }, null],
  ])('%j: %s', (json, header) => {
    expect(headerNamed(json)).toBe(header);
  });
});

describe('a path on which a write may listen', () => {
  it.each([
    ['/api/v2/segments/{id}/segment-users', true],
    ['/api/v2/segments/{id}/segment-users/', true],
    ['/api/v2/segments/{id}/segment-users?limit=5', true],
    ['/api/v2/segments/{id}/manage-users', true],
    ['/api/v2/segments/19/segment-users', true],
    ['/api/v2/segments/{id}/users', false],
    ['/api/v2/segments/{id}', false],
    ['/api/v2/segments', false],
    ['/api/v2/segments/segment-users', false],
  ])('%s: %s', (path, may) => {
    expect(mayListen(path, DEFAULT_PROFILE.writes)).toBe(may);
  });

  it('is also every path that a write of the profile has', () => {
    const writes = {
      ...DEFAULT_PROFILE.writes,
      add: { verb: 'POST' as const, path: '/v3/{to}/people', users: 'users' },
    };
    expect(mayListen('/v3/{id}/people', writes)).toBe(true);
  });
});
