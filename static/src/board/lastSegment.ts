import type { BoardMember, Segment } from '@contract';
import type { Column } from './state';

/** How many are in no other segment, as far as the columns are read; sure where all of them are. */
type LastSegment = { readonly count: number; readonly isSure: boolean };

/** For how many of some members a segment is the only one that they are in. */
export function lastSegmentOf(members: readonly BoardMember[], from: Segment, columns: readonly Column[]): LastSegment {
  const others = columns.filter(({ segment }) => segment.id !== from.id);
  const elsewhere = new Set(others.flatMap((column) => column.members.map(([id]) => id)));
  return {
    count: members.filter(([id]) => !elsewhere.has(id)).length,
    isSure: others.every(({ loading }) => loading.state === 'loaded'),
  };
}
