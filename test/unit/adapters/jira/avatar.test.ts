import { userSchema } from '../../../../src/adapters/jira/user';

const avatarOf = (url: unknown): string | undefined =>
  userSchema.parse({ accountId: 'a', displayName: 'Ann', avatarUrls: { '48x48': url } }).avatarUrl;

describe('the picture of a user', () => {
  it.each([
    'https://secure.gravatar.com/avatar/1',
    'https://avatar-management--avatars.us-west-2.prod.public.atl-paas.net/1/48',
  ])('is kept from a host that a page may load from: %s', (url) => {
    expect(avatarOf(url)).toBe(url);
  });

  it.each([
    'http://secure.gravatar.com/avatar/1',
    'https://secure.gravatar.com.evil.example/avatar/1',
    'https://acme.atlassian.example/avatars/1',
    'javascript:alert(1)',
    'no address',
    7,
    null,
    undefined,
  ])('is left out from anywhere else: %s', (url) => {
    expect(avatarOf(url)).toBeUndefined();
  });

  it('is left out of a user without pictures', () => {
    expect(userSchema.parse({ accountId: 'a', displayName: 'Ann', avatarUrls: 'none' }).avatarUrl).toBeUndefined();
  });
});
