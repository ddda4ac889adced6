import { type ReadPlan, type Segment, type WriteEnds, ok, err, type Result } from '../../contract';
import { sleep } from '../../clock';
import {
  isConfirmed,
  decideOutcome,
  type ResponseClaim,
  type MemberOutcome,
  type Occupants,
  type PairReading,
  type ReadBack,
  type ReadBackSide,
  type WritePlan,
} from '../../domain/segments';
import type { ShorterLoopResult, SegmentWithMembers } from '../../adapters/shorterloop';
import { shorterLoopProblem } from '../result';
import type { Connected } from '../connection';
import { readSegmentOrGone, type SegmentsReading } from '../lookup';

/** Waits before each read-back: Shorter Loop may take a moment to show what it has accepted. */
const READ_BACK_WAITS_MS = [0, 400, 1_200];
/** So many of a member's other segments are read again one by one. */
export const MOST_OTHERS = 5;

/**
 * What is known of each member after a write, and the segments as they were read for it: `'gone'` where one no longer
 * exists.
 */
export type ReadBackResult<S> = {
  readonly outcomes: MemberOutcome[];
  readonly reread: ReadonlyMap<number, S | 'gone'>;
  /** Who is in both ends now, to be compared with before; null where that says nothing. */
  readonly after: ReadBack;
};

/**
 * The reading from which a write was planned. It is read back by the same read: two that are made in different ways
 * may differ though nothing has changed, and then the one could not have shown what the other did.
 */
export type WriteReading = Pick<SegmentsReading, 'segments' | 'live' | 'how'>;

/** The segments that one look after a write shows. */
type Reread<S> = ReadonlyMap<number, S | 'gone'>;
/** How both ends are read back, and who is in a segment then. One that could not be read is not in the answer. */
type Reader<S> = {
  readonly read: (segmentIds: readonly number[]) => Promise<Reread<S>>;
  readonly idsOf: (segment: S) => ReadonlySet<number>;
};

/** The segments of which the last look after a write could tell only in part who is in them. */
type ReadInPart = Map<number, SegmentWithMembers>;

const UNREAD: ReadBack = { from: null, to: null };

/** The outcomes when nothing is read back, because nothing can have been applied. */
function unread(plan: WritePlan, claim: ResponseClaim): ReadBackResult<never> {
  return { outcomes: decideOutcome(plan, claim, null), reread: new Map(), after: UNREAD };
}

/**
 * Reads both sides of a write again, up to three times, until every member is where they should be; not at all where
 * nothing can have been applied. Beside them what else the plan's own reading showed of the member is read again.
 */
export async function readBack(
  client: Connected['client'],
  plan: WritePlan,
  claim: ResponseClaim,
  reading: WriteReading,
): Promise<ReadBackResult<SegmentWithMembers> & { readonly inPart: ReadInPart }> {
  const known = partsOf(plan, reading).map(({ id }) => id);
  const others = [...othersOf(plan, reading), ...known].slice(0, MOST_OTHERS);
  const inPart: ReadInPart = new Map();
  const read = readerOf(client, reading, { others, inPart });
  const result = await readUntilConfirmed(plan, claim, {
    read,
    idsOf: ({ members }) => new Set(members.map(({ id }) => id)),
  });
  // What is read all at once has the others in it; one by one they are read once the ends are known.
  if (reading.how === 'all-at-once' || result.reread.size === 0 || plan.kind === 'add') return { ...result, inPart };
  return { ...result, reread: new Map([...result.reread, ...(await read(others))]), inPart };
}

/** Who is in both ends by the reading of a plan; null where that did not look. */
export function sidesOf({ from, to }: WritePlan, { segments, live }: WriteReading): ReadBack {
  const side = (segmentId: number | undefined): ReadBackSide => {
    const found = segments.find(({ id }) => id === segmentId);
    return found === undefined || !live.has(found.id) ? null : new Set(found.members.map(({ id }) => id));
  };
  return { from: side(from?.id), to: side(to?.id) };
}

/** The other segments that a plan's reading showed the member in. */
export function othersOf({ from, to, memberIds }: WritePlan, { segments, live }: WriteReading): number[] {
  return segments
    .filter(({ id, members }) => live.has(id) && members.some((member) => memberIds.includes(member.id)))
    .flatMap(({ id }) => (id === from?.id || id === to?.id ? [] : [id]));
}

/** The other segments of which a reading could tell only in part who is in them, and that showed the member. */
export function partsOf({ from, to, memberIds }: WritePlan, { segments }: WriteReading): SegmentWithMembers[] {
  return segments
    .filter(({ unreadable, members }) => unreadable === 'members' && members.some(({ id }) => memberIds.includes(id)))
    .filter(({ id }) => id !== from?.id && id !== to?.id);
}

/**
 * @param looked further segments that the member was in, which may no longer be in an answer, and where those are noted
 *   that are read in part
 */
function readerOf(
  client: Connected['client'],
  { how, segments }: WriteReading,
  { others, inPart }: { readonly others: readonly number[]; readonly inPart: ReadInPart },
): Reader<SegmentWithMembers>['read'] {
  const readers: Record<ReadPlan, Reader<SegmentWithMembers>['read']> = {
    'all-at-once': (segmentIds) => readTogether(client, [...segmentIds, ...others], segments, inPart),
    'per-segment': (segmentIds) =>
      readEach(segmentIds, async (segmentId) => {
        const read = valueOrNull(await readSegmentOrGone(client, segmentId, client.segmentWithMembers));
        if (read !== null && read !== 'gone') noteInPart(inPart, read);
        // Who is not seen in a segment that can't be read in full may be in it all the same.
        return read === null || read === 'gone' || read.unreadable === undefined ? read : null;
      }),
  };
  return readers[how];
}

function noteInPart(inPart: ReadInPart, segment: SegmentWithMembers): void {
  if (segment.unreadable === 'members') inPart.set(segment.id, segment);
}

/** Every segment in one call. Of one that the answer no longer has, only the list says whether it is gone. */
async function readTogether(
  client: Connected['client'],
  segmentIds: readonly number[],
  before: readonly SegmentWithMembers[],
  inPart: ReadInPart,
): Promise<Reread<SegmentWithMembers>> {
  const leftOut = client.leftOut();
  const read = await client.segmentsWithMembers();
  if (read.kind === 'problem') return new Map();
  for (const segment of read.value) noteInPart(inPart, segment);
  const reread = new Map<number, SegmentWithMembers | 'gone'>(
    read.value.flatMap((segment) => (segment.unreadable === undefined ? [[segment.id, segment]] : [])),
  );
  const shown = new Set(read.value.map(({ id }) => id));
  const absent = segmentIds.filter((id) => !shown.has(id));
  // One that is absent may be a record that could not be read: then nothing can be said of it.
  if (absent.length === 0 || client.leftOut() > leftOut) return reread;
  const list = await client.listSegments();
  if (list.kind === 'problem') return reread;
  const listed = new Set(list.value.map(({ id }) => id));
  for (const segment of before) {
    // An answer may leave out those that nobody is in any more.
    if (absent.includes(segment.id)) reread.set(segment.id, listed.has(segment.id) ? emptied(segment) : 'gone');
  }
  return reread;
}

function emptied({ id, name }: SegmentWithMembers): SegmentWithMembers {
  return { id, name, members: [] };
}

async function readEach<S>(
  segmentIds: readonly number[],
  read: (segmentId: number) => Promise<S | 'gone' | null>,
): Promise<Reread<S>> {
  const answers = await Promise.all(segmentIds.map(async (id) => [id, await read(id)] as const));
  return new Map(answers.flatMap(([id, answer]) => (answer === null ? [] : [[id, answer]])));
}

/** {@link readBack} for a batch: of its segments, which may have 100,000 members, only ids are kept. */
export function readBackIds(
  client: Connected['client'],
  plan: WritePlan,
  claim: ResponseClaim,
): Promise<ReadBackResult<ReadonlySet<number>>> {
  return readUntilConfirmed(plan, claim, {
    read: (segmentIds) =>
      readEach(segmentIds, async (segmentId) =>
        valueOrNull(await readSegmentOrGone(client, segmentId, client.memberIdsOf)),
      ),
    idsOf: (memberIds) => memberIds,
  });
}

async function readUntilConfirmed<S>(
  plan: WritePlan,
  claim: ResponseClaim,
  reader: Reader<S>,
): Promise<ReadBackResult<S>> {
  if (claim === 'never' || claim === 'notSent') return unread(plan, claim);
  let result: ReadBackResult<S> | undefined;
  for (const waitMs of READ_BACK_WAITS_MS) {
    if (waitMs > 0) await sleep(waitMs);
    result = await readOnce(plan, claim, reader);
    if (isConfirmed({ members: result.outcomes })) break;
  }
  return result ?? unread(plan, claim);
}

async function readOnce<S>(
  plan: WritePlan,
  claim: ResponseClaim,
  { read, idsOf }: Reader<S>,
): Promise<ReadBackResult<S>> {
  const { from, to } = plan;
  const reread = await read([from?.id, to?.id].filter((id) => id !== undefined));
  const side = (segmentId: number | undefined): ReadBackSide => {
    const segment = segmentId === undefined ? undefined : reread.get(segmentId);
    return segment === undefined ? null : segment === 'gone' ? new Set() : idsOf(segment);
  };
  const sides = { from: side(from?.id), to: side(to?.id) };
  // A target that is gone was deleted by somebody; whether a source was is not so sure.
  const after = to !== null && reread.get(to.id) === 'gone' ? { ...sides, to: null } : sides;
  return { outcomes: decideOutcome(plan, claim, sides), reread, after };
}

/**
 * Reads both ends of a batch. Side by side, because the two together are what a batch is planned from.
 * @returns the problem of the first that can't be read
 */
export async function readPair(client: Connected['client'], { from, to }: WriteEnds): Promise<Result<PairReading>> {
  const [source, target] = await Promise.all([readEnd(client, from), readEnd(client, to)]);
  if (source.kind === 'problem') return source;
  return target.kind === 'problem' ? target : ok({ from: source.value, to: target.value });
}

/** Who is in one end of a write; null where it has none. */
function readEnd(client: Connected['client'], end: Segment | null): Promise<Result<Occupants | null>> {
  return end === null ? Promise.resolve(ok(null)) : readOccupants(client, end.id);
}

/** Both ends of a batch from what was read back after it; null when one of them is missing. */
export function pairOf({ from, to }: WritePlan, reread: ReadonlyMap<number, Occupants>): PairReading | null {
  const source = from === null ? null : reread.get(from.id);
  const target = to === null ? null : reread.get(to.id);
  return source === undefined || target === undefined ? null : { from: source, to: target };
}

async function readOccupants(client: Connected['client'], segmentId: number): Promise<Result<Occupants>> {
  const read = await readSegmentOrGone(client, segmentId, client.memberIdsOf);
  if (read.kind === 'problem') return err(shorterLoopProblem(read.problem));
  return read.value === 'unreadable' ? err({ code: 'segmentUnreadable', segmentId }) : ok(read.value);
}

function valueOrNull<T>(read: ShorterLoopResult<T | 'unreadable'>): T | null {
  return read.kind === 'ok' && read.value !== 'unreadable' ? read.value : null;
}
