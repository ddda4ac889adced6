import { ok, err, type Result } from '../../contract';
import { sleep } from '../../clock';
import {
  isConfirmed,
  decideOutcome,
  type BatchEnds,
  type ResponseClaim,
  type MemberOutcome,
  type Occupants,
  type PairReading,
  type ReadBackSide,
  type WritePlan,
} from '../../domain/segments';
import type { ShorterLoopResult, SegmentWithMembers } from '../../adapters/shorterloop';
import { shorterLoopProblem } from '../result';
import type { Connected } from '../connection';
import { isUnreadable, readSegmentOrGone } from '../lookup';

/** Waits before each read-back: Shorter Loop may take a moment to show what it has accepted. */
const READ_BACK_WAITS_MS = [0, 400, 1_200];

/**
 * What is known of each member after a write, and the segments as they were read for it: `'gone'` where one no longer
 * exists.
 */
export type ReadBackResult<S> = {
  readonly outcomes: MemberOutcome[];
  readonly reread: ReadonlyMap<number, S | 'gone'>;
};

/** How a segment is read back, and who is in it then. Null stands for one that could not be read. */
type Reader<S> = {
  readonly read: (segmentId: number) => Promise<S | 'gone' | null>;
  readonly idsOf: (segment: S) => ReadonlySet<number>;
};

/** The outcomes when nothing is read back, because nothing can have been applied. */
function unread(plan: WritePlan, claim: ResponseClaim): ReadBackResult<never> {
  return { outcomes: decideOutcome(plan, claim, null), reread: new Map() };
}

/**
 * Reads both sides of a write again, up to three times, until every member is where they should be; not at all where
 * nothing can have been applied.
 */
export function readBack(
  client: Connected['client'],
  plan: WritePlan,
  claim: ResponseClaim,
): Promise<ReadBackResult<SegmentWithMembers>> {
  return readUntilConfirmed(plan, claim, {
    read: async (segmentId) => {
      const read = valueOrNull(await readSegmentOrGone(client, segmentId, client.segmentWithMembers));
      // Who is not seen in a segment that can't be read in full may be in it all the same.
      return read === null || read === 'gone' || read.unreadable === undefined ? read : null;
    },
    idsOf: ({ members }) => new Set(members.map(({ id }) => id)),
  });
}

/** {@link readBack} for a batch: of its segments, which may have 100,000 members, only ids are kept. */
export function readBackIds(
  client: Connected['client'],
  plan: WritePlan,
  claim: ResponseClaim,
): Promise<ReadBackResult<ReadonlySet<number>>> {
  return readUntilConfirmed(plan, claim, {
    read: async (segmentId) => valueOrNull(await readSegmentOrGone(client, segmentId, client.memberIdsOf)),
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
  const [source, target] = await Promise.all([from === null ? null : read(from.id), to === null ? null : read(to.id)]);
  const known: [number, S | 'gone'][] = [];
  if (from !== null && source !== null) known.push([from.id, source]);
  if (to !== null && target !== null) known.push([to.id, target]);
  const side = (segment: S | 'gone' | null): ReadBackSide =>
    segment === null ? null : segment === 'gone' ? new Set() : idsOf(segment);
  return { outcomes: decideOutcome(plan, claim, { from: side(source), to: side(target) }), reread: new Map(known) };
}

/**
 * Reads both ends of a batch. Side by side, because the two together are what a batch is planned from.
 * @returns the problem of the first that can't be read
 */
export async function readPair(client: Connected['client'], { from, to }: BatchEnds): Promise<Result<PairReading>> {
  const [source, target] = await Promise.all([
    readOccupants(client, from.id),
    to === null ? null : readOccupants(client, to.id),
  ]);
  if (source.kind === 'problem') return source;
  if (target?.kind === 'problem') return target;
  return ok({ from: source.value, to: target === null ? null : target.value });
}

/** Both ends of a batch from what was read back after it; null when one of them is missing. */
export function pairOf({ from, to }: WritePlan, reread: ReadonlyMap<number, Occupants>): PairReading | null {
  const source = from === null ? undefined : reread.get(from.id);
  const target = to === null ? null : reread.get(to.id);
  return source === undefined || target === undefined ? null : { from: source, to: target };
}

async function readOccupants(client: Connected['client'], segmentId: number): Promise<Result<Occupants>> {
  const read = await readSegmentOrGone(client, segmentId, client.memberIdsOf);
  if (read.kind === 'ok') return read;
  return err(isUnreadable(read.problem) ? { code: 'segmentUnreadable', segmentId } : shorterLoopProblem(read.problem));
}

function valueOrNull<T>(read: ShorterLoopResult<T>): T | null {
  return read.kind === 'ok' ? read.value : null;
}
