import { sleep } from '../clock';
import type { Door, LedgerEntry } from '../contract';
import { allConfirmed, decideOutcome, isFinal, type Claim, type MemberOutcome, type ReadBackSide, type WritePlan } from '../segments';
import { UNTOLD_WAIT_MS, type Result, type SegmentWithMembers, type ShorterLoopError, type WriteReceipt } from '../shorterloop';
import { recordIntended, recordOutcome } from '../store';
import type { Connected } from './connection';
import { logFailure } from './log';
import type { LeftOver } from './turn';

/** Who asks for a write, where from and about whom. */
export type WriteOrigin = {
  /** A UUID made where the write was asked for: one id, at most one write. */
  readonly operationId: string;
  readonly door: Door;
  readonly actorAccountId: string;
  readonly reporterAccountId: string | null;
  readonly issueId: string | null;
  readonly issueKey: string | null;
  readonly undoes: string | null;
  /** The bulk run that it is a part of, or null. */
  readonly runId: string | null;
  /** The caller from outside who asked for it, or null. */
  readonly callerId: string | null;
};

/** A segment as it was read back: `'gone'` when it no longer exists, null when it could not be read. */
type Reread = SegmentWithMembers | 'gone' | null;

/** What became of a write: its ledger entry and the segments read again, or the row that its id already has. */
export type Written =
  | {
      readonly kind: 'written';
      readonly entry: LedgerEntry;
      readonly reread: ReadonlyMap<number, SegmentWithMembers | 'gone'>;
      /** How long Shorter Loop asked to wait when it refused for that reason alone; null otherwise. */
      readonly retryAfterMs: number | null;
      readonly left: LeftOver;
    }
  | { readonly kind: 'taken'; readonly entry: LedgerEntry };

/** Waits before each read-back: Shorter Loop may take a moment to show what it has accepted. */
const READ_BACK_WAITS_MS = [0, 400, 1_200];

/**
 * Carries out one planned write in its members' turn: ledger, request, read-back, outcome, ledger.
 * What the request answers is only a claim, and what is read back decides.
 * Throws ForgeKvsError when the intention can't be recorded: then nothing was sent.
 */
export async function performWrite({ client, settings }: Connected, plan: WritePlan, origin: WriteOrigin): Promise<Written> {
  const intended = intendedEntry(plan, origin, dialectOf(plan, settings));
  const recorded = await recordIntended(intended);
  if (recorded.kind === 'taken') return recorded;
  const receipt = await send(client, plan);
  const claim = claimOf(receipt);
  const { outcomes, reread } = claim === 'never' || claim === 'notSent' ? unread(plan, claim) : await readBack(client, plan, claim);
  const entry = answeredEntry(intended, receipt, outcomes, isFinal(claim, outcomes));
  const isRecorded = await recordOutcome(entry).then(
    () => true,
    (error: unknown) => {
      // The write is done and its outcome known: the user is told. The row stays as intended and is settled later.
      logFailure('ledger', error);
      return false;
    },
  );
  const isSettled = isRecorded && entry.state === 'finished';
  const left = isSettled ? 'nothing' : claim === 'silent' ? 'pending' : 'unfinished';
  return { kind: 'written', entry, reread, retryAfterMs: waitAskedBy(receipt), left };
}

function send(client: Connected['client'], plan: WritePlan): Promise<Result<WriteReceipt>> {
  const users = plan.memberIds;
  switch (plan.kind) {
    case 'move':
      return client.move({ from: plan.from.id, to: plan.to.id, users });
    case 'remove':
      return client.remove({ from: plan.from.id, users });
    case 'add':
      return client.add({ to: plan.to.id, users });
  }
}

function dialectOf({ kind }: WritePlan, settings: Connected['settings']): LedgerEntry['dialect'] {
  if (kind === 'add') return null;
  return kind === 'move' ? settings.moveDialect : settings.removeDialect;
}

function claimOf(receipt: Result<WriteReceipt>): Claim {
  if (receipt.kind === 'ok') return receipt.value.claim === 'accepted' ? 'yes' : 'unclear';
  const { cause, status, mayHaveBeenApplied } = receipt.error;
  if (!mayHaveBeenApplied) return status === null ? 'notSent' : 'never';
  switch (cause) {
    case 'invalid':
      return 'no';
    case 'server':
    case 'network':
    case 'timeout':
      return 'silent';
    default:
      return 'unclear';
  }
}

function waitAskedBy(receipt: Result<WriteReceipt>): number | null {
  return receipt.kind === 'failed' && receipt.error.cause === 'rateLimited' ? (receipt.error.retryAfterMs ?? UNTOLD_WAIT_MS) : null;
}

type ReadBackResult = { readonly outcomes: MemberOutcome[]; readonly reread: ReadonlyMap<number, SegmentWithMembers | 'gone'> };

function unread(plan: WritePlan, claim: Claim): ReadBackResult {
  return { outcomes: decideOutcome(plan, claim, null), reread: new Map() };
}

async function readBack(client: Connected['client'], plan: WritePlan, claim: Claim): Promise<ReadBackResult> {
  let result: ReadBackResult | undefined;
  for (const waitMs of READ_BACK_WAITS_MS) {
    if (waitMs > 0) await sleep(waitMs);
    result = await readOnce(client, plan, claim);
    if (allConfirmed(result.outcomes)) break;
  }
  return result ?? unread(plan, claim);
}

async function readOnce(client: Connected['client'], plan: WritePlan, claim: Claim): Promise<ReadBackResult> {
  const { from, to } = plan;
  const [source, target] = await Promise.all([from === null ? null : reread(client, from.id), to === null ? null : reread(client, to.id)]);
  const known: [number, SegmentWithMembers | 'gone'][] = [];
  if (from !== null && source !== null) known.push([from.id, source]);
  if (to !== null && target !== null) known.push([to.id, target]);
  return { outcomes: decideOutcome(plan, claim, { from: idsOf(source), to: idsOf(target) }), reread: new Map(known) };
}

async function reread(client: Connected['client'], segmentId: number): Promise<Reread> {
  const read = await client.segmentWithMembers(segmentId);
  if (read.kind === 'ok') return read.value;
  if (read.error.cause !== 'notFound') return null;
  // The path of this read is an assumption: a 404 alone could also mean that the path is wrong.
  const list = await client.listSegments();
  return list.kind === 'ok' && !list.value.some(({ id }) => id === segmentId) ? 'gone' : null;
}

function idsOf(segment: Reread): ReadBackSide {
  if (segment === null) return null;
  return new Set(segment === 'gone' ? [] : segment.members.map(({ id }) => id));
}

function intendedEntry({ memberIds, ...ends }: WritePlan, origin: WriteOrigin, dialect: LedgerEntry['dialect']): LedgerEntry {
  return {
    ...origin,
    ...ends,
    state: 'intended',
    members: memberIds.map((memberId) => ({ memberId, outcome: null, reason: null })),
    dialect,
    answer: null,
    intendedAtMs: Date.now(),
    finishedAtMs: null,
    recoveredAtMs: null,
  };
}

function answeredEntry(intended: LedgerEntry, receipt: Result<WriteReceipt>, members: MemberOutcome[], isDecided: boolean): LedgerEntry {
  return { ...intended, state: isDecided ? 'finished' : 'undecided', members, answer: answerOf(receipt), finishedAtMs: Date.now() };
}

function answerOf(receipt: Result<WriteReceipt>): LedgerEntry['answer'] {
  if (receipt.kind === 'ok') return { status: receipt.value.status, cause: null, count: receipt.value.count };
  const error: ShorterLoopError = receipt.error;
  return { status: error.status, cause: error.cause, count: null };
}
