import {
  isAccepted,
  type EntryPoint,
  type LedgerEntry,
  type LinkView,
  type Problem,
  type Segment,
  ok,
  err,
  type Result,
} from '../../contract';
import { wake } from '../../usecases/jobs';
import { directoryFor, resolveReporter, type Subject } from '../../usecases/lookup';
import { derivedUuid, operationIdOf } from '../../usecases/result';
import { executeWrite, inviteReporter, lookForInvited, type InviteOrigin } from '../../usecases/write';
import { hasQueued, enqueue, type QueuedChange } from '../../adapters/store';
import { fixedChange, intentOf, type RuleChange } from './ruleChange';
import { byText, isConfirmed, isTransient, isTransientOutcome } from '../../domain/segments';

/** Who asks, from where, and under which id: the same id again is the same request. */
export type Requester = {
  readonly requestId: string;
  readonly entryPoint: EntryPoint;
  readonly actorAccountId: string;
  readonly apiClientId?: string | null;
  /** What the API client asked for, as a digest. */
  readonly requestDigest?: string | null;
  /** Whether they may also have somebody added whom the change itself is not about adding; a yes where left out. */
  readonly mayAdd?: () => Promise<Result<true>>;
  /** Told before somebody is asked to be added; nothing is sent on a no. */
  readonly beforeSend?: () => Promise<boolean>;
};

/** What became of what a rule wants. */
type Performed =
  | { readonly kind: 'confirmed'; readonly entry: LedgerEntry }
  /** The member is already as the rule wants them. */
  | { readonly kind: 'alreadyThere'; readonly memberId: number | null }
  /** The reporter is no known member, and the rule goes on without a change. */
  | { readonly kind: 'skipped'; readonly state: UnknownState }
  /** Shorter Loop was asked to add them and does not show them yet: it is looked at again, and not asked again. */
  | { readonly kind: 'invited'; readonly why: 'accepted' | 'unanswered' }
  /**
   * It has to wait, or its outcome has to be looked at again: the app goes on with it by itself. `entry` is what was
   * sent already; null where nothing was.
   */
  | Queued
  /** It came to an end, and not to the one that the rule wants. */
  | { readonly kind: 'failed'; readonly entry: LedgerEntry }
  | { readonly kind: 'problem'; readonly problem: Problem };

type Queued = {
  readonly kind: 'queued';
  readonly requestId: string;
  readonly why: QueuedWhy;
  readonly entry: LedgerEntry | null;
};

/** What {@link perform} comes to: what was asked of Shorter Loop and does not show is queued by then. */
export type PerformedAtLast = Exclude<Performed, { kind: 'invited' }>;

/** What {@link attempt} comes to: nothing is stored to wait by it. */
export type Attempted = Exclude<Performed, Queued>;

/** Why somebody is no known member. */
export type UnknownState = Extract<Problem, { code: 'noMember' }>['state'];

/**
 * Why a change waits: earlier ones of the reporter come first, somebody else's change of the member is not finished,
 * Shorter Loop asks to wait or is away; or it was sent, and is accepted and not visible yet, or unanswered.
 */
export type QueuedWhy = 'earlier' | 'memberBusy' | 'askedToWait' | 'away' | 'accepted' | 'unanswered';

/** How long to leave a write alone whose outcome is not known yet: by then the recovery has looked at it. */
const LOOK_AGAIN_MS = 60_000;

/**
 * Carries out what a rule wants, now if it can be done now. What has to wait is stored and goes on by itself, behind
 * what already waits for the same reporter: that is read by key, as a query may not show yet what was stored a moment
 * ago. Of two that are asked for at the very same time neither is the earlier one. Throws ForgeKvsError when storage
 * fails and nothing could be stored either.
 */
export async function perform(subject: Subject, change: RuleChange, requester: Requester): Promise<PerformedAtLast> {
  if (await hasQueued(subject.reporter.accountId))
    return wait(subject, change, requester, { why: 'earlier', entry: null });
  const performed = await attempt(subject, change, requester, 1);
  if (performed.kind === 'invited') return wait(subject, addedChange(change), requester, { ...performed, entry: null });
  if (performed.kind === 'problem' && isTransient(performed.problem))
    return wait(subject, change, requester, { why: whyOfProblem(performed.problem), entry: null });
  if (performed.kind === 'failed' && isTransientOutcome(performed.entry)) {
    const { entry } = performed;
    return wait(subject, change, requester, { why: whyOfEntry(entry), entry });
  }
  return performed;
}

/** What is left of a change whose reporter was asked to be added: to see whether they are. */
function addedChange(change: RuleChange): RuleChange {
  return { ...change, ifUnknown: 'added' };
}

function whyOfProblem(problem: Problem): QueuedWhy {
  if (problem.code === 'busy') return 'memberBusy';
  return problem.code === 'shorterLoop' && problem.cause === 'rateLimited' ? 'askedToWait' : 'away';
}

function whyOfEntry(entry: LedgerEntry): QueuedWhy {
  if (isAccepted(entry)) return 'accepted';
  if (entry.answer?.cause === 'rateLimited') return 'askedToWait';
  return entry.state === 'finished' ? 'away' : 'unanswered';
}

/** The operation id of adding a reporter whom nobody knew, for one request. */
function invitationIdOf(requestId: string): string {
  return derivedUuid(requestId, 'add-by-email');
}

/** Makes one attempt, and tells what became of it without waiting for anything to pass. */
export async function attempt(
  subject: Subject,
  change: RuleChange,
  requester: Requester,
  nth: number,
): Promise<Attempted> {
  const { requestId, entryPoint, actorAccountId, apiClientId = null, requestDigest = null } = requester;
  if (change.ifUnknown === 'added') return lookForAdded(subject, change, requester);
  const known = await knowMember(subject);
  if (known.kind === 'problem') {
    if (known.problem.code !== 'noMember') return known;
    const performed = await changeOfUnknown(subject, change, requester, known.problem);
    return performed ?? attempt(subject, { ...change, ifUnknown: null }, requester, nth);
  }
  const { memberId } = known.value;
  const command = {
    operationId: operationIdOf(requestId, nth),
    undoes: null,
    entryPoint,
    actorAccountId,
    apiClientId,
    requestDigest,
    memberId,
    intent: intentOf(change),
  };
  const done = await executeWrite(known.value.subject, command);
  if (done.kind === 'problem') return isAsWanted(done.problem, change) ? { kind: 'alreadyThere', memberId } : done;
  const { entry } = done.value;
  return isConfirmed(entry) ? { kind: 'confirmed', entry } : { kind: 'failed', entry };
}

/** What a rule wants where the reporter is no known member; null where somebody else has just added them. */
async function changeOfUnknown(
  subject: Subject,
  change: RuleChange,
  requester: Requester,
  unknown: Extract<Problem, { code: 'noMember' }>,
): Promise<Attempted | null> {
  if (change.ifUnknown === 'skip') return { kind: 'skipped', state: unknown.state };
  // Who is ambiguous, hidden or unlinked by hand may well be a member: they are not added as somebody new.
  if (change.ifUnknown !== 'add' || change.target === null || unknown.state !== 'notFound') return err(unknown);
  const permitted = await (requester.mayAdd?.() ?? ok<true>(true));
  if (permitted.kind === 'problem') return permitted;
  const invited = await inviteReporter(subject, byText(change.target), originOf(requester));
  if (invited.kind === 'problem')
    return invited.problem.code === 'stale' && invited.problem.reason === 'linkChanged' ? null : invited;
  const { outcome, cause, entry, known } = invited.value;
  if (outcome === 'refused')
    return err({ code: 'shorterLoop', cause: cause ?? 'invalid', status: null, retryAfterMs: null });
  if (outcome !== 'confirmed') return { kind: 'invited', why: cause === null ? 'accepted' : 'unanswered' };
  if (entry !== null) return { kind: 'confirmed', entry };
  // They were there already, without having been found.
  return { kind: 'alreadyThere', memberId: known.match.state === 'linked' ? known.match.member.id : null };
}

async function lookForAdded(subject: Subject, { target }: RuleChange, requester: Requester): Promise<Attempted> {
  const seen = await lookForInvited(subject, byText(target ?? ''), originOf(requester));
  if (seen.kind === 'problem') return seen;
  return seen.value.kind === 'joined'
    ? { kind: 'confirmed', entry: seen.value.entry }
    : { kind: 'invited', why: 'accepted' };
}

function originOf({ requestId, entryPoint, actorAccountId, beforeSend }: Requester): InviteOrigin {
  const origin = { operationId: invitationIdOf(requestId), entryPoint, actorAccountId };
  return beforeSend === undefined ? origin : { ...origin, beforeSend };
}

function isAsWanted(what: Problem, { kind }: RuleChange): boolean {
  if (what.code !== 'stale') return false;
  return kind === 'remove' ? what.reason === 'notInSource' : what.reason === 'alreadyInTarget';
}

async function knowMember(subject: Subject): Promise<Result<{ readonly subject: Subject; readonly memberId: number }>> {
  const { link } = subject;
  if (link.state === 'linked') return ok({ subject, memberId: link.memberId });
  const known = await resolveReporter(subject, 'look');
  if (known.kind === 'problem') return known;
  const { match } = known.value;
  // Where the app may not link by itself, whoever is certain is changed all the same, and stays without a link.
  const isCertain = match.state === 'found' && link.state === 'none';
  if (match.state !== 'linked' && !isCertain) return err({ code: 'noMember', state: match.state });
  const memberId = match.member.id;
  const view: LinkView = match.state === 'linked' ? match.link : { how: 'email', byAccountId: null, atMs: Date.now() };
  return ok({ subject: { ...subject, link: { state: 'linked', memberId, link: view } }, memberId });
}

/** What is known of the segments without asking: of what was sent already, its own ends. */
function knownSegments(directory: readonly Segment[], entry: LedgerEntry | null): readonly Segment[] {
  const ends = [entry?.from ?? null, entry?.to ?? null].filter((end) => end !== null);
  return [...ends, ...directory.filter(({ id }) => ends.every((end) => end.id !== id))];
}

async function wait(
  { issue, reporter, connected, directoryMeta }: Subject,
  change: RuleChange,
  { requestId, entryPoint, actorAccountId, apiClientId = null, requestDigest = null }: Requester,
  { why, entry }: { readonly why: QueuedWhy; readonly entry: LedgerEntry | null },
): Promise<PerformedAtLast> {
  const askedAtMs = Date.now();
  const forMs = entry === null && change.ifUnknown !== 'added' ? 0 : LOOK_AGAIN_MS;
  const known = directoryFor(connected.settings, directoryMeta)?.segments ?? [];
  const queued: QueuedChange = {
    requestId,
    state: 'queued',
    ...fixedChange(change, knownSegments(known, entry)),
    ifUnknown: change.ifUnknown === 'fail' ? null : (change.ifUnknown ?? null),
    entryPoint,
    actorAccountId,
    apiClientId,
    requestDigest,
    reporterAccountId: reporter.accountId,
    issueId: issue.issueId,
    issueKey: issue.issueKey,
    askedAtMs,
    notBeforeMs: askedAtMs + forMs,
    attempt: 1,
    failure: null,
  };
  // So many wait that more would only hide what is wrong.
  const full = await enqueue(queued);
  if (full !== null) return { kind: 'problem', problem: { code: 'queueFull', of: full, retryAfterMs: LOOK_AGAIN_MS } };
  await wake();
  return { kind: 'queued', requestId, why, entry };
}
