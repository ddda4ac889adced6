import type { EntryPoint, LedgerEntry, WriteEnds } from '../../contract';
import { endsNamedBy, isSameRequest, isUnfinished } from '../../domain/segments';
import { openLeases, readLeases, readManyEntries, newLease, type Lease } from '../../adapters/store';
import type { Connected } from '../connection';
import { formOf } from './request';
import type { HeldLease } from './lease';
import { intendedEntry } from './write';

/** One member of a batch, with the id under which this very write about them happens at most once. */
export type BatchMember = {
  readonly memberId: number;
  readonly operationId: string;
  readonly reporterAccountId: string | null;
  readonly issueId: string | null;
  readonly issueKey: string | null;
  readonly undoes: string | null;
};

/**
 * Members with whom the same is to be done: they leave one segment, for one other or for none, or join one. One that
 * is named twice is written once, under the first id.
 */
export type BatchCommand = {
  readonly ends: WriteEnds;
  readonly members: readonly BatchMember[];
  readonly entryPoint: EntryPoint;
  readonly actorAccountId: string;
  readonly runId: string | null;
};

/** A member whose lease this batch holds; `intended` is null where an earlier write has to be settled first. */
export type OpenMember = HeldLease & { readonly member: BatchMember; readonly intended: LedgerEntry | null };

/** A batch whose members' leases were taken and whose intentions stand in the ledger; nothing was sent yet. */
export type OpenBatch = {
  readonly order: BatchCommand;
  readonly open: readonly OpenMember[];
  /** Someone else writes about them just now. */
  readonly leaseHeld: readonly BatchMember[];
  /** Their operation ids have rows already: what was asked was done before. */
  readonly duplicates: ReadonlyMap<string, LedgerEntry>;
  /** Their operation ids have rows of something else: of what was asked nothing was done. */
  readonly takenIds: ReadonlySet<string>;
  /** When the leases end, milliseconds since the epoch: by then everything has to be recorded. */
  readonly untilMs: number;
};

/**
 * How long the leases of a batch last. Much shorter than an invocation of a consumer may run, because
 * everyone else has to wait that long for these members when its process dies.
 */
const BATCH_LEASE_MS = 90_000;

/**
 * Acquires the leases of all members who are free and records what is intended, some members a call and several
 * calls side by side. Throws ForgeKvsError when storage fails: what was opened by then lapses by itself.
 */
export async function openBatch({ settings }: Pick<Connected, 'settings'>, order: BatchCommand): Promise<OpenBatch> {
  const members = [
    ...new Map(order.members.toReversed().map((member) => [member.memberId, member])).values(),
  ].toReversed();
  const nowMs = Date.now();
  const untilMs = nowMs + BATCH_LEASE_MS;
  const standing = await readLeases(members.map(({ memberId }) => memberId));
  const isFree = ({ memberId }: BatchMember): boolean => (standing.get(memberId)?.untilMs ?? 0) <= nowMs;
  const free = members.filter(isFree);
  const unfinished = await unfinishedOf(free.flatMap(({ memberId }) => standing.get(memberId) ?? []));
  const form = formOf(order.ends, settings);
  const wanted = free.map((member): OpenMember & { readonly lapsed: Lease | null } => {
    const earlier = unfinished.get(member.memberId) ?? null;
    const lease = newLease({
      memberId: member.memberId,
      operationId: member.operationId,
      earlier: earlier?.operationId ?? null,
      untilMs,
    });
    return {
      member,
      lease,
      lapsed: standing.get(member.memberId) ?? null,
      unfinished: earlier,
      intended: earlier === null ? intention(order, member, form) : null,
    };
  });
  const opened = await openLeases(wanted);
  const rows = opened.flatMap((one, index) => {
    const member = wanted[index]?.member;
    if (one.kind !== 'duplicate' || member === undefined) return [];
    return [{ entry: one.entry, isOwn: isOwnEntry(order, member, one.entry) }];
  });
  return {
    order: { ...order, members },
    open: wanted.filter((_one, index) => opened[index]?.kind === 'opened'),
    leaseHeld: [
      ...members.filter((member) => !isFree(member)),
      ...wanted.filter((_one, index) => opened[index]?.kind === 'leaseHeld').map(({ member }) => member),
    ],
    duplicates: new Map(rows.filter(({ isOwn }) => isOwn).map(({ entry }) => [entry.operationId, entry])),
    takenIds: new Set(rows.filter(({ isOwn }) => !isOwn).map(({ entry }) => entry.operationId)),
    untilMs,
  };
}

/** Whether a row is of the very write that a batch is to make about this member. */
export function isOwnEntry(
  { ends, entryPoint, actorAccountId, runId }: Omit<BatchCommand, 'members'>,
  { memberId, undoes }: BatchMember,
  entry: LedgerEntry,
): boolean {
  const asked = { entryPoint, actorAccountId, runId, apiClientId: null, requestDigest: null };
  return isSameRequest(entry, { ...asked, undoes, memberId, ends: endsNamedBy(ends) });
}

function intention(
  { ends, entryPoint, actorAccountId, runId }: BatchCommand,
  { memberId, ...member }: BatchMember,
  form: string,
): LedgerEntry {
  return intendedEntry(
    { ...ends, memberIds: [memberId] },
    { ...member, entryPoint, actorAccountId, runId, apiClientId: null, requestDigest: null },
    form,
  );
}

/** The unfinished writes that lapsed leases mark, by member id. */
async function unfinishedOf(lapsed: readonly Lease[]): Promise<Map<number, LedgerEntry>> {
  const entries = await readManyEntries(
    lapsed.flatMap(({ operationId, earlier }) => (earlier === null ? [operationId] : [operationId, earlier])),
  );
  // At most one of the two is unfinished: a write is recorded only after the earlier one was settled.
  return new Map(
    lapsed.flatMap(({ memberId, operationId, earlier }) => {
      const found = [operationId, earlier ?? '']
        .map((id) => entries.get(id))
        .find((entry) => entry !== undefined && isUnfinished(entry));
      return found === undefined ? [] : [[memberId, found] as const];
    }),
  );
}
