import { err, ok, type Result } from '../../../contract';
import { fromJira } from '../../../usecases/result';
import { countIssues, readQueryError } from '../../../adapters/jira';
import type { Run } from '../../../domain/runs';
import { ensureBlindName, type BlindName } from '../../../adapters/store';

const BAD_QUERY = { code: 'run', cause: 'badQuery' } as const;
const NO_ANSWER = { code: 'jira', status: null, retryAfterMs: null, limit: null } as const;

/**
 * Whether Jira takes a query, asked as the user before a run is made of it: then the page still has its form. Parsing
 * says what is wrong (documented); that a search is unbounded, only the search itself says.
 */
export async function requireReadable(jql: string): Promise<Result<true>> {
  const [errors, counted] = await Promise.all([readQueryError(jql), countIssues('user', jql)]);
  const said = fromJira(errors, NO_ANSWER);
  if (said.kind === 'problem') return said;
  if (said.value !== null) return err({ ...BAD_QUERY, said: said.value });
  if (counted.kind === 'problem' && counted.problem.status === 400) return err({ ...BAD_QUERY, said: null });
  return ok(true);
}

/**
 * By what a run knows its query again while it is read, without keeping it: a name that only this installation can
 * make. Throws ForgeKvsError when storage fails.
 */
export async function queryNameOf(runId: string, jql: string): Promise<string> {
  return nameOf(await ensureBlindName(), ['query', runId, jql]);
}

/**
 * Jira's tokens for the pages of one run's query. Whether Jira would go on with the query of another search, whose
 * token it is given, is documented nowhere: a token from the page counts only with the seal of this run and query.
 */
export type PageSeal = {
  /** The token of Jira, null for the first page; undefined when it is none of this query. */
  readonly open: (sealed: string | null) => string | null | undefined;
  readonly close: (token: string | null) => string | null;
};

/**
 * The seal of a query's pages; null when the run is about another query. Throws ForgeKvsError when storage fails.
 */
export async function readPageSeal({ runId, queryName }: Run, jql: string): Promise<PageSeal | null> {
  const blind = await ensureBlindName();
  if (queryName === null || nameOf(blind, ['query', runId, jql]) !== queryName) return null;
  const sealOf = (token: string): string => nameOf(blind, ['page', runId, jql, token]);
  return {
    open: (sealed) => {
      if (sealed === null) return null;
      const [, seal = '', token = ''] = /^([\w-]+)\.(.+)$/s.exec(sealed) ?? [];
      return seal === sealOf(token) ? token : undefined;
    },
    close: (token) => (token === null ? null : `${sealOf(token)}.${token}`),
  };
}

function nameOf(blind: BlindName, parts: readonly string[]): string {
  return blind(JSON.stringify(['bulk', ...parts]));
}
