import type { Result, LedgerEntry, OutcomeReason, Outcome, WriteResult } from '../../src/contract';
import type { AppliedWrite, Simulator } from '../../sandbox/shorterloop';
import type { Lab, Subject } from './lab';

/** What a case may do to Shorter Loop's data by itself, so that the app is not blamed for it. */
export type OwnDoing = {
  readonly memberGone?: number;
  readonly segmentDeleted?: number;
  /** It shows what it has accepted only after the app has stopped waiting for it. */
  readonly showsTooLate?: boolean;
};

/** What was wrong in a case; all empty when nothing was. */
export type Verdict = {
  readonly wrongOutcomes: readonly string[];
  readonly lostMembers: readonly string[];
  readonly unreportedWrites: readonly string[];
};

/** What a user was told right after an operation, with what was true then. */
export type Told = {
  readonly answer: Result<unknown> | null;
  readonly appliedThen: readonly AppliedWrite[];
  readonly segmentIdsThen: readonly number[];
};

/**
 * Compares what the app told and what stands in its ledger with what really happened.
 * @param before the writes that were applied while the case was prepared
 */
export function judge(
  lab: Lab,
  ledger: readonly LedgerEntry[],
  told: readonly Told[],
  before: number,
  ownDoing: OwnDoing,
): Verdict {
  const { truth } = lab.site.simulator;
  const applied = truth.writes().slice(before);
  const rows = ledger.filter(({ operationId }) => operationId === lab.subject.operationId);
  return {
    wrongOutcomes: [
      ...told.flatMap((one) => wrongAnswer(lab.subject, one)),
      ...rows.flatMap((row) => wrongRow(row, ownDoing.showsTooLate === true ? [] : applied, truth)),
      ...twice(lab.subject, applied),
      ...leftovers(lab, ledger),
    ],
    lostMembers: lostMembers(truth, ledger, {
      ...ownDoing,
      ...(ownDoing.showsTooLate === true ? { memberGone: lab.subject.memberId } : {}),
    }),
    unreportedWrites: unreported(
      ownDoing.showsTooLate === true ? truth.writes().slice(0, before) : truth.writes(),
      ledger,
    ),
  };
}

/** Whether a write that reached the data is the one that the subject asked for. */
function isOf({ kind, from, to, memberId }: Subject, write: AppliedWrite): boolean {
  return write.kind === kind && write.from === from && write.to === to && write.applied.includes(memberId);
}

/** Whether a member is where a write should have put them, whoever put them there. */
function isThere({ from, to }: Pick<Subject, 'from' | 'to'>, segmentIds: readonly number[]): boolean {
  return !segmentIds.includes(from) && (to === null || segmentIds.includes(to));
}

function wrongAnswer(subject: Subject, { answer, appliedThen, segmentIdsThen }: Told): string[] {
  if (answer === null) return [];
  const happened = appliedThen.some((write) => isOf(subject, write));
  if (answer.kind === 'problem') {
    // An operation that was asked before may well have happened; any other problem says that nothing did.
    return happened && answer.problem.code !== 'duplicateRequest'
      ? [`told ${answer.problem.code}, and the write was applied`]
      : [];
  }
  const entry = entryOf(answer.value);
  if (entry === null) return happened ? ['told of no write, and one was applied'] : [];
  // An undecided one is told as what may still change.
  const isOpen = entry.state === 'undecided';
  return entry.members.flatMap(({ outcome, reason }) =>
    isOpen && outcome === 'notConfirmed'
      ? []
      : contradiction('told', outcome, reason, happened, isThere(subject, segmentIdsThen)),
  );
}

function wrongRow(row: LedgerEntry, applied: readonly AppliedWrite[], truth: Simulator['truth']): string[] {
  if (row.state !== 'finished') return [`the ledger's row is still ${row.state}`];
  return row.members.flatMap(({ memberId, outcome, reason }) => {
    const subject = {
      kind: row.kind,
      operationId: row.operationId,
      memberId,
      from: row.from?.id ?? 0,
      to: row.to?.id ?? null,
    };
    const happened = applied.some((write) => isOf(subject, write));
    return contradiction('recorded', outcome, reason, happened, isThere(subject, truth.membershipsOf(memberId)));
  });
}

function contradiction(
  who: string,
  outcome: Outcome | null,
  reason: OutcomeReason | null,
  happened: boolean,
  isThereNow: boolean,
): string[] {
  const words = `${who} ${String(outcome)} ${String(reason)}, and the write was ${happened ? '' : 'not '}applied`;
  switch (outcome) {
    case 'confirmed':
      return happened || isThereNow ? [] : [words];
    case 'refused':
      return happened ? [words] : [];
    case 'notConfirmed':
      // A write that was done by halves shows in both segments or in neither.
      return reason === 'unchanged' && happened ? [words] : [];
    case 'unknown':
      return who === 'recorded' ? [`${words}, and nobody looked again`] : [];
    case null:
      return [`${who} no outcome`];
  }
}

function twice(subject: Subject, applied: readonly AppliedWrite[]): string[] {
  const times = applied.filter((write) => isOf(subject, write)).length;
  return times > 1 ? [`applied ${times} times`] : [];
}

/** What has to be gone once everything was settled. */
function leftovers({ site }: Lab, ledger: readonly LedgerEntry[]): string[] {
  const leases = site.platform.kvs.entity('lease').length;
  const open = ledger.filter(({ state }) => state !== 'finished').length;
  return [...(leases > 0 ? [`${leases} leases are left`] : []), ...(open > 0 ? [`${open} rows are not finished`] : [])];
}

function lostMembers(
  truth: Simulator['truth'],
  ledger: readonly LedgerEntry[],
  { memberGone, segmentDeleted }: OwnDoing,
): string[] {
  const before = new Set(truth.initial.flatMap(({ id, memberIds }) => (id === segmentDeleted ? [] : memberIds)));
  return [...before]
    .filter((memberId) => memberId !== memberGone && truth.membershipsOf(memberId).length === 0)
    .filter((memberId) => !isExplained(memberId, ledger, segmentDeleted))
    .map((memberId) => `member ${memberId} is in no segment any more, and nothing says so`);
}

/** Whether the ledger tells why a member is in no segment: they were removed, or half a move took them out. */
function isExplained(memberId: number, ledger: readonly LedgerEntry[], segmentDeleted: number | undefined): boolean {
  if (ledger.some(({ strays }) => strays?.missing.some((stray) => stray.memberId === memberId) === true)) return true;
  return ledger.some(({ kind, to, members }) =>
    members.some(
      (member) =>
        member.memberId === memberId &&
        ((kind === 'remove' && member.outcome === 'confirmed') ||
          member.reason === 'inNeither' ||
          // Moved into a segment that someone deleted afterwards.
          (to !== null && to.id === segmentDeleted && member.outcome === 'confirmed')),
    ),
  );
}

function unreported(writes: readonly AppliedWrite[], ledger: readonly LedgerEntry[]): string[] {
  return writes.flatMap(({ kind, from, to, applied }) =>
    applied
      .filter(
        (memberId) =>
          !namesStray(ledger, memberId, from) &&
          !ledger.some(
            (row) =>
              row.kind === kind &&
              (row.from?.id ?? null) === from &&
              (row.to?.id ?? null) === to &&
              reports(row, memberId),
          ),
      )
      .map((memberId) => `a ${kind} of ${memberId} from ${from} to ${String(to)} stands nowhere`),
  );
}

/** Whether the ledger names somebody as changed beside a write that was not about them, or not about that segment. */
function namesStray(ledger: readonly LedgerEntry[], memberId: number, segmentId: number | null): boolean {
  return ledger.some(
    ({ strays }) =>
      strays?.missing.some((stray) => stray.memberId === memberId && stray.segmentId === segmentId) === true,
  );
}

function reports(row: LedgerEntry, memberId: number): boolean {
  return row.members.some(
    (member) =>
      member.memberId === memberId &&
      (member.outcome === 'confirmed' || member.reason === 'inBoth' || member.reason === 'inNeither'),
  );
}

function entryOf(value: unknown): WriteResult['entry'] | null {
  return isWriteResult(value) ? value.entry : null;
}

function isWriteResult(value: unknown): value is WriteResult {
  return typeof value === 'object' && value !== null && 'entry' in value;
}
