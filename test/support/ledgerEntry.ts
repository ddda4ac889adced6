import type { LedgerEntry, Segment, WriteEnds } from '../../src/contract';

/** What a test may want to be different; the ends are put together by `kind`. */
type Overrides = Partial<Omit<LedgerEntry, keyof WriteEnds>> & {
  readonly kind?: WriteEnds['kind'];
  readonly from?: Segment | null;
  readonly to?: Segment | null;
};

const BETA_TESTERS: Segment = { id: 19, name: 'Beta testers' };
const EARLY_ADOPTERS: Segment = { id: 15, name: 'Early adopters' };

function endsOf(kind: WriteEnds['kind'], from: Segment, to: Segment): WriteEnds {
  switch (kind) {
    case 'move':
      return { kind, from, to };
    case 'remove':
      return { kind, from, to: null };
    case 'add':
      return { kind, from: null, to };
  }
}

/** A confirmed move of member 7 from segment 19 to 15, with what a test wants to be different. */
export function ledgerEntry(overrides: Overrides = {}): LedgerEntry {
  const { kind = 'move', from = BETA_TESTERS, to = EARLY_ADOPTERS, ...rest } = overrides;
  return {
    ...endsOf(kind, from ?? BETA_TESTERS, to ?? EARLY_ADOPTERS),
    operationId: '11111111-1111-4111-8111-111111111111',
    entryPoint: 'panel',
    state: 'finished',
    actorAccountId: 'agent-1',
    reporterAccountId: 'reporter-1',
    issueId: '10001',
    issueKey: 'ACME-101',
    members: [{ memberId: 7, outcome: 'confirmed', reason: 'readBackAgrees' }],
    form: 'PUT /api/v2/segments/{from}/segment-users/{to}',
    answer: { status: 200, cause: null, count: 1 },
    strays: null,
    intendedAtMs: 1_700_000_000_000,
    finishedAtMs: 1_700_000_000_400,
    recoveredAtMs: null,
    undoes: null,
    runId: null,
    apiClientId: null,
    requestDigest: null,
    ...rest,
  };
}
