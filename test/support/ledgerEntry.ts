import type { LedgerEntry } from '../../src/contract';

/** A confirmed move of member 7 from segment 19 to 15, with what a test wants to be different. */
export function ledgerEntry(overrides: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    operationId: '11111111-1111-4111-8111-111111111111',
    kind: 'move',
    door: 'panel',
    state: 'finished',
    actorAccountId: 'agent-1',
    reporterAccountId: 'reporter-1',
    issueId: '10001',
    issueKey: 'ACME-101',
    from: { id: 19, name: 'Beta testers' },
    to: { id: 15, name: 'Early adopters' },
    members: [{ memberId: 7, outcome: 'confirmed', reason: 'readBackAgrees' }],
    dialect: 'put-segment-users',
    answer: { status: 200, cause: null, count: 1 },
    intendedAtMs: 1_700_000_000_000,
    finishedAtMs: 1_700_000_000_400,
    recoveredAtMs: null,
    undoes: null,
    ...overrides,
  };
}
