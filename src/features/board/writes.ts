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
  type WriteEnds,
  type WriteKind,
  isAccepted,
  straysViewOf,
  ok,
  err,
} from '../../contract';
import { type Connected } from '../../usecases/connection';
import { operationIdSchema, parseInput, shorterLoopProblem } from '../../usecases/result';
import { readSegmentOrGone } from '../../usecases/lookup';
import { performBatch, type BatchDone, type BatchResult } from '../../usecases/write';
import { toSegmentRef } from '../../domain/segments';
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
const twoEndsSchema: z.ZodType<BoardMoveInput> = z
  .object({ fromSegmentId: id, toSegmentId: id, writes })
  .refine(({ fromSegmentId, toSegmentId }) => fromSegmentId !== toSegmentId, { path: ['toSegmentId'] });

/** Moves members from one segment to another. */
export async function move(request: BoardRequest, payload: unknown): Promise<Result<BoardWritten>> {
  const input = parseInput(twoEndsSchema, payload);
  if (input.kind === 'problem') return input;
  return admitAndWrite(request, { ...input.value, kind: 'move' });
}

/** Removes members from one segment. */
export async function remove(request: BoardRequest, payload: unknown): Promise<Result<BoardWritten>> {
  const input = parseInput(removeSchema, payload);
  if (input.kind === 'problem') return input;
  return admitAndWrite(request, { ...input.value, kind: 'remove', toSegmentId: null });
}

/** Adds members of one segment to another: they keep the segments that they are in. */
export async function add(request: BoardRequest, payload: unknown): Promise<Result<BoardWritten>> {
  const input = parseInput(twoEndsSchema, payload);
  return input.kind === 'problem' ? input : admitAndWrite(request, { ...input.value, kind: 'add' });
}

/** What was asked for; `toSegmentId` is null for a removal, and for nothing else. */
type WriteIntent = {
  readonly kind: WriteKind;
  readonly fromSegmentId: number;
  readonly toSegmentId: number | null;
  readonly writes: readonly BoardWrite[];
};

async function admitAndWrite(request: BoardRequest, intent: WriteIntent): Promise<Result<BoardWritten>> {
  const admitted = await admitWriting(request, intent.kind);
  if (admitted.kind === 'problem') return admitted;
  const { connected } = admitted.value;
  const ends = await endsOf(connected, intent);
  if (ends.kind === 'problem') return ends;
  if (typeof ends.value === 'string') return ok(allStale(intent.writes, ends.value));
  if (intent.kind !== 'add') return write(request, admitted.value, { ends: ends.value, wanted: intent.writes });
  const seen = await membersSeenIn(connected, intent.fromSegmentId);
  if (seen.kind === 'problem') return seen;
  const isSeen = ({ memberId }: BoardWrite): boolean => seen.value.has(memberId);
  const wanted = intent.writes.filter(isSeen);
  if (wanted.length === 0) return ok(allStale(intent.writes, 'notInSource'));
  const written = await write(request, admitted.value, { ends: ends.value, wanted });
  if (written.kind === 'problem') return written;
  const results = new Map(written.value.results.map((result) => [result.operationId, result]));
  return ok({
    ...written.value,
    results: intent.writes.map((one) => results.get(one.operationId) ?? staleOf(one, 'notInSource')),
  });
}

/**
 * Who is in the segment in which the page shows those who are to be added. Nobody leaves it, and it says whom the page
 * may name: an id that Shorter Loop was not seen to have is never sent.
 */
async function membersSeenIn(connected: Connected, segmentId: number): Promise<Result<ReadonlySet<number>>> {
  const admitted = await connected.rateLimiter.reserve(1);
  if (admitted.kind === 'problem') return admitted;
  const read = await readSegmentOrGone(connected.client, segmentId, connected.client.memberIdsOf);
  if (read.kind === 'problem') return err(shorterLoopProblem(read.problem));
  if (read.value === 'unreadable') return err({ code: 'segmentUnreadable', segmentId });
  return ok(read.value === 'gone' ? new Set<number>() : read.value);
}

/** The ends of what was asked for, with the segments' own names; or why there are none. */
async function endsOf(
  connected: Connected,
  { kind, fromSegmentId, toSegmentId }: WriteIntent,
): Promise<Result<WriteEnds | StaleReason>> {
  const segments = await namedSegments(connected, [fromSegmentId, toSegmentId]);
  if (segments.kind === 'problem') return segments;
  const from = segments.value(fromSegmentId);
  if (from === null) return ok('sourceGone');
  if (kind === 'remove') return ok({ kind, from, to: null });
  const to = toSegmentId === null ? null : segments.value(toSegmentId);
  if (to === null) return ok('targetGone');
  return ok(kind === 'add' ? { kind, from: null, to } : { kind, from, to });
}

/** A write that may be made: its ends, and about whom. */
type EndedIntent = { readonly ends: WriteEnds; readonly wanted: readonly BoardWrite[] };

async function write(
  request: BoardRequest,
  { connected, others }: Writer,
  { ends, wanted }: EndedIntent,
): Promise<Result<BoardWritten>> {
  const pairs = await linkedPairs(wanted.map(({ memberId }) => memberId));
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
  const command = { ends, members, entryPoint: 'board', actorAccountId, runId: null } as const;
  const done = await performBatch(connected, command);
  if (done.kind === 'problem') return done;
  const unsettled = await unsettledOf(done.value);
  const results = wanted.map((one) =>
    others === null || permitted.includes(one)
      ? (unsettled.get(one.operationId) ?? resultOf(one, done.value.results.get(one.operationId)))
      : refusedOf(one, others),
  );
  return ok(writtenOf(results, done.value, ends));
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
  return nothingOf(wanted.map((one) => staleOf(one, reason)));
}

function staleOf(one: BoardWrite, reason: StaleReason): BoardResult {
  return { ...one, kind: 'stale', reason };
}

function writtenOf(
  results: readonly BoardResult[],
  { reading, retryAfterMs, strays, results: done }: BatchDone,
  { from, to }: WriteEnds,
): BoardWritten {
  const sides = [
    [from, reading?.from],
    [to, reading?.to],
  ] as const;
  return {
    results,
    retryAfterMs,
    counts: sides.flatMap(([segment, occupants]) =>
      segment !== null && occupants instanceof Set ? [{ segmentId: segment.id, members: occupants.size }] : [],
    ),
    strays: straysViewOf(
      strays,
      writtenMembers(done),
      [from, to].filter((end) => end !== null),
    ),
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
