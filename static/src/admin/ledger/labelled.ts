import { segmentLabels, type LedgerRecord, type Segment } from '@contract';

/** Entries with their segments under labels: two of one name are told apart by their ids. */
export function labelledEntries(entries: readonly LedgerRecord[]): LedgerRecord[] {
  const labelOf = segmentLabels(entries.flatMap(({ from, to }) => [from, to].filter((segment) => segment !== null)));
  const labelled = (segment: Segment): Segment => ({ id: segment.id, name: labelOf(segment) });
  return entries.map((entry): LedgerRecord => {
    switch (entry.kind) {
      case 'move':
        return { ...entry, from: labelled(entry.from), to: labelled(entry.to) };
      case 'remove':
        return { ...entry, from: labelled(entry.from) };
      case 'add':
        return { ...entry, to: labelled(entry.to) };
      case 'link':
      case 'unlink':
        return entry;
    }
  });
}
