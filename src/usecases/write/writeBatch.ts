import type { LedgerEntry, StaleReason, Strays, Witnesses } from '../../contract';
import {
  areUnchanged,
  differenceOf,
  missingMost,
  NO_DIFFERENCE,
  planBatch,
  settleFrom,
  settlesRest,
  sidesOfPair,
  witnessesOf,
  type Difference,
  type ResponseClaim,
  type MemberOutcome,
  type PairReading,
  type WritePlan,
} from '../../domain/segments';
import type { ShorterLoopResult, WriteReceipt } from '../../adapters/shorterloop';
import { closeLeases, type LeaseClosing } from '../../adapters/store';
import type { Writable } from '../connection';
import { logFailure } from '../result';
import { isOwnEntry, type BatchCommand, type OpenBatch, type OpenMember } from './openBatch';
import { pairOf, readBackIds } from './readBack';
import { responseClaimOf, send, waitAskedBy } from './request';
import { lingerUntilMs } from './lease';
import { judgeStrays, NOTHING_FOUND, type Compared } from './strays';
import { answeredEntry } from './write';

/** What became of one member of a batch. */
export type BatchResult =
  /** The write was sent and came to this row; or one that an earlier process had sent under the same id. */
  | { readonly kind: 'written'; readonly entry: LedgerEntry }
  /** Nothing was sent, because Shorter Loop says something else than the request supposed. */
  | { readonly kind: 'stale'; readonly reason: StaleReason }
  /** Nothing was sent, because the operation id was used for something else: another one has to be made. */
  | { readonly kind: 'idTaken' }
  /** Nothing was sent, because someone else's write about them is under way or was just settled: ask again later. */
  | { readonly kind: 'leaseHeld' };

/**
 * A batch that was sent and read back; its rows and leases are given back by `close`, which may go on beside the next
 * batch.
 */
export type WrittenBatch = {
  /** By operation id, one for every member of the order. */
  readonly results: ReadonlyMap<string, BatchResult>;
  /** How the two segments were read back; null when they weren't or couldn't be. */
  readonly reading: PairReading | null;
  /** How the two segments were read last under the leases of these members: what the directory may be told of them. */
  readonly lastReading: PairReading | null;
  /** How many members the request was about; 0 when none was sent. */
  readonly sent: number;
  /** Whether a request was sent, and what its own answer claims. */
  readonly claim: ResponseClaim | null;
  /** What the request was answered; null when none was sent. */
  readonly receipt: ShorterLoopResult<WriteReceipt> | null;
  /** How long Shorter Loop asked to wait when it refused for that reason alone; null otherwise. */
  readonly retryAfterMs: number | null;
  /** Who else was changed beside it, and whether its kind rests from now on. The first of its rows names them. */
  readonly compared: Compared;
  /** Records the outcomes and gives the leases back. Never throws: what can't be recorded is settled later. */
  readonly close: () => Promise<void>;
};

/** What becomes of a batch while it is gone through: results by operation id, and how each lease is closed. */
type BatchOutcome = { readonly results: Map<string, BatchResult>; readonly closings: LeaseClosing[] };
/** The answer to a batch's request, what it claims, and whether it settles what it did not do. */
type AnsweredRequest = {
  readonly receipt: ShorterLoopResult<WriteReceipt>;
  readonly claim: ResponseClaim;
  readonly isRestSettled: boolean;
};
/** What only one row of a batch keeps for all of it. */
type KeptOnce = { readonly strays: Strays | null; readonly witnesses: Witnesses | null };

/**
 * Sends one request for all members of an open batch whom it still fits, and reads both segments back
 * once for all. Never throws for what Shorter Loop does.
 * @param reading how the two segments were read after the batch was opened
 * @param beside done while the request is under way and before it is read back, so that the read-back is
 *   also a reading in the lease of the members that it opens
 */
export async function writeBatch(
  { client, writes }: Pick<Writable, 'client' | 'writes'>,
  batch: OpenBatch,
  reading: PairReading,
  beside: () => Promise<void> = () => Promise.resolve(),
): Promise<WrittenBatch> {
  const { ends } = batch.order;
  const ready = batch.open.filter(({ intended }) => intended !== null);
  const { plan, stale } = planBatch(
    ends,
    reading,
    ready.map(({ member }) => member.memberId),
  );
  const results = new Map<string, BatchResult>(
    batch.leaseHeld.map(({ operationId }) => [operationId, { kind: 'leaseHeld' }]),
  );
  for (const [operationId, entry] of batch.duplicates) results.set(operationId, { kind: 'written', entry });
  for (const operationId of batch.takenIds) results.set(operationId, { kind: 'idTaken' });
  const closings: LeaseClosing[] = [];
  for (const one of batch.open.filter(({ intended }) => intended === null))
    await settleOne(one, batch.order, reading, { results, closings });
  for (const { member, lease } of ready) {
    const reason = stale.get(member.memberId);
    if (reason === undefined) continue;
    results.set(member.operationId, { kind: 'stale', reason });
    closings.push({ lease, row: { kind: 'drop', operationId: member.operationId }, leaseUntilMs: null });
  }
  if (plan === null) {
    await beside();
    return { ...NOTHING_SENT, lastReading: reading, results, close: () => close(closings) };
  }
  const [receipt] = await Promise.all([send(writes, plan), beside()]);
  const claim = responseClaimOf(receipt);
  const { outcomes, reread, after } = await readBackIds(client, plan, claim);
  const found = differenceOf(plan, sidesOfPair(reading), after);
  const compared = await compareBatch(plan, found, areUnchanged(outcomes), ready);
  const isRestSettled = settlesRest(receipt.kind === 'ok' ? receipt.value.count : null, outcomes);
  const sent = new Map(ready.map((one) => [one.member.memberId, one]));
  let kept: KeptOnce = { strays: compared.strays, witnesses: witnessesOf(plan, sidesOfPair(reading), []) };
  for (const outcome of outcomes) {
    const one = sent.get(outcome.memberId);
    if (one !== undefined)
      kept = answerOne({ ...one, outcome, kept }, { receipt, claim, isRestSettled }, { results, closings });
  }
  const pair = pairOf(plan, reread);
  return {
    results,
    reading: pair,
    lastReading: pair,
    sent: plan.memberIds.length,
    claim,
    receipt,
    retryAfterMs: waitAskedBy(receipt),
    compared,
    close: () => close(closings),
  };
}

const NOTHING_SENT = {
  reading: null,
  sent: 0,
  claim: null,
  receipt: null,
  retryAfterMs: null,
  compared: NOTHING_FOUND,
} as const;

/** The others of both segments, by the reads of before and after; what is found is told under the first member's id. */
async function compareBatch(
  plan: WritePlan,
  found: Difference,
  isUnchanged: boolean,
  ready: readonly OpenMember[],
): Promise<Compared> {
  const first = ready.find(({ member }) => member.memberId === plan.memberIds[0]);
  if (first === undefined) return NOTHING_FOUND;
  return judgeStrays(found, { ...plan, operationId: first.member.operationId, isUnchanged });
}

/** Gives back the leases of a batch that is not to be sent after all; its intentions are dropped. Never throws. */
export async function dropBatch({ open }: OpenBatch): Promise<void> {
  await close(
    open.map(({ lease, intended }): LeaseClosing => {
      if (intended === null) return { lease, row: { kind: 'keep' }, leaseUntilMs: Date.now() };
      return { lease, row: { kind: 'drop', operationId: intended.operationId }, leaseUntilMs: null };
    }),
  );
}

/**
 * An earlier write that never came to its end: settled from this batch's reading where that is of the same segments,
 * and says something.
 */
async function settleOne(
  { member, lease, unfinished }: OpenMember,
  order: BatchCommand,
  reading: PairReading,
  { results, closings }: BatchOutcome,
): Promise<void> {
  const settled = unfinished === null ? null : settleFrom(unfinished, order.ends, reading, Date.now());
  if (unfinished === null || settled === null) {
    // Left to whoever reads those segments, or reads them later: the recovery, a panel, the next batch.
    results.set(member.operationId, { kind: 'leaseHeld' });
    closings.push({ lease, row: { kind: 'keep' }, leaseUntilMs: Date.now() });
    return;
  }
  const { strays } = await compareWitnesses(unfinished, reading);
  const entry = { ...settled, strays: settled.strays ?? strays };
  const isOwn = entry.operationId === member.operationId && isOwnEntry(order, member, entry);
  results.set(member.operationId, isOwn ? { kind: 'written', entry } : { kind: 'leaseHeld' });
  closings.push({ lease, row: { kind: 'record', entry }, leaseUntilMs: null });
}

async function compareWitnesses(unfinished: LedgerEntry, reading: PairReading): Promise<Compared> {
  const { from, to, members, witnesses } = unfinished;
  if (witnesses === undefined) return NOTHING_FOUND;
  const now = sidesOfPair(reading);
  const missing = [
    ...(from === null ? [] : missingMost(from.id, witnesses.from, now.from)),
    ...(to === null ? [] : missingMost(to.id, witnesses.to, now.to)),
  ];
  const memberIds = members.map(({ memberId }) => memberId);
  return judgeStrays(
    { ...NO_DIFFERENCE, missing, missingCount: missing.length },
    { ...unfinished, memberIds, isUnchanged: false },
  );
}

/** @returns what is still to be kept by another row of the batch */
function answerOne(
  { member, lease, intended, outcome, kept }: OpenMember & { readonly outcome: MemberOutcome; readonly kept: KeptOnce },
  { receipt, claim, isRestSettled }: AnsweredRequest,
  { results, closings }: BatchOutcome,
): KeptOnce {
  if (intended === null) return kept;
  const { strays, witnesses } = kept;
  const seen = witnesses === null ? intended : { ...intended, witnesses };
  const entry = answeredEntry(seen, receipt, { members: [outcome], strays, isRestSettled });
  results.set(member.operationId, { kind: 'written', entry });
  const isSettled = entry.state === 'finished';
  closings.push({
    lease,
    row: { kind: 'record', entry },
    leaseUntilMs: isSettled ? null : claim === 'silent' ? lingerUntilMs() : Date.now(),
  });
  return { strays: null, witnesses: isSettled ? witnesses : null };
}

async function close(closings: readonly LeaseClosing[]): Promise<void> {
  const recorded = await closeLeases(closings);
  const missing = closings.filter(({ row }, index) => row.kind === 'record' && recorded[index] === false).length;
  if (missing > 0) logFailure('ledger', new Error('Rows of a batch were not recorded'));
}
