import { z } from 'zod';
import { type FoundGroups, type Result, type SearchGroupsInput, GROUP_SEARCH_LIMIT, ok } from '../../../contract';
import { findGroups } from '../../../adapters/jira';
import { fromJira, parseInput } from '../../../usecases/result';
import type { AdminRequest } from '../request';

const inputSchema: z.ZodType<SearchGroupsInput> = z.object({ query: z.string().trim().min(1).max(255) });

/** Groups with a text in their name, as the admin may see them: what the group picker offers. */
export async function searchGroups(_request: AdminRequest, payload: unknown): Promise<Result<FoundGroups>> {
  const input = parseInput(inputSchema, payload);
  if (input.kind === 'problem') return input;
  const found = fromJira(await findGroups(input.value.query), {
    code: 'jira',
    status: 404,
    retryAfterMs: null,
    limit: null,
  });
  if (found.kind === 'problem') return found;
  const groups = found.value.slice(0, GROUP_SEARCH_LIMIT);
  return ok({ groups, truncated: groups.length < found.value.length });
}
