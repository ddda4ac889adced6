import { Filter, FilterConditions, kvs, Sort, WhereConditions } from '@forge/kvs';
import type { Case, KeyOf } from '../case';

const QUERY = 'sandbox/forge/kvs/query.ts';
const PAGES = 'sandbox/forge/kvs/pages.ts';

type Sample = {
  readonly batch: string;
  readonly text: string;
  readonly n: number;
  readonly done: boolean;
  readonly extra?: unknown;
};

/** Rows of one partition, numbered from 0; only the last one is done. */
async function seed(key: KeyOf, count: number): Promise<string> {
  const batch = key('batch');
  const rows = Array.from({ length: count }, (_, n) => ({
    key: key(String(n)),
    entityName: 'sample',
    value: { batch, text: n % 2 === 0 ? `even ${n}` : `odd ${n}`, n, done: n === count - 1, extra: n },
  }));
  for (let start = 0; start < rows.length; start += 25) await kvs.batchSet(rows.slice(start, start + 25));
  return batch;
}
const inBatch = (batch: string, index = 'by-batch') =>
  kvs
    .entity<Sample>('sample')
    .query()
    .index(index, { partition: [batch] });
const numbers = (results: readonly { readonly value: Sample }[]): number[] => results.map(({ value }) => value.n);

/** A case that seeds a partition of so many rows and asks about it. */
const query = (
  id: string,
  title: string,
  rows: number,
  believes: string,
  ask: (batch: string) => Promise<unknown>,
): Case => ({
  id: `query.${id}`,
  title,
  believes,
  ask: async (key) => ask(await seed(key, rows)),
});

/** Queries: order, ranges, filters, pages and cursors. */
export const queryCases: readonly Case[] = [
  query('order', 'the order of a query that names none', 5, QUERY, async (batch) =>
    numbers((await inBatch(batch).getMany()).results),
  ),
  query('order-descending', 'the order of a query in descending order', 5, QUERY, async (batch) =>
    numbers((await inBatch(batch).sort(Sort.DESC).getMany()).results),
  ),
  query(
    'default-page',
    'how many rows a page has without a limit',
    15,
    PAGES,
    async (batch) => (await inBatch(batch).getMany()).results.length,
  ),
  query('page-of-100', 'a page of 100', 101, PAGES, async (batch) => {
    const { results, nextCursor } = await inBatch(batch).limit(100).getMany();
    return { rows: results.length, hasCursor: nextCursor !== undefined };
  }),
  query(
    'page-of-101',
    'a page of 101',
    1,
    PAGES,
    async (batch) => (await inBatch(batch).limit(101).getMany()).results.length,
  ),
  query(
    'page-of-0',
    'a page of 0',
    1,
    PAGES,
    async (batch) => (await inBatch(batch).limit(0).getMany()).results.length,
  ),
  query('cursor', 'two pages by a cursor', 7, PAGES, async (batch) => {
    const first = await inBatch(batch).limit(4).getMany();
    const second = await inBatch(batch)
      .limit(4)
      .cursor(first.nextCursor ?? '')
      .getMany();
    return [numbers(first.results), numbers(second.results)];
  }),
  query(
    'last-page',
    'whether the page that ends with the last row has a cursor',
    4,
    PAGES,
    async (batch) => (await inBatch(batch).limit(4).getMany()).nextCursor !== undefined,
  ),
  query(
    'short-page',
    'whether a page with fewer rows than its limit has a cursor',
    3,
    PAGES,
    async (batch) => (await inBatch(batch).limit(4).getMany()).nextCursor !== undefined,
  ),
  query('cursor-of-another', 'a cursor of another query', 7, PAGES, async (batch) => {
    const { nextCursor } = await inBatch(batch).limit(4).getMany();
    return (
      await inBatch(batch, 'by-text')
        .limit(4)
        .cursor(nextCursor ?? '')
        .getMany()
    ).results.length;
  }),
  query(
    'cursor-nonsense',
    'a cursor that is none',
    1,
    PAGES,
    async (batch) => (await inBatch(batch).cursor('nonsense').getMany()).results.length,
  ),
  query(
    'filter-beyond-page',
    'a page of 10 whose filter matches the last of 30 rows alone',
    30,
    QUERY,
    async (batch) => {
      const { results, nextCursor } = await inBatch(batch)
        .filters(new Filter<Sample>().and('done', FilterConditions.equalTo(true)))
        .limit(10)
        .getMany();
      return { rows: results.length, hasCursor: nextCursor !== undefined };
    },
  ),
  query('filter-all-pages', 'the rows of all pages of such a query', 30, QUERY, async (batch) => {
    const found: number[] = [];
    let cursor: string | undefined;
    do {
      const page = inBatch(batch)
        .filters(new Filter<Sample>().and('done', FilterConditions.equalTo(true)))
        .limit(10);
      const { results, nextCursor } = await (cursor === undefined ? page : page.cursor(cursor)).getMany();
      found.push(...numbers(results));
      cursor = nextCursor;
    } while (cursor !== undefined);
    return found;
  }),
  query('filter-or', 'a filter by "or"', 6, QUERY, async (batch) =>
    numbers(
      (
        await inBatch(batch)
          .filters(new Filter<Sample>().or('n', FilterConditions.equalTo(1)).or('n', FilterConditions.equalTo(4)))
          .getMany()
      ).results,
    ),
  ),
  query(
    'filter-any',
    'a filter on an attribute of the type any',
    3,
    QUERY,
    async (batch) =>
      (
        await inBatch(batch)
          .filters(new Filter<Sample>().and('extra', FilterConditions.equalTo(1)))
          .getMany()
      ).results.length,
  ),
  query('where-between', 'a range between two numbers', 6, QUERY, async (batch) =>
    numbers((await inBatch(batch).where(WhereConditions.between(1, 3)).getMany()).results),
  ),
  query('where-greater', 'a range above a number', 4, QUERY, async (batch) =>
    numbers((await inBatch(batch).where(WhereConditions.greaterThan(1)).getMany()).results),
  ),
  query('where-begins', 'a range of texts that begin alike', 5, QUERY, async (batch) =>
    numbers((await inBatch(batch, 'by-text').where(WhereConditions.beginsWith('odd')).getMany()).results),
  ),
  query(
    'partition-missing',
    'a query without the partition that its index has',
    1,
    QUERY,
    async () => (await kvs.entity<Sample>('sample').query().index('by-batch').getMany()).results.length,
  ),
  query(
    'index-undeclared',
    'a query by an index that the manifest does not declare',
    1,
    'sandbox/forge/kvs/entities.ts',
    async (batch) => (await inBatch(batch, 'by-nothing').getMany()).results.length,
  ),
  query('by-key', 'a query by key, of one row, by the index that every entity has', 2, QUERY, async (batch) => {
    const { results } = await kvs
      .entity<Sample>('sample')
      .query()
      .index('by-key')
      .where(WhereConditions.beginsWith(batch.replace(/:batch$/, ':')))
      .getMany();
    return numbers(results);
  }),
  query(
    'own-write',
    'whether a query shows a row right after it was written',
    1,
    QUERY,
    async (batch) => (await inBatch(batch).getMany()).results.length,
  ),
];
