import { getAppContext, route } from '@forge/api';
import { z } from 'zod';
import { askPriced, getJson, postJson, type JiraCost, type JiraResult } from './request';
import { rowsOf } from './rows';

/** The key of the field's module in manifest.yml. */
const FIELD_MODULE = 'reporter-segments';
/** How many issues one page of a search has at most; Jira answers fewer when it wants to. */
export const FIELD_ISSUES_A_PAGE = 500;
/** How many issues are asked for by their ids at once: the documented most of any request. */
export const ISSUES_BY_ID = 100;

/** An issue as far as its field goes. */
export type FieldIssue = {
  readonly issueId: string;
  readonly projectId: string;
  readonly reporterAccountId: string | null;
  /** What the field holds, as Jira tells it. */
  readonly values: readonly string[];
};
/** Issues of a query, and where the next ones start; null on the last page. Jira lets a token expire. */
export type FieldPage = {
  readonly issues: readonly FieldIssue[];
  readonly nextPageToken: string | null;
  readonly cost: JiraCost;
};
/** The same value for some issues; none empties the field. */
export type FieldUpdate = { readonly issueIds: readonly string[]; readonly values: readonly string[] };

const fieldsSchema = rowsOf(z.object({ id: z.string(), schema: z.object({ custom: z.string().nullish() }).nullish() }));
const issueSchema = z.object({
  id: z.string(),
  fields: z.looseObject({
    project: z.object({ id: z.string() }),
    reporter: z.object({ accountId: z.string().min(1) }).nullish(),
  }),
});
const pageSchema = z.object({ issues: rowsOf(issueSchema), nextPageToken: z.string().nullish() });
const bulkSchema = z.object({ issues: rowsOf(issueSchema) });
/** A list of texts, or nothing. Anything else is a value that has to be replaced. */
const valuesSchema = z.array(z.string()).catch([]);

/**
 * The id of the app's field on this site, such as `customfield_10010`; null where Jira knows no such field. Its type is
 * documented to be the id of its module.
 * @see https://developer.atlassian.com/platform/forge/manifest-reference/modules/jira-custom-field/
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-fields/#api-rest-api-3-field-get
 */
export async function readFieldId(): Promise<JiraResult<string | null>> {
  const answer = await getJson('app', route`/rest/api/3/field`, fieldsSchema);
  if (answer.kind === 'problem') return answer;
  const { appAri, environmentAri } = getAppContext();
  const type = `/${appAri.appId}/${environmentAri.environmentId}/static/${FIELD_MODULE}`;
  return {
    kind: 'ok',
    value: answer.value.rows.find(({ schema }) => schema?.custom?.endsWith(type) === true)?.id ?? null,
  };
}

/**
 * The issues that a query finds, with what the field holds in each, as the app.
 * @returns `failed` with status 400 when Jira does not understand the query or the token
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/
 *   #api-rest-api-3-search-jql-post
 */
export async function searchFieldIssues(
  fieldId: string,
  jql: string,
  pageToken: string | null,
): Promise<JiraResult<FieldPage>> {
  const body = {
    jql,
    fields: ['project', 'reporter', fieldId],
    maxResults: FIELD_ISSUES_A_PAGE,
    ...(pageToken === null ? {} : { nextPageToken: pageToken }),
  };
  const answer = await askPriced('app', 'POST', route`/rest/api/3/search/jql`, { body, schema: pageSchema });
  if (answer.kind === 'problem') return answer;
  const { issues, nextPageToken } = answer.value.answer;
  return {
    kind: 'ok',
    value: {
      issues: issues.rows.map((issue) => fieldIssueOf(fieldId, issue)),
      nextPageToken: nextPageToken ?? null,
      cost: answer.value.cost,
    },
  };
}

/**
 * Issues by their ids, as the app: unlike a search it is not behind what has just changed (assumed; a search is
 * documented to be). One that is gone, that the app may not see, or of another form is left out.
 * @param issueIds at most {@link ISSUES_BY_ID}
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/
 *   #api-rest-api-3-issue-bulkfetch-post
 */
export async function readFieldIssues(fieldId: string, issueIds: readonly string[]): Promise<JiraResult<FieldPage>> {
  const body = { issueIdsOrKeys: issueIds, fields: ['project', 'reporter', fieldId] };
  const answer = await askPriced('app', 'POST', route`/rest/api/3/issue/bulkfetch`, { body, schema: bulkSchema });
  if (answer.kind === 'problem') return answer;
  const issues = answer.value.answer.issues.rows.map((issue) => fieldIssueOf(fieldId, issue));
  return { kind: 'ok', value: { issues, nextPageToken: null, cost: answer.value.cost } };
}

/**
 * Puts values into the field of issues, in one call. No changelog, no events and no mail come of it: nobody did
 * anything to these issues. Jira asks apps not to hide changes of issues from other apps; these are no changes of
 * the issue, and one move of a person would send an event for each of theirs.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-custom-field-values--apps-/
 */
export function writeFieldValues(fieldId: string, updates: readonly FieldUpdate[]): Promise<JiraResult<null>> {
  return postJson('app', route`/rest/api/3/app/field/value?generateChangelog=false&generateAppEvents=false`, {
    updates: updates.map(({ issueIds, values }) => ({
      customField: fieldId,
      issueIds: issueIds.map(Number),
      value: values.length === 0 ? null : values,
    })),
  });
}

function fieldIssueOf(fieldId: string, { id, fields }: z.infer<typeof issueSchema>): FieldIssue {
  return {
    issueId: id,
    projectId: fields.project.id,
    reporterAccountId: fields.reporter?.accountId ?? null,
    values: valuesSchema.parse(fields[fieldId]),
  };
}
