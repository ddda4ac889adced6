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

/** The rows in memory. A row whose time is over stays readable until the sweep, `ttlLagMs` later. */
export type Rows = {
  readonly read: (space: Space, key: string) => Row | undefined;
  readonly list: (space: Space) => Row[];
  /** Walks through one partition of an index of an entity, as it was `queryLagMs` ago. @see OrderedRows.walk */
  readonly walk: (
    entity: string,
    index: EntityIndex,
    partition: readonly unknown[],
    direction: Direction,
    before: (position: Position) => boolean,
  ) => Generator<Row>;
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

/** Makes an empty set of rows. A lag of the indexes holds for changes that come after it was set. */
export function createRows(clock: Clock, { ttlLagMs, queryLagMs }: Lags): Rows {
  const indexes = new Map<string, IndexedRows>();
  const spaces = new Map<string, Map<string, Row>>();
  const rowsOf = (space: Space): Map<string, Row> => {
    const name = nameOf(space);
    const found = spaces.get(name) ?? new Map<string, Row>();
    spaces.set(name, found);
    return found;
  };
  const indexedOf = (space: Space): IndexedRows => {
    const name = nameOf(space);
    const found = indexes.get(name) ?? createIndexedRows(clock.now, queryLagMs);
    indexes.set(name, found);
    return found;
  };
  const swept = (row: Row): boolean => row.expiresAtMs !== null && row.expiresAtMs + ttlLagMs() <= clock.now();
  const read = (space: Space, key: string): Row | undefined => {
    const row = rowsOf(space).get(key);
    if (row === undefined || !swept(row)) return row;
    rowsOf(space).delete(key);
    return undefined;
  };
  const clear = (): void => {
    spaces.clear();
    indexes.clear();
  };
  return {
    read,
    list: (space) => [...rowsOf(space).keys()].flatMap((key) => read(space, key) ?? []),
    *walk(entity, index, partition, direction, before) {
      for (const { row } of indexedOf({ kind: 'entity', name: entity })
        .ordered(index, partition)
        .walk(direction, before))
        if (!swept(row)) yield row;
    },
    write: (space, row) => {
      rowsOf(space).set(row.key, row);
      if (space.kind === 'entity') indexedOf(space).change(row.key, row, clock.now());
    },
    remove: (space, key) => {
      rowsOf(space).delete(key);
      if (space.kind === 'entity') indexedOf(space).change(key, undefined, clock.now());
    },
    clear,
    snapshot: () => {
      const filled = [...spaces].filter(([, rows]) => rows.size > 0);
      return {
        version: 1,
        spaces: Object.fromEntries(filled.map(([name, rows]) => [name, structuredClone([...rows.values()])])),
      };
    },
    restore: (snapshot) => {
      const parsed = snapshotSchema.parse(snapshot);
      clear();
      for (const [name, rows] of Object.entries(parsed.spaces)) {
        spaces.set(name, new Map(rows.map((row) => [row.key, row])));
        const indexed = createIndexedRows(clock.now, queryLagMs);
        // What is restored has been there long enough for every index.
        for (const row of rows) indexed.change(row.key, row, Number.NEGATIVE_INFINITY);
        indexes.set(name, indexed);
      }
    },
  };
}

function nameOf(space: Space): string {
  return space.kind === 'entity' ? `entity:${space.name}` : space.kind;
}
