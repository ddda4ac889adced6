import { fetch as forgeFetch, type FetchMethod } from '@forge/api';
import { sleep as sleepFor } from '../../clock';
import { picksFromAll, type KeyForm, type ReadCall, type Segment, type WriteForm } from '../../contract';
import { claimsSuccess, idOf, isRefusal, valueAt } from '../../domain/profile';
import { headersOf, isUsable, READ_HEADERS, urlOf } from './connection';
import { unusableError } from './badKey';
import { plainError } from './errors';
import { askRaw, exchange, type Exchange, type JsonAnswer } from './exchange';
import { requireId, requireUsers, sentIds } from './ids';
import { manageRequest, peopleOf } from './manage';
import { idsOfOne, pickSegment, readMemberIds, readOne, readSegments, type Asked } from './reads';
import { isTransientRead, withRetries, isTransientWrite } from './retry';
import { addTarget, moveTarget, readTarget, removeTarget, type Target } from './routes';
import type { LimitSignal } from './tokenBucket';
import type {
  Connection,
  RawAnswer,
  SegmentWithMembers,
  ShorterLoop,
  ShorterLoopError,
  ShorterLoopReads,
  ShorterLoopResult,
  WriteReceipt,
} from './types';

/** How long one read may take at most, retries included. */
const READ_LIMIT_MS = 8_000;
/** How long one write may take at most. */
const WRITE_LIMIT_MS = 10_000;
/** Kept back from a write's time for its read-back, without which its outcome would be unknown. Milliseconds. */
const READ_BACK_RESERVE_MS = 3_000;
/** A segment of 100,000 members, at 400 bytes each. */
const MAXIMUM_READ_BYTES = 40_000_000;
const MAXIMUM_WRITE_ANSWER_BYTES = 64 * 1024;

/** What a client needs of its invocation; what stands below `readLimitMs` is for tests. */
export type ClientOptions = {
  /** When the last call must have ended, milliseconds since the epoch. */
  readonly deadlineAtMs: number;
  /** Told what answers say of limits, before the client goes on. */
  readonly onLimit: (signal: LimitSignal) => Promise<void>;
  /** Asked before each further page of a list; answers why it must not be asked for now, or null. */
  readonly onPage?: () => Promise<ShorterLoopError | null>;
  /** How long a page of a read may take, retries included, in milliseconds; {@link READ_LIMIT_MS} unless given. */
  readonly readLimitMs?: number;
  readonly fetch?: FetchMethod;
  readonly now?: () => number;
  readonly sleep?: (ms: number) => Promise<unknown>;
  readonly random?: () => number;
};

/** One initiative's connection within one invocation, with everything that its calls need. */
type Session = Required<ClientOptions> & {
  readonly connection: Connection;
  /** Judged once: a list may have a thousand pages, and each of them is asked for by itself. */
  readonly isUsable: boolean;
  readonly count: { leftOut: number };
};

/**
 * A client for one initiative and one invocation, which asks and reads as the site's profile says. Reads are retried
 * within their limit. A write is sent again only after a 429, which says that it was not looked at. Calls throw
 * TypeError for ids that are not positive safe integers, before anything is sent.
 * @see docs/shorter-loop-api.md
 */
export function createShorterLoop(connection: Connection, options: ClientOptions): ShorterLoop {
  const session: Session = {
    connection,
    isUsable: isUsable(connection),
    readLimitMs: READ_LIMIT_MS,
    onPage: () => Promise.resolve(null),
    fetch: forgeFetch,
    now: Date.now,
    sleep: sleepFor,
    random: Math.random,
    count: { leftOut: 0 },
    ...options,
  };
  const { writes, ids, manage } = connection.profile;
  const writeAbout = (
    form: WriteForm,
    target: Target,
    users: readonly number[],
  ): Promise<ShorterLoopResult<WriteReceipt>> =>
    write(session, target, { [form.users]: sentIds(users, ids) }, users.length);
  return {
    ...readsOf(session),
    move: async ({ from, to, users }) =>
      writeAbout(writes.move, moveTarget(writes.move, from, to), requireUsers(users)),
    remove: async ({ from, users }) =>
      writeAbout(writes.remove, removeTarget(writes.remove, from), requireUsers(users)),
    add: async ({ to, users }) => writeAbout(writes.add, addTarget(writes.add, to), requireUsers(users)),
    manage: async (call) => {
      const { target, body } = manageRequest(call, manage, ids);
      return write(session, target, body, peopleOf(call));
    },
  };
}

function readsOf(session: Session): ShorterLoopReads {
  const { reads } = session.connection.profile;
  const asked = (call: ReadCall, segmentId?: number): Asked => ({
    form: reads[call],
    path: readTarget(reads[call], segmentId).path,
    ask: (path, keep) => askPage(session, path, keep),
    onPage: session.onPage,
    onLeftOut: (records) => {
      session.count.leftOut += records;
    },
  });
  const segment = async (segmentId: number): Promise<ShorterLoopResult<SegmentWithMembers>> => {
    if (!picksFromAll({ reads })) return readOne(asked('segmentWithMembers', segmentId), segmentId);
    const id = requireId('segmentId', segmentId);
    return pickSegment(await readSegments(asked('segmentsWithMembers')), id);
  };
  return {
    leftOut: () => session.count.leftOut,
    // Async, so that a bad id rejects and never throws.
    listSegments: async () => listOf(await readSegments(asked('listSegments'))),
    segmentsWithMembers: async () => readSegments(asked('segmentsWithMembers')),
    segmentWithMembers: segment,
    memberIdsOf: async (segmentId) =>
      picksFromAll({ reads })
        ? idsOfOne(await segment(segmentId))
        : readMemberIds(asked('segmentWithMembers', segmentId), segmentId),
    raw: async (method, path, key) => raw(session, method, path, key),
  };
}

/** The segments without the members that a list does not tell: a page that gets the list is told of none. */
function listOf(read: ShorterLoopResult<SegmentWithMembers[]>): ShorterLoopResult<Segment[]> {
  if (read.kind === 'problem') return read;
  return { kind: 'ok', value: read.value.map(({ id, name }) => ({ id, name })) };
}

/** One page of a read, with its retries. */
async function askPage(session: Session, path: string, keep: Exchange['keep']): Promise<ShorterLoopResult<JsonAnswer>> {
  const { deadlineAtMs, readLimitMs, now, sleep, random } = session;
  if (!session.isUsable) return unusable();
  const limitAtMs = Math.min(deadlineAtMs, now() + readLimitMs);
  const answer = await withRetries({ deadlineAtMs: limitAtMs, now, sleep, random }, isTransientRead, () =>
    send(session, {
      kind: 'read',
      target: { method: 'GET', path },
      body: null,
      timeoutMs: limitAtMs - now(),
      maximumBytes: MAXIMUM_READ_BYTES,
      ...(keep === undefined ? {} : { keep }),
    }),
  );
  if (answer.kind === 'ok' && isRefusal(answer.value.json))
    return { kind: 'problem', problem: unusableError('invalid', answer.value.status, answer.value.json) };
  return answer;
}

/** @param people how many members the write is about, for what its answer claims */
async function write(
  session: Session,
  target: Target,
  content: object | null,
  people: number,
): Promise<ShorterLoopResult<WriteReceipt>> {
  const { deadlineAtMs, now, sleep, random } = session;
  if (!session.isUsable) return unusable();
  const limitAtMs = deadlineAtMs - READ_BACK_RESERVE_MS;
  const body = content === null ? null : JSON.stringify(content);
  const answer = await withRetries({ deadlineAtMs: limitAtMs, now, sleep, random }, isTransientWrite, () =>
    send(session, {
      kind: 'write',
      target,
      body,
      timeoutMs: Math.min(WRITE_LIMIT_MS, limitAtMs - now()),
      maximumBytes: MAXIMUM_WRITE_ANSWER_BYTES,
    }),
  );
  return answer.kind === 'problem' ? answer : receiptOf(answer.value, people);
}

async function send(
  { connection, fetch, now, onLimit }: Session,
  request: Omit<Exchange, 'url' | 'headers'>,
): Promise<ShorterLoopResult<JsonAnswer>> {
  // Nothing is sent when no time is left for its answer, so nothing can have been applied.
  if (request.timeoutMs <= 0) return { kind: 'problem', problem: plainError('timeout', null, false) };
  const url = urlOf(connection, request.target.path);
  const headers = { ...headersOf(connection), ...(request.kind === 'read' ? READ_HEADERS : {}) };
  return exchange({ fetch, now, onLimit }, { ...request, url, headers });
}

async function raw(
  { connection, deadlineAtMs, readLimitMs, fetch, now, onLimit }: Session,
  method: 'GET' | 'OPTIONS',
  path: string,
  key?: KeyForm,
): Promise<ShorterLoopResult<RawAnswer>> {
  const asked = key === undefined ? connection : { ...connection, profile: { ...connection.profile, key } };
  if (!isUsable(asked)) return unusable();
  const timeoutMs = Math.min(readLimitMs, deadlineAtMs - now());
  if (timeoutMs <= 0) return { kind: 'problem', problem: plainError('timeout', null, false) };
  const headers = { ...headersOf(asked), ...READ_HEADERS };
  const request = { method, url: urlOf(connection, path), headers, timeoutMs };
  return askRaw({ fetch, now, onLimit }, { ...request, maximumBytes: MAXIMUM_READ_BYTES });
}

function receiptOf({ status, json }: JsonAnswer, sent: number): ShorterLoopResult<WriteReceipt> {
  if (typeof json !== 'object' || json === null)
    return { kind: 'problem', problem: plainError('malformed', status, true) };
  // An answer that says no may still have been applied in part: this API reports partial failures inside answers.
  if (isRefusal(json))
    return { kind: 'problem', problem: { ...unusableError('invalid', status, json), mayHaveBeenApplied: true } };
  const told = valueAt(json, ['data', 'count']);
  const count = told === 0 || told === '0' ? 0 : idOf(told);
  const isAccepted = claimsSuccess(json) && count === sent;
  return { kind: 'ok', value: { status, count, claim: isAccepted ? 'accepted' : 'unclear' } };
}

function unusable(): { readonly kind: 'problem'; readonly problem: ReturnType<typeof plainError> } {
  return { kind: 'problem', problem: plainError('invalid', null, false) };
}
