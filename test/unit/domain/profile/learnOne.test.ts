import { learnOne } from '../../../../src/domain/profile';

const ann = { id: 7, email: 'ann@acme.com', name: 'Ann' };
const known = {
  segmentId: 19,
  like: { id: ['id'], name: ['name'], members: ['users'] },
  segmentIds: new Set([19, 20]),
};
const alone = { ...known, like: null };

describe('the answer about one segment', () => {
  it.each([
    [{ success: true, data: { id: 19, name: 'A', users: [ann] } }, ['data'], ['id'], ['name'], ['users']],
    [
      { data: { segment: { id: '19', title: 'A', members: [ann] } } },
      ['data', 'segment'],
      ['id'],
      ['title'],
      ['members'],
    ],
    [{ id: 19, name: 'A', users: [] }, [], ['id'], ['name'], ['users']],
    [{ result: { segmentId: 19, segmentUsers: [ann] } }, ['result'], ['segmentId'], null, ['segmentUsers']],
    [{ data: { users: [ann], total: 1 } }, ['data'], null, null, ['users']],
    [{ success: true, data: [ann] }, [], null, null, ['data']],
    [{ success: true, data: [] }, [], null, null, ['data']],
    [{ success: true, data: { segment: [] } }, ['data'], null, null, ['segment']],
    [{ success: true, whoever: [], errors: [] }, [], null, null, ['whoever']],
    [[ann], [], null, null, []],
    [{ data: JSON.stringify({ id: 19, name: 'A', users: [7, 8] }) }, ['data'], ['id'], ['name'], ['users']],
    [{ data: [{ id: 19, name: 'A', users: [ann] }] }, ['data', '0'], ['id'], ['name'], ['users']],
    [{ requestId: 5, data: { id: 19, name: 'A', users: [ann] } }, ['data'], ['id'], ['name'], ['users']],
  ])('%j', (json, records, id, name, members) => {
    for (const one of [known, alone])
      expect(learnOne(json, one)).toMatchObject({ kind: 'found', one: { shape: { records, id, name, members } } });
  });

  it('says that it is about another segment', () => {
    expect(learnOne({ data: { id: 20, name: 'B', users: [ann] } }, known).kind).toBe('other');
  });

  it.each([
    [{ success: true, data: { count: 0 } }],
    [{ data: { id: 19, name: 'A', tags: [] } }],
    [{ data: { tags: [], links: [], rules: [] } }],
    [{ errors: [] }],
    [{ data: { id: 19, name: 'A' } }],
    [{ data: [1, 2].map(String) }],
    [
      {
        data: [
          { id: 19, name: 'A' },
          { id: 20, name: 'B' },
        ],
      },
    ],
    [
      [
        { id: 20, name: 'B', users: [ann] },
        { id: 21, name: 'C', users: [] },
      ],
    ],
    ['x'],
  ])('has nobody to read in %j', (json) => {
    const learned = learnOne(json, known);
    expect(learned.kind === 'found' && learned.one.members.ids.every((id) => id.length > 0)).toBe(false);
  });
});
