import {
  actedOn,
  deselect,
  NOBODY,
  select,
  selectAll,
  type Selection,
  type SelectHow,
} from '../../../../static/src/board/selection';
import { actOfKey, rowAfter } from '../../../../static/src/board/keys';

const ORDER = [5, 3, 9, 1, 7];
const pick = (before: Selection, id: number, how: SelectHow, segmentId = 11) =>
  select(before, { segmentId, memberId: id }, how, () => ORDER);
const idsOf = ({ ids }: Selection) => [...ids];

describe('a selection', () => {
  it('is one person after a click, and one more or less with Ctrl', () => {
    const one = pick(NOBODY, 5, 'only');
    expect(idsOf(one)).toEqual([5]);
    expect(idsOf(pick(one, 9, 'toggle'))).toEqual([5, 9]);
    expect(idsOf(pick(one, 5, 'toggle'))).toEqual([]);
    expect(idsOf(pick(one, 9, 'only'))).toEqual([9]);
  });

  it('is everybody between with Shift, in either direction, from where it began', () => {
    const from = pick(NOBODY, 9, 'only');
    const down = pick(from, 7, 'range');
    expect(idsOf(down)).toEqual([9, 1, 7]);
    expect(idsOf(pick(down, 5, 'range'))).toEqual([5, 3, 9]);
  });

  it('is only the one reached when a range began at someone who is no longer shown', () => {
    expect(idsOf(select(pick(NOBODY, 9, 'only'), { segmentId: 11, memberId: 7 }, 'range', () => [1, 7]))).toEqual([7]);
  });

  it('starts anew in another segment, because a move has one source', () => {
    const here = pick(pick(NOBODY, 5, 'only'), 9, 'toggle');
    expect(pick(here, 3, 'toggle', 15)).toMatchObject({ segmentId: 15, active: 3 });
    expect(idsOf(pick(here, 3, 'toggle', 15))).toEqual([3]);
    expect(idsOf(pick(here, 3, 'focus', 15))).toEqual([]);
  });

  it('stays while the keyboard goes on in the same segment', () => {
    const moved = pick(pick(NOBODY, 5, 'only'), 9, 'focus');
    expect(idsOf(moved)).toEqual([5]);
    expect(moved.active).toBe(9);
  });

  it('is everybody shown with Ctrl+A, and loses whoever was moved away', () => {
    const all = selectAll(NOBODY, 11, ORDER);
    expect(idsOf(all)).toEqual(ORDER);
    expect(idsOf(deselect(all, new Set([3, 1])))).toEqual([5, 9, 7]);
    expect(deselect(all, new Set([100]))).toBe(all);
  });

  it('is what an act on one of its people is about; an act on another person is about them alone', () => {
    const two = pick(pick(NOBODY, 5, 'only'), 9, 'toggle');
    expect(actedOn(two, 11, 9)).toEqual([5, 9]);
    expect(actedOn(two, 11, 7)).toEqual([7]);
    expect(actedOn(two, 15, 9)).toEqual([9]);
  });
});

describe('a key', () => {
  const press = (key: string, held: { ctrlKey?: boolean; altKey?: boolean } = {}) =>
    actOfKey({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });

  it.each([
    ['ArrowDown', 'go'],
    ['ArrowRight', 'sideways'],
    [' ', 'toggle'],
    ['Escape', 'clear'],
    ['m', 'move'],
    ['Enter', 'move'],
    ['Delete', 'remove'],
    ['x', null],
  ])('%j means %j in a list', (key, act) => expect(press(key)).toBe(act));

  it('is left to the browser with Alt or Ctrl, but for Ctrl+A', () => {
    expect(press('a', { ctrlKey: true })).toBe('all');
    expect(press('m', { ctrlKey: true })).toBeNull();
    expect(press('ArrowLeft', { altKey: true })).toBeNull();
  });

  it('never leads beyond the ends of a list', () => {
    expect(['ArrowUp', 'PageUp', 'Home'].map((key) => rowAfter(key, 0, 20))).toEqual([0, 0, 0]);
    expect(['ArrowDown', 'PageDown', 'End'].map((key) => rowAfter(key, 19, 20))).toEqual([19, 19, 19]);
    expect(['ArrowDown', 'PageDown', 'ArrowUp'].map((key) => rowAfter(key, 5, 20))).toEqual([6, 15, 4]);
    expect(rowAfter('ArrowDown', -1, 20)).toBe(0);
  });
});
