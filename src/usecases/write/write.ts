import type { EntryPoint, LedgerEntry } from '../../contract';
import {
  areUnchanged,
  differenceOf,
  elsewhere,
  isFinal,
  together,
  witnessesOf,
  type MemberOutcome,
  type WritePlan,
} from '../../domain/segments';
import type { ShorterLoopResult, SegmentWithMembers, WriteReceipt } from '../../adapters/shorterloop';
import { recordIntended, recordOutcome } from '../../adapters/store';
import type { Writable } from '../connection';
import { logFailure, countFailureCause } from '../result';
import { othersOf, partsOf, readBack, sidesOf, type WriteReading } from './readBack';
import { answerOf, responseClaimOf, formOf, send, waitAskedBy } from './request';
import type { LeaseDisposition } from './lease';
import { judgeStrays } from './strays';

/** Who asks for a write, where from and about whom. */
export type WriteOrigin = {
  /** A UUID made where the write was asked for: one id, at most one write. */
  readonly operationId: string;
  readonly entryPoint: EntryPoint;
  readonly actorAccountId: string;
  readonly reporterAccountId: string | null;
  readonly issueId: string | null;
  readonly issueKey: string | null;
  readonly undoes: string | null;
  /** The bulk run that it is a part of, or null. */
  readonly runId: string | null;
  /** The API client who asked for it, or null. */
  readonly apiClientId: string | null;
  /** What the API client asked for, as a digest, or null. */
  readonly requestDigest: string | null;
};

/** What became of a write: its ledger entry and the segments read again, or the row that its id already has. */
export type Written =
  | {
      readonly kind: 'written';
      readonly entry: LedgerEntry;
      readonly reread: ReadonlyMap<number, SegmentWithMembers | 'gone'>;
      /** How long Shorter Loop asked to wait when it refused for that reason alone; null otherwise. */
      readonly retryAfterMs: number | null;
      readonly disposition: LeaseDisposition;
    }
  | { readonly kind: 'duplicate'; readonly entry: LedgerEntry };

/**
 * Carries out one planned write under its member's lease: ledger, request, read-back, outcome, ledger.
 * What the request answers is only a claim, and what is read back decides.
 * Throws ForgeKvsError when the intention can't be recorded: then nothing was sent.
 */
export async function performWrite(
  { client, writes, settings }: Writable,
  plan: WritePlan,
  reading: WriteReading,
  origin: WriteOrigin,
): Promise<Written> {
  const before = sidesOf(plan, reading);
  const parts = partsOf(plan, reading);
  const partIds = parts.map(({ id }) => id);
  const seen = witnessesOf(plan, before, othersOf(plan, reading), partIds);
  const intended = {
    ...intendedEntry(plan, origin, formOf(plan, settings)),
    ...(seen === null ? {} : { witnesses: seen }),
  };
  const recorded = await recordIntended(intended);
  if (recorded.kind === 'duplicate') return recorded;
  const receipt = await send(writes, plan);
  const claim = responseClaimOf(receipt);
  const { outcomes: members, reread, after, inPart } = await readBack(client, plan, claim, reading);
  const others = together(
    elsewhere(plan, liveOf(reading), reread),
    // Whom a part of a segment showed before, and shows no more, has left it: nobody joins by that.
    { ...elsewhere(plan, parts, new Map([...reread, ...inPart])), joined: [], joinedCount: 0 },
  );
  const found = together(others, differenceOf(plan, before, after));
  const { strays } = await judgeStrays(found, {
    ...plan,
    operationId: origin.operationId,
    isUnchanged: areUnchanged(members),
  });
  const entry = answeredEntry(intended, receipt, { members, strays });
  const isRecorded = await recordOutcome(entry).then(
    () => true,
    (error: unknown) => {
      // The write is done and its outcome known: the user is told. The row stays as intended and is settled later.
      logFailure('ledger', error);
      return false;
    },
  );
  if (receipt.kind === 'problem') await countFailureCause(receipt.problem.cause);
  const isSettled = isRecorded && entry.state === 'finished';
  const disposition = isSettled ? 'nothing' : claim === 'silent' ? 'pending' : 'unfinished';
  return { kind: 'written', entry, reread, retryAfterMs: waitAskedBy(receipt), disposition };
}

/** The segments that a reading looked into. */
function liveOf({ segments, live }: WriteReading): readonly SegmentWithMembers[] {
  return segments.filter(({ id }) => live.has(id));
}

/** The row of a write before it is sent. */
export function intendedEntry(
  { memberIds, ...ends }: WritePlan,
  origin: WriteOrigin,
  form: string | null,
): LedgerEntry {
  return {
    ...origin,
    ...ends,
    state: 'intended',
    members: memberIds.map((memberId) => ({ memberId, outcome: null, reason: null })),
    form,
    answer: null,
    strays: null,
    intendedAtMs: Date.now(),
    finishedAtMs: null,
    recoveredAtMs: null,
  };
}

/** What is known of those whom a write is about, and of others who were changed beside it. */
export type Known = {
  readonly members: MemberOutcome[];
  readonly strays: LedgerEntry['strays'];
  /** Whether the answer to a larger request has settled what it did not do. */
  readonly isRestSettled?: boolean;
};

/** The row of a write that was answered and read back as far as that was possible. */
export function answeredEntry(
  intended: LedgerEntry,
  receipt: ShorterLoopResult<WriteReceipt>,
  { members, strays, isRestSettled = false }: Known,
): LedgerEntry {
  const { witnesses, ...row } = intended;
  const claim = responseClaimOf(receipt);
  const isDecided = members.every((member) => isFinal(member, claim, isRestSettled));
  return {
    ...row,
    ...(isDecided || witnesses === undefined ? {} : { witnesses }),
    state: isDecided ? 'finished' : 'undecided',
    members,
    strays,
    answer: answerOf(receipt),
    finishedAtMs: Date.now(),
  };
}
