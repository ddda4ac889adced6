import { idsInHint } from '../../../../src/domain/people';

test.each([
  ['a number', { id: 7 }, [7]],
  ['digits', { memberId: '7' }, [7]],
  ['other spellings', { member_id: 1, 'user-id': 2, UserIDs: [3, '4'] }, [1, 2, 3, 4]],
  ['a list of people', { data: { members: [{ id: 7, name: 'A' }, { id: '8' }] } }, [7, 8]],
  ['ids of their own', { users: [5, 6] }, [5, 6]],
  ['the same twice', [{ id: 7 }, { id: 7 }], [7]],
  ['a person', { member: 1, user: 2, contact: 3 }, [1, 2, 3]],
  ['a list of numbers', { members: [1], users: [2], contacts: [3] }, [1, 2, 3]],
  [
    'one that says what it is of',
    { memberIds: [1], user_ids: [2], 'contact id': [3], contactIDs: ['4'], memberID: [5], userId: [6] },
    [1, 2, 3, 4, 5, 6],
  ],
  ['a long number', { id: '1234567890123456' }, [1_234_567_890_123_456]],
])('%s under a usual name is an id', (_what, body, ids) => {
  expect(idsInHint(body)).toEqual(ids);
});

test.each([
  ['a text', 'id 7'],
  ['nothing', null],
  ['a number alone', 7],
  ['another name', { total: 7, createdAt: '1767603600' }],
  ['no name', { '': 7 }],
  ['what is no id', { id: [-1, 0, 1.5, '1e3', '', ' 7', true, null, {}, 2 ** 60, '99999999999999999999'] }],
])('%s is none', (_what, body) => {
  expect(idsInHint(body)).toEqual([]);
});

test('fifty are taken, and a huge or deep body is left after a while', () => {
  expect(idsInHint({ ids: Array.from({ length: 200 }, (_, nth) => nth + 1) })).toHaveLength(50);
  const deep = Array.from({ length: 10_000 }).reduce<unknown>((inner) => ({ data: inner }), { id: 7 });
  expect(idsInHint(deep)).toEqual([]);
  // The body itself is looked at as well, so that of its first 5,000 values one is left out.
  expect(idsInHint([...Array.from({ length: 4_998 }, () => ({})), { id: 7 }])).toEqual([]);
  expect(idsInHint(Array.from({ length: 100 }, () => ({ id: 'none' })).concat({ id: '7' }))).toEqual([7]);
});
