import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkPath, DEFAULT_PROFILE, HOLES, READ_CALLS } from '../../../../src/contract';
import { ALLOWED_HOST_SUFFIX, checkOrigin } from '../../../../src/adapters/shorterloop';

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
    ['segmentWithMembers', '/v3/{id}'],
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
    ['listSegments', '/api/2', { code: 'notAPath' }],
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
