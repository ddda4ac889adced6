import type { LedgerEntry, Problem } from '../../contract';
import { isSameRequest, type RequestIdentity } from '../../domain/segments';

/**
 * What a request is told whose operation id has a row already: how far it has come where the row is its own, and
 * otherwise that the id is taken. On which work item somebody else's write was is not told.
 */
export function takenIdProblem(entry: LedgerEntry, request: RequestIdentity): Problem {
  if (isSameRequest(entry, request)) return { code: 'duplicateRequest', state: entry.state };
  const isOwn = entry.apiClientId !== null && entry.apiClientId === request.apiClientId;
  return {
    code: 'operationIdTaken',
    kind: entry.kind,
    issueKey: isOwn ? entry.issueKey : null,
    atMs: entry.intendedAtMs,
  };
}
