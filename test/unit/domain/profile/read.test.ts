import type { AnswerShape } from '../../../../src/contract';
import {
  claimsSuccess,
  idOf,
  isRefusal,
  listAt,
  readOneSegment,
  readSegmentRecords,
  valueAt,
} from '../../../../src/domain/profile';

const SHAPE: AnswerShape = {
  records: ['data'],
  id: ['id'],
  name: ['name'],
  members: ['users'],
  memberCount: ['count'],
  member: { id: ['id'], email: ['email'], name: ['name'], firstName: ['firstName'], lastName: ['lastName'] },
};

describe('a place in an answer', () => {
  it.each<[string, unknown, readonly string[], unknown]>([
    ['the value itself', [1], [], [1]],
    ['keys from the outside in', { data: { rows: [1] } }, ['data', 'rows'], [1]],
    ['a place in a list', { data: [{ id: 7 }] }, ['data', '0', 'id'], 7],
    ['JSON as a text', { data: '{"rows":"[1,2]"}' }, ['data', 'rows'], [1, 2]],
    ['a text that only begins so', { data: '[beta]' }, ['data'], '[beta]'],
    ['nothing', { data: null }, ['data', 'rows'], undefined],
    ['what every object has', {}, ['constructor'], undefined],
    ['the length of a text', { a: 'abc' }, ['a', 'length'], undefined],
  ])('is %s', (_what, json, path, value) => {
    expect(valueAt(json, path)).toEqual(value);
  });

  it('is a list where records stand by their ids, and none where there is none', () => {
    expect(listAt({ data: { 19: { name: 'A' }, 23: { name: 'B' } } }, ['data'])).toEqual([
      { '@key': '19', name: 'A' },
      { '@key': '23', name: 'B' },
    ]);
    expect([listAt({ data: {} }, ['data']), listAt({ data: 'x' }, ['data']), listAt({}, ['data'])]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('a name that is JSON too', () => {
  it.each(['[2027]', '[]', '{}', '{"beta":1}', ' [1, 2] '])('is the name all the same: %s', (name) => {
    const json = { data: JSON.stringify([{ id: 1, name, users: [{ id: 2, name, email: name }] }]) };
    expect(readSegmentRecords(json, SHAPE)?.read).toEqual([
      { id: 1, name: name.trim(), members: [{ id: 2, name: name.trim(), email: name.trim() }] },
    ]);
  });
});

describe('a text that is longer than anybody’s', () => {
  it.each(['x', '😀', 'e\u0323\u0301'])('is cut where it is a name, and is no address: %s', (piece) => {
    const long = piece.repeat(100_000);
    const json = {
      data: [{ id: 1, name: long, users: [{ id: 2, email: `a@${long}`, firstName: long, lastName: 'Z' }] }],
    };
    const [segment] = readSegmentRecords(json, SHAPE)?.read ?? [];
    const [member] = segment?.members ?? [];
    expect(segment?.name.endsWith('…')).toBe(true);
    for (const name of [segment?.name ?? '', member?.name ?? '']) expect(Array.from(name).length).toBeLessThan(260);
    expect(member?.email).toBeNull();
  });
});

describe('an id', () => {
  it.each([
    [19, 19],
    ['19', 19],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    [String(Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER],
  ])('may be %j', (told, id) => {
    expect(idOf(told)).toBe(id);
  });

  it.each([
    0,
    '0',
    -1,
    1.5,
    2 ** 53,
    '9007199254740993',
    '019',
    '+19',
    ' 19',
    '19 ',
    '1e3',
    '0x13',
    '',
    null,
    true,
    {},
  ])('may not be %j', (told) => {
    expect(idOf(told)).toBeNull();
  });
});

describe('the word of an answer', () => {
  it.each([false, 'false', 0])('is a no with %j', (success) => {
    expect([isRefusal({ success }), claimsSuccess({ success })]).toEqual([true, false]);
  });
  it.each([true, 'true', 1])('is a yes with %j', (success) => {
    expect([isRefusal({ success }), claimsSuccess({ success })]).toEqual([false, true]);
  });
  it.each([{}, [], null, { success: null }, { success: 'maybe' }])('is neither in %j', (answer) => {
    expect([isRefusal(answer), claimsSuccess(answer)]).toEqual([false, false]);
  });
});

describe('the records of an answer', () => {
  const read = (data: unknown) => readSegmentRecords({ data }, SHAPE);

  it('are read one by one: what has no id is left out, and the others stay', () => {
    expect(
      read([
        null,
        { id: null },
        { id: '19', name: 'A', users: [{ id: 1 }, null, { id: null }, 7] },
        { id: 23, users: [] },
      ]),
    ).toEqual({
      read: [
        { id: 19, name: 'A', members: [{ id: 1, email: null, name: null }], unreadable: 'members' },
        { id: 23, name: '', members: [] },
      ],
      leftOut: 5,
    });
  });

  it.each([
    ['no list', { rows: [] }],
    ['nothing but odd ones', [null, { id: 'x' }]],
    ['segments without members', [{ id: 19, name: 'A' }]],
    [
      'no name',
      [
        { id: 19, users: [{ id: 1 }] },
        { id: 23, name: null, users: [] },
      ],
    ],
  ])('are in another form than is known where there is %s', (_what, data) => {
    expect(read(data)).toBeNull();
  });

  it.each([
    ['null', { users: null }],
    ['an empty object', { users: {} }],
    ['nothing, and a count of 0', { count: 0 }],
  ])('have nobody where the list of members is %s', (_what, facts) => {
    const found = read([
      { id: 19, name: 'A', ...facts },
      { id: 23, name: 'B', users: [{ id: 1 }] },
    ]);
    expect(found?.read[0]).toEqual({ id: 19, name: 'A', members: [] });
  });

  it('can not be told where there is no list at all, though others have theirs', () => {
    const found = read([
      { id: 19, name: 'A' },
      { id: 23, name: 'B', users: [{ id: 1 }] },
    ]);
    expect(found?.read[0]).toEqual({ id: 19, name: 'A', members: [], unreadable: 'segment' });
  });

  it('can not be told where there is no list, and a count says that there should be one', () => {
    for (const users of [null, undefined]) {
      const found = read([
        { id: 19, name: 'A', count: 2, users },
        { id: 23, name: 'B', users: [] },
      ]);
      expect(found?.read[0]?.unreadable).toBe('segment');
    }
  });

  it('are none where there are none', () => {
    expect(read([])).toEqual({ read: [], leftOut: 0 });
  });

  it.each([
    [2, undefined],
    ['2', undefined],
    [1, undefined],
    [3, 'members'],
    ['3', 'members'],
    ['many', undefined],
    [null, undefined],
  ])('can not be told in full where a segment says %j and shows two', (count, unreadable) => {
    const found = read([{ id: 19, name: 'A', count, users: [{ id: 1 }, { id: 2 }] }]);
    expect(found?.read[0]?.unreadable).toBe(unreadable);
  });

  it('have names and addresses where the profile says, and an address never passes for a name', () => {
    const shape: AnswerShape = {
      records: ['result', 'items'],
      id: ['segment', 'id'],
      name: ['segment', 'title'],
      members: ['people'],
      memberCount: null,
      member: { id: ['user', 'id'], email: ['user', 'mail'], name: ['user', 'label'], firstName: null, lastName: null },
    };
    const people = [{ id: 900, user: { id: 7, mail: ' ada@x.example ', label: 'ada@x.example' } }];
    const answer = { result: { items: [{ segment: { id: '19', title: ' Beta ' }, people }] } };
    expect(readSegmentRecords(answer, shape)?.read[0]).toMatchObject({
      id: 19,
      name: 'Beta',
      members: [{ id: 7, email: 'ada@x.example', name: expect.not.stringContaining('@') }],
    });
  });

  it('may be bare ids', () => {
    const shape: AnswerShape = {
      ...SHAPE,
      member: { id: [], email: null, name: null, firstName: null, lastName: null },
    };
    expect(readSegmentRecords({ data: [{ id: 19, name: 'A', users: '[1,"2"]' }] }, shape)?.read[0]?.members).toEqual([
      { id: 1, email: null, name: null },
      { id: 2, email: null, name: null },
    ]);
  });
});

describe('one segment', () => {
  it('is read only from an answer about the one that was asked for', () => {
    const answer = { data: { id: '19', name: 'A', users: [] } };
    expect(readOneSegment(answer, SHAPE, 19)?.record).toEqual({ id: 19, name: 'A', members: [] });
    expect(readOneSegment(answer, SHAPE, 23)).toBeNull();
    expect(readOneSegment({ data: { name: 'A', users: [] } }, SHAPE, 19)).toBeNull();
  });

  it('is the one that was asked for where its answer names none', () => {
    const shape = { ...SHAPE, records: [], id: null, name: null, members: [] };
    expect(readOneSegment([{ id: 1 }], shape, 19)?.record).toEqual({
      id: 19,
      name: '',
      members: [{ id: 1, email: null, name: null }],
    });
  });
});
