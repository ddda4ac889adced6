import type { LedgerEntry } from '../../../../src/contract';
import { planUndo, type UndoFacts } from '../../../../src/domain/segments';
import { ledgerEntry } from '../../../support/ledgerEntry';

const move = ledgerEntry();
const facts = (overrides: Partial<UndoFacts> = {}): UndoFacts => ({
  reporterAccountId: 'reporter-1',
  memberId: 7,
  segments: [
    { id: 19, name: 'Beta testers', members: [] },
    { id: 15, name: 'Early adopters', members: [{ id: 7 }] },
  ],
  history: [move],
  ...overrides,
});
const withOutcome = (outcome: 'confirmed' | 'unknown'): LedgerEntry['members'] => [
  { memberId: 7, outcome, reason: null },
];

describe('undoing a write', () => {
  it('asks for the move in the other direction', () => {
    expect(planUndo(move, facts())).toEqual({
      kind: 'request',
      request: { memberId: 7, fromSegmentId: 15, toSegmentId: 19 },
    });
  });

  it.each([
    ['it is a removal', ledgerEntry({ kind: 'remove', to: null }), facts(), 'notAMove'],
    ['it is an adding', ledgerEntry({ kind: 'add' }), facts(), 'notAMove'],
    ['it is about another reporter', ledgerEntry({ reporterAccountId: 'reporter-2' }), facts(), 'otherReporter'],
    ['the reporter is linked to another member now', move, facts({ memberId: 8 }), 'otherReporter'],
    ['its outcome is unknown', ledgerEntry({ members: withOutcome('unknown') }), facts(), 'notConfirmed'],
    [
      'it never finished',
      ledgerEntry({ members: [{ memberId: 7, outcome: null, reason: null }] }),
      facts(),
      'notConfirmed',
    ],
    [
      'the member has left the target',
      move,
      facts({ segments: [{ id: 15, name: 'Early adopters', members: [] }] }),
      'movedSince',
    ],
    [
      'the member is back in the source as well',
      move,
      facts({
        segments: [
          { id: 19, name: 'Beta testers', members: [{ id: 7 }] },
          { id: 15, name: 'Early adopters', members: [{ id: 7 }] },
        ],
      }),
      'movedSince',
    ],
    [
      'it was undone before',
      move,
      facts({ history: [ledgerEntry({ operationId: 'undo-1', undoes: move.operationId }), move] }),
      'alreadyUndone',
    ],
  ])('is refused when %s', (_why, entry, given, reason) => {
    expect(planUndo(entry, given)).toEqual({ kind: 'refused', reason });
  });

  it('can be tried again after an undo that was not confirmed', () => {
    const failedUndo = ledgerEntry({
      operationId: 'undo-1',
      undoes: move.operationId,
      members: withOutcome('unknown'),
    });
    expect(planUndo(move, facts({ history: [failedUndo, move] })).kind).toBe('request');
  });

  it('can be tried again after an undo that was confirmed for some only', () => {
    const halfUndo = ledgerEntry({
      operationId: 'undo-1',
      undoes: move.operationId,
      members: [...withOutcome('unknown'), { memberId: 8, outcome: 'confirmed', reason: 'readBackAgrees' }],
    });
    expect(planUndo(move, facts({ history: [halfUndo, move] })).kind).toBe('request');
  });

  it('is not held up by the undo of another write', () => {
    const otherUndo = ledgerEntry({ operationId: 'undo-1', undoes: 'another-write' });
    expect(planUndo(move, facts({ history: [otherUndo, move] })).kind).toBe('request');
  });
});
