import type { LedgerEntry, WriteEnds } from '../../../contract';
import { answerClaimOf, type Run } from '../../../domain/runs';
import { ACCEPTED_SETTLES_MS, settleFrom, type PairReading } from '../../../domain/segments';
import { forEachGroup, inGroupsOf, readManyEntries, recentWritesAbout, recordOutcome } from '../../../adapters/store';
import { derivedUuid } from '../../../usecases/result';
import type { BatchResult } from '../../../usecases/write';
import type { Pending } from './classifyResult';

/**
 * The id under which a write about a member happens at most once in a run: it follows from the run, the member and
 * the attempt.
 */
export function attemptIdOf(runId: string, memberId: number | null, attempt: number): string {
  return derivedUuid(runId, String(memberId), String(attempt));
}

/** What earlier attempts are judged by: where the batch's people were before it. */
export type EarlierFacts = {
  readonly run: Pick<Run, 'runId' | 'source'>;
  readonly ends: WriteEnds;
  readonly reading: PairReading;
};

/** So many attempts of the run that is tried again are looked at. */
const MAX_OF_EARLIER_RUN = 20;
/** What a reading shows where an attempt may have been applied late. */
const MOVED: readonly string[] = ['notInSource', 'alreadyInTarget'];

/**
 * The results of a batch, in which those are told by an earlier attempt who are no longer where the run would have
 * found them: it may have been applied after it was settled. Nothing is remembered for it but the rows of the ledger,
 * so that it outlives the process. The attempt's row is corrected, so that it can be undone. Throws ForgeKvsError when
 * storage fails.
 */
export async function withEarlierAttempts(
  facts: EarlierFacts,
  pending: readonly Pending[],
  results: ReadonlyMap<string, BatchResult>,
): Promise<ReadonlyMap<string, BatchResult>> {
  const { runId } = facts.run;
  const judged = new Map(results);
  const moved = pending.filter(({ person, attempt }) => {
    const result = results.get(attemptIdOf(runId, person.memberId, attempt));
    return result?.kind === 'stale' && MOVED.includes(result.reason);
  });
  await forEachGroup(inGroupsOf(moved, 1), async ([one]) => {
    const result = one === undefined ? null : await resultOfMoved(facts, one);
    if (one !== undefined && result !== null) judged.set(attemptIdOf(runId, one.person.memberId, one.attempt), result);
  });
  return judged;
}

/** What is told of somebody who was found moved; null where nothing of the app explains it. */
async function resultOfMoved(facts: EarlierFacts, pending: Pending): Promise<BatchResult | null> {
  const entry = await settledEarlier(facts, pending);
  if (entry !== null) return { kind: 'written', entry };
  return (await isBehind(facts, pending)) ? { kind: 'leaseHeld' } : null;
}

/**
 * Whether the reading does not show yet what the app itself has confirmed just now by another read: the latest write
 * about them, of a panel or of another run, has put them into the source, or has taken them out of the target.
 */
async function isBehind({ ends: { from, to } }: EarlierFacts, { person: { memberId } }: Pending): Promise<boolean> {
  if (memberId === null) return false;
  const writes = await recentWritesAbout(memberId, Date.now() - ACCEPTED_SETTLES_MS);
  const latest = writes.find(({ members }) => members[0]?.outcome === 'confirmed');
  if (latest === undefined) return false;
  return (from !== null && latest.to?.id === from.id) || (to !== null && latest.from?.id === to.id);
}

async function settledEarlier(facts: EarlierFacts, pending: Pending): Promise<LedgerEntry | null> {
  const earlier = await lastSent(facts, pending);
  if (earlier === null) return null;
  // It was settled before, so that its time is over and any reading says something.
  const settled = settleFrom({ ...earlier, finishedAtMs: 0 }, facts.ends, facts.reading, Date.now());
  if (settled === null || (await wasMovedByOthers(earlier))) return null;
  await recordOutcome(settled);
  return settled;
}

/** The last attempt that Shorter Loop has not clearly refused; null where there is none. */
async function lastSent(
  { run: { runId, source }, ends }: EarlierFacts,
  { person: { memberId }, attempt }: Pending,
): Promise<LedgerEntry | null> {
  const own = attemptsBefore(attempt).map((nth) => attemptIdOf(runId, memberId, nth));
  const before =
    source.kind === 'retry'
      ? attemptsBefore(MAX_OF_EARLIER_RUN + 1).map((nth) => attemptIdOf(source.runId, memberId, nth))
      : [];
  const ids = [...own, ...before];
  if (ids.length === 0) return null;
  const rows = await readManyEntries(ids);
  const sent = ids
    .flatMap((id) => rows.get(id) ?? [])
    .filter((entry) => isOf(entry, ends, memberId) && entry.state === 'finished');
  return sent.find((entry) => answerClaimOf(entry) !== 'refused' && entry.members[0]?.outcome !== 'confirmed') ?? null;
}

function attemptsBefore(attempt: number): number[] {
  return Array.from({ length: attempt - 1 }, (_none, before) => attempt - 1 - before);
}

/** An id may have been used up for something else. */
function isOf(entry: LedgerEntry, ends: WriteEnds, memberId: number | null): boolean {
  return (
    entry.entryPoint === 'bulk' &&
    entry.from?.id === ends.from?.id &&
    entry.to?.id === ends.to?.id &&
    entry.members.some((member) => member.memberId === memberId)
  );
}

/** Whether another write of the app about the member came after an attempt: then where they are is that one's doing. */
async function wasMovedByOthers({ operationId, intendedAtMs, members }: LedgerEntry): Promise<boolean> {
  const writes = await recentWritesAbout(members[0]?.memberId ?? 0, intendedAtMs);
  return writes.some((entry) => entry.operationId !== operationId && entry.members[0]?.outcome === 'confirmed');
}
