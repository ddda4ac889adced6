import { DEFAULT_PROFILE } from '../../../../src/contract';
import { check, origin } from '../../../support/checkLab';
import {
  manyPeople,
  OTHER_KEY,
  OTHER_SEGMENTS,
  pageOf,
  type Answered,
  type OtherPerson,
  type OtherSegment,
  type OtherServer,
} from '../../../support/otherReads';

const say = (json: unknown): Answered => ({ json });

describe('the server that the app assumes', () => {
  it('is proven with three requests, once an admin has named a segment', async () => {
    const found = await check({});
    expect(found).toMatchObject({ state: 'proven', profile: { readPlan: 'all-at-once' } });
    expect(found.codes).toEqual([
      'reached',
      'keyAccepted',
      'listed',
      'memberIds',
      'members',
      'memberIds',
      'members',
      'compared',
      'ids',
    ]);
    expect(found.asked.slice(0, 3)).toEqual([
      'GET /api/v2/segments',
      'GET /api/v2/segments/segment-users',
      'GET /api/v2/segments/19/segment-users',
    ]);
    expect(found.asked.length).toBeLessThanOrEqual(8);
    expect(found.profile.reads).toEqual(DEFAULT_PROFILE.reads);
  });

  it('is asked about no segment before an admin has named one', async () => {
    const found = await check({}, { choices: {} });
    expect(found.question).toMatchObject({
      ask: 'segmentId',
      segments: [{ id: 19 }, { id: 20 }, { id: 21 }, { id: 22 }],
    });
    expect(found.asked).toEqual(['GET /api/v2/segments', 'GET /api/v2/segments/segment-users']);
  });
});

describe('another form of the key', () => {
  const shows = (header: string, value: string) => ({
    accepts: (headers: Readonly<Record<string, string>>) => headers[header] === value,
  });
  it.each([
    ['the bare key', shows('authorization', OTHER_KEY), { header: 'Authorization', scheme: null }],
    ['a header of its own', shows('x-api-key', OTHER_KEY), { header: 'X-API-Key', scheme: null }],
    [
      'the header that the refusal names',
      {
        ...shows('x-auth-token', OTHER_KEY),
        refusal: { status: 401, json: { message: 'Missing header X-Auth-Token' } },
      },
      { header: 'X-Auth-Token', scheme: null },
    ],
  ])('%s is found', async (_what, server, key) => {
    const found = await check(server);
    expect(found).toMatchObject({ state: 'proven', profile: { key } });
    expect(found.line('keyAccepted')).toEqual([{ code: 'keyAccepted', key }]);
    expect(found.asked.length).toBeLessThanOrEqual(8);
  });

  it.each<[string, Answered, number]>([
    ['401', { status: 401, json: {} }, 401],
    ['400 and words', { status: 400, json: { message: 'Invalid API key' } }, 400],
    ['403 and words', { status: 403, json: { error: 'Invalid API key' } }, 403],
    ['403 alone', { status: 403, json: {} }, 403],
    ['404 and words', { status: 404, json: { message: 'Unknown token' } }, 404],
    ['200 and words', { status: 200, json: { success: false, message: 'Not authenticated' } }, 200],
    ['a redirect to log in', { status: 302, headers: { location: '/login' } }, 302],
    ['a redirect to another host', { status: 302, headers: { location: 'https://app.shorterloop.com/login' } }, 302],
    ['a page to log in', { status: 200, text: '<html>Log in</html>' }, 200],
  ])('refused with %s, it is said to be, and that it was not accepted', async (_what, refusal, status) => {
    const found = await check({ accepts: () => false, refusal });
    expect(found.state).toBe('failed');
    expect(found.codes).toEqual(['reached', 'keyRefused']);
    expect(found.line('keyRefused')).toMatchObject([
      { status, tried: [{ scheme: 'Bearer' }, { scheme: null }, { header: 'X-API-Key' }] },
    ]);
    expect(found.asked).toHaveLength(3);
  });

  it.each<[string, Answered, string]>([
    ['nothing under the path', { status: 404, json: {} }, 'notFound'],
    ['a redirect elsewhere', { status: 301, headers: { location: 'https://api2.shorterloop.com/v9' } }, 'redirected'],
    ['another product', { status: 403, json: { message: 'No access to this initiative' } }, 'forbidden'],
    ['an answer in a form that has no list', { json: { success: true, data: { a: 1 } } }, 'malformed'],
  ])('is not blamed for %s', async (_what, refusal, cause) => {
    const found = await check({ accepts: () => false, refusal });
    expect(found.codes).not.toContain('keyAccepted');
    expect(found.lines.at(-1)).toMatchObject({ code: 'failed', problem: { cause } });
  });

  it('is taken as the admin chose it', async () => {
    const chosen = { how: 'chosen' as const, atMs: 1, byAccountId: 'a' };
    const profile = {
      ...DEFAULT_PROFILE,
      key: { header: 'X-Key', scheme: null },
      evidence: { ...DEFAULT_PROFILE.evidence, key: chosen },
    };
    const found = await check({}, { profile });
    expect(found.line('keyRefused')).toEqual([
      { code: 'keyRefused', status: 401, tried: [{ header: 'X-Key', scheme: null }] },
    ]);
  });
});

describe('paths', () => {
  it.each<[string, (path: string) => Answered]>([
    ['a redirect to it', (path) => ({ status: 308, headers: { location: `${path}/` } })],
    ['nothing without it', () => ({ status: 404, json: {} })],
  ])('a slash that is needed is learned by %s', async (_what, without) => {
    const found = await check({
      listPath: '/api/v2/segments/',
      allPath: '/api/v2/segments/segment-users/',
      onePath: '/api/v2/segments/{id}/segment-users/',
      before: ({ path }) => (path.endsWith('/') ? undefined : without(path)),
    });
    expect(found.state).toBe('proven');
    expect(Object.values(found.profile.reads).every(({ path }) => path.endsWith('/'))).toBe(true);
    expect(found.asked.length).toBeLessThanOrEqual(8);
  });

  it.each(['/api/v2/segments/{id}', '/api/v2/segments/{id}/users', '/api/v2/segments/{id}/members'])(
    'one segment is found under %s',
    async (onePath) => {
      const found = await check({ onePath });
      expect(found).toMatchObject({ state: 'proven', profile: { reads: { segmentWithMembers: { path: onePath } } } });
      expect(found.asked.length).toBeLessThanOrEqual(8);
    },
  );

  it.each<[string, Answered]>([
    ['404', { status: 404 }],
    ['405', { status: 405 }],
    ['403', { status: 403 }],
    ['500', { status: 500 }],
    ['a form without a list', { json: { success: true, data: null } }],
    ['a page', { text: '<html></html>' }],
  ])('without all at once (%s) the segments are read one by one', async (_what, answer) => {
    const found = await check({
      before: ({ path }) => (path.endsWith('/segments/segment-users') ? answer : undefined),
    });
    expect(found).toMatchObject({ state: 'proven', profile: { readPlan: 'per-segment' } });
    expect(found.codes).toContain('oneByOne');
  });

  it('takes the list itself where it has the members', async () => {
    const record = ({ id, name, people }: OtherSegment) => ({ id, name, users: people });
    const found = await check({ record, allPath: null });
    expect(found).toMatchObject({ state: 'proven', profile: { readPlan: 'all-at-once' } });
    expect(found.profile.reads.segmentsWithMembers.path).toBe('/api/v2/segments');
  });

  it('says that there is no way to read one segment, and which answer came', async () => {
    const found = await check({ onePath: null, allPath: null });
    expect(found.state).toBe('failed');
    expect(found.lines.at(-1)).toMatchObject({
      code: 'failed',
      call: 'segmentWithMembers',
      problem: { cause: 'notFound' },
    });
    expect(found.asked.length).toBeLessThanOrEqual(8);
  });
});

describe('another form of the answers', () => {
  const person = ({ id, email, name }: OtherPerson) => ({ uid: String(id), user: { mail: email, fullName: name } });
  it.each<[string, OtherServer]>([
    [
      'ids as texts',
      {
        record: ({ id, name, people }, full) => ({
          id: String(id),
          name,
          ...(full ? { users: people.map((one) => ({ ...one, id: String(one.id) })) } : {}),
        }),
      },
    ],
    ['a bare list', { envelope: say }],
    [
      'data.segments',
      { envelope: (value, what) => say({ data: what === 'one' ? { segment: value } : { segments: value } }) },
    ],
    ['result', { envelope: (result) => say({ result }) }],
    ['items with success as a text', { envelope: (items) => say({ success: 'true', items }) }],
    ['texts of JSON', { envelope: (value) => say({ data: JSON.stringify(value) }) }],
    [
      'members under another name',
      { record: ({ id, name, people }, full) => ({ id, title: name, ...(full ? { segmentUsers: people } : {}) }) },
    ],
    [
      'members within an object',
      {
        record: ({ id, name, people }, full) => ({
          id,
          label: name,
          ...(full ? { idmMembers: people.map(person) } : {}),
        }),
      },
    ],
    [
      'members as bare ids',
      {
        record: ({ id, name, people }, full) => ({
          id,
          name,
          ...(full ? { userIds: people.map((one) => one.id) } : {}),
        }),
      },
    ],
    [
      'one segment as a list of its people',
      { envelope: (value, what) => say({ data: what === 'one' ? (value as { users: unknown }).users : value }) },
    ],
  ])('%s', async (_what, server) => {
    const found = await check(server);
    expect(found.state).toBe('proven');
    expect(found.line('compared')).toEqual([{ code: 'compared', segmentId: 19, members: 2 }]);
    expect(found.line('listed')).toMatchObject([{ segments: 4 }]);
  });

  it('names the form that came where it can read nothing', async () => {
    const found = await check({
      record: ({ name }) => ({ uuid: 'c0ffee00-0000-4000-8000-000000000000', title: name }),
    });
    expect(found.lines.at(-1)).toMatchObject({
      code: 'failed',
      came: {
        status: 200,
        contentType: 'application/json',
        form: '{ success: boolean, data: list of 4 { uuid: text (36), title: text } }',
      },
    });
    expect(JSON.stringify(found.lines)).not.toMatch(/Early|acme|c0ffee/);
  });

  it('has no segments yet, which is nothing wrong', async () => {
    const found = await check({ segments: [] });
    expect(found).toMatchObject({ state: 'empty', codes: ['reached', 'keyAccepted', 'noSegments'] });
  });
});

describe('odd records', () => {
  it.each<[string, unknown, string]>([
    ['a pending invitation', { id: null, email: 'new@acme.com' }, 'leftOut'],
    ['a null', null, 'leftOut'],
  ])('%s hinders nobody', async (_what, odd, code) => {
    const record = ({ id, name, people }: OtherSegment, full: boolean) => ({
      id,
      name,
      ...(full ? { users: id === 20 ? [...people, odd] : people } : {}),
    });
    const found = await check({ record });
    expect(found.state).toBe('proven');
    expect(found.codes).toContain(code);
  });

  it('names segments that can’t be read', async () => {
    const record = ({ id, name, people }: OtherSegment, full: boolean) => ({
      id,
      name,
      ...(full ? { users: id === 21 ? 'later' : people } : {}),
    });
    expect((await check({ record })).line('unreadable')).toEqual([{ code: 'unreadable', segmentIds: [21] }]);
  });

  it('goes to another segment where one may not be read', async () => {
    const before: OtherServer['before'] = ({ path }) =>
      path.includes('/19') || path.endsWith('segments/segment-users') ? { status: 403, json: {} } : undefined;
    const found = await check({ before });
    expect(found.question).toMatchObject({ ask: 'segmentId', segments: [{ id: 20 }, { id: 21 }, { id: 22 }] });
    expect((await check({ before }, { choices: { segmentId: 20 } })).state).toBe('proven');
  });
});

describe('which of a member’s ids is meant', () => {
  const row = (segment: OtherSegment) => (one: OtherPerson, index: number) => ({
    id: segment.id * 100 + index,
    userId: one.id,
    email: one.email,
  });
  const rows = (segment: OtherSegment, full: boolean) => ({
    id: segment.id,
    name: segment.name,
    ...(full ? { users: segment.people.map(row(segment)) } : {}),
  });

  it('is told by people who are in several segments', async () => {
    const found = await check({ record: rows });
    expect(found.state).toBe('proven');
    expect(found.line('memberIds')[0]).toMatchObject({
      at: 'userId',
      others: [{ at: 'id', why: 'differsBetweenSegments' }],
    });
    expect(found.profile.reads.segmentWithMembers.shape.member?.id).toEqual(['userId']);
    expect(found.line('members')[0]).toMatchObject({ members: 4 });
  });

  it('is asked where nobody is in several', async () => {
    const segments = OTHER_SEGMENTS.map((segment, index) => ({ ...segment, people: manyPeople(3, index * 100 + 1) }));
    const found = await check({ record: rows, segments });
    expect(found.question).toMatchObject({ ask: 'memberId', options: [{ at: 'id' }, { at: 'userId' }] });
    expect(JSON.stringify(found.question)).not.toMatch(/acme|P1/);
    const chosen = await check({ record: rows, segments }, { choices: { segmentId: 19, memberId: 'userId' } });
    expect(chosen).toMatchObject({
      state: 'proven',
      profile: { reads: { segmentWithMembers: { shape: { member: { id: ['userId'] } } } } },
    });
  });

  it('is none where the only one differs from segment to segment', async () => {
    const record = (segment: OtherSegment, full: boolean) => ({
      id: segment.id,
      name: segment.name,
      ...(full
        ? { users: segment.people.map((one, index) => ({ id: segment.id * 100 + index, email: one.email })) }
        : {}),
    });
    const found = await check({ record });
    expect(found.state).toBe('failed');
    expect(found.line('memberIds')).toMatchObject([{ at: '', others: [{ at: 'id', why: 'differsBetweenSegments' }] }]);
  });
});

describe('lists that are cut', () => {
  const many = Array.from({ length: 45 }, (_one, index): OtherSegment => ({
    id: 100 + index,
    name: `S${String(index)}`,
    people: manyPeople(3, 1_000 + index),
  }));
  const next = (path: string, page: number) => `<${origin}${path}?page=${String(page)}>; rel="next"`;
  const byPage = (
    hints: (page: number, pages: number, path: string) => { json?: object; link?: string },
    first = 1,
  ): OtherServer => ({
    segments: many,
    envelope: (value, what, { query, path }) => {
      if (what === 'one' || !Array.isArray(value)) return say({ success: true, data: value });
      const page = Number(query.get('page') ?? first) - first;
      const pages = Math.ceil(value.length / 20);
      const { json = {}, link } = hints(page + first, pages, path);
      return {
        json: { success: true, data: pageOf(value, 20, page), ...json },
        ...(link === undefined ? {} : { headers: { link } }),
      };
    },
  });

  it.each<[string, OtherServer, object]>([
    ['total', byPage(() => ({ json: { total: 45 } })), { kind: 'page', parameter: 'page', first: 1 }],
    ['total, pages from 0', byPage(() => ({ json: { total: 45 } }), 0), { kind: 'page', parameter: 'page', first: 0 }],
    [
      'page and totalPages',
      byPage((page, totalPages) => ({ json: { page, totalPages } })),
      { kind: 'page', parameter: 'page', first: 1 },
    ],
    [
      'number and totalPages from 0',
      byPage((number, totalPages) => ({ json: { number, totalPages } }), 0),
      { kind: 'page', parameter: 'page', first: 0 },
    ],
    [
      'hasNext',
      byPage((page, pages) => ({ json: { hasNext: page < pages } })),
      { kind: 'page', parameter: 'page', first: 1 },
    ],
    [
      'nextPage',
      byPage((page, pages) => ({ json: { nextPage: page < pages ? page + 1 : null } })),
      { kind: 'page', parameter: 'page', first: 1 },
    ],
    ['Link', byPage((page, pages, path) => (page < pages ? { link: next(path, page + 1) } : {})), { kind: 'link' }],
    [
      'an address',
      byPage((page, pages, path) => ({ json: { next: page < pages ? `${path}?page=${String(page + 1)}` : null } })),
      { kind: 'address', address: ['next'] },
    ],
    ['nothing at all', byPage(() => ({})), { kind: 'page', parameter: 'page', first: 1 }],
  ])('go on by %s', async (_what, server, paging) => {
    const found = await check(server, { choices: { segmentId: 101 } });
    expect(found.profile.reads.listSegments.paging).toEqual(paging);
    expect(found.profile.reads.segmentsWithMembers.paging).toEqual(paging);
    expect(found.state).toBe('proven');
    expect(found.asked.length).toBeLessThanOrEqual(8);
  });

  const cutAt = (size: number, json: object = {}): OtherServer => ({
    segments: many,
    envelope: (value, what) =>
      say(Array.isArray(value) && what !== 'one' ? { data: value.slice(0, size), ...json } : { data: value }),
  });

  it('that say so and can’t be followed are not taken for all', async () => {
    const found = await check(cutAt(20, { total: 45 }));
    expect(found.state).toBe('failed');
    expect(found.lines.at(-1)).toEqual({ code: 'cut', call: 'listSegments', shown: 20, total: 45 });
  });

  it('that only look so are asked about', async () => {
    const found = await check(cutAt(20));
    expect(found.question).toEqual({ ask: 'whole', call: 'listSegments', rows: 20 });
  });

  it('of exactly 20 segments are believed to the admin', async () => {
    const server: OtherServer = { segments: many.slice(0, 20) };
    expect((await check(server)).question).toEqual({ ask: 'whole', call: 'listSegments', rows: 20 });
    expect((await check(server, { choices: { segmentId: 101, whole: ['listSegments'] } })).state).toBe('proven');
  });
});

describe('two reads of the same segment', () => {
  const big: OtherSegment[] = OTHER_SEGMENTS.map((segment, index) => ({
    ...segment,
    people: manyPeople(30 + index, index * 100 + 1),
  }));
  const shownIn = (what: 'all' | 'one', size: number, json: object = {}): OtherServer => ({
    segments: big,
    envelope: (value, of) => {
      const short = (one: { users?: unknown[] }) =>
        one.users === undefined ? one : { ...one, users: one.users.slice(0, size), ...json };
      if (of === 'list' || of !== what) return say({ success: true, data: value });
      return say({
        success: true,
        data: Array.isArray(value) ? value.map(short) : short(value as { users: unknown[] }),
      });
    },
  });

  it('that show different people are not taken for the same', async () => {
    const found = await check(shownIn('one', 7));
    expect(found.state).toBe('failed');
    expect(found.lines.at(-1)).toEqual({ code: 'differs', segmentId: 19, onlyInAll: 23, onlyInOne: 0 });
  });

  it.each([10, 7])('lead to one by one where all at once shows only the first %d', async (size) => {
    const found = await check(shownIn('all', size));
    expect(found).toMatchObject({ state: 'proven', profile: { readPlan: 'per-segment' } });
    expect(found.line('cut')).toEqual([{ code: 'cut', call: 'segmentsWithMembers', shown: size, total: 30 }]);
  });

  it('are made where the segments themselves say that they have more', async () => {
    const segments = [...big, ...OTHER_SEGMENTS.map((one) => ({ ...one, id: one.id + 100 }))];
    const record = ({ id, name, people }: OtherSegment, full: boolean) => ({
      id,
      name,
      memberCount: people.length,
      ...(full ? { users: people } : {}),
    });
    const envelope: OtherServer['envelope'] = (value, what) =>
      say({
        data:
          what === 'all'
            ? (value as { users: unknown[] }[]).map((one) => ({ ...one, users: one.users.slice(0, 7) }))
            : value,
      });
    const found = await check({ segments, record, envelope }, { choices: { segmentId: 119 } });
    expect(found.question).toMatchObject({
      ask: 'segmentId',
      segments: [{ id: 19 }, { id: 20 }, { id: 21 }, { id: 22 }],
    });
    const named = await check({ segments, record, envelope }, { choices: { segmentId: 19 } });
    expect(named).toMatchObject({ state: 'proven', profile: { readPlan: 'per-segment' } });
  });

  it('that are both cut at a round number are asked about', async () => {
    const envelope: OtherServer['envelope'] = (value, what) => {
      const short = (one: { users?: unknown[] }) =>
        one.users === undefined ? one : { ...one, users: one.users.slice(0, 10) };
      return say({
        data: what === 'list' ? value : Array.isArray(value) ? value.map(short) : short(value as { users: unknown[] }),
      });
    };
    const found = await check({ segments: big, envelope });
    expect(found.question).toEqual({ ask: 'whole', call: 'segmentWithMembers', rows: 10 });
  });

  it('follow the pages of one segment’s members', async () => {
    const envelope: OtherServer['envelope'] = (value, what, { query }) => {
      if (what !== 'one') return say({ data: value });
      const one = value as { users: unknown[] };
      return say({
        data: { ...one, users: pageOf(one.users, 10, Number(query.get('page') ?? 1) - 1) },
        total: one.users.length,
        page: 1,
        totalPages: 3,
      });
    };
    const found = await check({ segments: big, envelope });
    expect(found).toMatchObject({ state: 'proven', profile: { readPlan: 'all-at-once' } });
    expect(found.profile.reads.segmentWithMembers.paging).toEqual({ kind: 'page', parameter: 'page', first: 1 });
  });

  it('are about the segment that was asked for', async () => {
    const envelope: OtherServer['envelope'] = (value, what) =>
      say({ data: what === 'one' ? { ...(value as object), id: 20 } : value });
    expect((await check({ envelope })).state).toBe('failed');
  });
});

describe('a segment that says that it has more members than it shows', () => {
  const recordOf = (shown: number) => (segment: OtherSegment, full: boolean) => {
    const { id, name, people } = segment;
    return { id, name, memberCount: people.length, ...(full ? { users: people.slice(0, shown) } : {}) };
  };
  const segments = OTHER_SEGMENTS.map((one, index) => ({ ...one, people: manyPeople(20 + index, index * 100 + 1) }));

  it('is cut where both reads show a round number', async () => {
    const found = await check({ segments, record: recordOf(10) });
    expect(found.state).toBe('failed');
    expect(found.lines.at(-1)).toEqual({ code: 'cut', call: 'segmentWithMembers', shown: 10, total: 20 });
  });

  it('is asked about where it may count others too', async () => {
    const found = await check({ segments, record: recordOf(19) });
    expect(found.question).toEqual({ ask: 'whole', call: 'segmentWithMembers', rows: 19 });
    const told = await check(
      { segments, record: recordOf(19) },
      { choices: { segmentId: 19, whole: ['segmentWithMembers'] } },
    );
    expect(told.state).toBe('proven');
  });
});

describe('the largest segment', () => {
  it('is read as well, and shows how members go on', async () => {
    const segments = OTHER_SEGMENTS.map((one) => (one.id === 21 ? { ...one, people: manyPeople(60) } : one));
    const envelope: OtherServer['envelope'] = (value, what, { query, path }) => {
      if (what !== 'one') return say({ data: value });
      const one = value as { users: unknown[] };
      const page = Number(query.get('page') ?? 1);
      const link = `<${origin}${path}?page=${String(page + 1)}>; rel="next"`;
      const isLast = page * 25 >= one.users.length;
      const json = { data: { ...one, users: pageOf(one.users, 25, page - 1) } };
      return { json, ...(isLast ? {} : { headers: { link } }) };
    };
    const found = await check({ segments, envelope });
    expect(found).toMatchObject({ state: 'proven', profile: { readPlan: 'all-at-once' } });
    expect(found.profile.reads.segmentWithMembers.paging).toEqual({ kind: 'link' });
  });

  it('is not read where a reading of the named one has emptied that', async () => {
    const segments = OTHER_SEGMENTS.map((one) => (one.id === 21 ? { ...one, people: manyPeople(60) } : one));
    let readings = 0;
    const envelope: OtherServer['envelope'] = (value, what) => {
      readings += what === 'one' ? 1 : 0;
      return say({ data: what === 'one' && readings > 1 ? { ...(value as object), users: [] } : value });
    };
    const found = await check({ segments, envelope });
    expect(found.state).toBe('failed');
    expect(found.line('differs')).toMatchObject([{ segmentId: 19, onlyInOne: 0 }]);
    expect(found.asked.filter((path) => /\/segments\/\d+\//.test(path))).toEqual([
      'GET /api/v2/segments/19/segment-users',
      'GET /api/v2/segments/19/segment-users',
    ]);
  });

  it('may be odd by itself', async () => {
    const segments = OTHER_SEGMENTS.map((one) => (one.id === 21 ? { ...one, people: manyPeople(60) } : one));
    const envelope: OtherServer['envelope'] = (value, what, { path }) =>
      say({ data: what === 'one' && path.includes('/21/') ? { ...(value as object), id: 20 } : value });
    const found = await check({ segments, envelope });
    expect(found.state).toBe('proven');
    expect(found.line('unreadable')).toEqual([{ code: 'unreadable', segmentIds: [21] }]);
  });
});

it('ten thousand segments are as good as ten', async () => {
  const segments = Array.from({ length: 10_002 }, (_one, index) => ({
    id: index + 1,
    name: `S${String(index)}`,
    people: index < 3 ? manyPeople(3, index + 1) : [],
  }));
  expect((await check({ segments, allPath: null }, { choices: { segmentId: 2 } })).state).toBe('proven');
});

describe('the pace', () => {
  it('pauses before a minute has had more than ten requests', async () => {
    const found = await check({}, { earlier: 9 });
    expect(found.state).toBe('failed');
    expect(found.lines.at(-1)).toEqual({ code: 'paused', retryAfterMs: expect.any(Number) });
    expect(found.asked).toHaveLength(1);
  });

  it('pauses where Shorter Loop says that it is too much', async () => {
    const found = await check({
      before: ({ path }) => (path.endsWith('/segment-users') ? { status: 429 } : undefined),
    });
    expect(found.lines.at(-1)).toMatchObject({ code: 'paused' });
  });
});
