import type { LedgerEntry } from '@contract';

/** Whether Shorter Loop has accepted a write that no reading shows yet: it may show later, or never. */
export function isAccepted({ state, answer }: Pick<LedgerEntry, 'state' | 'answer'>): boolean {
  return state === 'undecided' && answer !== null && answer.cause === null;
}
