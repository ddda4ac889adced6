import { z } from 'zod';
import {
  type Result,
  type BoardCounted,
  type BoardCountInput,
  type BoardKept,
  type BoardKeptInput,
  ok,
} from '../../contract';
import { PROJECT_NOT_VISIBLE } from '../../usecases/access';
import { withinJiraBudget } from '../../usecases/connection';
import { fromJira, parseInput } from '../../usecases/result';
import { REPORTED_PAGE, searchReported, type ReportedIssue } from '../../adapters/jira';
import { PART_IS_FULL, PARTS_AT_ONCE, type CountPart, type Counts } from '../../adapters/store';
import { admit } from './admitted';
import { mergeRows, monthsOfParts, placesFrom, viewersCounts } from './counts';
import { linkedMonths } from './reporters';
import type { BoardRequest } from './request';

const place = z.int().min(0).max(1_000_000);
const countSchema: z.ZodType<BoardCountInput> = z.object({
  countId: z.uuid(),
  page: place,
  part: place,
  pageToken: z.string().min(1).max(4_000).nullable(),
});
const keptSchema: z.ZodType<BoardKeptInput> = z.object({ countId: z.uuid(), part: place });
/** Jira's index is some seconds behind: what is younger than this belongs to what comes after the count. */
const INDEX_LAG_MS = 60_000;

/**
 * Counts one page of the project's issues, within the site's budget of Jira's points, and adds it to what is kept of
 * this count. After the last page the count is what the board opens with for a day. A page that is asked for again,
 * because its answer was lost, is answered again and added once.
 */
export async function count(request: BoardRequest, payload: unknown): Promise<Result<BoardCounted>> {
  const input = parseInput(countSchema, payload);
  if (input.kind === 'problem') return input;
  const admitted = await admit(request);
  if (admitted.kind === 'problem') return admitted;
  const startedMs = Date.now();
  const asked = await withinJiraBudget(REPORTED_PAGE + 1, () =>
    searchReported(request.projectKey, { most: REPORTED_PAGE, sinceMinutes: null, pageToken: input.value.pageToken }),
  );
  if (asked.kind === 'problem') return asked;
  const read = fromJira(asked.value, PROJECT_NOT_VISIBLE);
  if (read.kind === 'problem') return read;
  const { issues, nextPageToken } = read.value;
  const kept = await keep(await viewersCounts(request, admitted.value), input.value, issues, {
    startedMs,
    isLast: nextPageToken === null,
  });
  const next = nextPageToken === null ? null : { page: input.value.page + 1, part: kept, pageToken: nextPageToken };
  return ok({ months: await linkedMonths(issues), issues: issues.length, next });
}

/** The next parts of a kept count. */
export async function kept(request: BoardRequest, payload: unknown): Promise<Result<BoardKept>> {
  const input = parseInput(keptSchema, payload);
  if (input.kind === 'problem') return input;
  const admitted = await admit(request);
  if (admitted.kind === 'problem') return admitted;
  const counts = await viewersCounts(request, admitted.value);
  const found = (await counts.readParts(input.value.countId, placesFrom(input.value.part))).filter(
    (part): part is CountPart => part !== null,
  );
  return ok({
    months: monthsOfParts(found),
    nextPart: found.length === PARTS_AT_ONCE ? input.value.part + PARTS_AT_ONCE : null,
  });
}

/**
 * Adds a page to a count. Where the pages before it are not there any more (they are kept a day), nothing is kept: the
 * page still has its numbers.
 * @returns the part to which the next page is added
 */
async function keep(
  counts: Counts,
  { countId, page, part }: BoardCountInput,
  issues: readonly ReportedIssue[],
  { startedMs, isLast }: { readonly startedMs: number; readonly isLast: boolean },
): Promise<number> {
  const [present = null, before = null] = await counts.readParts(countId, part === 0 ? [0] : [part, part - 1]);
  const isAgain = present?.nextPage === page + 1;
  const base = present?.nextPage === page ? present : isAgain ? present : startOf(page, part, before, startedMs);
  if (base === null) return part;
  const upTo = issues.filter(({ createdMs }) => createdMs <= base.asOfMs);
  const value: CountPart = isAgain
    ? base
    : {
        ...base,
        nextPage: page + 1,
        issues: base.issues + upTo.length,
        rows: mergeRows(base.rows, await linkedMonths(upTo)),
      };
  if (!isAgain) await counts.writePart(countId, part, value);
  if (isLast) await counts.writeHead({ countId, parts: part + 1, issues: value.issues, asOfMs: value.asOfMs });
  return value.rows.length >= PART_IS_FULL ? part + 1 : part;
}

/** An empty part, where this page is the one to begin it. */
function startOf(page: number, part: number, before: CountPart | null, startedMs: number): CountPart | null {
  if (page === 0 && part === 0) return { nextPage: 0, asOfMs: startedMs - INDEX_LAG_MS, issues: 0, rows: [] };
  return before?.nextPage === page ? { ...before, rows: [] } : null;
}
