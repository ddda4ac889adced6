import type { EntryPoint, LedgerEntry, Problem } from '../../contract';
import { wake } from '../../usecases/jobs';
import { resolveReporter, type Subject } from '../../usecases/lookup';
import { derivedUuid, ok, problem, type Step } from '../../usecases/result';
import { executeWrite } from '../../usecases/write';
import { hasQueued, enqueue, type QueuedChange } from '../../adapters/store';
import { affectedSegmentsOf, planIntent, type WriteIntent } from './intent';

/** Who asks, from where, and under which id: the same id again is the same request. */
export type Requester = {
  readonly requestId: string;
  readonly entryPoint: EntryPoint;
  readonly actorAccountId: string;
  readonly apiClientId?: string | null;
};

/** What became of what a rule wants. */
export type Performed =
  | { readonly kind: 'confirmed'; readonly entry: LedgerEntry }
  /** The member is already as the rule wants them. */
  | { readonly kind: 'alreadyThere'; readonly memberId: number }
  /** It has to wait, or its outcome has to be looked at again: the app goes on with it by itself. */
  | { readonly kind: 'queued'; readonly requestId: string }
  /** It came to an end, and not to the one that the rule wants. */
  | { readonly kind: 'failed'; readonly entry: LedgerEntry }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** How long to leave a write alone whose outcome is not known yet: by then the recovery has looked at it. */
const LOOK_AGAIN_MS = 60_000;

/** The operation id of one attempt of a request. */
export function operationIdOf(requestId: string, attempt: number): string {
  return derivedUuid(requestId, String(attempt));
}

/**
 * Carries out what a rule wants, now if it can be done now. What has to wait is stored and goes on by
 * itself, behind what already waits for the same reporter: that is read by key, as a query may not show yet
 * what was stored a moment ago. Of two that are asked for at the very same time neither is the earlier one. Throws
 * ForgeKvsError when storage fails
 * and nothing could be stored either.
 */
export async function perform(subject: Subject, intent: WriteIntent, requester: Requester): Promise<Performed> {
  if (await hasQueued(subject.reporter.accountId)) return wait(subject, intent, requester, 0);
  const performed = await attempt(subject, intent, requester, 1);
  if (performed.kind === 'problem' && isTransient(performed.problem)) return wait(subject, intent, requester, 0);
  if (performed.kind === 'failed' && isTransientOutcome(performed.entry))
    return wait(subject, intent, requester, LOOK_AGAIN_MS);
  return performed;
}

/** Makes one attempt, and tells what became of it without waiting for anything to pass. */
export async function attempt(
  subject: Subject,
  intent: WriteIntent,
  { requestId, entryPoint, actorAccountId, apiClientId = null }: Requester,
  nth: number,
): Promise<Performed> {
  const known = await knowMember(subject);
  if (known.kind === 'problem') return known;
  const { memberId } = known.value;
  const command = {
    operationId: operationIdOf(requestId, nth),
    undoes: null,
    entryPoint,
    actorAccountId,
    apiClientId,
    memberId,
    plan: planIntent(intent),
    affectedSegments: affectedSegmentsOf(intent),
  };
  const done = await executeWrite(known.value.subject, command);
  if (done.kind === 'problem') return isAsWanted(done.problem, intent) ? { kind: 'alreadyThere', memberId } : done;
  const { entry } = done.value;
  return isConfirmed(entry) ? { kind: 'confirmed', entry } : { kind: 'failed', entry };
}

/** Whether every member of a write is where it should have put them. */
export function isConfirmed({ members }: LedgerEntry): boolean {
  return members.every(({ outcome }) => outcome === 'confirmed');
}

/** Whether a problem goes away by itself, so that the same request can be made later. */
export function isTransient(what: Problem): boolean {
  switch (what.code) {
    case 'busy':
    case 'storage':
      return true;
    case 'shorterLoop':
      return isPassing(what.cause);
    default:
      return false;
  }
}

/**
 * Whether a write that was not confirmed may be made once more: when it is known to have done
 * nothing for a reason that passes, or when what it did is not known yet.
 */
export function isTransientOutcome({ state, answer, members }: LedgerEntry): boolean {
  if (state !== 'finished') return true;
  const cause = answer?.cause ?? null;
  return members.every(
    ({ outcome, reason }) =>
      (outcome === 'notConfirmed' && reason === 'unchanged') ||
      (outcome === 'refused' && cause !== null && isPassing(cause)),
  );
}

function isPassing(cause: Extract<Problem, { code: 'shorterLoop' }>['cause']): boolean {
  return cause === 'rateLimited' || cause === 'server' || cause === 'network' || cause === 'timeout';
}

function isAsWanted(what: Problem, { kind }: WriteIntent): boolean {
  if (what.code !== 'stale') return false;
  return kind === 'remove' ? what.reason === 'notInSource' : what.reason === 'alreadyInTarget';
}

async function knowMember(subject: Subject): Promise<Step<{ readonly subject: Subject; readonly memberId: number }>> {
  const { link } = subject;
  if (link.state === 'linked') return ok({ subject, memberId: link.memberId });
  const known = await resolveReporter(subject, 'look');
  if (known.kind === 'problem') return known;
  const { match } = known.value;
  if (match.state !== 'linked') return problem({ code: 'noMember', state: match.state });
  const memberId = match.member.id;
  return ok({ subject: { ...subject, link: { state: 'linked', memberId, link: match.link } }, memberId });
}

async function wait(
  { issue, reporter }: Subject,
  intent: WriteIntent,
  { requestId, entryPoint, actorAccountId, apiClientId = null }: Requester,
  forMs: number,
): Promise<Performed> {
  const askedAtMs = Date.now();
  const change: QueuedChange = {
    requestId,
    state: 'queued',
    ...intent,
    entryPoint,
    actorAccountId,
    apiClientId,
    reporterAccountId: reporter.accountId,
    issueId: issue.issueId,
    issueKey: issue.issueKey,
    askedAtMs,
    notBeforeMs: askedAtMs + forMs,
    attempt: 1,
    failure: null,
  };
  // So many wait for this one person that more would only hide what is wrong.
  if (!(await enqueue(change))) return { kind: 'problem', problem: { code: 'busy', retryAfterMs: LOOK_AGAIN_MS } };
  await wake();
  return { kind: 'queued', requestId };
}
