import { z } from 'zod';
import { plainName, type Segment } from '../../contract';
import type { Member, SegmentWithMembers } from './types';

// Unknown keys are ignored everywhere: the shapes are assumptions, see docs/shorter-loop-api.md.
const id = z.int().positive();
const text = z.string().nullish();

const userSchema = z.object({ id, email: text, name: text, firstName: text, lastName: text });
const segmentSchema = z.object({ id, name: z.string() });
const segmentWithUsersSchema = z.object({ id, name: z.string(), users: z.array(userSchema) });

const envelope = <T extends z.ZodType>(data: T) => z.object({ success: z.literal(true), data });

/** The answer of `listSegments`. */
export const listAnswer = envelope(z.array(segmentSchema));
/** The answer of `segmentWithMembers`. */
export const segmentAnswer = envelope(segmentWithUsersSchema);
/**
 * The ids out of the answer of `segmentWithMembers` read in pieces, with each element's id kept: rows of members have
 * their first one's number and their length.
 */
export const memberIdsAnswer = z
  .object({ json: envelope(z.object({ users: z.array(z.tuple([z.int(), z.int()])) })), kept: z.array(z.unknown()) })
  // Other lists of the answer were taken apart as well: whatever their elements are, nobody looks at them.
  .transform(({ json, kept }) => json.data.users.flatMap(([first, count]) => kept.slice(first, first + count)))
  .pipe(z.array(id));

/** What is kept of a member. */
export function idOf(element: unknown): unknown {
  return typeof element === 'object' && element !== null && 'id' in element ? element.id : undefined;
}

/** The answer of `segmentsWithMembers`. */
export const segmentsAnswer = envelope(z.array(segmentWithUsersSchema));
/** The answer of a write: only `success` is relied on. */
export const writeAnswer = z.object({
  success: z.boolean(),
  data: z.object({ count: z.unknown() }).nullish().catch(null),
});
/** An envelope that says no, which this API may send under status 200. */
export const refusalAnswer = z.object({ success: z.literal(false) });

/** A segment as the app knows it. */
export function toSegment({ id: segmentId, name }: z.infer<typeof segmentSchema>): Segment {
  return { id: segmentId, name: plainName(name) };
}

/** A segment with its members, each once even when the answer repeats one. */
export function toSegmentWithMembers(segment: z.infer<typeof segmentWithUsersSchema>): SegmentWithMembers {
  const members = new Map<number, Member>();
  for (const user of segment.users) {
    if (!members.has(user.id)) members.set(user.id, { id: user.id, email: filled(user.email), name: nameOf(user) });
  }
  return { id: segment.id, name: plainName(segment.name), members: [...members.values()] };
}

function nameOf({ name, firstName, lastName }: z.infer<typeof userSchema>): string | null {
  const given = [firstName, lastName].map((part) => plainName(part ?? '')).join(' ');
  return filled(plainName(name ?? '')) ?? filled(given);
}

function filled(value: string | null | undefined): string | null {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}
