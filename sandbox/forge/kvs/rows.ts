import { z } from 'zod';
import type { Clock } from '../clock';
import type { MetadataFields, WriteRequest } from './requests';
import { badRequest, LIMITS } from './limits';

const rowSchema = z.object({
  key: z.string(),
  value: z.unknown(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
  expiresAtMs: z.number().nullable(),
});

/** One stored value. */
export type Row = z.infer<typeof rowSchema>;

/** Where a row stands: among the plain keys, the secrets, or the rows of an entity. */
export type Space = { readonly kind: 'plain' } | { readonly kind: 'secret' } | { readonly kind: 'entity'; readonly name: string };

/** All rows as JSON: space name → rows. */
export type KvsSnapshot = { readonly version: 1; readonly spaces: Record<string, Row[]> };

const snapshotSchema = z.object({ version: z.literal(1), spaces: z.record(z.string(), z.array(rowSchema)) });

/** The rows in memory. A row whose time is over stays readable until the sweep, `ttlLagMs` later. */
export type Rows = {
  readonly read: (space: Space, key: string) => Row | undefined;
  readonly list: (space: Space) => Row[];
  readonly write: (space: Space, row: Row) => void;
  readonly remove: (space: Space, key: string) => void;
  readonly clear: () => void;
  readonly snapshot: () => KvsSnapshot;
  readonly restore: (snapshot: unknown) => void;
};

/** Makes an empty set of rows. `ttlLagMs` is how long an expired row can still be read. */
export function createRows(clock: Clock, ttlLagMs: () => number): Rows {
  const spaces = new Map<string, Map<string, Row>>();
  const rowsOf = (space: Space): Map<string, Row> => {
    const name = nameOf(space);
    const found = spaces.get(name) ?? new Map<string, Row>();
    spaces.set(name, found);
    return found;
  };
  const swept = (row: Row): boolean => row.expiresAtMs !== null && row.expiresAtMs + ttlLagMs() <= clock.now();
  const read = (space: Space, key: string): Row | undefined => {
    const row = rowsOf(space).get(key);
    if (row === undefined || !swept(row)) return row;
    rowsOf(space).delete(key);
    return undefined;
  };
  return {
    read,
    list: (space) => [...rowsOf(space).keys()].flatMap((key) => read(space, key) ?? []),
    write: (space, row) => void rowsOf(space).set(row.key, row),
    remove: (space, key) => void rowsOf(space).delete(key),
    clear: () => spaces.clear(),
    snapshot: () => {
      const filled = [...spaces].filter(([, rows]) => rows.size > 0);
      return { version: 1, spaces: Object.fromEntries(filled.map(([name, rows]) => [name, structuredClone([...rows.values()])])) };
    },
    restore: (snapshot) => {
      const parsed = snapshotSchema.parse(snapshot);
      spaces.clear();
      for (const [name, rows] of Object.entries(parsed.spaces)) spaces.set(name, new Map(rows.map((row) => [row.key, row])));
    },
  };
}

function nameOf(space: Space): string {
  return space.kind === 'entity' ? `entity:${space.name}` : space.kind;
}

const UNIT_MS = { SECONDS: 1_000, MINUTES: 60_000, HOURS: 3_600_000, DAYS: 86_400_000 } as const;

/** The row that a write leaves, given the one that stood there. Refuses a TTL of more than a year. */
export function nextRow({ key, value, options }: WriteRequest, previous: Row | undefined, nowMs: number): Row {
  const ttl = options?.ttl;
  const ttlMs = ttl === undefined ? null : ttl.value * UNIT_MS[ttl.unit];
  if (ttlMs !== null && ttlMs > LIMITS.ttlMs) throw badRequest('INVALID_TTL', 'A time to live is at most one year');
  return {
    key,
    value: structuredClone(value),
    createdAtMs: previous?.createdAtMs ?? nowMs,
    updatedAtMs: nowMs,
    expiresAtMs: ttlMs === null ? null : nowMs + ttlMs,
  };
}

/** A row as the store answers it, with the metadata that was asked for. */
export function rowAnswer(row: Row, fields: MetadataFields): Record<string, unknown> {
  const { key, createdAtMs, updatedAtMs, expiresAtMs } = row;
  return {
    key,
    value: structuredClone(row.value),
    ...(fields?.includes('CREATED_AT') === true ? { createdAt: createdAtMs } : {}),
    ...(fields?.includes('UPDATED_AT') === true ? { updatedAt: updatedAtMs } : {}),
    ...(fields?.includes('EXPIRE_TIME') === true && expiresAtMs !== null ? { expireTime: new Date(expiresAtMs).toISOString() } : {}),
  };
}
