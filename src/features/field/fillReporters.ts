import { ok, type Result } from '../../contract';
import { FIELD_ISSUES_A_PAGE, searchFieldIssues, type FieldPage } from '../../adapters/jira';
import { markFilled, type FieldRow } from '../../adapters/store';
import { withinJiraBudget } from '../../usecases/connection';
import { digestOf } from '../../usecases/lookup';
import { fromJira } from '../../usecases/result';
import { writeIssues, type FieldFill } from './fillIssues';

/** What is still to be worked on comes before what is done. */
const PARTS = ['statusCategory != Done', 'statusCategory = Done'] as const;
/** An account id as it may stand in a query. */
const ACCOUNT_ID = /^[\w:.-]{1,128}$/;

/** What came of some reporters: `timeOver` when there was not enough of it, so that they stay due. */
type Filled = Result<'filled' | 'timeOver'>;

/**
 * Fills the field of everything that some reporters reported, open work items first, and notes it of each. What has
 * the right value is read and left alone. A process that dies leaves them due: done once more, it comes to the same.
 * Throws ForgeKvsError when storage fails.
 */
export async function fillReporters(fill: FieldFill, rows: readonly FieldRow[], endMs: number): Promise<Filled> {
  const accountIds = rows.map(({ accountId }) => accountId).filter((id) => ACCOUNT_ID.test(id));
  const values = await fill.source.valuesOf(accountIds);
  const forced = new Set(rows.flatMap(({ accountId, isForced }) => (isForced ? [accountId] : [])));
  for (const part of accountIds.length === 0 ? [] : PARTS) {
    let pageToken: string | null = null;
    do {
      if (Date.now() > endMs) return ok('timeOver');
      const page: Result<FieldPage> = await readPage(fill.fieldId, jqlOf(accountIds, part), pageToken);
      // Of a later page it is the token that Jira no longer knows: whoever is due stays so.
      if (page.kind === 'problem') return isUnknown(page) && pageToken === null ? eachAlone(fill, rows, endMs) : page;
      const written = await writeIssues(fill, page.value.issues, values, (id) => id !== null && forced.has(id));
      if (written.kind === 'problem') return written;
      pageToken = page.value.nextPageToken;
    } while (pageToken !== null);
  }
  for (const row of rows) await markFilled(row, digestOf(values.get(row.accountId) ?? []), Date.now());
  return ok('filled');
}

async function readPage(fieldId: string, jql: string, pageToken: string | null): Promise<Result<FieldPage>> {
  const asked = await withinJiraBudget(FIELD_ISSUES_A_PAGE + 1, () => searchFieldIssues(fieldId, jql, pageToken));
  return asked.kind === 'ok' ? fromJira(asked.value) : asked;
}

/**
 * An account that is closed may be no value of a query any more, and then refuses it for all the others (assumed): each
 * is asked for alone, and who is unknown alone has nothing to be filled. They are noted with what they should have been
 * filled with: where a link of theirs is left, they are due again once that changes, and not with every look at
 * everybody.
 */
async function eachAlone(fill: FieldFill, rows: readonly FieldRow[], endMs: number): Promise<Filled> {
  const [row, ...others] = rows;
  if (row === undefined) return ok('filled');
  if (others.length === 0) {
    const values = await fill.source.valuesOf([row.accountId]);
    await markFilled(row, digestOf(values.get(row.accountId) ?? []), Date.now());
    return ok('filled');
  }
  for (const one of rows) {
    const filled = await fillReporters(fill, [one], endMs);
    if (filled.kind === 'problem' || filled.value === 'timeOver') return filled;
  }
  return ok('filled');
}

function isUnknown(page: Extract<Result<never>, { kind: 'problem' }>): boolean {
  return page.problem.code === 'jira' && page.problem.status === 400;
}

function jqlOf(accountIds: readonly string[], part: (typeof PARTS)[number]): string {
  return `reporter in (${accountIds.map((id) => `"${id}"`).join(', ')}) AND ${part} ORDER BY created DESC`;
}
