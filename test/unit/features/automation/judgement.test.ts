import {
  SHORTER_LOOP_CAUSES,
  type LedgerEntry,
  type Outcome,
  type OutcomeReason,
  type Problem,
  type ShorterLoopCause,
} from '../../../../src/contract';
import { isConfirmed, isTransient, isTransientOutcome } from '../../../../src/domain/segments';
import { ledgerEntry } from '../../../support/ledgerEntry';

const PASSING: readonly ShorterLoopCause[] = ['rateLimited', 'server', 'network', 'timeout'];
const answered = (cause: ShorterLoopCause | null): LedgerEntry['answer'] => ({ status: null, cause, count: null });
const members = (...known: readonly (readonly [Outcome, OutcomeReason])[]): LedgerEntry['members'] =>
  known.map(([outcome, reason], index) => ({ memberId: index + 1, outcome, reason }));

describe('whether a problem goes away by itself', () => {
  it.each(SHORTER_LOOP_CAUSES)('depends on what is wrong with Shorter Loop: %s', (cause) => {
    expect(isTransient({ code: 'shorterLoop', cause, status: null, retryAfterMs: null })).toBe(PASSING.includes(cause));
  });

  it.each<[Problem, boolean]>([
    [{ code: 'busy', retryAfterMs: 5 }, true],
    [{ code: 'storage' }, true],
    [{ code: 'writeNotProven', kind: 'add' }, false],
    [{ code: 'writesStopped', kind: 'move', operationId: 'operation-1' }, false],
    [{ code: 'notLinked' }, false],
    [{ code: 'stale', reason: 'targetGone' }, false],
    [{ code: 'internal', reference: 'x' }, false],
  ])('%j: %s', (problem, passes) => {
    expect(isTransient(problem)).toBe(passes);
  });
});

describe('whether a write may be made once more', () => {
  it('is so while its outcome is not known', () => {
    expect(isTransientOutcome(ledgerEntry({ state: 'undecided', members: members(['unknown', 'notReadable']) }))).toBe(
      true,
    );
  });

  it('is so when the read-back shows that it did nothing', () => {
    expect(
      isTransientOutcome(ledgerEntry({ members: members(['notConfirmed', 'unchanged']), answer: answered('timeout') })),
    ).toBe(true);
    expect(isTransientOutcome(ledgerEntry({ members: members(['notConfirmed', 'unchanged']), answer: null }))).toBe(
      true,
    );
  });

  it.each(SHORTER_LOOP_CAUSES)('depends on the cause of a refusal: %s', (cause) => {
    expect(isTransientOutcome(ledgerEntry({ members: members(['refused', 'saidNo']), answer: answered(cause) }))).toBe(
      PASSING.includes(cause),
    );
  });

  it.each<[string, LedgerEntry]>([
    ['it was confirmed', ledgerEntry({ members: members(['confirmed', 'readBackAgrees']) })],
    [
      'it did something else',
      ledgerEntry({ members: members(['notConfirmed', 'inBoth']), answer: answered('server') }),
    ],
    [
      'it did something else to one of several',
      ledgerEntry({
        members: members(['notConfirmed', 'unchanged'], ['notConfirmed', 'inNeither']),
        answer: answered('server'),
      }),
    ],
    [
      'it was refused without a cause',
      ledgerEntry({ members: members(['refused', 'saidNo']), answer: answered(null) }),
    ],
    ['it was refused without an answer', ledgerEntry({ members: members(['refused', 'notSent']), answer: null })],
  ])('is not so when %s', (_why, entry) => {
    expect(isTransientOutcome(entry)).toBe(false);
  });
});

describe('a write that is confirmed', () => {
  it('is confirmed for every member', () => {
    expect(
      isConfirmed(ledgerEntry({ members: members(['confirmed', 'readBackAgrees'], ['confirmed', 'readBackAgrees']) })),
    ).toBe(true);
    expect(
      isConfirmed(ledgerEntry({ members: members(['confirmed', 'readBackAgrees'], ['unknown', 'notReadable']) })),
    ).toBe(false);
  });
});
