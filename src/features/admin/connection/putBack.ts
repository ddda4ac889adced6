import { randomUUID } from 'node:crypto';
import {
  err,
  ok,
  type ChangedMember,
  type LedgerEntry,
  type Problem,
  type PutBackResult,
  type Result,
} from '../../../contract';
import { byId, isConfirmed, type WriteIntent } from '../../../domain/segments';
import { connect, invocationEndMs, type Connected } from '../../../usecases/connection';
import { parseInput } from '../../../usecases/result';
import { writeMember } from '../../../usecases/write';
import { readKey, readSettings, readTokenBucket } from '../../../adapters/store';
import type { AdminRequest } from '../request';
import { readChanged, type Changed } from './changed';
import { changeSchema } from './stops';

/** What has to be left of the invocation for one more write. */
const TIME_OF_A_WRITE_MS = 9_000;

/** Somebody who is to be put back, with the write that does it. */
type Return = { readonly member: ChangedMember; readonly intent: WriteIntent };

/**
 * Puts those back who were taken out of a segment beside a write: by a move, where they were carried into its other
 * end, and otherwise by adding. One after the other, each through the ledger and read back; the first that does
 * something else than it should is the last. Throws ForgeKvsError when storage fails.
 */
export async function putBack({ adminAccountId }: AdminRequest, payload: unknown): Promise<Result<PutBackResult>> {
  const input = parseInput(changeSchema, payload);
  if (input.kind === 'problem') return input;
  const [settings, key, tokenBucket] = await Promise.all([readSettings(), readKey(), readTokenBucket()]);
  const connected = connect(settings, key, tokenBucket);
  if (connected.kind === 'problem') return connected;
  const changed = await readChanged(connected.value, input.value.operationId);
  if (changed.kind === 'problem') return changed;
  const missing = changed.value.members.filter(({ change }) => change === 'missing');
  const wanted = missing.filter(({ isBack }) => !isBack).map((member) => returnOf(member, changed.value));
  const done = await putBackEach(connected.value, adminAccountId, wanted);
  // Nobody could be put back, and nothing but a test or an admin's look changes that.
  if (done.why !== null && done.back.size === 0 && wanted.length === missing.length) return err(done.why);
  const isBack = (member: ChangedMember): boolean => member.isBack || done.back.has(member);
  const back = idsOf(missing).filter((id) => missing.every((one) => one.memberId !== id || isBack(one)));
  return ok({
    back,
    missing: idsOf(missing).filter((id) => !back.includes(id)),
    why: done.why,
    isAll: done.isAll,
    stops: (await readSettings())?.stops ?? [],
  });
}

/** A move where the write carried them into its other end, which they then leave again; otherwise adding. */
function returnOf(member: ChangedMember, { entry, members }: Changed): Return {
  const carried = members.find(
    ({ change, memberId, segmentId, isBack }) =>
      change === 'joined' && memberId === member.memberId && !isBack && isEndOf(entry, segmentId),
  );
  const to = byId(member.segmentId);
  return carried === undefined
    ? { member, intent: { kind: 'add', to } }
    : { member, intent: { kind: 'move', from: byId(carried.segmentId), to } };
}

function isEndOf({ from, to }: LedgerEntry, segmentId: number): boolean {
  return from?.id === segmentId || to?.id === segmentId;
}

type PutBack = { readonly back: ReadonlySet<ChangedMember>; readonly why: Problem | null; readonly isAll: boolean };

async function putBackEach(connected: Connected, actorAccountId: string, wanted: readonly Return[]): Promise<PutBack> {
  const back = new Set<ChangedMember>();
  let why: Problem | null = null;
  for (const { member, intent } of wanted) {
    if (invocationEndMs() - Date.now() < TIME_OF_A_WRITE_MS) return { back, why, isAll: false };
    const refusal = connected.refusals[intent.kind === 'move' ? 'move' : 'add'];
    if (refusal !== null) {
      why ??= refusal;
      continue;
    }
    const origin = { operationId: randomUUID(), undoes: null, entryPoint: 'admin', actorAccountId } as const;
    const written = await writeMember(connected, { ...origin, memberId: member.memberId, intent });
    if (written.kind === 'problem') {
      why ??= written.problem;
      if (isGeneral(written.problem)) break;
      continue;
    }
    // Whatever changes somebody else once more is not made again.
    if (written.value.strays !== null) break;
    if (isConfirmed(written.value)) back.add(member);
  }
  return { back, why, isAll: true };
}

/** Whether a problem is of all writes, and not of this one. */
function isGeneral({ code }: Problem): boolean {
  return code !== 'stale' && code !== 'busy' && code !== 'segmentUnreadable';
}

function idsOf(members: readonly ChangedMember[]): number[] {
  return [...new Set(members.map(({ memberId }) => memberId))];
}
