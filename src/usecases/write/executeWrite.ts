import { askForFieldFill } from '../jobs';
import { HISTORY_LIMIT, type EntryPoint, type LedgerEntry, type Problem, ok, err, type Result } from '../../contract';
import { memberById } from '../../domain/people';
import {
  affectedSegments,
  endsOfIntent,
  planWrite,
  withReadBack,
  witnessedSegments,
  type PlanReading,
  type RequestIdentity,
  type WriteIntent,
} from '../../domain/segments';
import { readEntry } from '../../adapters/store';
import { requireProven, type Writable } from '../connection';
import { resolveLinked, updateDirectory, type AffectedSegments, type LinkedReporter, type Subject } from '../lookup';
import { duplicateWork, settleUnfinished, withLease, type HeldLease, type LeasedWork, type Settled } from './lease';
import { MOST_OTHERS } from './readBack';
import { takenIdProblem } from './takenId';
import { performWrite } from './write';

/**
 * What someone decided to do about a reporter's member, planned once the segments were read under the member's lease.
 */
export type WriteCommand = {
  /** A UUID made where the write was asked for: one id, at most one write. */
  readonly operationId: string;
  /** The operation that this one undoes, or null. */
  readonly undoes: string | null;
  readonly entryPoint: EntryPoint;
  readonly actorAccountId: string;
  /** The API client who asked for it. */
  readonly apiClientId?: string | null;
  /** What the API client asked for, as a digest. */
  readonly requestDigest?: string | null;
  readonly memberId: number;
  readonly intent: WriteIntent;
};

/** A write that came to an end, whatever its outcome. */
export type ExecutedWrite = {
  readonly entry: LedgerEntry;
  /** How long Shorter Loop asked to wait when it refused for that reason alone; null otherwise. */
  readonly retryAfterMs: number | null;
  /** The reporter as they are known after it. */
  readonly linked: LinkedReporter;
};

/**
 * Executes one command: the one way in which every entry point writes. Waits for the member's lease,
 * reads, settles what was left unfinished, plans, and performs the write.
 * Throws ForgeKvsError when storage fails before anything was sent.
 */
export async function executeWrite(subject: Subject, command: WriteCommand): Promise<Result<ExecutedWrite>> {
  const writable = requireProven(subject.connected, endsOfIntent(command.intent).kind);
  if (writable.kind === 'problem') return writable;
  return withLease(command.memberId, command.operationId, (held) =>
    executeWithLease(subject, writable.value, command, held),
  );
}

async function executeWithLease(
  subject: Subject,
  writable: Writable,
  command: WriteCommand,
  held: HeldLease,
): Promise<LeasedWork<ExecutedWrite>> {
  const { operationId, undoes, entryPoint, actorAccountId } = command;
  // Asked once more, because the same command may have had the lease before this one.
  const [linked, asked] = await Promise.all([
    resolveLinked(subject, segmentsToRead(command, held)),
    readEntry(operationId),
  ]);
  const disposition = held.unfinished === null ? 'nothing' : 'unfinished';
  if (asked !== null) return { answer: err(takenIdProblem(asked, requestOf(command))), disposition };
  if (linked.kind === 'problem') return { answer: linked, disposition };
  if (linked.value.match.member.id !== command.memberId)
    return { answer: err({ code: 'stale', reason: 'linkChanged' }), disposition };
  const reading = { ...linked.value.reading, segments: linked.value.segments };
  const settled = await settleUnfinished(held, reading);
  if (settled.kind === 'problem') return { answer: settled, disposition };
  const stopped = stoppedBy(settled.value, command.intent);
  if (stopped !== null) return { answer: err(stopped), disposition: 'nothing' };
  const plan = planWrite(command.intent, planReadingOf(linked.value));
  if (plan.kind === 'problem') return { answer: plan, disposition: 'nothing' };
  const { issue, reporter } = linked.value;
  const origin = {
    operationId,
    entryPoint,
    actorAccountId,
    reporterAccountId: reporter.accountId,
    issueId: issue.issueId,
    issueKey: issue.issueKey,
    undoes,
    runId: null,
    apiClientId: command.apiClientId ?? null,
    requestDigest: command.requestDigest ?? null,
  };
  const written = await performWrite(writable, plan.value, reading, origin);
  if (written.kind === 'duplicate') return duplicateWork(written.entry, requestOf(command));
  const { entry, retryAfterMs, reread } = written;
  const history = [
    entry,
    ...linked.value.history.map((row) =>
      row.operationId === settled.value.entry?.operationId ? settled.value.entry : row,
    ),
  ];
  const ends = [plan.value.from?.id, plan.value.to?.id].filter((id) => id !== undefined);
  // What contradicts an accepted write may be over in a moment: the directory is not told of it.
  const unseen = ends.filter((id) => !reread.has(id) || entry.state !== 'finished');
  const live = new Set([...linked.value.reading.live, ...reread.keys()].filter((id) => !unseen.includes(id)));
  const after = asAfter(
    { ...linked.value, history: history.slice(0, HISTORY_LIMIT) },
    withReadBack(linked.value.segments, reread),
  );
  await updateDirectory(subject.directoryMeta, { memberId: command.memberId, segments: after.segments, live });
  if (entry.state === 'finished') await askForFieldFill({ memberIds: [command.memberId] });
  return { answer: ok({ entry, retryAfterMs, linked: after }), disposition: written.disposition };
}

/** What makes a command's request this one and no other. */
export function requestOf(
  command: Omit<WriteCommand, 'operationId' | 'memberId'> & Pick<RequestIdentity, 'memberId'>,
): RequestIdentity {
  const { apiClientId = null, requestDigest = null, intent } = command;
  return { ...command, apiClientId, requestDigest, runId: null, ends: endsOfIntent(intent) };
}

/**
 * What is read under the lease: what the plan is made from, where else the member is, who must not leave there by what
 * is sent, and what a write that has to be settled first is about.
 */
function segmentsToRead({ intent }: WriteCommand, { unfinished }: HeldLease): AffectedSegments {
  const ends = [unfinished?.from?.id, unfinished?.to?.id].filter((id) => id !== undefined);
  const witnessed = unfinished === null ? [] : witnessedSegments(unfinished);
  return (segments, memberSegmentIds) => [
    ...affectedSegments(intent, segments, memberSegmentIds),
    ...ends,
    ...witnessed,
    ...(intent.kind === 'add' ? [] : memberSegmentIds.slice(0, MOST_OTHERS)),
  ];
}

/** The problem of an intent whose kind of write came to rest by what was settled just before it. */
export function stoppedBy({ stop }: Settled, intent: WriteIntent): Problem | null {
  const { kind } = endsOfIntent(intent);
  return stop?.kind === kind ? { code: 'writesStopped', kind, operationId: stop.operationId } : null;
}

function planReadingOf({ match, reporter, segments, history }: LinkedReporter): PlanReading {
  return { memberId: match.member.id, reporterAccountId: reporter.accountId, segments, history };
}

/** The reporter after a write, from what is known: nothing more is read that could fail and hide the outcome. */
export function asAfter(linked: LinkedReporter, segments: LinkedReporter['segments']): LinkedReporter {
  const { match } = linked;
  const member = memberById(segments, match.member.id);
  // The name that was read before the write: a member who is in no segment any more can't be read.
  return { ...linked, segments, match: { ...match, member: { ...member, name: member.name ?? match.member.name } } };
}
