import { type LedgerEntry, ok, err, type Result } from '../../contract';
import { planWrite } from '../../domain/segments';
import { readEntry } from '../../adapters/store';
import { requestOf, type WriteCommand } from './executeWrite';
import { requireProven, type Connected, type Writable } from '../connection';
import { readSegments } from '../lookup';
import { duplicateWork, settleUnfinished, withLease, type HeldLease, type LeasedWork } from './lease';
import { takenIdProblem } from './takenId';
import { performWrite } from './write';

/** What an admin decided to do about a member, apart from any issue or reporter. */
export type MemberWriteCommand = Pick<
  WriteCommand,
  'operationId' | 'undoes' | 'entryPoint' | 'actorAccountId' | 'memberId' | 'intent'
>;

/**
 * Carries out a decision about a member whom no reporter stands for, by the same steps as
 * {@link executeWrite}: lease, reading, settling, plan, ledger, request, read-back.
 * Throws ForgeKvsError when storage fails before anything was sent.
 */
export async function writeMember(connected: Connected, command: MemberWriteCommand): Promise<Result<LedgerEntry>> {
  const writable = requireProven(connected);
  if (writable.kind === 'problem') return writable;
  return withLease(command.memberId, command.operationId, (held) => writeWithLease(writable.value, command, held));
}

async function writeWithLease(
  writable: Writable,
  command: MemberWriteCommand,
  held: HeldLease,
): Promise<LeasedWork<LedgerEntry>> {
  const { operationId, undoes, entryPoint, actorAccountId, memberId, intent } = command;
  const [segments, asked] = await Promise.all([readSegments(writable, 'write'), readEntry(operationId)]);
  const disposition = held.unfinished === null ? 'nothing' : 'unfinished';
  if (asked !== null) return { answer: err(takenIdProblem(asked, requestOf(command))), disposition };
  if (segments.kind === 'problem') return { answer: segments, disposition };
  const settled = await settleUnfinished(held, segments.value);
  if (settled.kind === 'problem') return { answer: settled, disposition };
  const reading = { memberId, reporterAccountId: null, segments: segments.value, history: [] };
  const planned = planWrite(intent, { ...reading, canAdd: writable.proofs.add !== undefined });
  if (planned.kind === 'problem') return { answer: planned, disposition: 'nothing' };
  const origin = {
    operationId,
    entryPoint,
    actorAccountId,
    reporterAccountId: null,
    issueId: null,
    issueKey: null,
    undoes,
    runId: null,
    apiClientId: null,
    requestDigest: null,
  };
  const written = await performWrite(writable, planned.value, origin);
  if (written.kind === 'written') return { answer: ok(written.entry), disposition: written.disposition };
  return duplicateWork(written.entry, requestOf(command));
}
