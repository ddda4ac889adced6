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
  switch (entry.kind) {
    case 'add':
      return isConfirmed ? words.added(entry.to.name) : words.add(entry.to.name);
    case 'remove':
      return isConfirmed ? words.removed(entry.from.name) : words.remove(entry.from.name);
    case 'move': {
      const { from, to, undoes } = entry;
      if (undoes !== null) return isConfirmed ? words.movedBack(from.name, to.name) : words.moveBack(from.name, to.name);
      return isConfirmed ? words.moved(from.name, to.name) : words.move(from.name, to.name);
    }
  }
}
