import type { BoardMember } from '../../../../src/contract';
import { rowsInSight, ROW_PX, scrollTo } from '../../../../static/src/board/rows';
import { shownMembers } from '../../../../static/src/board/shown';
import type { Column, Pending } from '../../../../static/src/board/state';

const A = { id: 11, name: 'A' };
const B = { id: 15, name: 'B' };
const column = (members: readonly BoardMember[]): Column => ({
  segment: A,
  total: members.length,
  members,
  loading: { state: 'loaded' },
});
const PEOPLE: BoardMember[] = [
  [21, 'Zoë'],
  [3, 'Émile'],
  [210, null],
  [8, 'anna'],
];
const NONE: ReadonlySet<number> = new Set();
const look = (filter = '', only: ReadonlySet<number> | null = null) => ({ filter, only });
const idsOf = (members: readonly BoardMember[]) => members.map(([id]) => id);
const ids = { operationId: 'o', decisionId: 'd' };
const moving = (member: BoardMember, from: typeof A, to: typeof B | null): Pending =>
  to === null ? { ...ids, kind: 'remove', member, from, to } : { ...ids, kind: 'move', member, from, to };
const adding = (member: BoardMember, from: typeof A, to: typeof B): Pending => ({
  ...ids,
  kind: 'add',
  member,
  from,
  to,
});

describe('the people of a column', () => {
  it('are sorted by name, with those who have none last', () => {
    expect(idsOf(shownMembers(column(PEOPLE), [], NONE, look()))).toEqual([8, 3, 21, 210]);
  });

  it('are found by a part of their name without regard to case and accents, or by the beginning of their id', () => {
    expect(idsOf(shownMembers(column(PEOPLE), [], NONE, look(' EMI ')))).toEqual([3]);
    expect(idsOf(shownMembers(column(PEOPLE), [], NONE, look('#21')))).toEqual([21, 210]);
    expect(idsOf(shownMembers(column(PEOPLE), [], NONE, look('nobody')))).toEqual([]);
  });

  it('can be those alone who report in the project', () => {
    expect(idsOf(shownMembers(column(PEOPLE), [], NONE, look('', new Set([3, 8, 99]))))).toEqual([8, 3]);
  });

  it('stand where they are to go while their move is under way', () => {
    const leaving = moving([3, 'Émile'], A, B);
    const arriving = moving([50, 'Berta'], B, A);
    expect(idsOf(shownMembers(column(PEOPLE), [leaving, arriving], NONE, look()))).toEqual([50, 8, 21, 210]);
    expect(idsOf(shownMembers(column(PEOPLE), [moving([3, 'Émile'], A, null)], NONE, look()))).toEqual([8, 21, 210]);
  });

  it('stand in both columns while they are added to one of them', () => {
    expect(idsOf(shownMembers(column(PEOPLE), [adding([3, 'Émile'], A, B)], NONE, look()))).toEqual([8, 3, 21, 210]);
    expect(idsOf(shownMembers(column(PEOPLE), [adding([50, 'Berta'], B, A)], NONE, look()))).toEqual([
      50, 8, 3, 21, 210,
    ]);
  });

  it('stand on top when their card has something to tell', () => {
    expect(idsOf(shownMembers(column(PEOPLE), [], new Set([210, 3]), look()))).toEqual([3, 210, 8, 21]);
    expect(idsOf(shownMembers(column(PEOPLE), [], new Set([210]), look('anna')))).toEqual([8]);
  });

  it('are the very list that was read when there are very many and nothing is under way', () => {
    const many = Array.from({ length: 3_000 }, (_, nth): BoardMember => [3_000 - nth, `Member ${String(nth)}`]);
    expect(shownMembers(column(many), [], NONE, look())).toBe(many);
  });
});

describe('the rows of a list', () => {
  it('that are drawn are as few for 100,000 people as for 1,000', () => {
    const height = 11 * ROW_PX;
    for (const total of [1_000, 100_000])
      expect(rowsInSight(total, (total / 2) * ROW_PX, height).count).toBeLessThanOrEqual(24);
    expect(rowsInSight(100_000, 0, height)).toEqual({ first: 0, count: 17 });
    expect(rowsInSight(3, 0, height)).toEqual({ first: 0, count: 3 });
    expect(rowsInSight(0, 0, height)).toEqual({ first: 0, count: 0 });
  });

  it('that are beyond the end of a list that became shorter are drawn from its end', () => {
    const { first, count } = rowsInSight(5, 40_000, 11 * ROW_PX);
    expect([first, count]).toEqual([0, 5]);
  });

  it('are scrolled into sight only when they are not in it', () => {
    expect(scrollTo(5, 0, 480)).toBe(0);
    expect(scrollTo(10, 0, 480)).toBe(11 * ROW_PX - 480);
    expect(scrollTo(2, 400, 480)).toBe(2 * ROW_PX);
  });
});
