import type { LedgerEntry } from '../../src/contract';
import type { Simulator } from '../../sandbox/shorterloop';

type Truth = Simulator['truth'];
type Applied = ReturnType<Truth['writes']>[number];

/** What an entry says, as far as it is a statement about the world. */
export type Said = Pick<LedgerEntry, 'kind' | 'from' | 'to' | 'members' | 'state' | 'intendedAtMs' | 'finishedAtMs'>;

/**
 * What is wrong about how a write is told to have ended: a confirmation has to have been true at some moment between
 * the write's beginning and its end, and nobody may be told to be where they were whom the write has moved. That Shorter
 * Loop shows no change is true as long as it shows none.
 */
export function wrongOutcomes(
  truth: Truth,
  said: Said,
  where: string,
  { latenessMs = 0, rows = [] }: Circumstances = {},
): string[] {
  if (said.state !== 'finished') return [];
  return said.members.flatMap(({ memberId, outcome, reason }) => {
    const words = `${where}: ${said.kind} ${String(outcome)} ${String(reason)}`;
    const places = placesDuring(truth, memberId, said);
    const nextAtMs = sameAfter(said, memberId, rows)?.intendedAtMs ?? Number.POSITIVE_INFINITY;
    const wasDone = truth.writes().some((write) => isOf(said, memberId, write) && write.atMs < nextAtMs);
    const isThereAtLast = isThere(said, places.at(-1) ?? new Set());
    switch (outcome) {
      case 'confirmed':
        return places.some((place) => isThere(said, place)) ? [] : [`${words}, and they were never there`];
      case 'refused':
        return wasDone && isThereAtLast ? [`${words}, and it was done`] : [];
      case 'notConfirmed':
        return reason === 'unchanged' && wasDone && isThereAtLast && isShown(truth, memberId, said, latenessMs)
          ? [`${words}, and it was done`]
          : [];
      default:
        return [];
    }
  });
}

/** How far the server's reads stand behind, and the other rows of the ledger. */
type Circumstances = { readonly latenessMs?: number; readonly rows?: readonly Said[] };

/**
 * The same write once more, begun when this one had ended and confirmed: the test tries one form after the other, and
 * while time is virtual within one millisecond. What was done from then on is that one's.
 */
function sameAfter({ kind, from, to, finishedAtMs }: Said, memberId: number, rows: readonly Said[]): Said | undefined {
  return rows.find(
    (other) =>
      other.kind === kind &&
      other.from?.id === from?.id &&
      other.to?.id === to?.id &&
      finishedAtMs !== null &&
      other.intendedAtMs >= finishedAtMs &&
      other.members.some((member) => member.memberId === memberId && member.outcome === 'confirmed'),
  );
}

/** Whether a read at the write's end showed somebody where it should have put them. */
function isShown(truth: Truth, memberId: number, said: Said, latenessMs: number): boolean {
  const finishedAtMs = (said.finishedAtMs ?? Number.POSITIVE_INFINITY) - latenessMs;
  return isThere(said, placesDuring(truth, memberId, { ...said, finishedAtMs }).at(-1) ?? new Set());
}

/** Whether a write that was done is the one that is told of. */
function isOf({ kind, from, to, intendedAtMs }: Said, memberId: number, write: Applied): boolean {
  const isSame = write.kind === kind && write.from === (from?.id ?? null) && write.to === (to?.id ?? null);
  return isSame && write.applied.includes(memberId) && write.atMs >= intendedAtMs;
}

/** Whether somebody in these segments is where a write should have put them. */
function isThere({ from, to }: Said, segmentIds: ReadonlySet<number>): boolean {
  return (from === null || !segmentIds.has(from.id)) && (to === null || segmentIds.has(to.id));
}

/** Where somebody was from the beginning of a write to its end, one set of segments after the other. */
function placesDuring(truth: Truth, memberId: number, { intendedAtMs, finishedAtMs }: Said): ReadonlySet<number>[] {
  let here = new Set(truth.initial.filter(({ memberIds }) => memberIds.includes(memberId)).map(({ id }) => id));
  const places: ReadonlySet<number>[] = [];
  for (const { atMs, changes = [] } of truth.writes()) {
    if (atMs > (finishedAtMs ?? Number.POSITIVE_INFINITY)) break;
    if (atMs >= intendedAtMs) places.push(here);
    here = new Set(here);
    for (const change of changes) {
      if (change.memberId !== memberId) continue;
      if (change.what === 'left') here.delete(change.segmentId);
      else here.add(change.segmentId);
    }
  }
  return [...places, here];
}
