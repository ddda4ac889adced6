import type { NamedProfileInput } from '../profile';
import { refused, works } from './write';

/** Servers that differ in how the key is shown, and in what they say of a wrong one. */
export const KEY_PROFILES: readonly NamedProfileInput[] = [
  works('key-bare', 'The bare key in Authorization.', { key: { scheme: null } }),
  works('key-x-api-key', 'The bare key in a header of its own.', { key: { header: 'X-API-Key', scheme: null } }),
  works(
    'key-token-word',
    'The key after the word Token.',
    { key: { scheme: 'Token' } },
    { adminEnters: { scheme: 'Token' } },
  ),
  works(
    'key-api-key-word',
    'The key after the word ApiKey.',
    { key: { scheme: 'ApiKey' } },
    { adminEnters: { scheme: 'ApiKey' } },
  ),
  works(
    'key-own-header',
    'A header that the vendor’s page names.',
    { key: { header: 'X-ShorterLoop-Token', scheme: null } },
    { adminEnters: { header: 'X-ShorterLoop-Token', scheme: null } },
  ),
  works('key-refused-403', 'A wrong key is forbidden, in words.', { key: { refusal: '403' } }),
  works('key-refused-400', 'A wrong key is a bad request, in words.', { key: { refusal: '400' } }),
  works('key-refused-404', 'A wrong key finds nothing.', { key: { refusal: '404' } }),
  works('key-refused-redirect', 'A wrong key is sent to a login.', { key: { refusal: 'redirect' } }),
  works('key-refused-page', 'A wrong key gets a page to log in, under 200.', { key: { refusal: 'loginPage' } }),
  works('key-refused-no', 'A wrong key gets success: false under 200.', { key: { refusal: 'successFalse' } }),
  works('key-refused-empty', 'A wrong key gets nothing under 200.', { key: { refusal: 'empty200' } }),
  works('key-bare-403', 'The bare key, and a wrong one is forbidden.', { key: { scheme: null, refusal: '403' } }),
  works('key-x-api-key-redirect', 'A header of its own, and a wrong key is sent to a login.', {
    key: { header: 'X-API-Key', scheme: null, refusal: 'redirect' },
  }),
  works('initiative-ignored', 'Nobody asks for the initiative.', { key: { initiative: 'ignored' } }),
  works(
    'home-elsewhere',
    'All requests are sent to another host of the vendor.',
    { home: { host: 'eu.shorterloop.com' } },
    { adminEnters: { apiOrigin: 'https://eu.shorterloop.com' } },
  ),
  refused(
    'check',
    'home-foreign',
    [
      'All requests are sent to a host that is not the vendor’s.',
      'The app may send keys to hosts of the vendor only, and this one is another.',
    ],
    { home: { host: 'api.other-vendor.example', status: 302 } },
  ),
];
