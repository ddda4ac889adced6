import { attributeOf } from './conditions';
import type { EntityIndex } from './entities';
import { createOrderedRows, type OrderedRows, type Placed, type Position } from './ordered';
import type { Row } from './row';

/** The rows of one entity as its indexes show them. */
export type IndexedRows = {
  /** Tells of a row that was written, or removed (undefined), at a time in milliseconds. */
  readonly change: (key: string, row: Row | undefined, atMs: number) => void;
  /** The rows of one partition of an index in its order; rows that have expired are among them. */
  readonly ordered: (index: EntityIndex, partition: readonly unknown[]) => OrderedRows;
};

type Change = { readonly key: string; readonly row: Row | undefined; readonly atMs: number };
type Built = { readonly index: EntityIndex; readonly partitions: Map<string, OrderedRows> };

const NONE = createOrderedRows();

/**
 * Keeps indexes in order change by change, each built when it is first asked. A change that is not
 * yet older than the lag waits, so that queries show the rows as they were so long ago.
 */
export function createIndexedRows(nowMs: () => number, lagMs: () => number): IndexedRows {
  const shown = new Map<string, Row>();
  const built = new Map<string, Built>();
  const coming: Change[] = [];
  const apply = ({ key, row }: Change): void => {
    const before = shown.get(key);
    if (row === undefined) shown.delete(key);
    else shown.set(key, row);
    for (const one of built.values()) {
      if (before !== undefined) leave(one, before);
      if (row !== undefined) enter(one, row);
    }
  };
  const catchUp = (): void => {
    const dueMs = nowMs() - lagMs();
    const due = coming.findIndex(({ atMs }) => atMs > dueMs);
    coming.splice(0, due === -1 ? coming.length : due).forEach(apply);
  };
  const build = (index: EntityIndex): Built => {
    const placed = new Map<string, Placed[]>();
    for (const row of shown.values()) {
      const place = placeOf(index, row);
      if (place === null) continue;
      const known = placed.get(place.partition);
      if (known === undefined) placed.set(place.partition, [{ ...place.position, row }]);
      else known.push({ ...place.position, row });
    }
    const made: Built = {
      index,
      partitions: new Map([...placed].map(([partition, rows]) => [partition, createOrderedRows(rows)])),
    };
    built.set(index.name, made);
    return made;
  };
  return {
    change: (key, row, atMs) => {
      coming.push({ key, row, atMs });
      if (lagMs() === 0) catchUp();
    },
    ordered: (index, partition) => {
      catchUp();
      return (built.get(index.name) ?? build(index)).partitions.get(JSON.stringify(partition)) ?? NONE;
    },
  };
}

function enter({ index, partitions }: Built, row: Row): void {
  const place = placeOf(index, row);
  if (place === null) return;
  const rows = partitions.get(place.partition) ?? createOrderedRows();
  partitions.set(place.partition, rows);
  rows.add({ ...place.position, row });
}

function leave({ index, partitions }: Built, row: Row): void {
  const place = placeOf(index, row);
  if (place !== null) partitions.get(place.partition)?.remove(place.position);
}

/** Where a row stands in an index; null when it lacks one of the index's attributes. */
function placeOf(
  { partition, range: [range] }: EntityIndex,
  row: Row,
): { readonly partition: string; readonly position: Position } | null {
  const values = partition.map((name) => attributeOf(row.value, name));
  const rank = range === undefined ? row.key : attributeOf(row.value, range);
  if (rank === undefined || values.includes(undefined)) return null;
  return { partition: JSON.stringify(values), position: { rank, key: row.key } };
}
