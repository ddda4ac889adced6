import { z } from 'zod';
import type { Clock } from '../clock';
import type { EntityIndex } from './entities';
import { createIndexedRows, type IndexedRows } from './indexed';
import type { Direction, Position } from './ordered';
import { rowSchema, type Row } from './row';

/** Where a row stands: among the plain keys, the secrets, or the rows of an entity. */
export type Space =
  { readonly kind: 'plain' } | { readonly kind: 'secret' } | { readonly kind: 'entity'; readonly name: string };

/** All rows as JSON: space name → rows. */
export type KvsSnapshot = { readonly version: 1; readonly spaces: Record<string, Row[]> };

const snapshotSchema = z.object({ version: z.literal(1), spaces: z.record(z.string(), z.array(rowSchema)) });

/** A walk through one partition of an index. @see OrderedRows.walk */
type IndexWalk = {
  readonly index: EntityIndex;
  readonly partition: readonly unknown[];
  readonly direction: Direction;
  readonly before: (position: Position) => boolean;
};

/** The rows in memory. A row whose time is over stays readable until the sweep, `ttlLagMs` later. */
export type Rows = {
  readonly read: (space: Space, key: string) => Row | undefined;
  readonly list: (space: Space) => Row[];
  /** Walks through one partition of an index of an entity, as it was `queryLagMs` ago. @see OrderedRows.walk */
  readonly walk: (entity: string, walk: IndexWalk) => Generator<Row>;
  readonly write: (space: Space, row: Row) => void;
  readonly remove: (space: Space, key: string) => void;
  readonly clear: () => void;
  readonly snapshot: () => KvsSnapshot;
  readonly restore: (snapshot: unknown) => void;
};

/** How far the store is behind, in milliseconds. */
export type Lags = {
  /** How long an expired row can still be read. */
  readonly ttlLagMs: () => number;
  /** How long an index goes on showing what a change replaced. */
  readonly queryLagMs: () => number;
};

type RowsState = Lags & {
  readonly clock: Clock;
  readonly indexes: Map<string, IndexedRows>;
  readonly spaces: Map<string, Map<string, Row>>;
};

/** Makes an empty set of rows. A lag of the indexes holds for changes that come after it was set. */
export function createRows(clock: Clock, lags: Lags): Rows {
  const state: RowsState = { ...lags, clock, indexes: new Map(), spaces: new Map() };
  return {
    read: (space, key) => read(state, space, key),
    list: (space) => [...rowsOf(state, space).keys()].flatMap((key) => read(state, space, key) ?? []),
    *walk(entity, { index, partition, direction, before }) {
      const ordered = indexedOf(state, { kind: 'entity', name: entity }).ordered(index, partition);
      for (const { row } of ordered.walk(direction, before)) if (!isSwept(state, row)) yield row;
    },
    write: (space, row) => {
      rowsOf(state, space).set(row.key, row);
      if (space.kind === 'entity') indexedOf(state, space).change(row.key, row, clock.now());
    },
    remove: (space, key) => {
      rowsOf(state, space).delete(key);
      if (space.kind === 'entity') indexedOf(state, space).change(key, undefined, clock.now());
    },
    clear: () => clear(state),
    snapshot: () => snapshotOf(state),
    restore: (snapshot) => restore(state, snapshot),
  };
}

function rowsOf({ spaces }: RowsState, space: Space): Map<string, Row> {
  const name = nameOf(space);
  const found = spaces.get(name) ?? new Map<string, Row>();
  spaces.set(name, found);
  return found;
}

function indexedOf({ indexes, clock, queryLagMs }: RowsState, space: Space): IndexedRows {
  const name = nameOf(space);
  const found = indexes.get(name) ?? createIndexedRows(clock.now, queryLagMs);
  indexes.set(name, found);
  return found;
}

function isSwept({ clock, ttlLagMs }: RowsState, row: Row): boolean {
  return row.expiresAtMs !== null && row.expiresAtMs + ttlLagMs() <= clock.now();
}

function read(state: RowsState, space: Space, key: string): Row | undefined {
  const row = rowsOf(state, space).get(key);
  if (row === undefined || !isSwept(state, row)) return row;
  rowsOf(state, space).delete(key);
  return undefined;
}

function clear({ spaces, indexes }: RowsState): void {
  spaces.clear();
  indexes.clear();
}

function snapshotOf({ spaces }: RowsState): KvsSnapshot {
  const filled = [...spaces].filter(([, rows]) => rows.size > 0);
  return {
    version: 1,
    spaces: Object.fromEntries(filled.map(([name, rows]) => [name, structuredClone([...rows.values()])])),
  };
}

function restore(state: RowsState, snapshot: unknown): void {
  const parsed = snapshotSchema.parse(snapshot);
  clear(state);
  for (const [name, rows] of Object.entries(parsed.spaces)) {
    state.spaces.set(name, new Map(rows.map((row) => [row.key, row])));
    const indexed = createIndexedRows(state.clock.now, state.queryLagMs);
    // What is restored has been there long enough for every index.
    for (const row of rows) indexed.change(row.key, row, Number.NEGATIVE_INFINITY);
    state.indexes.set(name, indexed);
  }
}

function nameOf(space: Space): string {
  return space.kind === 'entity' ? `entity:${space.name}` : space.kind;
}
