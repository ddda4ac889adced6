import { isUnfinished, settle } from '../../../../src/domain/segments';
import { ledgerEntry } from '../../../support/ledgerEntry';

const NOW = 1_800_000_000_000;
const segments = (from: readonly number[] | null, to: readonly number[] | null) => [
  ...(from === null ? [] : [{ id: 19, name: 'Beta testers', members: from.map((id) => ({ id })) }]),
  ...(to === null ? [] : [{ id: 15, name: 'Early adopters', members: to.map((id) => ({ id })) }]),
];
const begun = (kind: 'move' | 'remove' | 'add') =>
  ledgerEntry({
    kind,
    state: 'intended',
    members: [{ memberId: 7, outcome: null, reason: null }],
    answer: null,
    finishedAtMs: null,
  });

test.each([
  ['move', [], [7], 'confirmed', 'readBackAgrees'],
  ['move', [7], [], 'notConfirmed', 'unchanged'],
  ['move', [7], [7], 'notConfirmed', 'inBoth'],
  ['move', [8], [9], 'notConfirmed', 'inNeither'],
  ['move', [7], null, 'notConfirmed', 'unchanged'],
  ['move', null, [7], 'confirmed', 'readBackAgrees'],
  ['remove', [8], null, 'confirmed', 'readBackAgrees'],
  ['remove', [7], null, 'notConfirmed', 'unchanged'],
  ['remove', null, null, 'confirmed', 'readBackAgrees'],
  ['add', null, [7], 'confirmed', 'readBackAgrees'],
  ['add', null, [8], 'notConfirmed', 'unchanged'],
  ['add', null, null, 'notConfirmed', 'unchanged'],
] as const)(
  'a %s that was never finished is settled by a reading of %j and %j: %s, %s',
  (kind, from, to, outcome, reason) => {
    const before = begun(kind);
    expect(settle(before, segments(from, to), NOW)).toEqual({
      ...before,
      state: 'finished',
      members: [{ memberId: 7, outcome, reason }],
      finishedAtMs: NOW,
      recoveredAtMs: NOW,
    });
  },
);

test('only a finished write needs no more reading', () => {
  expect(isUnfinished({ state: 'intended' })).toBe(true);
  expect(isUnfinished({ state: 'undecided' })).toBe(true);
  expect(isUnfinished({ state: 'finished' })).toBe(false);
});
