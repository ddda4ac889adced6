import { z } from 'zod';
import {
  BOARD_WRITES,
  type Result,
  type BoardMoveInput,
  type BoardRemoveInput,
  type BoardResult,
  type BoardWrite,
  type BoardWritten,
  type LedgerEntry,
  type Problem,
  type Segment,
  type StaleReason,
  isAccepted,
  straysViewOf,
  ok,
} from '../../contract';
import { type Connected } from '../../usecases/connection';
import { operationIdSchema, parseInput } from '../../usecases/result';
import { performBatch, type BatchDone, type BatchResult } from '../../usecases/write';
import { toSegmentRef, batchEnds } from '../../domain/segments';
import { linkedPairs, readManyEntries } from '../../adapters/store';
import { admitWriting, type Writer } from './admitted';
import { readColumns, readColumnsLive } from './columns';
import { membersReportingIn } from './reporting';
import type { BoardRequest } from './request';

const id = z.int().positive();
const isEachOnce = (writes: readonly BoardWrite[]): boolean =>
  new Set(writes.map(({ memberId }) => memberId)).size === writes.length &&
  new Set(writes.map(({ operationId }) => operationId)).size === writes.length;
const writes = z
  .array(z.object({ operationId: operationIdSchema, memberId: id }))
  .min(1)
  .max(BOARD_WRITES)
  .refine(isEachOnce);
const removeSchema: z.ZodType<BoardRemoveInput> = z.object({ fromSegmentId: id, writes });
const moveSchema: z.ZodType<BoardMoveInput> = z
  .object({ fromSegmentId: id, toSegmentId: id, writes })
  .refine(({ fromSegmentId, toSegmentId }) => fromSegmentId !== toSegmentId, { path: ['toSegmentId'] });

/** Moves members from one segment to another. */
export async function move(request: BoardRequest, payload: unknown): Promise<Result<BoardWritten>> {
  const input = parseInput(moveSchema, payload);
  if (input.kind === 'problem') return input;
  const { fromSegmentId, toSegmentId, writes: wanted } = input.value;
  const admitted = await admitWriting(request, 'move');
  return admitted.kind === 'ok' ? write(request, admitted.value, { fromSegmentId, toSegmentId, wanted }) : admitted;
}

/** Removes members from one segment. */
export async function remove(request: BoardRequest, payload: unknown): Promise<Result<BoardWritten>> {
  const input = parseInput(removeSchema, payload);
  if (input.kind === 'problem') return input;
  const { fromSegmentId, writes: wanted } = input.value;
  const admitted = await admitWriting(request, 'remove');
  return admitted.kind === 'ok'
    ? write(request, admitted.value, { fromSegmentId, toSegmentId: null, wanted })
    : admitted;
}

/** What was asked for; `toSegmentId` is null for a removal, and for nothing else. */
type WriteIntent = {
  readonly fromSegmentId: number;
  readonly toSegmentId: number | null;
  readonly wanted: readonly BoardWrite[];
};

async function write(
  request: BoardRequest,
  { connected, others }: Writer,
  { fromSegmentId, toSegmentId, wanted }: WriteIntent,
): Promise<Result<BoardWritten>> {
  const [segments, pairs] = await Promise.all([
    namedSegments(connected, [fromSegmentId, toSegmentId]),
    linkedPairs(wanted.map(({ memberId }) => memberId)),
  ]);
  if (segments.kind === 'problem') return segments;
  const from = segments.value(fromSegmentId);
  if (from === null) return ok(allStale(wanted, 'sourceGone'));
  const to = toSegmentId === null ? null : segments.value(toSegmentId);
  if (toSegmentId !== null && to === null) return ok(allStale(wanted, 'targetGone'));
  const reporting = others === null ? ok(null) : await membersReportingIn(request.projectKey, pairs);
  if (reporting.kind === 'problem') return reporting;
  const permitted = wanted.filter(({ memberId }) => reporting.value?.has(memberId) !== false);
  if (others !== null && permitted.length === 0) return ok(nothingOf(wanted.map((one) => refusedOf(one, others))));
  const members = permitted.map((one) => ({
    ...one,
    reporterAccountId: soleReporter(pairs, one.memberId),
    issueId: null,
    issueKey: null,
    undoes: null,
  }));
  const { viewerAccountId: actorAccountId } = request;
  const command = { ends: batchEnds(from, to), members, entryPoint: 'board', actorAccountId, runId: null } as const;
  const done = await performBatch(connected, command);
  if (done.kind === 'problem') return done;
  const unsettled = await unsettledOf(done.value);
  const results = wanted.map((one) =>
    others === null || permitted.includes(one)
      ? (unsettled.get(one.operationId) ?? resultOf(one, done.value.results.get(one.operationId)))
      : refusedOf(one, others),
  );
  return ok(writtenOf(results, done.value, from, to));
}

function refusedOf(one: BoardWrite, problem: Problem): BoardResult {
  return { ...one, kind: 'refused', problem };
}

/** The answer when nothing was sent for anybody. */
function nothingOf(results: readonly BoardResult[]): BoardWritten {
  return { results, retryAfterMs: null, counts: [], strays: null };
}

/**
 * Segments by their ids, with the names that the ledger keeps: never those that a page sent.
 * @returns null for an id that Shorter Loop does not list
 */
async function namedSegments(
  connected: Connected,
  wanted: readonly (number | null)[],
): Promise<Result<(segmentId: number) => Segment | null>> {
  const known = await readColumns(connected);
  if (known.kind === 'problem') return known;
  const isMissing = wanted.some(
    (segmentId) => segmentId !== null && !known.value.segments.some((segment) => segment.id === segmentId),
  );
  // A segment may be younger than the directory.
  const columns = isMissing && known.value.countedAtMs !== null ? await readColumnsLive(connected) : known;
  if (columns.kind === 'problem') return columns;
  return ok((segmentId) => {
    const found = columns.value.segments.find((segment) => segment.id === segmentId);
    return found === undefined ? null : toSegmentRef(found);
  });
}

/** The reporter whom a member is, where there is exactly one: then the write stands in their history too. */
function soleReporter(
  pairs: readonly { readonly accountId: string; readonly memberId: number }[],
  memberId: number,
): string | null {
  const [first, second] = pairs.filter((pair) => pair.memberId === memberId);
  return first === undefined || second !== undefined ? null : first.accountId;
}

function allStale(wanted: readonly BoardWrite[], reason: StaleReason): BoardWritten {
  return nothingOf(wanted.map((one) => ({ ...one, kind: 'stale', reason })));
}

function writtenOf(
  results: readonly BoardResult[],
  { reading, retryAfterMs, strays, results: done }: BatchDone,
  from: Segment,
  to: Segment | null,
): BoardWritten {
  const sides = [[from, reading?.from] as const, ...(to === null ? [] : [[to, reading?.to] as const])];
  return {
    results,
    retryAfterMs,
    counts: sides.flatMap(([segment, occupants]) =>
      occupants instanceof Set ? [{ segmentId: segment.id, members: occupants.size }] : [],
    ),
    strays: straysViewOf(strays, writtenMembers(done), to === null ? [from] : [from, to]),
  };
}

/** Whom the request was about, as far as one was sent. */
function writtenMembers(results: BatchDone['results']): number[] {
  return [...results.values()].flatMap((result) =>
    result.kind === 'written' ? result.entry.members.map(({ memberId }) => memberId) : [],
  );
}

/** Those who are held by their own earlier request: it is not settled yet, and asking for it again has not done so. */
async function unsettledOf({ results }: BatchDone): Promise<ReadonlyMap<string, BoardResult>> {
  const held = [...results].flatMap(([operationId, { kind }]) => (kind === 'leaseHeld' ? [operationId] : []));
  const entries = held.length === 0 ? new Map<string, LedgerEntry>() : await readManyEntries(held);
  return new Map(
    [...entries].flatMap(([operationId, entry]) => {
      const memberId = entry.members[0]?.memberId;
      return memberId === undefined || entry.state === 'finished'
        ? []
        : [[operationId, underWay({ operationId, memberId }, entry)] as const];
    }),
  );
}

function underWay(one: BoardWrite, entry: LedgerEntry): BoardResult {
  return { ...one, kind: 'underWay', state: entry.state, isAccepted: isAccepted(entry) };
}

function resultOf({ operationId, memberId }: BoardWrite, result: BatchResult | undefined): BoardResult {
  const one = { operationId, memberId };
  switch (result?.kind) {
    case undefined:
    // Nothing was sent, and another try has another id.
    case 'idTaken':
    case 'leaseHeld':
      return { ...one, kind: 'leaseHeld' };
    case 'stale':
      return { ...one, kind: 'stale', reason: result.reason };
    case 'written': {
      const known = result.entry.members.find((member) => member.memberId === memberId);
      // What contradicts an accepted write may be over in a moment.
      if (known === undefined || known.outcome === null || known.reason === null || isOpen(result.entry))
        return underWay(one, result.entry);
      return { ...one, kind: 'written', outcome: known.outcome, reason: known.reason };
    }
  }
}

/** Whether a reading contradicts a write for now, and not for good. */
function isOpen({ state, members }: LedgerEntry): boolean {
  return state !== 'finished' && members.every(({ outcome }) => outcome === 'notConfirmed');
}
