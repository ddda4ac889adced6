import { z } from 'zod';
import {
  type FoundGroups,
  type Problem,
  type Result,
  type SearchGroupsInput,
  GROUP_SEARCH_LIMIT,
  ok,
} from '../../../contract';
import { findGroup, findGroups } from '../../../adapters/jira';
import { fromJira, parseInput } from '../../../usecases/result';
import type { AdminRequest } from '../request';

const inputSchema: z.ZodType<SearchGroupsInput> = z.object({ query: z.string().trim().min(1).max(255) });

/**
 * Groups with a text in their name, as the admin may see them: what the group picker offers. The one that is called so
 * comes first: of many that have its name in theirs it would not be among those that are shown.
 */
export async function searchGroups(_request: AdminRequest, payload: unknown): Promise<Result<FoundGroups>> {
  const input = parseInput(inputSchema, payload);
  if (input.kind === 'problem') return input;
  const { query } = input.value;
  const found = fromJira(await findGroups(query), NOT_FOUND);
  if (found.kind === 'problem') return found;
  const { groups, isAll } = found.value;
  const isWhole = isAll && groups.length <= GROUP_SEARCH_LIMIT;
  const named = isWhole ? ok(null) : fromJira(await findGroup(query, null, found.value), NOT_FOUND);
  if (named.kind === 'problem') return named;
  const { value: first } = named;
  const others = groups.filter(({ id }) => id !== first?.id);
  return ok({
    groups: [...(first === null ? [] : [first]), ...others].slice(0, GROUP_SEARCH_LIMIT),
    truncated: !isWhole,
  });
}

const NOT_FOUND: Problem = { code: 'jira', status: 404, retryAfterMs: null, limit: null };
