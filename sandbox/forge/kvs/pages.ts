import { createHash } from 'node:crypto';
import { z } from 'zod';
import { order } from './conditions';
import { badRequest, LIMITS } from './limits';
import type { Row } from './rows';

/** What a page is cut from. `epoch` changes when the store is reset, which ends every cursor. */
export type PageRequest = {
  readonly rows: readonly Row[];
  /** By what rows are ordered; rows of equal rank are ordered by key. */
  readonly rankOf: (row: Row) => unknown;
  readonly direction: 'ASC' | 'DESC';
  readonly limit: number | undefined;
  readonly cursor: string | undefined;
  /** The query without cursor and limit: a cursor of another query is refused. */
  readonly query: unknown;
  readonly epoch: string;
};

const cursorSchema = z.object({ stamp: z.string(), rank: z.unknown(), key: z.string() });

/** One page of rows and the cursor to the next, undefined after the last. Refuses limits outside 1 to 100 and foreign cursors. */
export function cutPage({ rows, rankOf, direction, limit = LIMITS.defaultQueryRows, cursor, query, epoch }: PageRequest): { rows: Row[]; cursor: string | undefined } {
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMITS.queryRows) {
    throw badRequest('INVALID_LIMIT', `A query returns 1 to ${LIMITS.queryRows} rows, not ${limit}`);
  }
  const sign = direction === 'ASC' ? 1 : -1;
  const compare = (rankA: unknown, keyA: string, rankB: unknown, keyB: string): number => sign * (order(rankA, rankB) || order(keyA, keyB));
  const sorted = rows.toSorted((a, b) => compare(rankOf(a), a.key, rankOf(b), b.key));
  const stamp = createHash('sha256').update(JSON.stringify([epoch, query])).digest('base64url');
  const after = cursor === undefined ? undefined : readCursor(cursor, stamp);
  const rest = after === undefined ? sorted : sorted.filter((row) => compare(rankOf(row), row.key, after.rank, after.key) > 0);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const next = last !== undefined && rest.length > page.length ? encode({ stamp, rank: rankOf(last), key: last.key }) : undefined;
  return { rows: page, cursor: next };
}

function encode(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function readCursor(cursor: string, stamp: string): z.infer<typeof cursorSchema> {
  try {
    const position = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    if (position.stamp === stamp) return position;
  } catch {
    // Not one of ours: refused below, like one of another query.
  }
  throw badRequest('INVALID_CURSOR', 'The cursor is not of this query, or the store was reset since');
}
