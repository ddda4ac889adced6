import { type Result, type BoardReporters, type ReportedMonth, type SyncState, ok } from '../../contract';
import { PROJECT_NOT_VISIBLE } from '../../usecases/access';
import { withinJiraBudget } from '../../usecases/connection';
import { fromJira } from '../../usecases/result';
import { countIssues, projectJql, REPORTED_PAGE, searchReported, type ReportedIssue } from '../../adapters/jira';
import type { LinkState } from '../../domain/people';
import { PARTS_AT_ONCE, readLinks, readReporters, type CountPart } from '../../adapters/store';
import { admit } from './admitted';
import { monthsOfParts, placesFrom, viewersCounts } from './counts';
import type { BoardRequest } from './request';

/**
 * How many issues are read as the board opens. Each costs one of Jira's points, which all sites of the app share:
 * with them, a board of twelve segments opens for less than 150 points, however large its project is.
 */
const NEWEST = 50;
const MINUTE_MS = 60_000;
/** The states of those whom no segment has. */
const NO_SEGMENT = new Set<SyncState | undefined>(['notFound', 'memberGone']);
/**
 * What a page of a count costs beside its issues: the request, and the question whether the viewer may see the board.
 */
const BESIDE_A_PAGE = 4;

type Read = { readonly issues: readonly ReportedIssue[]; readonly isAll: boolean };

/**
 * Which members reported the project's issues, and in which months: the newest issues, and those of the viewer's
 * kept count, brought up to date by what was created since. Issues are those that the viewer sees; account ids do not
 * leave.
 */
export async function reporters(request: BoardRequest): Promise<Result<BoardReporters>> {
  const admitted = await admit(request);
  if (admitted.kind === 'problem') return admitted;
  const counts = await viewersCounts(request, admitted.value);
  const nowMs = Date.now();
  const directoryMeta = await counts.readHead(nowMs);
  const found =
    directoryMeta === null
      ? []
      : await counts.readParts(
          directoryMeta.countId,
          placesFrom(0).filter((part) => part < directoryMeta.parts),
        );
  const parts = found.filter((part): part is CountPart => part !== null);
  // A count of which a part has expired is none.
  const kept = directoryMeta !== null && parts.length === found.length ? directoryMeta : null;
  const read = await readNewest(request.projectKey, kept === null ? null : { asOfMs: kept.asOfMs, nowMs });
  // A kept count is shown also when nothing newer can be asked.
  if (read.kind === 'problem' && kept === null) return read;
  const newest = read.kind === 'ok' ? read.value : { issues: [], isAll: false };
  const issues = (kept?.issues ?? 0) + newest.issues.length;
  const counted = newest.isAll ? issues : read.kind === 'ok' ? await aboutHowMany(request.projectKey, issues) : null;
  const total = counted === null ? null : Math.max(counted, issues);
  return ok({
    months: [...(kept === null ? [] : monthsOfParts(parts)), ...(await linkedMonths(newest.issues))],
    issues,
    total,
    points: total === null ? null : total + Math.ceil(total / REPORTED_PAGE) * BESIDE_A_PAGE,
    withoutSegment: await withoutSegment(newest.issues),
    kept:
      kept === null
        ? null
        : { countId: kept.countId, atMs: kept.asOfMs, part: PARTS_AT_ONCE, hasMore: kept.parts > PARTS_AT_ONCE },
  });
}

/** The newest issues; with a kept count those that are not in it, of which there may be more than are read. */
async function readNewest(
  projectKey: string,
  since: { readonly asOfMs: number; readonly nowMs: number } | null,
): Promise<Result<Read>> {
  // Jira takes whole minutes: one more than have passed, and what is counted already is left out below.
  const sinceMinutes = since === null ? null : Math.ceil((since.nowMs - since.asOfMs) / MINUTE_MS) + 1;
  const asked = await withinJiraBudget(NEWEST + 1, () =>
    searchReported(projectKey, { most: NEWEST, sinceMinutes, pageToken: null }),
  );
  if (asked.kind === 'problem') return asked;
  const page = fromJira(asked.value, PROJECT_NOT_VISIBLE);
  if (page.kind === 'problem') return page;
  const issues = page.value.issues.filter(({ createdMs }) => since === null || createdMs > since.asOfMs);
  return ok({ issues, isAll: page.value.nextPageToken === null || issues.length < page.value.issues.length });
}

/**
 * About how many issues the project has, when there are more than were read; null when Jira can't say. It costs one
 * point.
 */
async function aboutHowMany(projectKey: string, read: number): Promise<number | null> {
  const answer = await countIssues('user', projectJql(projectKey));
  // Jira's index may be behind what was read: there is at least one more.
  return answer.kind === 'ok' ? Math.max(Math.round(answer.value.count), read + 1) : null;
}

/** {@link monthsOf} with the links as they are stored. Throws ForgeKvsError when storage fails. */
export async function linkedMonths(issues: readonly ReportedIssue[]): Promise<ReportedMonth[]> {
  const accountIds = [...new Set(issues.flatMap(({ reporterAccountId }) => reporterAccountId ?? []))];
  return monthsOf(issues, await readLinks(accountIds));
}

/** The newest issue of each reporter whom no segment has, as the identity sync found. Throws ForgeKvsError. */
async function withoutSegment(issues: readonly ReportedIssue[]): Promise<string[]> {
  const keys = new Map<string, string>();
  for (const { key, reporterAccountId: id } of issues) if (id !== null && !keys.has(id)) keys.set(id, key);
  const known = await readReporters([...keys.keys()]);
  return [...keys].flatMap(([id, key]) => (NO_SEGMENT.has(known.get(id)?.state) ? [key] : []));
}

/** How many issues of each month each member reported; one row for all reporters without a link. */
export function monthsOf(
  issues: readonly Pick<ReportedIssue, 'reporterAccountId' | 'month'>[],
  links: ReadonlyMap<string, LinkState>,
): ReportedMonth[] {
  const rows = new Map<string, ReportedMonth>();
  for (const { reporterAccountId, month } of issues) {
    const link = reporterAccountId === null ? undefined : links.get(reporterAccountId);
    const memberId = link?.state === 'linked' ? link.memberId : null;
    const key = `${String(memberId)} ${month}`;
    rows.set(key, { memberId, month, issues: (rows.get(key)?.issues ?? 0) + 1 });
  }
  return [...rows.values()];
}
