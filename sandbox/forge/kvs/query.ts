import { STORAGE } from '../rules/storage';
import { attributeOf, meets, meetsAll, order } from './conditions';
import { declaredEntity, declaredIndex } from './entities';
import type { EntityDeclaration } from '../manifest';
import { badRequest, KvsRefusal } from './limits';
import type { Store } from './operations';
import { comparePositions, type Direction, type Position } from './ordered';
import { cutPage } from './pages';
import type { EntityQuery, KeyQuery } from './requests';
import { rowAnswer, type Row } from './row';
import { own } from '../own';

/** Answers plain keys in order, optionally those with a prefix. */
export function queryKeys({ rows, epoch, readings }: Store, { limit, after, where = [], options }: KeyQuery): object {
  const listed = rows.list({ kind: 'plain' }).filter((row) => where.every((condition) => meets(row.key, condition)));
  const sorted = listed.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const page = cutPage({
    rowsAfter: (place) => sorted.filter(({ key }) => place === undefined || key > place.key),
    rankOf: () => 0,
    limit,
    cursor: after,
    query: where,
    epoch: epoch(),
    goesOn: () => readings().fullLastPage === 'goesOn',
  });
  return { data: page.rows.map((row) => rowAnswer(row, options?.metadataFields)), cursor: page.cursor };
}

/**
 * Answers rows of an entity by one of its indexes. `limit` rows are taken, and the filters leave out of
 * them what does not match, so that a page may be short or empty and have a cursor all the same. The
 * other reading goes along the index until `limit` rows match.
 * @see https://developer.atlassian.com/platform/forge/storage-reference/entities-api-query/
 */
export function queryEntity(store: Store, query: EntityQuery): object {
  const { limit, cursor, options, ...what } = query;
  const entity = declaredEntity(store.entities, query.entityName);
  const index = declaredIndex(entity, query.indexName);
  const partition = query.partition ?? [];
  if (partition.length !== index.partition.length) {
    throw badRequest(
      'INVALID_PARTITION',
      `Index ${index.name} is partitioned by ${index.partition.length} attributes, ${partition.length} were given`,
    );
  }
  refuseUntyped(entity, query.filters);
  const matches = (row: Row): boolean => meetsAll(row.value, query.filters);
  const walked = (row: Row): boolean => matches(row) || store.readings().filters === 'afterLimit';
  const [range] = index.range;
  const rankOf = (row: Row): unknown => (range === undefined ? row.key : attributeOf(row.value, range));
  const direction = query.sort ?? 'ASC';
  const rowsAfter = function* (place: Position | undefined): Generator<Row> {
    const before = startOf(query.range, direction, place);
    for (const row of store.rows.walk(entity.name, { index, partition, direction, before })) {
      const rank = rankOf(row);
      if (isPast(rank, query.range, direction)) return;
      if ((query.range === undefined || meets(rank, query.range)) && walked(row)) yield row;
    }
  };
  const page = cutPage({
    rowsAfter,
    rankOf,
    keeps: matches,
    goesOn: () => store.readings().fullLastPage === 'goesOn',
    limit,
    cursor,
    query: what,
    epoch: store.epoch(),
  });
  return { data: page.rows.map((row) => rowAnswer(row, options?.metadataFields)), cursor: page.cursor };
}

/** Refuses filters on attributes of the type any, in the measured words of a request that means nothing. */
function refuseUntyped(entity: EntityDeclaration, filters: EntityQuery['filters']): void {
  const named = [...(filters?.and ?? []), ...(filters?.or ?? [])];
  if (!named.some(({ property }) => own(entity.attributes, property)?.type === 'any')) return;
  throw new KvsRefusal(422, STORAGE.untypedFilters.value, STORAGE.transactionTooMany.value);
}

type Range = EntityQuery['range'];
type Bounds = { readonly low?: unknown; readonly high?: unknown };

/** Between which ranks a range lies, both included; a side that is left out is open. */
function boundsOf({ condition, values: [first, second] }: NonNullable<Range>): Bounds {
  switch (condition) {
    case 'EQUAL_TO':
      return { low: first, high: first };
    case 'BETWEEN':
      return { low: first, high: second };
    case 'GREATER_THAN':
    case 'GREATER_THAN_EQUAL_TO':
      return { low: first };
    case 'LESS_THAN':
    case 'LESS_THAN_EQUAL_TO':
      return { high: first };
    case 'BEGINS_WITH':
      return { low: String(first), high: `${String(first)}\uffff` };
    default:
      return {};
  }
}

/** What is before the first row of a walk. */
function startOf(range: Range, direction: Direction, place: Position | undefined): (position: Position) => boolean {
  if (place !== undefined)
    return direction === 'ASC'
      ? (other) => comparePositions(other, place) <= 0
      : (other) => comparePositions(other, place) < 0;
  const { low, high } = range === undefined ? {} : boundsOf(range);
  if (direction === 'ASC') return low === undefined ? () => false : ({ rank }) => order(rank, low) < 0;
  return high === undefined ? () => true : ({ rank }) => order(rank, high) <= 0;
}

/** Whether a walk has left the range, so that nothing more can be in it. */
function isPast(rank: unknown, range: Range, direction: Direction): boolean {
  const { low, high } = range === undefined ? {} : boundsOf(range);
  return direction === 'ASC' ? high !== undefined && order(rank, high) > 0 : low !== undefined && order(rank, low) < 0;
}
