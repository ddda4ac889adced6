import { idsInHint } from '../../../../src/domain/people';

test.each([
  ['a number', { id: 7 }, [7]],
  ['digits', { memberId: '7' }, [7]],
  ['other spellings', { member_id: 1, 'user-id': 2, UserIDs: [3, '4'] }, [1, 2, 3, 4]],
  ['a list of people', { data: { members: [{ id: 7, name: 'A' }, { id: '8' }] } }, [7, 8]],
  ['ids of their own', { users: [5, 6] }, [5, 6]],
  ['the same twice', [{ id: 7 }, { id: 7 }], [7]],
])('%s under a usual name is an id', (_what, body, ids) => {
  expect(idsInHint(body)).toEqual(ids);
});

test.each([
  ['a text', 'id 7'],
  ['nothing', null],
  ['a number alone', 7],
  ['another name', { total: 7, createdAt: '1767603600' }],
  ['what is no id', { id: [-1, 0, 1.5, '1e3', '', ' 7', true, null, {}, 2 ** 60, '99999999999999999999'] }],
])('%s is none', (_what, body) => {
  expect(idsInHint(body)).toEqual([]);
});

test('fifty are taken, and a huge or deep body is left after a while', () => {
  expect(idsInHint({ ids: Array.from({ length: 200 }, (_, nth) => nth + 1) })).toHaveLength(50);
  const deep = Array.from({ length: 10_000 }).reduce<unknown>((inner) => ({ data: inner }), { id: 7 });
  expect(idsInHint(deep)).toEqual([]);
});
