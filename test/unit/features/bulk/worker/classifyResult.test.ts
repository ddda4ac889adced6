import type { LedgerEntry } from '../../../../../src/contract';
import { classifyResult, type Pending } from '../../../../../src/features/bulk/worker/classifyResult';
import { ledgerEntry } from '../../../../support/ledgerEntry';

const NOW = 1_000_000;
const person = {
  group: 1,
  place: 1,
  accountId: 'a',
  memberId: 7,
  verdict: 'willWrite',
  issueId: null,
  issueKey: null,
  projectId: null,
  result: null,
  reason: null,
  operationId: null,
  undoes: null,
} as const;
const first: Pending = { person, attempt: 1, answered: 0, tries: 0, notBeforeMs: 0 };
const unchanged = (facts: Partial<LedgerEntry>): LedgerEntry =>
  ledgerEntry({
    state: 'finished',
    members: [{ memberId: 7, outcome: 'notConfirmed', reason: 'unchanged' }],
    ...facts,
  });

/** How often a write about someone is made when each comes to the same. */
function writesMade(entry: LedgerEntry): number {
  let pending = first;
  for (;;) {
    const dispositions = classifyResult(pending, { kind: 'written', entry }, NOW);
    if (dispositions.kind === 'result') {
      expect(dispositions).toMatchObject({ result: 'notConfirmed', reason: 'unchanged' });
      return pending.attempt;
    }
    expect(dispositions.pending.notBeforeMs).toBeGreaterThan(NOW);
    ({ pending } = dispositions);
  }
}

it('makes a write that was heard to do nothing five times, and one whose process died 25 times', () => {
  expect(writesMade(unchanged({ recoveredAtMs: null }))).toBe(5);
  expect(writesMade(unchanged({ recoveredAtMs: NOW }))).toBe(25);
});

it('writes no more about someone whom a write may have reached', () => {
  const entry = unchanged({ members: [{ memberId: 7, outcome: 'unknown', reason: 'notReadable' }] });
  expect(classifyResult(first, { kind: 'written', entry }, NOW)).toMatchObject({ kind: 'result', result: 'unknown' });
});
