import { z } from 'zod';
import {
  PROVING_LIMIT,
  err,
  labelledSegments,
  ok,
  type ProvingGround,
  type Result,
  type SegmentCount,
  type TestInput,
  type TestPlan,
} from '../../../contract';
import { memberById } from '../../../domain/people';
import { readableSegments } from '../../../domain/segments';
import { leftBehindBy, stepsOf } from '../../../domain/writeTest';
import { openConnection, requireReads } from '../../../usecases/connection';
import { readSegments, type SegmentsReading } from '../../../usecases/lookup';
import { parseInput } from '../../../usecases/result';
import type { SegmentWithMembers } from '../../../adapters/shorterloop';
import type { AdminRequest } from '../request';
import { readForTest, type TestSubject } from './testReading';

const id = z.int().positive();
const groundSchema = z.object({ segmentId: id.nullable() });

/** The test as the page sends it. */
export const testSchema = z.object({
  memberId: id,
  fromSegmentId: id,
  toSegmentId: id,
  withAdding: z.boolean(),
  withRemoving: z.boolean(),
}) satisfies z.ZodType<TestInput>;

/** The segments, and of one of them the members, from which an admin picks a test person. */
export async function provingGround(_request: AdminRequest, payload: unknown): Promise<Result<ProvingGround>> {
  const input = parseInput(groundSchema, payload);
  if (input.kind === 'problem') return input;
  const connected = await openConnection();
  if (connected.kind === 'problem') return connected;
  const read = await readSegments(connected.value, 'look');
  if (read.kind === 'problem') return read;
  const chosen = read.value.find((segment) => segment.id === input.value.segmentId);
  const members = (chosen?.members ?? []).slice(0, PROVING_LIMIT).map((member) => memberById(read.value, member.id));
  return ok({ segments: labelledSegments(readableSegments(read.value).map(counted)), members });
}

/** Says what a test would do and leave behind. Reads, and writes nothing. */
export async function planTest(_request: AdminRequest, payload: unknown): Promise<Result<TestPlan>> {
  const input = parseInput(testSchema, payload);
  if (input.kind === 'problem') return input;
  const test = input.value;
  const connected = await openConnection();
  if (connected.kind === 'problem') return connected;
  const readable = requireReads(connected.value);
  if (readable.kind === 'problem') return readable;
  const reading = await readForTest(connected.value, test, 'look');
  if (reading.kind === 'problem') return reading;
  const ground = groundOf(test, reading.value);
  if (ground.kind === 'problem') return ground;
  const { from, to } = ground.value;
  const member = memberById(reading.value.segments, test.memberId);
  if (!from.members.some(isPerson(test))) return err({ code: 'stale', reason: 'notInSource' });
  if (to.members.some(isPerson(test))) return err({ code: 'stale', reason: 'alreadyInTarget' });
  const others = new Set([...from.members, ...to.members].map((one) => one.id));
  others.delete(test.memberId);
  return ok({
    member,
    from: counted(from),
    to: counted(to),
    steps: stepsOf(test),
    others: others.size,
    alsoIn: member.segmentIds.filter((segmentId) => segmentId !== from.id),
    ...leftBehindBy(test),
  });
}

/** Both segments of a test as they were read, or why nothing can be tried in them. */
export function groundOf(
  { memberId, fromSegmentId, toSegmentId }: TestSubject,
  { segments, live }: Pick<SegmentsReading, 'segments' | 'live'>,
): Result<{ readonly from: SegmentWithMembers; readonly to: SegmentWithMembers }> {
  const [from, to] = [fromSegmentId, toSegmentId].map((wanted) => segments.find((segment) => segment.id === wanted));
  if (from === undefined) return err({ code: 'stale', reason: 'sourceGone' });
  if (to === undefined) return err({ code: 'stale', reason: 'targetGone' });
  for (const segment of [from, to]) {
    if (!live.has(segment.id)) return err({ code: 'segmentUnreadable', segmentId: segment.id });
    // A server that replaces a list instead of changing it would show nothing where nobody else is.
    if (segment.members.every((one) => one.id === memberId))
      return err({ code: 'testNeedsOthers', segmentId: segment.id });
  }
  return from.id === to.id ? err({ code: 'stale', reason: 'alreadyInTarget' }) : ok({ from, to });
}

function isPerson({ memberId }: TestSubject): (member: { readonly id: number }) => boolean {
  return ({ id: other }) => other === memberId;
}

function counted({ id: segmentId, name, members }: SegmentWithMembers): SegmentCount {
  return { id: segmentId, name, members: members.length };
}
