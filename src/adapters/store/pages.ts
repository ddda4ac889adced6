import { z } from 'zod';

/** A query of an entity that can be continued; a query of `@forge/kvs` is one. */
export type Query<R> = {
  limit(limit: number): Query<R>;
  cursor(cursor: string): Query<R>;
  getMany(): Promise<{ readonly results: readonly R[]; readonly nextCursor?: string }>;
};

/** Rows of a query, and whether there are no more behind them. */
export type Rows<R> = { readonly rows: readonly R[]; readonly isAll: boolean };

/** The most rows that Forge returns at once. */
const MAX_AT_ONCE = 100;
/** A bound on calls, should storage answer nothing but cursors. */
const MAX_PAGES = 50;

/**
 * Reads rows of a query until there are so many, or no more. Only a missing cursor ends a query: a page
 * may hold fewer rows than asked for, or none, and the next ones still come. PageHeaders live within this call.
 * @param limit how many rows are wanted; there may be fewer only where `isAll`, or after a great many short pages
 * @see https://developer.atlassian.com/platform/forge/storage-reference/entities-api-query/ documented of filters
 */
export async function readRows<R>(query: Query<R>, limit: number): Promise<Rows<R>> {
  const rows: R[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    // A query is continued as it was begun, with the same limit: that one may change it is not documented.
    const page = query.limit(Math.min(limit, MAX_AT_ONCE));
    const { results, nextCursor } = await (cursor === undefined ? page : page.cursor(cursor)).getMany();
    rows.push(...results);
    const isAll = nextCursor === undefined && rows.length <= limit;
    if (nextCursor === undefined || rows.length >= limit) return { rows: rows.slice(0, limit), isAll };
    cursor = nextCursor;
  }
  return { rows, isAll: false };
}

/** What can be read of rows: one in a form that is none is left out, and keeps nobody from the others. */
export function readableOf<R, T>(rows: readonly R[], read: (row: R) => T): T[] {
  return rows.flatMap((row) => {
    try {
      return [read(row)];
    } catch (error) {
      if (error instanceof z.ZodError) return [];
      throw error;
    }
  });
}

/**
 * Every row of a query, however many, page by page. Cursors live within this invocation. For what is looked at in the
 * background, or is few by its nature: a page that somebody waits for reads with a limit.
 */
export async function* eachRow<R>(query: Query<R>): AsyncGenerator<R> {
  let cursor: string | undefined;
  do {
    const page = query.limit(MAX_AT_ONCE);
    const { results, nextCursor } = await (cursor === undefined ? page : page.cursor(cursor)).getMany();
    yield* results;
    cursor = nextCursor;
  } while (cursor !== undefined);
}
