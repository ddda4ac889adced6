import type { ReportedMonth } from '../../contract';
import type { Connected } from '../../usecases/connection';
import { countsOf, PARTS_AT_ONCE, type CountPart, type CountRow, type Counts } from '../../adapters/store';
import type { BoardRequest } from './request';

/** The counts that are kept of the viewer's project for the viewer. */
export function viewersCounts({ viewerAccountId, projectKey }: BoardRequest, { settings }: Connected): Promise<Counts> {
  return countsOf({ viewerAccountId, projectKey, apiOrigin: settings.apiOrigin, initiativeId: settings.initiativeId });
}

/** The places of as many parts as one answer may hold. */
export function placesFrom(part: number): number[] {
  return Array.from({ length: PARTS_AT_ONCE }, (_, nth) => part + nth);
}

/** What parts of a count hold, as a page reads it. */
export function monthsOfParts(parts: readonly CountPart[]): ReportedMonth[] {
  return parts.flatMap(({ rows }) => rows.map(([memberId, month, issues]) => ({ memberId, month, issues })));
}

/** Adds a page's numbers to the rows of a part: one row for each member and month. */
export function mergeRows(rows: readonly CountRow[], months: readonly ReportedMonth[]): CountRow[] {
  const merged = new Map(rows.map((row) => [`${String(row[0])} ${row[1]}`, row]));
  for (const { memberId, month, issues } of months) {
    const key = `${String(memberId)} ${month}`;
    merged.set(key, [memberId, month, (merged.get(key)?.[2] ?? 0) + issues]);
  }
  return [...merged.values()];
}
