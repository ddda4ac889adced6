import {
  err,
  ok,
  type LedgerEntry,
  type ManageOutcome,
  type Result,
  type Segment,
  type ShorterLoopCause,
} from '../../contract';
import { readEmail } from '../../adapters/jira';
import { claimAddRequest, readEntry, recordOutcome, releaseAddRequest, type AddRequest } from '../../adapters/store';
import {
  affectedSegments,
  isIn,
  resolveTarget,
  toSegmentRef,
  type SegmentChoice,
  type SegmentMembers,
} from '../../domain/segments';
import { inviteRefusal, requireReads, type Writable } from '../connection';
import {
  resolveReporter,
  updateDirectory,
  type AffectedSegments,
  type ResolvedReporter,
  type Subject,
} from '../lookup';
import { logFailure } from '../result';
import { joinedIntention, manage, type ManageActor } from './manage';

/** Who has a reporter added, where from, and under which id it stands in the ledger. */
export type InviteOrigin = Pick<ManageActor, 'entryPoint' | 'actorAccountId'> & {
  readonly operationId: string;
  /** Told just before the request is sent, for whoever has to know it after a crash; nothing is sent on a no. */
  readonly beforeSend?: () => Promise<boolean>;
};

/** What became of adding a reporter by their address. */
export type Invited = {
  readonly outcome: ManageOutcome;
  /** Why Shorter Loop refused; null where it did not. */
  readonly cause: ShorterLoopCause | null;
  readonly to: Segment;
  /** The row of who joined; null where nobody was seen to. */
  readonly entry: LedgerEntry | null;
  /** The reporter as they are known after it. */
  readonly known: ResolvedReporter;
};

/** When to ask again while somebody else adds the same reporter: mostly they are known by then. */
const ASK_AGAIN_MS = 60_000;

/**
 * Adds a reporter whom no segment has to one, by the email address that Jira tells: it goes to Shorter Loop, which may
 * write to them, and is kept nowhere. Who was found meanwhile is not added a second time, and of several who ask at
 * the same moment one sends. Whether whoever asks may add is the caller's to know.
 */
export async function inviteReporter(
  subject: Subject,
  target: SegmentChoice,
  origin: InviteOrigin,
): Promise<Result<Invited>> {
  const { connected, reporter } = subject;
  const refused = inviteRefusal(connected.proofs);
  if (refused !== null) return err(refused);
  const writable = requireReads(connected);
  if (writable.kind === 'problem') return writable;
  const before = await resolveReporter(subject, 'look', withTarget(target));
  if (before.kind === 'problem') return before;
  const { match, segments } = before.value;
  if (match.state === 'linked' || match.state === 'found') return err({ code: 'stale', reason: 'linkChanged' });
  const email = await readEmail(reporter);
  if (match.state !== 'notFound' || email.kind !== 'email') return err({ code: 'noMember', state: match.state });
  const to = readableTarget(target, segments);
  if (to.kind === 'problem') return to;
  const claim = await claimAddRequest(reporter.accountId, Date.now());
  if (claim === null) return err({ code: 'busy', retryAfterMs: ASK_AGAIN_MS });
  if ((await origin.beforeSend?.()) === false) return release(claim, err({ code: 'busy', retryAfterMs: ASK_AGAIN_MS }));
  const sent = await send(writable.value, { subject, claim, email: email.email, to: to.value, origin });
  if (sent.kind === 'problem') return sent;
  const known = await knownAfter(subject, target, before.value);
  return ok({ ...sent.value, to: to.value, known });
}

/** What is known of a reporter who was asked to be added before. */
export type SeenInvited = { readonly kind: 'joined'; readonly entry: LedgerEntry } | { readonly kind: 'notYet' };

/**
 * Looks whether a reporter who was asked to be added is in the segment now, and records it under the id of that
 * request. Nothing is sent.
 */
export async function lookForInvited(
  subject: Subject,
  target: SegmentChoice,
  origin: InviteOrigin,
): Promise<Result<SeenInvited>> {
  const recorded = await readEntry(origin.operationId);
  if (recorded !== null) return ok({ kind: 'joined', entry: recorded });
  const read = await resolveReporter(subject, 'look', withTarget(target));
  if (read.kind === 'problem') return read;
  const { match, segments, directoryMeta, reading } = read.value;
  const to = readableTarget(target, segments);
  if (to.kind === 'problem') return to;
  const memberId = match.state === 'linked' || match.state === 'found' ? match.member.id : null;
  const segment = segments.find(({ id }) => id === to.value.id);
  if (memberId === null || segment === undefined || !isIn(segment, memberId)) return ok({ kind: 'notYet' });
  const atMs = Date.now();
  const entry: LedgerEntry = {
    ...joinedIntention(memberId, to.value, askedBy(subject, origin)),
    state: 'finished',
    members: [{ memberId, outcome: 'confirmed', reason: 'readBackAgrees' }],
    finishedAtMs: atMs,
  };
  await recordOutcome(entry);
  await updateDirectory(directoryMeta, { memberId, segments, live: reading.live });
  return ok({ kind: 'joined', entry });
}

type Sending = {
  readonly subject: Subject;
  readonly claim: AddRequest;
  readonly email: string;
  readonly to: Segment;
  readonly origin: InviteOrigin;
};

async function send(
  writable: Writable,
  { subject, claim, email, to, origin }: Sending,
): Promise<Result<Pick<Invited, 'outcome' | 'cause' | 'entry'>>> {
  const people = [{ email, firstName: null, lastName: null }];
  const managed = await manage(writable, { route: 'addByEmail', segmentId: to.id, people }, askedBy(subject, origin));
  if (managed.kind === 'problem') return release(claim, managed);
  const { outcome, cause, joined } = managed.value;
  const answer = ok({ outcome, cause, entry: joined[0] ?? null });
  return outcome === 'refused' ? release(claim, answer) : answer;
}

/** Gives the right back where nobody was added. It lapses by itself, and the answer is told all the same. */
async function release<T>(claim: AddRequest, answer: T): Promise<T> {
  await releaseAddRequest(claim).catch((error: unknown) => {
    logFailure('add-request', error);
  });
  return answer;
}

/** They have joined all the same, where it can't be read any more: then what was known before has to do. */
async function knownAfter(
  subject: Subject,
  target: SegmentChoice,
  before: ResolvedReporter,
): Promise<ResolvedReporter> {
  const after = await resolveReporter(subject, 'look', withTarget(target));
  const known = after.kind === 'ok' ? after.value : before;
  const { match, segments, reading, directoryMeta } = known;
  if (match.state === 'linked')
    await updateDirectory(directoryMeta, { memberId: match.member.id, segments, live: reading.live });
  return known;
}

/** Where they are, and the segment that they are to join. */
function withTarget(target: SegmentChoice): AffectedSegments {
  return (segments, memberSegmentIds) => [
    ...memberSegmentIds,
    ...affectedSegments({ kind: 'add', to: target }, segments, []),
  ];
}

function readableTarget(target: SegmentChoice, segments: readonly SegmentMembers[]): Result<Segment> {
  const found = resolveTarget(target, segments);
  if (found.kind === 'problem') return found;
  const to = segments.find(({ id }) => id === found.value);
  if (to === undefined) return err({ code: 'stale', reason: 'targetGone' });
  return to.unreadable === undefined ? ok(toSegmentRef(to)) : err({ code: 'segmentUnreadable', segmentId: to.id });
}

function askedBy({ reporter, issue }: Subject, { operationId, entryPoint, actorAccountId }: InviteOrigin) {
  const { issueId, issueKey } = issue;
  return { operationId, entryPoint, actorAccountId, reporterAccountId: reporter.accountId, issueId, issueKey };
}
