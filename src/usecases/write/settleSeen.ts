import { randomUUID } from 'node:crypto';
import type { LedgerEntry } from '../../contract';
import { isUnfinished, settle, withReadBack } from '../../domain/segments';
import type { SegmentWithMembers } from '../../adapters/shorterloop';
import { readSegmentOrGone, type LinkedReporter, type ResolvedReporter } from '../lookup';
import { logFailure } from '../result';
import { asAfter } from './executeWrite';
import { acquireLease, releaseLease, settleUnfinished } from './lease';

/**
 * Settles the latest write about a reporter's member where what was just read confirms it, so that whoever looks again
 * is told so at once and not only after the recovery. A reading that contradicts it is left to time. Never throws: the
 * look itself is what was asked for.
 * @param known as read from Shorter Loop just now; its history decides whether there is anything to settle
 * @returns the reporter as they are known after it
 */
export async function settleSeen(known: ResolvedReporter): Promise<ResolvedReporter> {
  const { match, history } = known;
  if (match.state !== 'linked') return known;
  const seen = history.find((entry) => isUnfinished(entry) && isAbout(entry, match.member.id));
  if (seen === undefined) return known;
  try {
    const looked = await withEnds({ ...known, match }, seen);
    if (looked === null || settle(seen, looked.segments, Date.now()) === null) return looked ?? known;
    const settled = await settleNow(looked, seen, match.member.id);
    if (settled === null) return looked;
    return { ...looked, history: history.map((row) => (row.operationId === settled.operationId ? settled : row)) };
  } catch (error) {
    logFailure('settle', error);
    return known;
  }
}

function isAbout({ members }: LedgerEntry, memberId: number): boolean {
  return members.some((member) => member.memberId === memberId);
}

/** The reporter with both ends of a write read as well; null where one can't be. */
async function withEnds(known: LinkedReporter, { from, to }: LedgerEntry): Promise<LinkedReporter | null> {
  const { client } = known.connected;
  const { live } = known.reading;
  const unread = [from?.id, to?.id].filter((id) => id !== undefined).filter((id) => !live.has(id));
  if (unread.length === 0) return known;
  const admitted = await known.connected.rateLimiter.reserveLook(unread.length);
  if (admitted.kind === 'problem') return null;
  const reread = new Map<number, SegmentWithMembers | 'gone'>();
  for (const id of unread) {
    const read = await readSegmentOrGone(client, id, client.segmentWithMembers);
    if (read.kind === 'problem' || read.value === 'unreadable') return null;
    if (read.value !== 'gone' && read.value.unreadable !== undefined) return null;
    reread.set(id, read.value);
  }
  const after = asAfter(known, withReadBack(known.segments, reread));
  return { ...after, reading: { ...known.reading, live: new Set([...live, ...unread]) } };
}

async function settleNow(
  { segments, reading: { live } }: ResolvedReporter,
  seen: LedgerEntry,
  memberId: number,
): Promise<LedgerEntry | null> {
  const taken = await acquireLease(memberId, randomUUID());
  // Somebody writes about them just now, and settles it first.
  if (taken.kind === 'leaseHeld') return null;
  const { unfinished, lease } = taken.held;
  if (unfinished?.operationId !== seen.operationId) {
    await releaseLease(lease, unfinished === null ? 'nothing' : 'unfinished');
    return null;
  }
  const settled = await settleUnfinished(taken.held, { segments, live }).catch((error: unknown) => {
    logFailure('settle', error);
    return null;
  });
  const entry = settled?.kind === 'ok' ? settled.value.entry : null;
  await releaseLease(lease, entry === null ? 'unfinished' : 'nothing');
  return entry;
}
