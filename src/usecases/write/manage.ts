import { randomUUID } from 'node:crypto';
import {
  comparableName,
  type EntryPoint,
  type Invitee,
  type LedgerEntry,
  type ManageCall,
  type ManageOutcome,
  type Segment,
  type ShorterLoopCause,
  ok,
  err,
  plainName,
  type Result,
} from '../../contract';
import { normalizeEmail } from '../../domain/people';
import type { ResponseClaim } from '../../domain/segments';
import type { ShorterLoopResult, SegmentWithMembers, WriteReceipt } from '../../adapters/shorterloop';
import { recordOutcome } from '../../adapters/store';
import { shorterLoopProblem, logFailure } from '../result';
import type { Writable } from '../connection';
import { responseClaimOf } from './request';
import { answeredEntry, intendedEntry } from './write';

/** What became of a call that manages segments or people. */
export type Managed = {
  readonly outcome: ManageOutcome;
  readonly cause: ShorterLoopCause | null;
  /** The rows of those who joined a segment by it. */
  readonly joined: readonly LedgerEntry[];
};

/** Who asked for a call that manages and, where it was asked for about a reporter, on which work item. */
export type ManageActor = {
  readonly entryPoint: EntryPoint;
  readonly actorAccountId: string;
  readonly reporterAccountId: string | null;
  readonly issueId: string | null;
  readonly issueKey: string | null;
  /** The id that the row of the first who joins is to have; a new one where it is left out. */
  readonly operationId?: string;
};

/** The call, a reading before it and one after it. */
const CALLS = 3;

/**
 * Carries out one call that manages: reads what it is about, sends it once, and reads again. Where
 * nothing can be read back, Shorter Loop's word has to do. Members who joined a segment by it get their
 * rows in the ledger once their ids are known.
 */
export async function manage(writable: Writable, call: ManageCall, origin: ManageActor): Promise<Result<Managed>> {
  const admitted = await writable.rateLimiter.reserve(CALLS);
  if (admitted.kind === 'problem') return admitted;
  const before = await look(writable, call);
  if (before.kind === 'problem') return err(shorterLoopProblem(before.problem));
  const receipt = await writable.writes.manage(call);
  const claim = responseClaimOf(receipt);
  const cause = receipt.kind === 'problem' ? receipt.problem.cause : null;
  if (claim === 'never' || claim === 'notSent') return ok({ outcome: 'refused', cause, joined: [] });
  const after = await look(writable, call);
  if (after.kind === 'problem') return ok({ outcome: 'unknown', cause, joined: [] });
  const outcome = outcomeOf(call, before.value, after.value, claim);
  const joined =
    before.value.kind === 'segment' && after.value.kind === 'segment'
      ? await recordJoined(before.value.segment, after.value.segment, { call, receipt, origin })
      : [];
  return ok({ outcome, cause, joined });
}

/** A call that was sent, what it was answered, and who asked for it. */
type SentCall = {
  readonly call: ManageCall;
  readonly receipt: ShorterLoopResult<WriteReceipt>;
  readonly origin: ManageActor;
};

/** What a call is about, as far as it can be read. */
type Look =
  | { readonly kind: 'list'; readonly segments: readonly Segment[] }
  | { readonly kind: 'segment'; readonly segment: SegmentWithMembers }
  | { readonly kind: 'nothing' };

async function look({ client }: Writable, call: ManageCall): Promise<ShorterLoopResult<Look>> {
  switch (call.route) {
    case 'createSegment':
    case 'renameSegment':
    case 'deleteSegment': {
      const list = await client.listSegments();
      return list.kind === 'ok' ? { kind: 'ok', value: { kind: 'list', segments: list.value } } : list;
    }
    case 'addByEmail':
    case 'importToSegment': {
      const read = await client.segmentWithMembers(call.segmentId);
      return read.kind === 'ok' ? { kind: 'ok', value: { kind: 'segment', segment: read.value } } : read;
    }
    default:
      return { kind: 'ok', value: { kind: 'nothing' } };
  }
}

function outcomeOf(call: ManageCall, before: Look, after: Look, claim: ResponseClaim): ManageOutcome {
  if (after.kind === 'nothing') return claim === 'no' ? 'refused' : claim === 'silent' ? 'unknown' : 'accepted';
  if (isDone(call, before, after)) return 'confirmed';
  return claim === 'no' ? 'refused' : claim === 'silent' ? 'unknown' : 'notConfirmed';
}

function isDone(call: ManageCall, before: Look, after: Look): boolean {
  switch (call.route) {
    case 'createSegment': {
      const known = new Set(listed(before).map(({ id }) => id));
      return listed(after).some(({ id, name }) => isSameName(name, plainName(call.name)) && !known.has(id));
    }
    case 'renameSegment':
      return listed(after).some(({ id, name }) => id === call.segmentId && isSameName(name, plainName(call.name)));
    case 'deleteSegment':
      return !listed(after).some(({ id }) => id === call.segmentId);
    case 'addByEmail':
    case 'importToSegment': {
      const emails = emailsIn(after);
      return call.people.every(({ email }) => emails.has(normalizeEmail(email)));
    }
    default:
      return false;
  }
}

function isSameName(one: string, other: string): boolean {
  return comparableName(one) === comparableName(other);
}

function listed(look: Look): readonly Segment[] {
  return look.kind === 'list' ? look.segments : [];
}

function emailsIn(look: Look): ReadonlySet<string> {
  return new Set(
    look.kind === 'segment'
      ? look.segment.members.flatMap(({ email }) => (email === null ? [] : [normalizeEmail(email)]))
      : [],
  );
}

/** Whoever was asked for and is in the segment only now has joined it: their ids are not known before. */
async function recordJoined(
  before: SegmentWithMembers,
  after: SegmentWithMembers,
  { call, receipt, origin: asked }: SentCall,
): Promise<readonly LedgerEntry[]> {
  const emails = new Set('people' in call ? call.people.map(({ email }: Invitee) => normalizeEmail(email)) : []);
  const known = new Set(before.members.map(({ id }) => id));
  const joined = after.members.filter(
    ({ id, email }) => email !== null && emails.has(normalizeEmail(email)) && !known.has(id),
  );
  const to: Segment = { id: after.id, name: after.name };
  const rows = joined.map(({ id }, place) => {
    const operationId = (place === 0 ? asked.operationId : undefined) ?? randomUUID();
    return answeredEntry(joinedIntention(id, to, { ...asked, operationId }), receipt, {
      members: [{ memberId: id, outcome: 'confirmed', reason: 'readBackAgrees' }],
      strays: null,
    });
  });
  await Promise.all(rows.map(recordOutcome)).catch((error: unknown) => {
    // They have joined all the same, and whoever asked is told so.
    logFailure('ledger', error);
  });
  return rows;
}

/** The row of somebody who joins a segment by a call that manages, before it is known what became of that. */
export function joinedIntention(
  memberId: number,
  to: Segment,
  origin: ManageActor & { readonly operationId: string },
): LedgerEntry {
  const noSource = { undoes: null, runId: null, apiClientId: null, requestDigest: null };
  return intendedEntry({ kind: 'add', from: null, to, memberIds: [memberId] }, { ...origin, ...noSource }, null);
}
