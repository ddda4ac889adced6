import { randomUUID } from 'node:crypto';
import { ok, type LedgerEntry, type Result } from '../../contract';
import type { SegmentsReading } from '../lookup';
import { settleUnfinished, withLease } from './lease';

/** What a look at a member came to: what was settled by it, and the reading by which it was. */
export type SettledMember = { readonly entry: LedgerEntry | null; readonly reading: SegmentsReading };

/**
 * Settles what is unfinished about a member from a reading made now, as every write does before its own. The problem
 * is `busy` where that is too early, or where somebody else has the lease.
 * Throws ForgeKvsError when storage fails.
 */
export async function settleMember(
  memberId: number,
  read: () => Promise<Result<SegmentsReading>>,
): Promise<Result<SettledMember>> {
  return withLease<SettledMember>(memberId, randomUUID(), async (held) => {
    const left = held.unfinished === null ? 'nothing' : 'unfinished';
    const reading = await read();
    if (reading.kind === 'problem') return { answer: reading, disposition: left };
    const settled = await settleUnfinished(held, reading.value);
    if (settled.kind === 'problem') return { answer: settled, disposition: left };
    return { answer: ok({ entry: settled.value.entry, reading: reading.value }), disposition: 'nothing' };
  });
}
