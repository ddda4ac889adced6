import { kvs, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import { readMany, writeAll, type Place } from './batch';
import { forEachGroup, inGroupsOf, KEYS_AT_ONCE } from './groups';
import { readRows } from './pages';
import { compareAndSwap, versioned, type Versioned } from './versioned';

/** The entity that keeps with what the field of a reporter's issues was filled last. Key: the reporter's account id. */
const FIELD_ENTITY = 'field';
/** The most that Forge returns at once. */
const PAGE = 100;

const rowSchema = z.object({
  state: z.enum(['due', 'filled']),
  digest: z.string(),
  atMs: z.number(),
  isForced: z.boolean(),
  revision: z.string(),
});

/**
 * A reporter whose issues the field was filled for (`filled`), or is to be (`due`), and since when, in milliseconds
 * since the epoch. `digest` says with what it was filled, and means nothing while it is due. `isForced`: what a search
 * tells of the field may be older than what was just written, so that every issue is written.
 */
export type FieldRow = Versioned<{
  readonly accountId: string;
  readonly state: 'due' | 'filled';
  readonly digest: string;
  readonly atMs: number;
  readonly isForced: boolean;
}>;

/** What stands for an empty field. */
export const NOTHING_SHOWN = 'none';

const place = (accountId: string): Place => ({ key: accountId, entityName: FIELD_ENTITY });

/** What is kept of these reporters; who has no row is left out. Throws ForgeKvsError when storage fails. */
export function readFieldRows(accountIds: readonly string[]): Promise<Map<string, FieldRow>> {
  return readMany(accountIds, place, (accountId, row) => fieldRowOf(accountId, row));
}

/** How long Jira's search may be behind what was written into a field. Assumed: it is documented to be, not how far. */
const SEARCH_LAG_MS = 10 * 60 * 1_000;

/**
 * Marks reporters as due, those with a row and those without. Whoever is filling them at this moment finds another
 * revision, and leaves them due. Throws ForgeKvsError when storage fails: some may be marked then.
 */
export async function markDue(accountIds: readonly string[], nowMs: number): Promise<void> {
  await forEachGroup(inGroupsOf([...new Set(accountIds)], KEYS_AT_ONCE), async (some) => {
    const known = await readFieldRows(some);
    const isForced = (row: FieldRow | undefined): boolean =>
      row !== undefined && (row.state === 'due' || nowMs - row.atMs < SEARCH_LAG_MS);
    await writeAll(
      FIELD_ENTITY,
      some.map((accountId) => ({
        key: accountId,
        value: versioned({
          state: 'due',
          digest: NOTHING_SHOWN,
          atMs: nowMs,
          isForced: isForced(known.get(accountId)),
        }),
      })),
    );
  });
}

/**
 * Notes that a reporter's issues are filled. Where they were marked anew or filled by another meanwhile, nobody knows
 * whose values came last, and they are due once more. Throws as storage does.
 */
export async function markFilled(row: FieldRow, digest: string, nowMs: number): Promise<void> {
  const next = versioned({ state: 'filled', digest, atMs: nowMs, isForced: false });
  if (!(await compareAndSwap(FIELD_ENTITY, row.accountId, row, next))) await markDue([row.accountId], nowMs);
}

/**
 * Reporters who are due, those who wait longest first; a query may be some seconds behind, so that each is read once
 * more. Throws ForgeKvsError when storage fails.
 */
export async function dueRows(limit: number): Promise<FieldRow[]> {
  const { rows } = await readRows(dueQuery(), limit);
  const now = await readFieldRows(rows.map(({ key }) => key));
  return [...now.values()].filter(({ state }) => state === 'due');
}

/** How many reporters are due, as far as the limit. Throws ForgeKvsError when storage fails. */
export async function countDue(limit: number): Promise<number> {
  return (await readRows(dueQuery(), limit)).rows.length;
}

/** Rows by account id, from the one after `after` on ('' for the first). Throws ForgeKvsError when storage fails. */
export async function fieldRowsAfter(after: string): Promise<{ readonly rows: FieldRow[]; readonly isAll: boolean }> {
  const query = kvs.entity<unknown>(FIELD_ENTITY).query().index('by-key');
  const { rows, isAll } = await readRows(after === '' ? query : query.where(WhereConditions.greaterThan(after)), PAGE);
  return { rows: rows.map(({ key, value }) => fieldRowOf(key, value)), isAll };
}

function dueQuery() {
  return kvs
    .entity<unknown>(FIELD_ENTITY)
    .query()
    .index('by-state', { partition: ['due'] });
}

function fieldRowOf(accountId: string, row: unknown): FieldRow {
  return { accountId, ...rowSchema.parse(row) };
}
