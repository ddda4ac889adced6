import { route } from '@forge/api';
import { z } from 'zod';
import { askJson, type JiraResult } from './request';

/** How much of Jira's words is passed on: they hold pieces of the query, which may be long. */
const MOST_CHARACTERS = 300;

const parsedSchema = z.object({ queries: z.array(z.object({ errors: z.array(z.string()).default([]) })).min(1) });

/**
 * What Jira says is wrong with a query, as the user; null where it takes the query. The words are text from outside:
 * one line, cut, without signs that turn or hide what stands around them, and for whoever typed the query alone.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-jql/#api-rest-api-3-jql-parse-post
 */
export async function readQueryError(jql: string): Promise<JiraResult<string | null>> {
  const answer = await askJson('user', 'POST', route`/rest/api/3/jql/parse?validation=strict`, {
    body: { queries: [jql] },
    schema: parsedSchema,
  });
  if (answer.kind === 'problem') return answer;
  const errors = answer.value.queries.flatMap((query) => query.errors);
  return { kind: 'ok', value: errors.length === 0 ? null : oneLine(errors.join(' ')) };
}

function oneLine(text: string): string {
  const line = text.replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim();
  return line.length <= MOST_CHARACTERS ? line : `${line.slice(0, MOST_CHARACTERS - 1).trimEnd()}…`;
}
