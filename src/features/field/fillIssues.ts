import { isInScope, ok, type Result } from '../../contract';
import { hasValues } from '../../domain/segments';
import {
  ISSUES_BY_ID,
  readFieldIssues,
  writeFieldValues,
  type FieldIssue,
  type FieldUpdate,
} from '../../adapters/jira';
import { inGroupsOf, markDue } from '../../adapters/store';
import { spendJiraPoints, withinJiraBudget } from '../../usecases/connection';
import { readFieldReading, type FieldReading } from '../../usecases/lookup';
import { fromJira } from '../../usecases/result';

/** What the field is filled with, on one site. */
export type FieldFill = { readonly fieldId: string; readonly source: FieldReading };

/** What the field of an issue is to hold: nothing where the app is off, and without a reporter. */
export function valuesFor(
  { projectId, reporterAccountId }: Pick<FieldIssue, 'projectId' | 'reporterAccountId'>,
  { scope }: Pick<FieldReading, 'scope'>,
  values: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  if (reporterAccountId === null || !isInScope(scope, projectId)) return [];
  return values.get(reporterAccountId) ?? [];
}

/**
 * Puts into issues what they are to hold, those that hold it already left alone: one call however many they are.
 * Throws ForgeKvsError when storage fails.
 * @param isForced whether what Jira tells of the field may be older than what was written: then nothing is left alone
 */
export async function writeIssues(
  { fieldId, source }: FieldFill,
  issues: readonly FieldIssue[],
  values: ReadonlyMap<string, readonly string[]>,
  isForced: (accountId: string | null) => boolean,
): Promise<Result<null>> {
  const updates = new Map<string, { issueIds: string[]; values: readonly string[] }>();
  for (const issue of issues) {
    const wanted = valuesFor(issue, source, values);
    if (hasValues(issue.values, wanted) && !isForced(issue.reporterAccountId)) continue;
    const same = updates.get(JSON.stringify(wanted)) ?? { issueIds: [], values: wanted };
    same.issueIds.push(issue.issueId);
    updates.set(JSON.stringify(wanted), same);
  }
  return updates.size === 0 ? ok(null) : sendUpdates(fieldId, [...updates.values()]);
}

async function sendUpdates(fieldId: string, updates: readonly FieldUpdate[]): Promise<Result<null>> {
  const spent = await spendJiraPoints(1);
  return spent.kind === 'ok' ? fromJira(await writeFieldValues(fieldId, updates)) : spent;
}

/**
 * Fills the field of issues that are named, such as one that was just created: they are read by their ids, as a search
 * may not find them yet. Whoever should show something else by then is due. Throws ForgeKvsError when storage fails.
 */
export async function fillIssues(fill: FieldFill, issueIds: readonly string[]): Promise<Result<null>> {
  for (const some of inGroupsOf([...new Set(issueIds)], ISSUES_BY_ID)) {
    const asked = await withinJiraBudget(some.length + 1, () => readFieldIssues(fill.fieldId, some));
    if (asked.kind === 'problem') return asked;
    const read = fromJira(asked.value);
    if (read.kind === 'problem') return read;
    const { issues } = read.value;
    const reporters = new Set(issues.flatMap(({ reporterAccountId }) => reporterAccountId ?? []));
    const values = await fill.source.valuesOf([...reporters]);
    const written = await writeIssues(fill, issues, values, () => false);
    if (written.kind === 'problem') return written;
    await markOutdated(values);
  }
  return ok(null);
}

/** Marks those as due whose values changed while they were written: that change may have been filled before. */
async function markOutdated(values: ReadonlyMap<string, readonly string[]>): Promise<void> {
  const now = await (await readFieldReading())?.valuesOf([...values.keys()]);
  const changed = [...(now ?? [])].filter(([accountId, shown]) => !hasValues(values.get(accountId) ?? [], shown));
  await markDue(
    changed.map(([accountId]) => accountId),
    Date.now(),
  );
}
