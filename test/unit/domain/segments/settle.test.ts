import { ACCEPTED_SETTLES_MS, isUnfinished, settle, settleFrom, settlesAtMs } from '../../../../src/domain/segments';
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

describe('a reading that contradicts a write', () => {
  const accepted = ledgerEntry({ state: 'undecided', finishedAtMs: NOW });
  const [from, to] = [new Set([7]), new Set<number>()];
  const ends = {
    kind: 'move',
    from: { id: 19, name: 'Beta testers' },
    to: { id: 15, name: 'Early adopters' },
  } as const;
  const contradicting = segments([7], []);

  it('settles it only when Shorter Loop has had the time to show it', () => {
    expect(settlesAtMs(accepted)).toBe(NOW + ACCEPTED_SETTLES_MS);
    expect(settle(accepted, contradicting, NOW + ACCEPTED_SETTLES_MS - 1)).toBeNull();
    expect(settle(accepted, segments([7], [7]), NOW + 1)).toBeNull();
    expect(settle(accepted, segments([], []), NOW + 1)).toBeNull();
    expect(settle(accepted, contradicting, NOW + ACCEPTED_SETTLES_MS)).toMatchObject({
      state: 'finished',
      members: [{ outcome: 'notConfirmed', reason: 'unchanged' }],
    });
  });

  it('agrees with an answer that said no, once it has had that time', () => {
    const answer = { status: 200, cause: 'invalid', count: null } as const;
    const no = ledgerEntry({ state: 'undecided', finishedAtMs: NOW, answer });
    expect(settle(no, contradicting, NOW + ACCEPTED_SETTLES_MS - 1)).toBeNull();
    expect(settle(no, contradicting, NOW + ACCEPTED_SETTLES_MS)?.members).toEqual([
      { memberId: 7, outcome: 'refused', reason: 'saidNo' },
    ]);
    expect(settle(no, segments([], [7]), NOW + 1)?.members).toMatchObject([{ outcome: 'confirmed' }]);
  });

  it('settles nothing of a batch either, and one that confirms settles at once', () => {
    expect(settleFrom(accepted, ends, { from, to }, NOW + 1)).toBeNull();
    expect(settleFrom(accepted, ends, { from: to, to: from }, NOW + 1)).toMatchObject({ state: 'finished' });
    expect(settle(accepted, segments([], [7]), NOW + 1)).toMatchObject({ state: 'finished' });
  });

  it('has to come later where nobody knows when the request left', () => {
    const begunAtMs = settlesAtMs({ intendedAtMs: NOW, finishedAtMs: null });
    expect(begunAtMs).toBeGreaterThan(NOW + ACCEPTED_SETTLES_MS);
  });
});

test('a settled write keeps no witnesses', () => {
  const undecided = ledgerEntry({ state: 'undecided', witnesses: { from: [8], to: [], others: [] } });
  expect(settle(undecided, segments([8], [7]), NOW)?.witnesses).toBeUndefined();
});

test('only a finished write needs no more reading', () => {
  expect(isUnfinished({ state: 'intended' })).toBe(true);
  expect(isUnfinished({ state: 'undecided' })).toBe(true);
  expect(isUnfinished({ state: 'finished' })).toBe(false);
});
