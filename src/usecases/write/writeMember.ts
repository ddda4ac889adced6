import type { LedgerEntry } from '../../contract';
import { planWrite, planAdd, type AddRequest, type WriteRequest } from '../../domain/segments';
import { readEntry } from '../../adapters/store';
import { ok, problem, type Step } from '../result';
import type { Decision } from './carryOut';
import { requireProven, type Connected, type Writable } from '../connection';
import { readSegments } from '../lookup';
import { inTurn, settleEarlier, type Turn, type Worked } from './turn';
import { performWrite } from './write';

/** What an admin decided to do about a member, apart from any issue or reporter. */
export type MemberDecision = Pick<Decision, 'operationId' | 'undoes' | 'entryPoint' | 'actorAccountId'> & {
  readonly wanted: WriteRequest | AddRequest;
};

/**
 * Carries out a decision about a member whom no reporter stands for, by the same steps as
 * {@link carryOut}: turn, reading, settling, plan, ledger, request, read-back.
 * Throws ForgeKvsError when storage fails before anything was sent.
 */
export async function writeMember(connected: Connected, decision: MemberDecision): Promise<Step<LedgerEntry>> {
  const writable = requireProven(connected);
  if (writable.kind === 'problem') return writable;
  return inTurn(decision.wanted.memberId, decision.operationId, (turn) => writeInTurn(writable.value, decision, turn));
}

async function writeInTurn(
  writable: Writable,
  { operationId, undoes, entryPoint, actorAccountId, wanted }: MemberDecision,
  turn: Turn,
): Promise<Worked<LedgerEntry>> {
  const [segments, asked] = await Promise.all([readSegments(writable, 'write'), readEntry(operationId)]);
  const left = turn.unfinished === null ? 'nothing' : 'unfinished';
  if (asked !== null) return { answer: problem({ code: 'alreadyAsked', state: asked.state }), left };
  if (segments.kind === 'problem') return { answer: segments, left };
  await settleEarlier(turn, segments.value);
  const planned = 'fromSegmentId' in wanted ? planWrite(segments.value, wanted) : planAdd(segments.value, wanted);
  if (planned.kind === 'stale') return { answer: problem({ code: 'stale', reason: planned.reason }), left: 'nothing' };
  const origin = {
    operationId,
    entryPoint,
    actorAccountId,
    reporterAccountId: null,
    issueId: null,
    issueKey: null,
    undoes,
    runId: null,
    callerId: null,
  };
  const written = await performWrite(writable, planned.plan, origin);
  if (written.kind === 'written') return { answer: ok(written.entry), left: written.left };
  const { state } = written.entry;
  return { answer: problem({ code: 'alreadyAsked', state }), left: state === 'finished' ? 'nothing' : 'unfinished' };
}
