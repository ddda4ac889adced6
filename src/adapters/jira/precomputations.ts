import { route } from '@forge/api';
import { z } from 'zod';
import { getJson, postJson, type JiraResult } from './request';
import { isEmpty, rowsOf } from './rows';

/** How many are read and updated at once. */
const PAGE = 100;
/** So many pages are read at most: anybody who searches makes Jira keep answers, and each page costs points. */
const MAX_PAGES = 20;

/**
 * What is of another form is empty, and one without an id is left out: neither it nor the others may go on saying what
 * they say because of it.
 */
const precomputationSchema = z.object({
  id: z.string(),
  field: z.string().min(1).catch('reporter'),
  operator: z.string().catch(''),
  arguments: z.array(z.string()).catch([]),
  value: z.string().nullish().catch(null),
  error: z.string().nullish().catch(null),
});
const pageSchema = z.object({ values: rowsOf(precomputationSchema), isLast: z.boolean().nullish() });

/** An answer of the app's JQL function that Jira keeps. */
export type Precomputation = {
  readonly id: string;
  readonly field: string;
  readonly operator: string;
  /** As they were typed: as many as there are. */
  readonly arguments: readonly string[];
  readonly value: string | null;
  readonly error: string | null;
};

/** A new answer in place of the kept one: JQL, or an error for the user. */
export type PrecomputationUpdate =
  { readonly id: string; readonly value: string } | { readonly id: string; readonly error: string };

/**
 * The answers of the app's functions that Jira keeps, those that were used last first, 2,000 at most: one that is
 * left out comes to the front as soon as it is used. Jira forgets those that nobody uses.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-jql-functions--apps-/
 */
export async function readPrecomputations(): Promise<JiraResult<Precomputation[]>> {
  const kept: Precomputation[] = [];
  for (let startAt = 0; startAt < MAX_PAGES * PAGE; startAt += PAGE) {
    const page = await getJson(
      'app',
      route`/rest/api/3/jql/function/computation?startAt=${startAt}&maxResults=${PAGE}&orderBy=-used`,
      pageSchema,
    );
    if (page.kind === 'problem') return page;
    const { values, isLast } = page.value;
    kept.push(...values.rows.map(toPrecomputation));
    if (isLast !== false || isEmpty(values)) break;
  }
  return { kind: 'ok', value: kept };
}

/**
 * Replaces answers that Jira keeps. One that Jira has forgotten since it was read is skipped: without
 * that parameter it would fail all the others (documented).
 * @see {@link readPrecomputations}
 */
export async function updatePrecomputations(updates: readonly PrecomputationUpdate[]): Promise<JiraResult<null>> {
  for (let start = 0; start < updates.length; start += PAGE) {
    const sent = await postJson('app', route`/rest/api/3/jql/function/computation?skipNotFoundPrecomputations=true`, {
      values: updates.slice(start, start + PAGE),
    });
    if (sent.kind === 'problem') return sent;
  }
  return { kind: 'ok', value: null };
}

function toPrecomputation({ value, error, ...call }: z.infer<typeof precomputationSchema>): Precomputation {
  return { ...call, value: value ?? null, error: error ?? null };
}
