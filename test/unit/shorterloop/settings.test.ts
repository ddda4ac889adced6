import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROUTE_NAMES } from '../../../src/contract';
import { ALLOWED_HOST_SUFFIX, ASSUMED_READ_ROUTES, checkOrigin, checkRouteTemplate } from '../../../src/shorterloop';

describe('an API origin', () => {
  it.each(['https://api.shorterloop.com', 'https://qa-api.shorterloop.com', 'https://a.b.shorterloop.com'])('may be %s', (origin) => {
    expect(checkOrigin(origin)).toBeNull();
  });

  it.each([
    ['', 'must be an address'],
    ['api.shorterloop.com', 'must be an address'],
    ['http://api.shorterloop.com', 'must start with https://'],
    ['https://shorterloop.com', 'must be a host of shorterloop.com'],
    ['https://evilshorterloop.com', 'must be a host of shorterloop.com'],
    ['https://api.shorterloop.com.evil.example', 'must be a host of shorterloop.com'],
    ['https://api.shorterloop.com/', 'must have no port, path'],
    ['https://api.shorterloop.com/api', 'must have no port, path'],
    ['https://api.shorterloop.com:8443', 'must have no port, path'],
    ['https://api.shorterloop.com:443', 'must have no port, path'],
    ['https://user:pass@api.shorterloop.com', 'must have no port, path'],
    ['https://api.shorterloop.com?x', 'must have no port, path'],
    ['https://API.shorterloop.com', 'must have no port, path'],
  ])('may not be "%s"', (origin, why) => {
    expect(checkOrigin(origin)).toContain(why);
  });

  it('is held to the very hosts that manifest.yml lists', () => {
    const manifest = readFileSync(path.join(__dirname, '../../../manifest.yml'), 'utf8');
    expect(manifest.match(/- address: .*/g)).toEqual([`- address: https://*.${ALLOWED_HOST_SUFFIX}`]);
  });
});

describe('a path template', () => {
  it.each(ROUTE_NAMES)('of %s is good as it is assumed', (name) => {
    expect(checkRouteTemplate(name, ASSUMED_READ_ROUTES[name])).toBeNull();
  });

  it.each([
    ['listSegments', 'api/v2', 'must start with one slash'],
    ['listSegments', '//evil.example/x', 'must start with one slash'],
    ['listSegments', '/api/{id}', 'must not contain a placeholder'],
    ['segmentWithMembers', '/api/v2/segments', 'must contain {id} once'],
    ['segmentWithMembers', '/api/{id}/{id}', 'must contain {id} once'],
    ['segmentWithMembers', '/api/{other}', 'must contain {id} once'],
    ['listSegments', '/api?x=1', 'only letters'],
    ['listSegments', '/api#x', 'only letters'],
    ['listSegments', '/api//x', 'only letters'],
    ['listSegments', '/api/', 'only letters'],
    ['listSegments', '/api/%2e%2e', 'only letters'],
    ['listSegments', '/api/a b', 'only letters'],
    ['listSegments', '/api\r\n', 'only letters'],
    ['listSegments', '/api/../x', 'must not contain . or ..'],
    ['listSegments', '/./x', 'must not contain . or ..'],
  ] as const)('of %s may not be "%s"', (name, template, why) => {
    expect(checkRouteTemplate(name, template)).toContain(why);
  });
});
