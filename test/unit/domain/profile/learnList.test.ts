import { learnList } from '../../../../src/domain/profile';
import { learnMemberFields } from '../../../../src/domain/profile/learnMembers';

const segments = [
  { id: 19, name: 'Early adopters' },
  { id: 20, name: 'Enterprise' },
];
const at = (json: unknown) => {
  const learned = learnList(json);
  return learned.kind === 'found' ? learned.list.at.join('.') : learned.kind;
};

describe('where the list of segments stands', () => {
  it.each([
    ['data', { success: true, data: segments }],
    ['data.segments', { success: true, data: { segments } }],
    ['data.rows', { data: { rows: segments, count: 2 } }],
    ['data.items', { data: { items: segments, total: 2 } }],
    ['result', { success: 1, result: segments }],
    ['results', { results: segments }],
    ['items', { items: segments }],
    ['content', { content: segments, totalElements: 2 }],
    ['list', { list: segments, errors: [] }],
    ['', segments],
    ['payload.page.entries', { payload: { page: { entries: segments } } }],
    ['data', { success: true, data: JSON.stringify(segments) }],
    [
      'segments',
      {
        segments,
        products: [
          { id: 1, name: 'Acme' },
          { id: 2, name: 'Other' },
        ],
      },
    ],
    ['data', { data: segments, users: [{ id: 3, name: 'Ann', email: 'ann@acme.com' }] }],
    ['data', { data: segments.map((one) => ({ ...one, users: [{ id: 3, email: 'ann@acme.com' }] })) }],
    ['data', { data: [null, { id: null, name: 'Odd' }, ...segments] }],
  ])('%s', (path, json) => {
    expect(at(json)).toBe(path);
  });

  it.each([
    [['id'], ['name'], 'number', { id: 19, name: 'A' }],
    [['id'], ['title'], 'text', { id: '19', title: 'A' }],
    [['segmentId'], ['segmentName'], 'number', { segmentId: 19, segmentName: 'A', companyId: 7 }],
    [['segment_id'], ['label'], 'text', { segment_id: '19', label: 'A' }],
    [['id'], ['attributes', 'title'], 'text', { id: '19', attributes: { title: 'A' } }],
    [['node', 'id'], ['node', 'name'], 'number', { node: { id: 19, name: 'A' } }],
    [['id'], ['title'], 'number', { initiative: { id: 3, name: 'I' }, id: 19, title: 'A' }],
    [['_id'], ['name'], 'number', { _id: 19, name: 'A', createdAt: '2026-01-01T00:00:00Z' }],
    [['id'], null, 'number', { id: 19, colour: '#ff0000' }],
  ] as const)('reads the id from %j and the name from %j', (id, name, ids, record) => {
    expect(learnList({ data: [record] })).toMatchObject({ kind: 'found', list: { id, name, ids } });
  });

  it('asks where two lists may be meant, and takes what was chosen', () => {
    const json = {
      active: segments,
      archived: [
        { id: 4, name: 'Old' },
        { id: 5, name: 'Older' },
      ],
    };
    expect(learnList(json)).toMatchObject({ kind: 'several', lists: [{ at: ['active'] }, { at: ['archived'] }] });
    expect(learnList(json, ['archived'])).toMatchObject({ kind: 'found', list: { at: ['archived'] } });
  });

  it('does not ask where two lists are the same', () => {
    expect(at({ items: segments, byName: segments })).toBe('items');
  });

  it.each([
    ['data', { success: true, data: [] }],
    ['data.segments', { data: { segments: [], errors: [] } }],
    ['', []],
    ['data', { success: true, data: null }],
  ])('finds an empty list at %s', (path, json) => {
    expect(learnList(json)).toEqual({ kind: 'empty', at: path === '' ? [] : path.split('.') });
  });

  it.each([
    [{ success: false, message: 'Invalid API key' }],
    [{ success: false, data: null }],
    [{ errors: [] }],
    [{ data: [{ uuid: 'c0ffee00-0000-4000-8000-000000000000', name: 'A' }] }],
    [{ data: ['A', 'B'] }],
    ['text'],
    [undefined],
    [null],
    [{ data: { id: 19, name: 'One segment' } }],
  ])('finds none in %j', (json) => {
    expect(learnList(json).kind).toBe('none');
  });
});

it('is found among ten thousand segments, and its members among as many people', () => {
  const data = Array.from({ length: 10_000 }, (_none, id) => ({ id: id + 1, name: `Segment ${String(id)}` }));
  expect(learnList({ data })).toMatchObject({ kind: 'found', list: { at: ['data'], rows: 10_000, id: ['id'] } });
  const people = data.map(({ id }) => ({ id, email: `p${String(id)}@example.com` }));
  expect(learnMemberFields(people)).toMatchObject({ ids: [['id']], fields: { email: ['email'] }, seen: 10_000 });
});
