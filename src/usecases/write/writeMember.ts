import { type LedgerEntry, ok, err, type Result } from '../../contract';
import { endsOfIntent, planWrite } from '../../domain/segments';
import { readEntry } from '../../adapters/store';
import { requestOf, stoppedBy, type WriteCommand } from './executeWrite';
import { requireProven, requireTrial, type Connected, type Writable } from '../connection';
import { readAllSegments, type SegmentsReading } from '../lookup';
import { duplicateWork, settleUnfinished, withLease, type HeldLease, type LeasedWork } from './lease';
import { takenIdProblem } from './takenId';
import { performWrite } from './write';

/** What an admin decided to do about a member, apart from any issue or reporter. */
export type MemberWriteCommand = Pick<
  WriteCommand,
  'operationId' | 'undoes' | 'entryPoint' | 'actorAccountId' | 'memberId' | 'intent'
>;

/** How the test with a test person differs from every other write. */
export type MemberWriteOptions = {
  /** Whether it may be of a kind that is not proven yet. */
  readonly isTrial?: boolean;
  /** How it is read what the write is planned from, under the member's lease and just before it is sent. */
  readonly read?: () => Promise<Result<SegmentsReading>>;
};

/**
 * Carries out a decision about a member whom no reporter stands for, by the same steps as
 * {@link executeWrite}: lease, reading, settling, plan, ledger, request, read-back.
 * Throws ForgeKvsError when storage fails before anything was sent.
 */
export async function writeMember(
  connected: Connected,
  command: MemberWriteCommand,
  { isTrial = false, read }: MemberWriteOptions = {},
): Promise<Result<LedgerEntry>> {
  const { kind } = endsOfIntent(command.intent);
  const writable = isTrial ? requireTrial(connected, kind) : requireProven(connected, kind);
  if (writable.kind === 'problem') return writable;
  const readAll = read ?? (() => readAllSegments(writable.value, 'write'));
  return withLease(command.memberId, command.operationId, (held) =>
    writeWithLease(writable.value, command, held, readAll),
  );
}

async function writeWithLease(
  writable: Writable,
  command: MemberWriteCommand,
  held: HeldLease,
  readAll: () => Promise<Result<SegmentsReading>>,
): Promise<LeasedWork<LedgerEntry>> {
  const { operationId, undoes, entryPoint, actorAccountId, memberId, intent } = command;
  const [read, asked] = await Promise.all([readAll(), readEntry(operationId)]);
  const disposition = held.unfinished === null ? 'nothing' : 'unfinished';
  if (asked !== null) return { answer: err(takenIdProblem(asked, requestOf(command))), disposition };
  if (read.kind === 'problem') return { answer: read, disposition };
  const settled = await settleUnfinished(held, read.value);
  if (settled.kind === 'problem') return { answer: settled, disposition };
  const stopped = stoppedBy(settled.value, intent);
  if (stopped !== null) return { answer: err(stopped), disposition: 'nothing' };
  const facts = { memberId, reporterAccountId: null, segments: read.value.segments, history: [] };
  const planned = planWrite(intent, facts);
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
  const written = await performWrite(writable, planned.value, read.value, origin);
  if (written.kind === 'written') return { answer: ok(written.entry), disposition: written.disposition };
  return duplicateWork(written.entry, requestOf(command));
}
