import { sleep } from '../../clock';
import type { LedgerEntry, Stray, Strays, WriteEnds, WriteStop } from '../../contract';
import { isStopping, straysOf, type Difference, type WritePlan } from '../../domain/segments';
import {
  noteStrays,
  readLeases,
  readManyEntries,
  recentWritesAbout,
  recordStop,
  type Lease,
} from '../../adapters/store';
import { invocationEndMs } from '../connection';
import { logFailure } from '../result';

/** What was found of others beside a write: those whom nothing explains, and whether its kind rests from now on. */
export type Compared = { readonly strays: Strays | null; readonly stop: WriteStop | null };

/** A write as far as others are compared with it. */
type ComparedWrite = WriteEnds &
  Pick<WritePlan, 'memberIds'> &
  Pick<LedgerEntry, 'operationId'> & {
    /** Whether those whom it is about are still where they were. */
    readonly isUnchanged: boolean;
  };

/** Nobody else was changed, or nobody can say. */
export const NOTHING_FOUND: Compared = { strays: null, stop: null };

/** Other writes of the app explain somebody's place for so long. */
const EXPLAINS_MS = 10 * 60_000;
/** So many who are missing, and so many who joined, are looked up; where all of these are explained, all are. */
const LOOKED_UP = { missing: 15, joined: 5 };
/** A query may not show the last seconds' writes: before a kind of write is stopped, they are looked for again. */
const LOOK_AGAIN_MS = [0, 1_000, 2_500, 5_000];
/** What has to be left of the invocation after a wait. */
const TIME_TO_LOOK_MS = 4_000;

/**
 * Judges a difference that was found beside a write. Whom another write of the app explains does not count. Where the
 * rest is more than chance, this kind of write rests for the whole site, and that is recorded before anything else is.
 * Never throws: where explanations can't be looked up, there are none, and rather one kind of write too many rests.
 */
export async function judgeStrays(found: Difference, write: ComparedWrite): Promise<Compared> {
  if (found.missingCount + found.joinedCount === 0) return NOTHING_FOUND;
  const rest = await unexplained(found, write);
  const strays = straysOf(rest);
  if (strays === null) return NOTHING_FOUND;
  const isStopped = isStopping(rest, write.memberIds, write.isUnchanged);
  console.warn(
    JSON.stringify({ event: isStopped ? 'writes-stopped' : 'strays', kind: write.kind, count: strays.count }),
  );
  const stop = isStopped ? stopBeside(write, strays) : null;
  if (stop !== null)
    await recordStop(stop).catch((error: unknown) => {
      logFailure('writeStop', error);
    });
  // Beside a stop too: it names one write alone, and goes when its kind is resumed.
  await askToLook(write, strays);
  return { strays, stop };
}

/** The stop of a kind of write, from now on, by a write beside which others were changed. */
export function stopBeside(
  { kind, operationId, from, to }: WriteEnds & Pick<LedgerEntry, 'operationId'>,
  strays: Strays,
): WriteStop {
  return {
    kind,
    atMs: Date.now(),
    operationId,
    fromSegmentId: from?.id ?? null,
    toSegmentId: to?.id ?? null,
    strays,
  };
}

/** Has an admin look at those who were changed beside a write. Never throws: the ledger's row tells of them too. */
export async function askToLook(
  { kind, operationId }: Pick<LedgerEntry, 'kind' | 'operationId'>,
  { count }: Strays,
): Promise<void> {
  await noteStrays({ kind, operationId, count, atMs: Date.now() }).catch((error: unknown) => {
    logFailure('strays', error);
  });
}

async function unexplained(found: Difference, { memberIds, isUnchanged }: ComparedWrite): Promise<Difference> {
  let rest = found;
  for (const waitMs of LOOK_AGAIN_MS) {
    if (waitMs > 0 && invocationEndMs() - Date.now() < waitMs + TIME_TO_LOOK_MS) break;
    if (waitMs > 0) await sleep(waitMs);
    rest = await withoutExplained(found, memberIds);
    if (!isStopping(rest, memberIds, isUnchanged)) break;
  }
  return rest;
}

async function withoutExplained(found: Difference, subjects: readonly number[]): Promise<Difference> {
  const missing = lookedUp(found.missing, LOOKED_UP.missing, subjects);
  const joined = lookedUp(found.joined, LOOKED_UP.joined, subjects);
  const writes = await writesAbout([...new Set([...missing, ...joined].map(({ memberId }) => memberId))]);
  const isExplained = ({ memberId, segmentId }: Stray, end: 'from' | 'to'): boolean =>
    writes.get(memberId)?.some((entry) => entry[end]?.id === segmentId && !isRefused(entry)) === true;
  const left = (all: readonly Stray[], looked: readonly Stray[], count: number, end: 'from' | 'to') => {
    if (looked.every((one) => isExplained(one, end))) return { strays: [], count: 0 };
    const strays = all.filter((one) => !isExplained(one, end));
    return { strays, count: count - (all.length - strays.length) };
  };
  const stillMissing = left(found.missing, missing, found.missingCount, 'from');
  const stillJoined = left(found.joined, joined, found.joinedCount, 'to');
  return {
    missing: stillMissing.strays,
    missingCount: stillMissing.count,
    joined: stillJoined.strays,
    joinedCount: stillJoined.count,
  };
}

/** Whether a write is known to have done nothing, so that it explains nobody's place. */
function isRefused({ state, members }: LedgerEntry): boolean {
  return state === 'finished' && members.every(({ outcome }) => outcome === 'refused');
}

/** Those whom the write is about, and of the others so many as can be looked up, taken evenly from all. */
function lookedUp(strays: readonly Stray[], most: number, subjects: readonly number[]): Stray[] {
  const own = strays.filter(({ memberId }) => subjects.includes(memberId));
  const others = strays.filter(({ memberId }) => !subjects.includes(memberId));
  const every = Math.max(1, Math.ceil(others.length / most));
  return [...own, ...others.filter((_stray, nth) => nth % every === 0)];
}

/** Other writes about these members: those that are under way, and those of the last minutes. */
async function writesAbout(memberIds: readonly number[]): Promise<Map<number, readonly LedgerEntry[]>> {
  try {
    // By key first, which never lags: whoever holds a lease has recorded what they are about to do.
    const leases = await readLeases(memberIds);
    const held = await readManyEntries([...leases.values()].flatMap(operationsOf));
    const sinceMs = Date.now() - EXPLAINS_MS;
    const recent = await Promise.all(memberIds.map((memberId) => recentWritesAbout(memberId, sinceMs)));
    return new Map(
      memberIds.map((memberId, place) => {
        const lease = leases.get(memberId);
        const underWay = lease === undefined ? [] : operationsOf(lease).flatMap((id) => held.get(id) ?? []);
        return [memberId, [...underWay, ...(recent[place] ?? [])]];
      }),
    );
  } catch (error) {
    logFailure('strays', error);
    return new Map();
  }
}

function operationsOf({ operationId, earlier }: Lease): string[] {
  return earlier === null ? [operationId] : [operationId, earlier];
}
