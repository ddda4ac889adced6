import type { Problem, ProofName, Proofs, ReadPlan, WriteKind } from '../../contract';
import type { StoredSettings } from '../../adapters/store';

/** What stands in the way of each kind of write, for everybody; null where nothing does. */
export type WriteRefusals = Readonly<Record<WriteKind, Problem | null>>;

/** Nothing stands in the way of any write. */
export const NOTHING_REFUSED: WriteRefusals = { move: null, remove: null, add: null };

/**
 * What stands in the way of each kind of write: that nothing could be read back, that others were changed beside one,
 * or that nobody has seen yet that it works.
 */
export function writeRefusals({ proofs, stops, connection }: StoredSettings): WriteRefusals {
  const isReadable = areReadsProven(proofs, connection.profile.readPlan);
  const refusalOf = (kind: WriteKind): Problem | null => {
    if (!isReadable) return { code: 'notProven' };
    const stop = stops.find((one) => one.kind === kind);
    if (stop !== undefined) return { code: 'writesStopped', kind, operationId: stop.operationId };
    return proofs[kind] === undefined ? { code: 'writeNotProven', kind } : null;
  };
  const [move, remove, add] = [refusalOf('move'), refusalOf('remove'), refusalOf('add')];
  return { move, remove, add };
}

/** Whether everything is proven that a write is planned from and read back by. */
export function areReadsProven(proofs: Proofs, readPlan: ReadPlan): boolean {
  const needed: readonly ProofName[] =
    readPlan === 'all-at-once'
      ? ['listSegments', 'segmentWithMembers', 'segmentsWithMembers']
      : ['listSegments', 'segmentWithMembers'];
  return needed.every((name) => proofs[name] !== undefined);
}

/** What stands in the way of adding people by their address, for everybody: that nobody has seen it work. */
export function inviteRefusal(proofs: Proofs): Problem | null {
  return proofs.addByEmail === undefined ? { code: 'featureOff', feature: 'addByEmail' } : null;
}
