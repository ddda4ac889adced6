import { z } from 'zod';
import {
  labelledSegments,
  type Result,
  type FindMembersInput,
  type FoundMember,
  type FoundMembers,
  type MemberView,
  ok,
} from '../../../contract';
import { findMembers as search } from '../../../usecases/lookup';
import { parseInput } from '../../../usecases/result';
import { linkedAccounts } from '../../../adapters/store';
import type { AdminRequest } from '../request';
import { openLookup } from './lookupContext';

const findSchema: z.ZodType<FindMembersInput> = z.object({
  query: z.string().trim().min(2).max(320),
  segmentId: z.int().positive().nullable(),
});

/**
 * Finds members by a whole e-mail address, by id, or by part of a name (within one segment where one
 * is given), with the Jira accounts that are linked to them. Names are told and kept nowhere.
 */
export async function findMembers(_request: AdminRequest, payload: unknown): Promise<Result<FoundMembers>> {
  const input = parseInput(findSchema, payload);
  if (input.kind === 'problem') return input;
  const lookup = await openLookup();
  if (lookup.kind === 'problem') return lookup;
  const { query, segmentId } = input.value;
  const searched = await search(lookup.value, segmentId === null ? { query } : { query, segmentId });
  if (searched.kind === 'problem') return searched;
  const { found, segments } = searched.value;
  const members = await Promise.all(found.members.map(withAccounts));
  return ok({
    members,
    truncated: found.truncated,
    needsSegment: found.needsSegment,
    segments: labelledSegments(segments.map(({ id, name }) => ({ id, name }))),
  });
}

async function withAccounts(member: MemberView): Promise<FoundMember> {
  return { ...member, linkedAccountIds: await linkedAccounts([member.id]) };
}
