import { learnMemberCount, learnMembers } from '../../../../src/domain/profile';

const person = { id: 7, email: 'ann@acme.com', name: 'Ann', firstName: 'Ann', lastName: 'Lee' };
const none = { email: null, name: null, firstName: null, lastName: null };

describe('where the members stand', () => {
  it.each([
    ['users', { id: 19, users: [person] }],
    ['members', { id: 19, members: [person], owners: [{ id: 1, email: 'boss@acme.com' }] }],
    ['segmentUsers', { id: 19, segmentUsers: [person], tags: [{ id: 3, name: 'x' }] }],
    ['idmMembers', { id: 19, idmMembers: [person], pendingUsers: [{ id: 8, email: 'new@acme.com' }] }],
    ['users.data', { id: 19, users: { data: [person], total: 1 } }],
    ['users', { id: 19, users: [], tags: [], rules: [{ id: 1, field: 'a' }] }],
    ['memberIds', { id: 19, memberIds: [7, 8] }],
    ['users', { id: 19, users: JSON.stringify([person]), userIds: [7] }],
    ['entries', { id: 19, entries: [person] }],
  ])('%s', (path, segment) => {
    expect(learnMembers([segment])?.at.join('.')).toBe(path);
  });

  it.each([[{ id: 19, tags: [{ id: 1, name: 'x' }] }], [{ id: 19, list: [1, 2] }], [{ id: 19 }], [{ users: ['Ann'] }]])(
    'finds none in %j',
    (segment) => {
      expect(learnMembers([segment])).toBeNull();
    },
  );

  it('learns the fields from all segments, also where most of them are empty or odd', () => {
    const learned = learnMembers([{ users: [] }, { users: null }, { users: [null, { id: null }, person] }]);
    expect(learned).toMatchObject({ at: ['users'], ids: [['id']], seen: 3, idForm: 'number' });
    expect(learned?.fields).toEqual({
      email: ['email'],
      name: ['name'],
      firstName: ['firstName'],
      lastName: ['lastName'],
    });
  });

  it.each([
    [{ user: { id: '7', email: 'ann@acme.com', fullName: 'Ann Lee' } }, ['user', 'email'], ['user', 'fullName']],
    [{ userId: 7, mail: 'ann@acme.com', displayName: 'Ann' }, ['mail'], ['displayName']],
    [{ id: 7, emailAddress: 'ann@acme.com', invitedBy: { email: 'boss@acme.com', name: 'B' } }, ['emailAddress'], null],
    [{ id: 7, email: 'not an address' }, ['email'], null],
    [{ id: 7, email: null, name: 'Ann' }, ['email'], ['name']],
  ])('reads %j', (member, email, name) => {
    expect(learnMembers([{ users: [member] }])?.fields).toMatchObject({ email, name });
  });

  it('takes bare numbers for ids', () => {
    expect(learnMembers([{ users: ['7', '8'] }])).toMatchObject({ ids: [[]], fields: none, idForm: 'text' });
  });
});

describe('how many members a segment says that it has', () => {
  it.each([
    [{ users: [1, 2], memberCount: 2 }, ['memberCount'], 0],
    [{ users: [1, 2], users_count: '5' }, ['users_count'], 1],
    [{ users: [1, 2], count: 1 }, null, 0],
    [{ users: [1, 2], ideaCount: 9 }, null, 0],
  ])('%j', (segment, at, short) => {
    const found = learnMemberCount([segment], ['users']);
    expect(found).toEqual(at === null ? null : { at, short });
  });
});
