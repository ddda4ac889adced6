import { sleep } from '../clock';
import { allConfirmed, decideOutcome, type BatchEnds, type Claim, type MemberOutcome, type Occupants, type PairReading, type ReadBackSide, type WritePlan } from '../segments';
import type { Result, SegmentWithMembers } from '../shorterloop';
import { ok, problem, shorterLoopProblem, type Step } from './answer';
import type { Connected } from './connection';

/** A segment as it was read back: `'gone'` when it no longer exists, null when it could not be read. */
type Reread = SegmentWithMembers | 'gone' | null;

/** Waits before each read-back: Shorter Loop may take a moment to show what it has accepted. */
const READ_BACK_WAITS_MS = [0, 400, 1_200];

/** What is known of each member after a write, and the segments as they were read for it. */
export type ReadBackResult = { readonly outcomes: MemberOutcome[]; readonly reread: ReadonlyMap<number, SegmentWithMembers | 'gone'> };

/** The outcomes when nothing is read back, because nothing can have been applied. */
export function unread(plan: WritePlan, claim: Claim): ReadBackResult {
  return { outcomes: decideOutcome(plan, claim, null), reread: new Map() };
}

/** Reads both sides of a write again, up to three times, until every member is where they should be. */
export async function readBack(client: Connected['client'], plan: WritePlan, claim: Claim): Promise<ReadBackResult> {
  let result: ReadBackResult | undefined;
  for (const waitMs of READ_BACK_WAITS_MS) {
    if (waitMs > 0) await sleep(waitMs);
    result = await readOnce(client, plan, claim);
    if (allConfirmed(result.outcomes)) break;
  }
  return result ?? unread(plan, claim);
}

async function readOnce(client: Connected['client'], plan: WritePlan, claim: Claim): Promise<ReadBackResult> {
  const { from, to } = plan;
  const [source, target] = await Promise.all([from === null ? null : reread(client, from.id), to === null ? null : reread(client, to.id)]);
  const known: [number, SegmentWithMembers | 'gone'][] = [];
  if (from !== null && source !== null) known.push([from.id, source]);
  if (to !== null && target !== null) known.push([to.id, target]);
  return { outcomes: decideOutcome(plan, claim, { from: idsOf(source), to: idsOf(target) }), reread: new Map(known) };
}

/**
 * Reads both ends of a batch. Side by side, because the two together are what a batch is planned from.
 * @returns the problem of the first that can't be read
 */
export async function readPair(client: Connected['client'], { from, to }: BatchEnds): Promise<Step<PairReading>> {
  const [source, target] = await Promise.all([readOccupants(client, from.id), to === null ? null : readOccupants(client, to.id)]);
  if (source.kind === 'problem') return source;
  if (target?.kind === 'problem') return target;
  return ok({ from: source.value, to: target === null ? null : target.value });
}

/** Both ends of a batch from what was read back after it; null when one of them is missing. */
export function pairOf({ from, to }: WritePlan, reread: ReadBackResult['reread']): PairReading | null {
  const source = from === null ? undefined : reread.get(from.id);
  const target = to === null ? null : reread.get(to.id);
  if (source === undefined || target === undefined) return null;
  return { from: occupantsOf(source), to: target === null ? null : occupantsOf(target) };
}

async function readOccupants(client: Connected['client'], segmentId: number): Promise<Step<Occupants>> {
  const read = await lookUp(client, segmentId);
  if (read === 'gone') return ok(read);
  return read.kind === 'ok' ? ok(occupantsOf(read.value)) : problem(shorterLoopProblem(read.error));
}

function occupantsOf(segment: SegmentWithMembers | 'gone'): Occupants {
  return segment === 'gone' ? segment : new Set(segment.members.map(({ id }) => id));
}

async function reread(client: Connected['client'], segmentId: number): Promise<Reread> {
  const read = await lookUp(client, segmentId);
  if (read === 'gone') return read;
  return read.kind === 'ok' ? read.value : null;
}

/** Reads one segment with its members; a segment that is gone is told from one that can't be read. */
async function lookUp(client: Connected['client'], segmentId: number): Promise<Result<SegmentWithMembers> | 'gone'> {
  const read = await client.segmentWithMembers(segmentId);
  if (read.kind === 'ok' || read.error.cause !== 'notFound') return read;
  // The path of this read is an assumption: a 404 alone could also mean that the path is wrong.
  const list = await client.listSegments();
  return list.kind === 'ok' && !list.value.some(({ id }) => id === segmentId) ? 'gone' : read;
}

function idsOf(segment: Reread): ReadBackSide {
  if (segment === null) return null;
  return new Set(segment === 'gone' ? [] : segment.members.map(({ id }) => id));
}
