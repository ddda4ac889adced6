import { Filter, FilterConditions, ForgeKvsError, kvs, Sort, WhereConditions, type AndFilter } from '@forge/kvs';
import type { LedgerFilter, LedgerRecord } from '../../contract';
import { LEDGER_ENTITY, recordOf } from './ledger';
import { AFTER_ALL, lastSequence, ledgerOutcomeOf, sequenceOf, startOfTime, type Indexed } from './ledgerIndex';
import { readableOf, readRows } from './pages';

/** The most that Forge returns at once. */
const MAX_ROWS = 100;

/**
 * Entries that were found, newest first, and the sequence after which to look further; null when everything was
 * looked at.
 */
export type LedgerSearchPage = { readonly entries: readonly LedgerRecord[]; readonly next: string | null };

/** An index by which to look, with the value of its partition. */
type Way = { readonly index: string; readonly partition: readonly (string | number)[] };
/** What a row can be filtered by in storage. */
type Attributes = Pick<Indexed, 'memberId' | 'outcome'> &
  Pick<LedgerRecord, 'kind' | 'actorAccountId' | 'reporterAccountId' | 'entryPoint' | 'runId' | 'apiClientId'>;

/**
 * Looks for entries, newest first, in two queries as a rule. Forge filters the rows of a page after it has
 * counted them (documented: pages without results, with a cursor to the next), so that a filtered query
 * which finds nothing behind `after` tells nothing of how far it came. Then a stretch of rows is read as it
 * is: every call gets further, whether rows are filtered before or after they are counted.
 * @see https://developer.atlassian.com/platform/forge/storage-reference/entities-api-query/
 * @param after the sequence of the last entry that is known; null for the newest ones
 * @param limit 1 to 100. Throws ForgeKvsError when storage fails.
 */
export async function searchLedger(
  filter: LedgerFilter,
  after: string | null,
  limit: number,
): Promise<LedgerSearchPage> {
  if (filter.operationId !== null) return oneOf(filter.operationId);
  const [way, other] = waysOf(filter);
  const parts =
    other === undefined
      ? [await lookAlong(way, filter, after)]
      : await Promise.all([stretch(way, filter, after), stretch(other, filter, after)]);
  return cut(parts, limit);
}

async function oneOf(operationId: string): Promise<LedgerSearchPage> {
  const row = await kvs.entity<unknown>(LEDGER_ENTITY).get(operationId);
  const rows = row === undefined ? [] : [row];
  return { entries: readableOf(rows, (value) => recordOf(operationId, value)), next: null };
}

/** The index that narrows most; two where either of two segments will do. */
function waysOf({
  memberId,
  reporterAccountId,
  segmentId,
  outcome,
  actorAccountId,
}: LedgerFilter): readonly [Way, Way?] {
  if (memberId !== null) return [{ index: 'by-member', partition: [memberId] }];
  if (reporterAccountId !== null) return [{ index: 'by-reporter', partition: [reporterAccountId] }];
  if (segmentId !== null)
    return [
      { index: 'by-source', partition: [segmentId] },
      { index: 'by-target', partition: [segmentId] },
    ];
  // What was confirmed is nearly everything.
  if (outcome !== null && outcome !== 'confirmed') return [{ index: 'by-outcome', partition: [outcome] }];
  if (actorAccountId !== null) return [{ index: 'by-actor', partition: [actorAccountId] }];
  return [{ index: 'sequence', partition: [] }];
}

async function lookAlong(way: Way, filter: LedgerFilter, after: string | null): Promise<LedgerSearchPage> {
  const attributes = filtersOf(filter);
  if (attributes === null) return stretch(way, filter, after);
  // One page only: to go on through pages that are empty would read all of the ledger for one rare entry.
  const { results, nextCursor } = await queryOf(way, filter, after).filters(attributes).limit(MAX_ROWS).getMany();
  return foundIn(results, nextCursor === undefined, filter, after) ?? stretch(way, filter, after);
}

/** Reads a stretch of rows along an index, whatever is in it. */
async function stretch(way: Way, filter: LedgerFilter, after: string | null): Promise<LedgerSearchPage> {
  const { rows, isAll } = await readRows(queryOf(way, filter, after), MAX_ROWS);
  const found = foundIn(rows, isAll, filter, after);
  if (found === null) throw new ForgeKvsError('A query of the ledger answered cursors and no rows');
  return found;
}

function queryOf({ index, partition }: Way, { fromMs, untilMs }: LedgerFilter, after: string | null) {
  const query = kvs.entity<Attributes>(LEDGER_ENTITY).query();
  const low = startOfTime(fromMs ?? 0);
  const high = after ?? (untilMs === null ? AFTER_ALL : startOfTime(untilMs));
  const ranged = partition.length === 0 ? query.index(index) : query.index(index, { partition: [...partition] });
  return ranged.where(WhereConditions.between(low, high < low ? low : high)).sort(Sort.DESC);
}

type Row = { readonly key: string; readonly value: unknown };

/**
 * What a query's rows tell; null when there are more behind them and they come no further than `after`, where the
 * query starts.
 */
function foundIn(
  rows: readonly Row[],
  isAll: boolean,
  filter: LedgerFilter,
  after: string | null,
): LedgerSearchPage | null {
  const entries = readableOf(rows, ({ key, value }) => recordOf(key, value));
  const last = lastSequence(rows);
  if (!isAll && (last === null || last === after)) return null;
  const isWanted = (entry: LedgerRecord): boolean => sequenceOf(entry) !== after && matches(entry, filter);
  return { entries: entries.filter(isWanted), next: isAll ? null : last };
}

/** The conditions that storage can join; null when there are none. The index's own does no harm among them. */
function filtersOf({
  memberId,
  reporterAccountId,
  kind,
  outcome,
  actorAccountId,
  entryPoint,
  runId,
  apiClientId,
}: LedgerFilter): AndFilter<Attributes> | null {
  const wanted: readonly (readonly [keyof Attributes, string | number | null])[] = [
    ['memberId', memberId],
    ['reporterAccountId', reporterAccountId],
    ['kind', kind],
    ['outcome', outcome],
    ['actorAccountId', actorAccountId],
    ['entryPoint', entryPoint],
    ['runId', runId],
    ['apiClientId', apiClientId],
  ];
  return wanted.reduce<AndFilter<Attributes> | null>(
    (joined, [name, value]) =>
      value === null ? joined : (joined ?? new Filter<Attributes>()).and(name, FilterConditions.equalTo(value)),
    null,
  );
}

/** Whether an entry is one of those that are looked for. */
export function matches(entry: LedgerRecord, filter: LedgerFilter): boolean {
  const {
    actorAccountId,
    reporterAccountId,
    memberId,
    segmentId,
    kind,
    outcome,
    entryPoint,
    runId,
    apiClientId,
    fromMs,
    untilMs,
  } = filter;
  return (
    (actorAccountId === null || entry.actorAccountId === actorAccountId) &&
    (reporterAccountId === null || entry.reporterAccountId === reporterAccountId) &&
    (memberId === null || entry.members.some((member) => member.memberId === memberId)) &&
    (segmentId === null || entry.from?.id === segmentId || entry.to?.id === segmentId) &&
    (kind === null || entry.kind === kind) &&
    (outcome === null || ledgerOutcomeOf(entry) === outcome) &&
    (entryPoint === null || entry.entryPoint === entryPoint) &&
    (runId === null || entry.runId === runId) &&
    (apiClientId === null || entry.apiClientId === apiClientId) &&
    (fromMs === null || entry.intendedAtMs >= fromMs) &&
    (untilMs === null || entry.intendedAtMs < untilMs)
  );
}

/** The first entries of all parts, in order, as far down as every part was looked at. */
function cut(parts: readonly LedgerSearchPage[], limit: number): LedgerSearchPage {
  const ends = parts.flatMap(({ next }) => next ?? []).sort();
  const end = ends.at(-1) ?? null;
  const byId = new Map(parts.flatMap(({ entries }) => entries.map((entry) => [entry.operationId, entry] as const)));
  const known = [...byId.values()]
    .filter((entry) => end === null || sequenceOf(entry) >= end)
    .sort((a, b) => (sequenceOf(a) < sequenceOf(b) ? 1 : -1));
  const entries = known.slice(0, limit);
  const last = entries.at(-1);
  return { entries, next: known.length > limit && last !== undefined ? sequenceOf(last) : end };
}
