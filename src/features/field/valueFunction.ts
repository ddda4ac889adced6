import { z } from 'zod';
import { ISSUES_BY_ID, readFieldIssues, type FieldIssue } from '../../adapters/jira';
import { inGroupsOf, readKnownFieldId, writeKnownFieldId } from '../../adapters/store';
import { readFieldReading, type FieldReading } from '../../usecases/lookup';
import { logFailure } from '../../usecases/result';
import { valuesFor } from './fillIssues';

const valueSchema = z.array(z.string()).nullable().catch(null);
/** One of another form keeps its place among the answers, and what it has where that can be told. */
const issueSchema = z
  .object({ id: z.union([z.int(), z.string()]).transform(String).nullable().catch(null), value: valueSchema })
  .catch({ id: null, value: null });
const requestSchema = z.object({ field: z.object({ id: z.string() }), issues: z.array(issueSchema) });
type Asked = z.infer<typeof requestSchema>['issues'][number];

/**
 * What the field *Reporter segments* holds, as Jira asks for it whenever an issue is opened: Jira shows it, and keeps
 * it for search and every other view. Computed from links and directory, as the app; an issue of which nothing can be
 * told now keeps what it has.
 * @returns a value for each issue, in their order; null empties the field
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/modules/jira-custom-field/ (value function)
 */
export async function reporterSegments(request: unknown): Promise<(readonly string[] | null)[]> {
  const parsed = requestSchema.safeParse(request);
  if (!parsed.success) {
    logFailure('field-value', new Error('A request of another form'));
    return [];
  }
  const { field, issues } = parsed.data;
  try {
    return await valuesOf(field.id, issues);
  } catch (error) {
    logFailure('field-value', error);
    return issues.map(({ value }) => value);
  }
}

async function valuesOf(fieldId: string, asked: readonly Asked[]): Promise<(readonly string[] | null)[]> {
  const [source, known] = await Promise.all([readFieldReading(), readKnownFieldId()]);
  if (known !== fieldId) await writeKnownFieldId(fieldId);
  if (source === null) return asked.map(({ value }) => value);
  if (!source.isOn) return asked.map(() => null);
  const issues = new Map<string, FieldIssue>();
  const ids = asked.flatMap(({ id }) => id ?? []);
  for (const some of inGroupsOf(ids, ISSUES_BY_ID)) {
    const read = await readFieldIssues(fieldId, some);
    if (read.kind === 'ok') for (const issue of read.value.issues) issues.set(issue.issueId, issue);
  }
  return withValues(source, asked, issues);
}

async function withValues(
  source: FieldReading,
  asked: readonly Asked[],
  issues: ReadonlyMap<string, FieldIssue>,
): Promise<(readonly string[] | null)[]> {
  const reporters = new Set([...issues.values()].flatMap(({ reporterAccountId }) => reporterAccountId ?? []));
  const values = await source.valuesOf([...reporters]);
  return asked.map(({ id, value }) => {
    const issue = id === null ? undefined : issues.get(id);
    if (issue === undefined) return value;
    const wanted = valuesFor(issue, source, values);
    return wanted.length === 0 ? null : wanted;
  });
}
