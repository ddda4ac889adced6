import { createHash } from 'node:crypto';
import { z } from 'zod';
import { badRequest, LIMITS } from './limits';
import type { Position } from './ordered';
import type { Row } from './row';

/** What a page is cut from. `epoch` changes when the store is reset, which ends every cursor. */
export type PageRequest = {
  /** Rows that match, in order, from after a place on (undefined: from the beginning). */
  readonly rowsAfter: (place: Position | undefined) => Iterable<Row>;
  /** By what rows are ordered; rows of equal rank are ordered by key. */
  readonly rankOf: (row: Row) => unknown;
  /** Filters that are applied to the rows of a page after it was cut; a page may be empty and go on. */
  readonly keeps?: ((row: Row) => boolean) | undefined;
  /** Whether a page that is full has a cursor though nothing follows. */
  readonly goesOn?: () => boolean;
  readonly limit: number | undefined;
  readonly cursor: string | undefined;
  /** The query without cursor and limit: a cursor of another query is refused. */
  readonly query: unknown;
  readonly epoch: string;
};

const cursorSchema = z.object({ stamp: z.string(), rank: z.unknown(), key: z.string() });

/**
 * One page of rows and the cursor to the next, undefined after the last: it leads on from the last row that
 * was looked at. Refuses limits outside 1 to 100 and foreign cursors.
 */
export function cutPage({
  rowsAfter,
  rankOf,
  keeps = () => true,
  goesOn = () => false,
  limit = LIMITS.defaultQueryRows,
  cursor,
  query,
  epoch,
}: PageRequest): { rows: Row[]; cursor: string | undefined } {
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMITS.queryRows) {
    throw badRequest('INVALID_LIMIT', `A query returns 1 to ${LIMITS.queryRows} rows, not ${limit}`);
  }
  const stamp = createHash('sha256')
    .update(JSON.stringify([epoch, query]))
    .digest('base64url');
  const rows: Row[] = [];
  const cut = (isLast: boolean): { rows: Row[]; cursor: string | undefined } => {
    const last = rows.at(-1);
    return {
      rows: rows.filter(keeps),
      cursor: isLast || last === undefined ? undefined : encode({ stamp, rank: rankOf(last), key: last.key }),
    };
  };
  for (const row of rowsAfter(cursor === undefined ? undefined : readCursor(cursor, stamp))) {
    if (rows.length === limit) return cut(false);
    rows.push(row);
  }
  return cut(!(rows.length === limit && goesOn()));
}

function encode(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function readCursor(cursor: string, stamp: string): Position {
  try {
    const { stamp: own, ...position } = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    if (own === stamp) return position;
  } catch {
    // Not one of ours: refused below, like one of another query.
  }
  throw badRequest('INVALID_CURSOR', 'The cursor is not of this query, or the store was reset since');
}
