import type { QueuedChange } from '../../src/adapters/store';

/** A rule's move of a reporter that has waited for nothing yet, with what a test wants to be different. */
export function queuedChange(overrides: Partial<QueuedChange> = {}): QueuedChange {
  const nowMs = Date.now();
  return {
    requestId: 'request-1',
    state: 'queued',
    kind: 'move',
    source: '19',
    target: '15',
    entryPoint: 'automation',
    actorAccountId: 'agent-1',
    apiClientId: null,
    reporterAccountId: 'reporter-1',
    issueId: '10001',
    issueKey: 'ACME-101',
    askedAtMs: nowMs,
    notBeforeMs: nowMs,
    attempt: 1,
    failure: null,
    ...overrides,
  };
}
