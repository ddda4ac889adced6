import { DEFAULT_PROFILE } from '../../../../src/contract';
import {
  learnList,
  learnMemberFields,
  learnMembers,
  learnOne,
  listAt,
  readSegmentRecords,
} from '../../../../src/domain/profile';

const { shape } = DEFAULT_PROFILE.reads.segmentsWithMembers;
const segment = (id: number): object => ({ id, name: `Segment ${String(id)}` });

describe('segments in folders', () => {
  const folders = [
    { id: 901, name: 'Sales', segments: [segment(19), segment(20)] },
    { id: 902, name: 'Empty', segments: null },
    { id: 903, name: 'Support', segments: [segment(21)] },
  ];

  it('are one list, and the folders are none', () => {
    const learned = learnList({ data: folders });
    expect(learned).toMatchObject({ kind: 'found', list: { at: ['data', '*', 'segments'], rows: 3, id: ['id'] } });
    const read = readSegmentRecords({ data: folders }, { ...shape, records: ['data', '*', 'segments'], members: null });
    expect(read?.read.map(({ id }) => id)).toEqual([19, 20, 21]);
  });

  it('can not be told in full where a folder has something else in their place', () => {
    expect(listAt({ data: [...folders, { segments: 'many' }] }, ['data', '*', 'segments'])).toBeNull();
    expect(listAt({ data: {} }, ['data', '*', 'segments'])).toBeNull();
  });

  it('are not looked for within segments, and lists of other names are none', () => {
    const nested = { segments: [{ ...segment(19), segments: [segment(77)] }] };
    expect(learnList(nested)).toMatchObject({ kind: 'found', list: { at: ['segments'] } });
    const tagged = { data: [{ ...segment(19), tags: [segment(5)] }] };
    expect(learnList(tagged)).toMatchObject({ kind: 'found', list: { at: ['data'] } });
  });
});

describe('records that have their id as a key alone', () => {
  const people = { '1688': { email: 'ada@example.com' }, '1689': { email: 'ben@example.com' } };

  it('are read by it', () => {
    const [learned] = [learnMembers([{ id: 19, users: people }])];
    expect(learned?.ids).toEqual([['@key']]);
    const byKey = { ...shape, records: [], id: ['@key'], member: { ...DEFAULT_MEMBER, id: ['@key'] } };
    const json = { '19': { name: 'Beta testers', users: people } };
    expect(readSegmentRecords(json, byKey)?.read).toEqual([
      {
        id: 19,
        name: 'Beta testers',
        members: [
          { id: 1688, email: 'ada@example.com', name: null },
          { id: 1689, email: 'ben@example.com', name: null },
        ],
      },
    ]);
  });

  it('have no other id than the one that stands in them, where it does', () => {
    const map = { '1688': { userId: 1688, email: 'ada@example.com' } };
    expect(learnMembers([{ id: 19, users: map }])?.ids).toEqual([['userId']]);
    expect(listAt(map, [])).toEqual([{ userId: 1688, email: 'ada@example.com' }]);
  });
});

describe('addresses in lists', () => {
  it.each<[string, (email: string) => object, string[]]>([
    ['of texts', (email) => ({ emails: [email, 'other@example.com'] }), ['emails', '0']],
    ['of records', (email) => ({ emails: [{ value: email, type: 'work' }] }), ['emails', '0', 'value']],
    ['further in', (email) => ({ contact: { emails: [{ address: email }] } }), ['contact', 'emails', '0', 'address']],
  ])('%s are found, the first one of each', (_how, record, at) => {
    const users = ['ada@example.com', 'ben@example.com'].map((email, index) => ({
      id: 1688 + index,
      ...record(email),
    }));
    expect(learnMemberFields(users)?.fields.email).toEqual(at);
    const one = learnOne({ data: { ...segment(19), users } }, { segmentId: 19, like: null, segmentIds: new Set([19]) });
    expect(one).toMatchObject({ kind: 'found', one: { members: { at: ['users'], ids: [['id']] } } });
  });

  it('of other things are not taken for addresses', () => {
    const users = [{ id: 1688, tags: ['beta'], teams: [{ id: 4, name: 'Red' }], email: 'ada@example.com' }];
    expect(learnMemberFields(users)).toMatchObject({ ids: [['id']], fields: { email: ['email'] } });
  });
});

const DEFAULT_MEMBER = { id: ['id'], email: ['email'], name: null, firstName: null, lastName: null };
