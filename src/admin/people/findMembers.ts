import { z } from 'zod';
import type { Answer, FindMembersInput, FoundMember, FoundMembers, MemberView, Segment } from '../../contract';
import { findMembers as search, guideFor, ok, parseInput, problem, shorterLoopProblem, type Step } from '../../flow';
import { linkedAccounts } from '../../store';
import type { AdminRequest } from '../request';
import { openDesk, type Desk } from './desk';

const findSchema: z.ZodType<FindMembersInput> = z.object({ query: z.string().trim().min(2).max(320), segmentId: z.int().positive().nullable() });

/**
 * Finds members by a whole e-mail address, by id, or by part of a name (within one segment where one
 * is given), with the Jira accounts that are linked to them. Names are told and kept nowhere.
 */
export async function findMembers(_request: AdminRequest, payload: unknown): Promise<Answer<FoundMembers>> {
  const input = parseInput(findSchema, payload);
  if (input.kind === 'problem') return input;
  const desk = await openDesk();
  if (desk.kind === 'problem') return desk;
  const { query, segmentId } = input.value;
  const [found, list] = await Promise.all([search(desk.value, segmentId === null ? { query } : { query, segmentId }), listSegments(desk.value)]);
  if (found.kind === 'problem') return found;
  if (list.kind === 'problem') return list;
  const members = await Promise.all(found.value.members.map(withAccounts));
  return ok({ members, truncated: found.value.truncated, needsSegment: found.value.needsSegment, segments: list.value });
}

/** The segments to choose from: those of the directory, and without one those that Shorter Loop lists. */
async function listSegments({ connected, head }: Desk): Promise<Step<Segment[]>> {
  const guide = guideFor(connected.settings, head);
  if (guide !== null) return ok(guide.segments.map(({ id, name }) => ({ id, name })));
  const admitted = await connected.limiter.reserve(1);
  if (admitted.kind === 'problem') return admitted;
  const list = await connected.client.listSegments();
  return list.kind === 'ok' ? ok(list.value.map(({ id, name }) => ({ id, name }))) : problem(shorterLoopProblem(list.error));
}

async function withAccounts(member: MemberView): Promise<FoundMember> {
  return { ...member, linkedAccountIds: await linkedAccounts([member.id]) };
}
