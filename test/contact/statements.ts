import type { LedgerEntry } from '../../src/contract';
import type { Simulator } from '../../sandbox/shorterloop';

/** What an entry says, as far as it is a statement about the world. */
export type Said = Pick<LedgerEntry, 'kind' | 'from' | 'to' | 'members' | 'operationId'> & {
  readonly state: LedgerEntry['state'];
};

/** Whether somebody is where a write should have put them. */
function isThere(truth: Simulator['truth'], said: Said, memberId: number): boolean {
  const here = truth.membershipsOf(memberId);
  return (said.from === null || !here.includes(said.from.id)) && (said.to === null || here.includes(said.to.id));
}

/**
 * What is wrong about a write's outcome, at the moment at which it is told: a confirmation has to be true then, and
 * nothing may be told for good of a write that was done after all.
 */
export function wrongOutcomes(truth: Simulator['truth'], said: Said, where: string): string[] {
  if (said.state !== 'finished') return [];
  return said.members.flatMap(({ memberId, outcome, reason }) => {
    const words = `${where}: ${said.kind} ${String(outcome)} ${String(reason)}`;
    const is = isThere(truth, said, memberId);
    const wasDone = truth
      .writes()
      .some(
        (write) =>
          write.kind === said.kind &&
          write.from === (said.from?.id ?? null) &&
          write.to === (said.to?.id ?? null) &&
          write.applied.includes(memberId),
      );
    switch (outcome) {
      case 'confirmed':
        return is ? [] : [`${words}, and they are not there`];
      case 'refused':
        return is && wasDone ? [`${words}, and it was done`] : [];
      case 'notConfirmed':
        return reason === 'unchanged' && is && wasDone ? [`${words}, and it was done`] : [];
      default:
        return [];
    }
  });
}
