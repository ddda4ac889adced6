import type { LedgerEntry } from './ledger';

/** Whether Shorter Loop has accepted a write that no reading shows yet: it may show later, or never. */
export function isAccepted({ state, answer }: Pick<LedgerEntry, 'state' | 'answer'>): boolean {
  if (state !== 'undecided' || answer === null) return false;
  return answer.cause === null || (answer.cause === 'malformed' && answer.status !== null && EMPTY.has(answer.status));
}

/** The statuses that accept a request without a word of what came of it. */
const EMPTY = new Set([202, 204, 205]);
