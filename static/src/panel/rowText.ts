import type { LedgerEntry, Outcome } from '../../../src/contract';
import { texts } from '../texts';

/** The outcome of a ledger entry about one member; null when the write never came to an end. */
export function outcomeOf(entry: LedgerEntry): Outcome | null {
  if (entry.state === 'intended') return null;
  return entry.members[0]?.outcome ?? 'unknown';
}

/** A ledger entry in words: "Moved …" only when that is confirmed, and "Move …" for everything else. */
export function rowText(entry: LedgerEntry): string {
  const words = texts.panel.row;
  const isConfirmed = outcomeOf(entry) === 'confirmed';
  const from = entry.from.name;
  if (entry.to === null) return isConfirmed ? words.removed(from) : words.remove(from);
  const to = entry.to.name;
  if (entry.undoes !== null) return isConfirmed ? words.movedBack(from, to) : words.moveBack(from, to);
  return isConfirmed ? words.moved(from, to) : words.move(from, to);
}
