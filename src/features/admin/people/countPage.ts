import { type ReporterCounts, ok, type Result } from '../../../contract';
import { spendJiraPoints, withinJiraBudget } from '../../../usecases/connection';
import { identify, type Asked, type MemberIndex } from '../../../usecases/lookup';
import { fromJira } from '../../../usecases/result';
import {
  pointsOfEmails,
  readEmails,
  REPORTERS_A_PAGE,
  searchReporters,
  type ReporterPage,
} from '../../../adapters/jira';
import { countedState, needsEmail, type EmailIdentity, type LinkState, type Reporter } from '../../../domain/people';
import { readLinks, readReporters, writeReporters, type CountedReporter, type Scan } from '../../../adapters/store';
import { openIndex } from './lookupContext';

/** Reads the members when the first e-mail has to be looked up, and once for all pages of a step. */
export type Members = () => Promise<Result<MemberIndex>>;

/** The members of one invocation. */
export function membersOnce(): Members {
  let reading: Promise<Result<MemberIndex>> | null = null;
  return () => (reading ??= openIndex());
}

/**
 * Counts the next page of issues: the reporters who were not counted on an earlier page are matched,
 * many in a call, and stored. The counts are the caller's to store; until then the same page can be
 * counted again, after a crash or side by side, and comes to the same.
 * @returns the count after this page
 */
export async function countPage(scan: Scan, members: Members): Promise<Result<Scan>> {
  const asked = await withinJiraBudget(REPORTERS_A_PAGE + 1, () =>
    searchReporters('user', `${jqlOf(scan.projectKeys)} ${OLDEST_FIRST}`, scan.pageToken),
  );
  if (asked.kind === 'problem') return asked;
  const page = fromJira(asked.value, { code: 'jira', status: 404, retryAfterMs: null, limit: null });
  if (page.kind === 'problem') return expiredToken(scan, page);
  const counted = await countReporters(scan, page.value, members);
  if (counted.kind === 'problem') return counted;
  await writeReporters(counted.value);
  const { issues, nextPageToken } = page.value;
  return ok({
    ...scan,
    page: scan.page + 1,
    pageToken: nextPageToken,
    issues: scan.issues + issues,
    counts: addAll(scan.counts, counted.value),
    phase: nextPageToken === null ? 'tidying' : 'reading',
  });
}

/** The oldest first: what is created meanwhile comes last, and shifts no page. */
const OLDEST_FIRST = 'ORDER BY created ASC';

/** The query of a count, in no order. Project keys were checked by the entry point. */
export function jqlOf(projectKeys: readonly string[]): string {
  const where = projectKeys.length === 0 ? '' : `project in (${projectKeys.map((key) => `"${key}"`).join(', ')}) AND `;
  return `${where}reporter is not EMPTY`;
}

/**
 * Jira lets tokens expire, and says so like of anything else it does not understand: then the issues are read from
 * the first on.
 */
function expiredToken(scan: Scan, refused: Extract<Result<never>, { kind: 'problem' }>): Result<Scan> {
  const { problem } = refused;
  const mayBeExpired = problem.code === 'jira' && problem.status === 400 && scan.pageToken !== null;
  return mayBeExpired ? ok({ ...scan, pageToken: null, issues: 0 }) : refused;
}

async function countReporters(
  scan: Scan,
  { reporters }: ReporterPage,
  members: Members,
): Promise<Result<CountedReporter[]>> {
  const known = await readReporters(reporters.map(({ accountId }) => accountId));
  const done = new Set(
    known.filter(({ scanId, page }) => scanId === scan.scanId && page < scan.page).map(({ accountId }) => accountId),
  );
  const fresh = reporters.filter(({ accountId }) => !done.has(accountId) && accountId !== 'unknown');
  const links = await readLinks(fresh.map(({ accountId }) => accountId));
  const linkOf = ({ accountId }: Reporter): LinkState => links.get(accountId) ?? { state: 'none' };
  const unknown = fresh.filter((reporter) => needsEmail(reporter, linkOf(reporter)));
  const spent = unknown.length === 0 ? ok(null) : await spendJiraPoints(pointsOfEmails(unknown.length));
  if (spent.kind === 'problem') return spent;
  const emails = await readEmails(unknown);
  const identities = await identitiesOf(
    unknown.map((reporter) => ({ reporter, email: emails.get(reporter.accountId) ?? null })),
    members,
  );
  if (identities.kind === 'problem') return identities;
  return ok(
    fresh.map((reporter) => ({
      accountId: reporter.accountId,
      scanId: scan.scanId,
      state: countedState(reporter, linkOf(reporter), identities.value.get(reporter.accountId) ?? null),
      page: scan.page,
    })),
  );
}

async function identitiesOf(
  asked: readonly Asked[],
  members: Members,
): Promise<Result<ReadonlyMap<string, EmailIdentity>>> {
  if (!asked.some(({ email }) => email?.kind === 'email')) return ok(await identify(asked, async () => new Map()));
  const index = await members();
  return index.kind === 'ok' ? ok(await identify(asked, index.value.idsOf)) : index;
}

function addAll(counts: ReporterCounts, counted: readonly CountedReporter[]): ReporterCounts {
  const sums = { ...counts };
  for (const { state } of counted) sums[state] += 1;
  return sums;
}
