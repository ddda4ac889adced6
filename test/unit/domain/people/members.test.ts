import { SEARCH_LIMIT } from '../../../../src/contract';
import { memberById, searchMembers, type SegmentWithPeople } from '../../../../src/domain/people';

const person = (id: number, name: string | null, email: string | null = null) => ({ id, name, email });
const segments: SegmentWithPeople[] = [
  { id: 19, members: [person(1, 'Zoë Müller', 'zoe@example.com'), person(2, null, 'anon@example.com')] },
  { id: 15, members: [person(1, 'Zoë Müller', 'zoe@example.com'), person(12, 'Bob Stone', 'bob@example.com')] },
];
const ids = (query: string): number[] => searchMembers(segments, query).members.map(({ id }) => id);

describe('finding members', () => {
  it('searches names by a part, without case and accents', () => {
    expect(ids('ZOE M')).toEqual([1]);
    expect(ids('müll')).toEqual([1]);
    expect(ids('stone')).toEqual([12]);
    expect(ids('nobody')).toEqual([]);
    expect(ids('\u0301\u0308')).toEqual([]);
  });

  it('searches e-mails only as a whole', () => {
    expect(ids('bob@example.com')).toEqual([12]);
    expect(ids('@example.com')).toEqual([]);
    expect(ids('bob@')).toEqual([]);
    expect(['Bob Stone <BOB@example.com>', 'mailto:bob@example.com', '<bob@example.com>'].map(ids)).toEqual([
      [12],
      [12],
      [12],
    ]);
  });

  it.each([
    'Bob <mailto:bob@example.com>',
    'mailto:bob@example.com?subject=Hello',
    '"Stone, Bob" <bob@example.com>;',
    'Bob Stone (bob@example.com)',
    'bob@example.com;',
    'bob@example.com.',
    '"bob@example.com",',
    '\u200bbob@exam\u00adple.com\u200b',
    '\u202abob@example.com\u202c',
    'bob\uff20example.com',
    '\u00a0bob@example.com\u3000',
  ])('searches an e-mail as it is copied: %j', (text) => {
    expect(ids(text)).toEqual([12]);
  });

  it('searches ids exactly, with or without a hash', () => {
    expect(ids('12')).toEqual([12]);
    expect(ids('\u200b#12\ufeff')).toEqual([12]);
    expect(['0x0c', '1.2e1', '-12', '\u0661\u0662', '12.0'].map(ids)).toEqual([[], [], [], [], []]);
    expect(ids('#1')).toEqual([1]);
    expect(ids('#2')).toEqual([2]);
    const largest = Number.MAX_SAFE_INTEGER;
    const far = [{ id: 1, members: [person(largest, 'Far')] }];
    expect([largest, largest + 1].map((id) => searchMembers(far, String(id)).members.length)).toEqual([1, 0]);
  });

  it('takes a number beside other words for a part of a name', () => {
    const numbered = [{ id: 1, members: [person(7, 'Agent 12'), person(8, '12 Monkeys'), person(12, 'Bob Stone')] }];
    const found = (query: string): number[] => searchMembers(numbered, query).members.map(({ id }) => id);
    expect(found('Agent 12')).toEqual([7]);
    expect(found('12 m')).toEqual([8]);
    expect(found('12')).toEqual([12]);
  });

  it('lists a member of two segments once, with both', () => {
    expect(searchMembers(segments, ' zoë ')).toEqual({
      members: [{ id: 1, name: 'Zoë Müller', segmentIds: [19, 15] }],
      truncated: false,
      needsSegment: false,
    });
  });

  it('takes the name from whichever segment tells it', () => {
    const partly = [
      { id: 1, members: [person(5, null)] },
      { id: 2, members: [person(5, 'Eve')] },
    ];
    expect(memberById(partly, 5)).toEqual({ id: 5, name: 'Eve', segmentIds: [1, 2] });
  });

  it('answers at most the limit and says when there were more', () => {
    const crowd = (size: number): SegmentWithPeople[] => [
      { id: 1, members: Array.from({ length: size }, (_, index) => person(index + 1, `Ann ${index}`)) },
    ];
    expect(searchMembers(crowd(SEARCH_LIMIT), 'ann')).toMatchObject({ truncated: false, needsSegment: false });
    const more = searchMembers(crowd(SEARCH_LIMIT + 1), 'ann');
    expect(more.truncated).toBe(true);
    expect(more.members).toHaveLength(SEARCH_LIMIT);
  });

  it('answers a member who is in no segment by id alone', () => {
    expect(memberById(segments, 99)).toEqual({ id: 99, name: null, segmentIds: [] });
  });
});
