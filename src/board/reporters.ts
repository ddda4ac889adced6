import { z } from 'zod';
import type { Answer, BoardReporters, BoardReportersInput, ReportedMonth } from '../contract';
import { fromJira, ok, parseInput, PROJECT_NOT_VISIBLE } from '../flow';
import { searchReported, type ReportedIssue } from '../jira';
import type { LinkState } from '../people';
import { readLinks } from '../store';
import { admit } from './admitted';
import type { BoardRequest } from './request';

const reportersSchema: z.ZodType<BoardReportersInput> = z.object({ pageToken: z.string().min(1).max(4_000).nullable() });

/**
 * Which members reported the project's issues, and in which months: one page of issues a call, with the
 * links of its reporters. Issues are those that the viewer sees; account ids do not leave.
 */
export async function reporters(request: BoardRequest, payload: unknown): Promise<Answer<BoardReporters>> {
  const input = parseInput(reportersSchema, payload);
  if (input.kind === 'problem') return input;
  const admitted = await admit(request, 'see');
  if (admitted.kind === 'problem') return admitted;
  const page = fromJira(await searchReported(request.projectKey, input.value.pageToken), PROJECT_NOT_VISIBLE);
  if (page.kind === 'problem') return page;
  const { issues, nextPageToken } = page.value;
  const accountIds = [...new Set(issues.flatMap(({ reporterAccountId }) => reporterAccountId ?? []))];
  const links = await readLinks(accountIds);
  return ok({ months: monthsOf(issues, links), issues: issues.length, nextPageToken });
}

/** How many issues of each month each member reported; one row for all reporters without a link. */
export function monthsOf(issues: readonly ReportedIssue[], links: ReadonlyMap<string, LinkState>): ReportedMonth[] {
  const rows = new Map<string, ReportedMonth>();
  for (const { reporterAccountId, month } of issues) {
    const link = reporterAccountId === null ? undefined : links.get(reporterAccountId);
    const memberId = link?.state === 'linked' ? link.memberId : null;
    const key = `${String(memberId)} ${month}`;
    rows.set(key, { memberId, month, issues: (rows.get(key)?.issues ?? 0) + 1 });
  }
  return [...rows.values()];
}
