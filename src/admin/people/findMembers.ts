import { z } from 'zod';
import type { Answer, FindMembersInput, FoundMember, FoundMembers, MemberView } from '../../contract';
import { ok, parseInput } from '../../flow';
import { memberById, searchMembers } from '../../people';
import { linkedAccounts } from '../../store';
import type { AdminRequest } from '../request';
import { readMembersLive } from './memberIndex';

const findSchema: z.ZodType<FindMembersInput> = z.object({ query: z.string().trim().min(2).max(320), segmentId: z.int().positive().nullable() });

/**
 * Finds members by a whole e-mail address, by id, or by part of a name (within one segment where one
 * is given), with the Jira accounts that are linked to them. Names are told and kept nowhere.
 */
export async function findMembers(_request: AdminRequest, payload: unknown): Promise<Answer<FoundMembers>> {
  const input = parseInput(findSchema, payload);
  if (input.kind === 'problem') return input;
  const read = await readMembersLive();
  if (read.kind === 'problem') return read;
  const segments = read.value;
  const { query, segmentId } = input.value;
  const searched = segmentId === null ? segments : segments.filter(({ id }) => id === segmentId);
  const { members, truncated } = searchMembers(searched, query);
  // Found in one segment, but told with all of theirs.
  const found = await Promise.all(members.map(({ id }) => withAccounts(memberById(segments, id))));
  return ok({ members: found, truncated, segments: segments.map(({ id, name }) => ({ id, name })) });
}

async function withAccounts(member: MemberView): Promise<FoundMember> {
  return { ...member, linkedAccountIds: await linkedAccounts([member.id]) };
}
