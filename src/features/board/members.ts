import { z } from 'zod';
import { type Result, type BoardMember, type BoardMembers, type BoardMembersInput, ok, err } from '../../contract';
import { parseInput, shorterLoopProblem } from '../../usecases/result';
import { toSegmentRef } from '../../domain/segments';
import { admit } from './admitted';
import type { BoardRequest } from './request';

/** How many members one answer holds at most. */
const PART = 25_000;
/** How many characters their names have at most: far below the 5 MB that Forge passes to a page. */
const PART_CHARACTERS = 1_000_000;

const id = z.int().positive();
const membersSchema: z.ZodType<BoardMembersInput> = z.object({ segmentId: id, afterMemberId: id.nullable() });

/**
 * A part of one segment's members, read from Shorter Loop and kept nowhere. Parts go by the members'
 * ids, so that someone who joins or leaves meanwhile shifts nobody else.
 */
export async function members(request: BoardRequest, payload: unknown): Promise<Result<BoardMembers>> {
  const input = parseInput(membersSchema, payload);
  if (input.kind === 'problem') return input;
  const admitted = await admit(request);
  if (admitted.kind === 'problem') return admitted;
  const { client, rateLimiter } = admitted.value;
  const waited = await rateLimiter.reserveLook(1);
  if (waited.kind === 'problem') return waited;
  const read = await client.segmentWithMembers(input.value.segmentId);
  if (read.kind === 'problem') return err(shorterLoopProblem(read.problem));
  const sorted = read.value.members
    .map((member): BoardMember => [member.id, member.name])
    .sort(([one], [other]) => one - other);
  return ok({
    segment: toSegmentRef(read.value),
    total: sorted.length,
    ...partAfter(sorted, input.value.afterMemberId ?? 0),
  });
}

/**
 * The members after one, as many as one answer may hold.
 * @param sorted by id
 */
export function partAfter(
  sorted: readonly BoardMember[],
  afterMemberId: number,
): Pick<BoardMembers, 'members' | 'nextAfterMemberId'> {
  const start = sorted.findIndex(([memberId]) => memberId > afterMemberId);
  if (start === -1) return { members: [], nextAfterMemberId: null };
  let characters = 0;
  let end = start;
  // At least one, so that every part leads further.
  while (end < sorted.length && end - start < PART && (end === start || characters < PART_CHARACTERS)) {
    characters += sorted[end]?.[1]?.length ?? 0;
    end += 1;
  }
  return {
    members: sorted.slice(start, end),
    nextAfterMemberId: end < sorted.length ? (sorted[end - 1]?.[0] ?? null) : null,
  };
}
