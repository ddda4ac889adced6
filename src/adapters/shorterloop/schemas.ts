import { z } from 'zod';
import { plainName } from '../../contract';
import { withoutAddress } from '../../domain/people';
import type { Unreadable } from '../../domain/segments';
import type { ListedSegment, Member, SegmentWithMembers } from './types';

// Unknown keys are ignored everywhere: the shapes are assumptions, see docs/shorter-loop-api.md.
const id = z.int().positive();
/** A text that is taken for none when it is something else: it decides nothing. */
const text = z.string().nullish().catch(null);

const userSchema = z.object({ id, email: text, name: text, firstName: text, lastName: text });
/** Ids decide what is what: a record without one is nobody's. The rest is looked at one by one. */
const segmentSchema = z.object({ id, name: z.unknown().optional(), users: z.unknown().optional() });

const envelope = <T extends z.ZodType>(data: T) => z.object({ success: z.literal(true), data });
const records = envelope(z.array(z.unknown()));

/** The answer of `listSegments`. */
export const listAnswer = records
  .transform(({ data }) => readRecords(data, toSegment))
  .pipe(someReadable<ListedSegment>());
/** The answer of `segmentWithMembers`. */
export const segmentAnswer = envelope(z.unknown())
  .transform(({ data }) => readRecords([data], toSegmentWithMembers))
  .pipe(someReadable<SegmentWithMembers>())
  .transform(({ read: [record], leftOut }, context) => {
    if (record !== undefined) return { read: record, leftOut };
    context.addIssue('No segment');
    return z.NEVER;
  });
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
export const segmentsAnswer = records
  .transform(({ data }) => readRecords(data, toSegmentWithMembers))
  .pipe(someReadable<SegmentWithMembers>());
/** The answer of a write: only `success` is relied on. */
export const writeAnswer = z.object({
  success: z.boolean(),
  data: z.object({ count: z.unknown() }).nullish().catch(null),
});
/** An envelope that says no, which this API may send under status 200. */
export const refusalAnswer = z.object({ success: z.literal(false) });

/** What could be read of an answer's records, and how many of them had to be left out because they have no id. */
type ReadRecords<T> = { readonly read: T[]; readonly leftOut: number };
type ReadRecord<T> = { readonly record: T; readonly leftOut: number };

function readRecords<T>(data: readonly unknown[], read: (record: unknown) => ReadRecord<T> | null): ReadRecords<T> {
  const known = data.map(read).filter((one) => one !== null);
  const within = known.reduce((sum, { leftOut }) => sum + leftOut, 0);
  return { read: known.map(({ record }) => record), leftOut: data.length - known.length + within };
}

/**
 * One odd record among many is left out. Where none can be read, the answer has another form than the app knows: that
 * must not pass for an initiative without segments.
 */
function someReadable<T extends { readonly unreadable?: Unreadable }>() {
  return z
    .custom<ReadRecords<T>>()
    .refine(({ read, leftOut }) =>
      read.length === 0 ? leftOut === 0 : read.some(({ unreadable }) => unreadable !== 'segment'),
    );
}

/** A segment of the list; null for a record without an id. */
function toSegment(value: unknown): ReadRecord<ListedSegment> | null {
  const parsed = segmentSchema.safeParse(value);
  if (!parsed.success) return null;
  const { id: segmentId, name } = parsed.data;
  return typeof name === 'string'
    ? { record: { id: segmentId, name: plainName(name) }, leftOut: 0 }
    : { record: { id: segmentId, name: '', unreadable: 'segment' }, leftOut: 0 };
}

/** A segment with its members, each once even when the answer repeats one; null for a record without an id. */
function toSegmentWithMembers(value: unknown): ReadRecord<SegmentWithMembers> | null {
  const listed = toSegment(value);
  const parsed = segmentSchema.safeParse(value);
  if (listed === null || !parsed.success) return null;
  const users: readonly unknown[] | null = Array.isArray(parsed.data.users) ? parsed.data.users : null;
  const members = new Map<number, Member>();
  let leftOut = 0;
  for (const one of users ?? []) {
    const user = userSchema.safeParse(one);
    if (!user.success) leftOut += 1;
    else if (!members.has(user.data.id)) members.set(user.data.id, toMember(user.data));
  }
  const isLost = users === null || listed.record.unreadable !== undefined || (leftOut > 0 && members.size === 0);
  const unreadable = isLost ? 'segment' : leftOut > 0 ? 'members' : null;
  const record = { id: listed.record.id, name: listed.record.name, members: [...members.values()] };
  return { record: unreadable === null ? record : { ...record, unreadable }, leftOut };
}

function toMember(user: z.infer<typeof userSchema>): Member {
  return { id: user.id, email: filled(user.email), name: nameOf(user) };
}

function nameOf({ name, firstName, lastName }: z.infer<typeof userSchema>): string | null {
  const parts = [firstName, lastName].map((part) => plainName(part ?? '')).join(' ');
  const given = filled(plainName(name ?? '')) ?? filled(parts);
  // Whoever sees a name need not be somebody who may see an address.
  return given === null ? null : withoutAddress(given);
}

function filled(value: string | null | undefined): string | null {
  const trimmed = value?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}
