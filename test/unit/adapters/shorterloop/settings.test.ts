import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  checkPath,
  DEFAULT_PROFILE,
  DOCUMENTED_FORMS,
  HOLES,
  READ_CALLS,
  type SiteProfile,
  type WriteForm,
  type WriteVerb,
} from '../../../../src/contract';
import { ALLOWED_HOST_SUFFIX, checkOrigin, checkPaths, isUsableKeyForm } from '../../../../src/adapters/shorterloop';

describe('an API origin', () => {
  it.each(['https://api.shorterloop.com', 'https://qa-api.shorterloop.com', 'https://a.b.shorterloop.com'])(
    'may be %s',
    (origin) => {
      expect(checkOrigin(origin)).toBeNull();
    },
  );

  it.each([
    ['', { code: 'notAnAddress' }],
    ['api.shorterloop.com', { code: 'notAnAddress' }],
    ['http://api.shorterloop.com', { code: 'notHttps' }],
    ['https://shorterloop.com', { code: 'foreignHost', host: 'shorterloop.com' }],
    ['https://evilshorterloop.com', { code: 'foreignHost', host: 'shorterloop.com' }],
    ['https://api.shorterloop.com.evil.example', { code: 'foreignHost', host: 'shorterloop.com' }],
    ['https://api.shorterloop.com/', { code: 'notBare' }],
    ['https://api.shorterloop.com/api', { code: 'notBare' }],
    ['https://api.shorterloop.com:8443', { code: 'notBare' }],
    ['https://api.shorterloop.com:443', { code: 'notBare' }],
    ['https://user:pass@api.shorterloop.com', { code: 'notBare' }],
    ['https://api.shorterloop.com?x', { code: 'notBare' }],
    ['https://API.shorterloop.com', { code: 'notBare' }],
  ])('may not be "%s"', (origin, why) => {
    expect(checkOrigin(origin)).toEqual(why);
  });

  it('is held to the very hosts that manifest.yml lists', () => {
    const manifest = readFileSync(path.join(__dirname, '../../../../manifest.yml'), 'utf8');
    expect(manifest.match(/- address: .*/g)).toEqual([`- address: '*.${ALLOWED_HOST_SUFFIX}'`]);
  });
});

describe('a path template', () => {
  it.each(READ_CALLS)('of %s is good as it is assumed', (name) => {
    expect(checkPath(DEFAULT_PROFILE.reads[name].path, HOLES[name])).toBeNull();
  });

  it.each([
    ['listSegments', '/api/v2.1/~team/user-segments_all'],
    ['listSegments', '/api/v2/segments/'],
    ['listSegments', '/api/v2/segments?limit=1000&page[size]=10'],
    ['listSegments', '/api/2/segments'],
    ['listSegments', '/segments?filter=a%20b+c'],
    ['segmentWithMembers', '/v3/{id}'],
    ['segmentWithMembers', '/v3/{id}/?include=users'],
    ['segmentWithMembers', '/v3/segment-{id}/people'],
  ] as const)('of %s may be "%s"', (name, template) => {
    expect(checkPath(template, HOLES[name])).toBeNull();
  });

  it.each([
    ['listSegments', 'api/v2', { code: 'notAPath' }],
    ['listSegments', '//evil.example/x', { code: 'notAPath' }],
    ['listSegments', '/api/{id}', { code: 'placeholder' }],
    ['segmentWithMembers', '/api/v2/segments', { code: 'idMissing' }],
    ['segmentWithMembers', '/api/{id}/{id}', { code: 'idMissing' }],
    ['segmentWithMembers', '/api/{other}', { code: 'idMissing' }],
    ['listSegments', '/api?x=1#y', { code: 'notAPath' }],
    ['listSegments', '/api?', { code: 'notAPath' }],
    ['segmentWithMembers', '/api?id={id}', { code: 'notAPath' }],
    ['listSegments', '/api#x', { code: 'notAPath' }],
    ['listSegments', '/api//x', { code: 'notAPath' }],
    ['segmentWithMembers', '/api/{}{id}', { code: 'placeholder' }],
    ['listSegments', '/api?x=//evil.example', { code: 'notAPath' }],
    ['listSegments', '/api?x=1\r\n', { code: 'notAPath' }],
    ['listSegments', '/', { code: 'notAPath' }],
    ['listSegments', '', { code: 'notAPath' }],
    ['listSegments', '/api/%2e%2e', { code: 'notAPath' }],
    ['listSegments', '/api/a b', { code: 'notAPath' }],
    ['listSegments', '/api\r\n', { code: 'notAPath' }],
    ['listSegments', '/api/../x', { code: 'notAPath' }],
    ['listSegments', '/./x', { code: 'notAPath' }],
    ['listSegments', '/api/x/..', { code: 'notAPath' }],
    ['listSegments', '/api/{', { code: 'notAPath' }],
    ['segmentWithMembers', '/api/{id}}', { code: 'notAPath' }],
    ['segmentWithMembers', 'api/{id}', { code: 'notAPath' }],
    ['segmentWithMembers', 'https://evil.example/{id}', { code: 'notAPath' }],
  ] as const)('of %s may not be "%s"', (name, template, why) => {
    expect(checkPath(template, HOLES[name])).toEqual(why);
  });
});

test('one segment may be read by the very path of all of them, and by no other without its id', () => {
  const { reads } = DEFAULT_PROFILE;
  const faultOf = (path: string) =>
    checkPaths({ ...DEFAULT_PROFILE, reads: { ...reads, segmentWithMembers: { ...reads.segmentWithMembers, path } } });
  expect(faultOf(reads.segmentsWithMembers.path)).toBeNull();
  expect(faultOf(reads.listSegments.path)).toMatchObject({ field: 'reads.segmentWithMembers.path' });
});

/** What is wrong with a profile that has these writes. */
function writesFault(writes: Partial<SiteProfile['writes']>, manage: SiteProfile['manage'] = {}): string | null {
  const fault = checkPaths({ ...DEFAULT_PROFILE, writes: { ...DEFAULT_PROFILE.writes, ...writes }, manage });
  return fault === null ? null : `${fault.field} ${fault.reason.code}`;
}
const form = (verb: WriteVerb, path: string): WriteForm => ({ verb, path, users: 'users' });

describe('the forms of writes', () => {
  it.each([
    ...DOCUMENTED_FORMS.move.map((move) => ({ move })),
    ...DOCUMENTED_FORMS.remove.map((remove) => ({ remove })),
  ])('may be as they are documented: %j', (writes) => {
    expect(writesFault(writes)).toBeNull();
  });

  it.each<[string, Partial<SiteProfile['writes']>]>([
    ['members deleted one path below', { remove: form('DELETE', '/api/v2/segments/{from}/segment-users') }],
    [
      'adding and removing by two verbs',
      { add: form('POST', '/s/{to}/users'), remove: form('DELETE', '/s/{from}/users') },
    ],
    ['a version that is a number', { move: form('PATCH', '/api/2/segments/{from}/to/{to}') }],
    ['a slash and a query at the end', { move: form('PUT', '/s/{from}/move/{to}/?notify=0') }],
    ['the target first', { move: form('PUT', '/s/{to}/from/{from}') }],
  ])('may be other ones: %s', (_what, writes) => {
    expect(writesFault(writes)).toBeNull();
  });

  it.each<[string, Partial<SiteProfile['writes']>, string]>([
    ['a move without its target', { move: form('PUT', '/s/{from}/users') }, 'writes.move.path idMissing'],
    ['a target in the query', { move: form('PUT', '/s/{from}/users?to={to}') }, 'writes.move.path notAPath'],
    ['a move that deletes', { move: form('DELETE', '/s/{from}/users/{to}') }, 'writes.move.verb wrongForm'],
    ['an adding that deletes', { add: form('DELETE', '/s/{to}/users') }, 'writes.add.verb wrongForm'],
    [
      'a removal that names a target',
      { move: form('PUT', '/s/{from}/users/{to}'), remove: form('PUT', '/s/{from}/users/7') },
      'writes.remove.path sameRequest',
    ],
    [
      'the same by another verb',
      { move: form('PUT', '/s/{from}/users/{to}'), remove: form('POST', '/S/{from}/Users/7/?x=1') },
      'writes.remove.path sameRequest',
    ],
    [
      'a number within a part',
      { move: form('PUT', '/s/{from}/u{to}'), remove: form('PUT', '/s/{from}/u1') },
      'writes.remove.path sameRequest',
    ],
    [
      'an adding that removes',
      { remove: form('POST', '/s/{from}/users'), add: form('POST', '/s/{to}/users/') },
      'writes.add.path sameRequest',
    ],
    [
      'a removal that deletes the segment',
      { remove: form('DELETE', '/api/v2/segments/{from}') },
      'writes.remove.path sameRequest',
    ],
    [
      'a removal that renames it',
      { remove: form('PUT', '/api/v2/segments/{from}/') },
      'writes.remove.path sameRequest',
    ],
  ])('may not be %s', (_what, writes, why) => {
    expect(writesFault(writes)).toBe(why);
  });

  it('may not be what a path of a call that manages was changed to', () => {
    const manage = { deleteSegment: '/s/{id}/users' };
    expect(writesFault({ remove: form('DELETE', '/s/{from}/users') }, manage)).toBe('writes.remove.path sameRequest');
  });
});

describe('a header for the key', () => {
  it.each(['Authorization', 'authorization', 'X-API-Key', 'Private-Token', 'apikey'])('may be %s', (header) => {
    expect(isUsableKeyForm({ header, scheme: null })).toBe(true);
  });

  it.each([
    '',
    'X Key',
    'X-Key:',
    'X-Key\r\nHost',
    'Cookie',
    'Set-Cookie',
    'host',
    'Content-Type',
    'content-length',
    'Transfer-Encoding',
    'TE',
    'Connection',
    'Keep-Alive',
    'Proxy-Authorization',
    'Upgrade',
    'initiativeId',
    'Accept',
    'Cache-Control',
    'X-HTTP-Method-Override',
    'X-Forwarded-For',
    'x'.repeat(101),
  ])('may not be "%s"', (header) => {
    expect(isUsableKeyForm({ header, scheme: null })).toBe(false);
  });
});
