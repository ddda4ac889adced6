import { fetch as forgeFetch, type FetchMethod } from '@forge/api';
import { sleep as sleepFor } from '../../clock';
import { headersOf, isUsable } from './connection';
import { plainError } from './errors';
import { findDialects, type ProbeRoute } from './dialects';
import { probe, exchange, type Exchange, type JsonAnswer } from './exchange';
import { requireUsers } from './ids';
import { manageRequest, peopleOf } from './manage';
import type { LimitSignal } from './tokenBucket';
import { isTransientRead, withRetries, isTransientWrite } from './retry';
import { addTarget, moveTarget, readTarget, removeTarget, type Target } from './routes';
import {
  idOf,
  listAnswer,
  memberIdsAnswer,
  refusalAnswer,
  segmentAnswer,
  segmentsAnswer,
  writeAnswer,
} from './schemas';
import type { Connection, ShorterLoopResult, ShorterLoop, ShorterLoopReads, WriteReceipt } from './types';
import type { z } from 'zod';

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
  /** How long one read may take at most, retries included, in milliseconds; {@link READ_LIMIT_MS} unless given. */
  readonly readLimitMs?: number;
  readonly fetch?: FetchMethod;
  readonly now?: () => number;
  readonly sleep?: (ms: number) => Promise<unknown>;
  readonly random?: () => number;
};

/** One initiative's connection within one invocation, with everything that its calls need. */
type Session = Required<ClientOptions> & { readonly connection: Connection; readonly count: { leftOut: number } };

/** How a read is made, and what is made of its answer. */
type Read<S extends z.ZodType, T> = {
  readonly target: Target;
  readonly schema: S;
  readonly convert: (answer: z.infer<S>) => T;
  readonly keep?: Exchange['keep'];
};

/**
 * A client for one initiative and one invocation. Reads are retried within their limit. A write is sent again only
 * after a 429, which says that it was not looked at. Calls throw TypeError for ids that are not positive safe
 * integers, before anything is sent.
 * @see docs/shorter-loop-api.md
 */
export function createShorterLoop(connection: Connection, options: ClientOptions): ShorterLoop {
  const session: Session = {
    connection,
    readLimitMs: READ_LIMIT_MS,
    fetch: forgeFetch,
    now: Date.now,
    sleep: sleepFor,
    random: Math.random,
    count: { leftOut: 0 },
    ...options,
  };
  const probing: ProbeRoute = (method, path) => probeRoute(session, method, path);
  const { routes, moveDialect, removeDialect, manageRoutes } = connection;
  const writeAbout = (target: Target, users: readonly number[]): Promise<ShorterLoopResult<WriteReceipt>> =>
    write(session, target, { users }, users.length);
  return {
    ...readsOf(session),
    ping: async () => {
      const answer = await probing('GET', readTarget('listSegments', routes).path);
      return answer.kind === 'ok' ? { kind: 'ok', value: answer.value.status } : answer;
    },
    findDialects: (segmentId) => findDialects(probing, segmentId),
    move: async ({ from, to, users }) => writeAbout(moveTarget(moveDialect, from, to), requireUsers(users)),
    remove: async ({ from, users }) => writeAbout(removeTarget(removeDialect, from), requireUsers(users)),
    add: async ({ to, users }) => writeAbout(addTarget(to), requireUsers(users)),
    manage: async (call) => {
      const { target, body } = manageRequest(call, manageRoutes);
      return write(session, target, body, peopleOf(call));
    },
  };
}

function readsOf(session: Session): Omit<ShorterLoopReads, 'ping' | 'findDialects'> {
  const { routes } = session.connection;
  return {
    leftOut: () => session.count.leftOut,
    listSegments: () =>
      read(session, {
        target: readTarget('listSegments', routes),
        schema: listAnswer,
        convert: counted(session),
      }),
    segmentWithMembers: async (segmentId) =>
      read(session, {
        target: readTarget('segmentWithMembers', routes, segmentId),
        schema: segmentAnswer,
        convert: counted(session),
      }),
    memberIdsOf: async (segmentId) =>
      read(session, {
        target: readTarget('segmentWithMembers', routes, segmentId),
        schema: memberIdsAnswer,
        convert: (ids) => new Set(ids),
        keep: idOf,
      }),
    segmentsWithMembers: () =>
      read(session, {
        target: readTarget('segmentsWithMembers', routes),
        schema: segmentsAnswer,
        convert: counted(session),
      }),
  };
}

/** Counts what had to be left out of an answer beside what was read of it. */
function counted({ count }: Session): <T>(answer: { readonly read: T; readonly leftOut: number }) => T {
  return ({ read: value, leftOut }) => {
    count.leftOut += leftOut;
    return value;
  };
}

async function read<S extends z.ZodType, T>(
  session: Session,
  { target, schema, convert, keep }: Read<S, T>,
): Promise<ShorterLoopResult<T>> {
  const { connection, deadlineAtMs, readLimitMs, now, sleep, random } = session;
  if (!isUsable(connection)) return unusable();
  const limitAtMs = Math.min(deadlineAtMs, now() + readLimitMs);
  const answer = await withRetries({ deadlineAtMs: limitAtMs, now, sleep, random }, isTransientRead, () =>
    send(session, {
      kind: 'read',
      target,
      body: null,
      timeoutMs: limitAtMs - now(),
      maximumBytes: MAXIMUM_READ_BYTES,
      ...(keep === undefined ? {} : { keep }),
    }),
  );
  if (answer.kind === 'problem') return answer;
  const parsed = schema.safeParse(keep === undefined ? answer.value.json : answer.value);
  if (!parsed.success) {
    const cause = refusalAnswer.safeParse(answer.value.json).success ? 'invalid' : 'malformed';
    return { kind: 'problem', problem: plainError(cause, answer.value.status, false) };
  }
  return { kind: 'ok', value: convert(parsed.data) };
}

/** @param people how many members the write is about, for what its answer claims */
async function write(
  session: Session,
  target: Target,
  content: object | null,
  people: number,
): Promise<ShorterLoopResult<WriteReceipt>> {
  const { connection, deadlineAtMs, now, sleep, random } = session;
  if (!isUsable(connection)) return unusable();
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
  const url = connection.origin + request.target.path;
  return exchange({ fetch, now, onLimit }, { ...request, url, headers: headersOf(connection) });
}

async function probeRoute(
  { connection, deadlineAtMs, fetch, now, onLimit }: Session,
  ...[method, path]: Parameters<ProbeRoute>
): ReturnType<ProbeRoute> {
  if (!isUsable(connection)) return unusable();
  const timeoutMs = Math.min(READ_LIMIT_MS, deadlineAtMs - now());
  if (timeoutMs <= 0) return { kind: 'problem', problem: plainError('timeout', null, false) };
  const url = connection.origin + path;
  return probe({ fetch, now, onLimit }, { kind: 'read', method, url, headers: headersOf(connection), timeoutMs });
}

function receiptOf({ status, json }: JsonAnswer, sent: number): ShorterLoopResult<WriteReceipt> {
  const parsed = writeAnswer.safeParse(json);
  if (!parsed.success) return { kind: 'problem', problem: plainError('malformed', status, true) };
  // An answer that says no may still have been applied in part: this API reports partial failures inside answers.
  if (!parsed.data.success) return { kind: 'problem', problem: plainError('invalid', status, true) };
  const told = parsed.data.data?.count;
  const count = typeof told === 'number' && Number.isSafeInteger(told) && told >= 0 ? told : null;
  return { kind: 'ok', value: { status, count, claim: count === sent ? 'accepted' : 'unclear' } };
}

function unusable(): { readonly kind: 'problem'; readonly problem: ReturnType<typeof plainError> } {
  return { kind: 'problem', problem: plainError('invalid', null, false) };
}
