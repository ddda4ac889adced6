import { order } from './conditions';
import type { Row } from './row';

/** A row's place in an index: by rank, and among rows of equal rank by key. */
export type Position = { readonly rank: unknown; readonly key: string };
/** A row with its place. */
export type Placed = Position & { readonly row: Row };
/** Which way a walk goes. */
export type Direction = 'ASC' | 'DESC';

/** Rows in the order of an index. Adding, removing and finding a place cost little, however many there are. */
export type OrderedRows = {
  readonly add: (placed: Placed) => void;
  readonly remove: (position: Position) => void;
  /** Walks up from where `before` first says no, or down from where it last says yes; it must be monotonous. */
  readonly walk: (direction: Direction, before: (position: Position) => boolean) => Generator<Placed>;
};

/** Blocks hold half as many rows to as many: small enough to insert into, large enough to be few. */
const BLOCK_ROWS = 512;

/**
 * Negative, zero or positive as one place is before, at or after another. Ranks of unlike types stand apart
 * by type.
 */
export function comparePositions(a: Position, b: Position): number {
  const byRank = order(a.rank, b.rank);
  if (Number.isNaN(byRank)) return typeof a.rank < typeof b.rank ? -1 : 1;
  return byRank || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

/**
 * A list of sorted blocks, in which a place is found by halving twice.
 * @param rows what is in it at first, in any order
 */
export function createOrderedRows(rows: readonly Placed[] = []): OrderedRows {
  const sorted = rows.toSorted(comparePositions);
  const blocks = Array.from({ length: Math.ceil(sorted.length / BLOCK_ROWS) }, (_, at) =>
    sorted.slice(at * BLOCK_ROWS, (at + 1) * BLOCK_ROWS),
  );
  const blockOf = (before: (position: Position) => boolean): number => {
    const found = halve(blocks.length, (at) => isBefore(blocks[at]?.at(-1), before));
    return Math.min(found, blocks.length - 1);
  };
  const placeOf = (before: (position: Position) => boolean): { block: Placed[]; blockAt: number; at: number } => {
    const blockAt = blockOf(before);
    const block = blocks[blockAt] ?? [];
    return { block, blockAt, at: halve(block.length, (at) => isBefore(block[at], before)) };
  };
  const beforeThat =
    (position: Position) =>
    (other: Position): boolean =>
      comparePositions(other, position) < 0;
  return {
    add: (placed) => {
      if (blocks.length === 0) blocks.push([]);
      const { block, blockAt, at } = placeOf(beforeThat(placed));
      block.splice(at, 0, placed);
      if (block.length > BLOCK_ROWS) blocks.splice(blockAt + 1, 0, block.splice(BLOCK_ROWS / 2));
    },
    remove: (position) => {
      const { block, blockAt, at } = placeOf(beforeThat(position));
      const found = block[at];
      if (found === undefined || comparePositions(found, position) !== 0) return;
      block.splice(at, 1);
      if (block.length === 0) blocks.splice(blockAt, 1);
    },
    *walk(direction, before) {
      const step = direction === 'ASC' ? 1 : -1;
      const { blockAt, at } = placeOf(before);
      let inBlock = direction === 'ASC' ? at : at - 1;
      for (let block = blockAt; block >= 0 && block < blocks.length; block += step) {
        const walked = blocks[block] ?? [];
        for (; inBlock >= 0 && inBlock < walked.length; inBlock += step) {
          const placed = walked[inBlock];
          if (placed !== undefined) yield placed;
        }
        inBlock = direction === 'ASC' ? 0 : (blocks[block - 1]?.length ?? 0) - 1;
      }
    },
  };
}

function isBefore(position: Position | undefined, before: (position: Position) => boolean): boolean {
  return position !== undefined && before(position);
}

/** The first of `count` places of which `isBefore` says no; `count` when it says yes of all. */
function halve(count: number, isBefore: (at: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
