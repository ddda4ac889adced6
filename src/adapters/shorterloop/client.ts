import { fetch as forgeFetch, type FetchMethod } from '@forge/api';
import { sleep as sleepFor } from '../../clock';
import { headersOf, isUsable } from './connection';
import { plainError } from './errors';
import { findDialects, type AskStance } from './dialects';
import { askStance, exchange, type Exchange, type JsonAnswer } from './exchange';
import { requireUsers } from './ids';
import { manageRequest, peopleOf } from './manage';
import type { LimitSignal } from './pace';
import { readMayPass, withRetries, writeMayPass } from './retry';
import { addTarget, moveTarget, readTarget, removeTarget, type Target } from './routes';
import {
  idOf,
  listAnswer,
  memberIdsAnswer,
  refusalAnswer,
  segmentAnswer,
  segmentsAnswer,
  toSegment,
  toSegmentWithMembers,
  writeAnswer,
} from './schemas';
import type { Connection, Result, ShorterLoop, WriteReceipt } from './types';
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

/**
 * A client for one initiative and one invocation. Reads are retried within their limit. A write is
 * sent again only after a 429, which says that it was not looked at. Calls throw TypeError for ids that are not positive safe integers,
 * before anything is sent.
 * @see docs/shorter-loop-api.md
 */
export function createShorterLoop(connection: Connection, options: ClientOptions): ShorterLoop {
  const {
    deadlineAtMs,
    onLimit,
    readLimitMs = READ_LIMIT_MS,
    fetch = forgeFetch,
    now = Date.now,
    sleep = sleepFor,
    random = Math.random,
  } = options;

  async function read<S extends z.ZodType, T>(
    target: Target,
    schema: S,
    convert: (answer: z.infer<S>) => T,
    keep?: Exchange['keep'],
  ): Promise<Result<T>> {
    if (!isUsable(connection)) return unusable();
    const limitAtMs = Math.min(deadlineAtMs, now() + readLimitMs);
    const answer = await withRetries({ deadlineAtMs: limitAtMs, now, sleep, random }, readMayPass, () =>
      send('read', target, null, limitAtMs - now(), MAXIMUM_READ_BYTES, keep),
    );
    if (answer.kind === 'failed') return answer;
    const parsed = schema.safeParse(keep === undefined ? answer.value.json : answer.value);
    if (!parsed.success) {
      const cause = refusalAnswer.safeParse(answer.value.json).success ? 'invalid' : 'malformed';
      return { kind: 'failed', error: plainError(cause, answer.value.status, false) };
    }
    return { kind: 'ok', value: convert(parsed.data) };
  }

  async function write(target: Target, content: object | null, people: number): Promise<Result<WriteReceipt>> {
    if (!isUsable(connection)) return unusable();
    const limitAtMs = deadlineAtMs - READ_BACK_RESERVE_MS;
    const body = content === null ? null : JSON.stringify(content);
    const answer = await withRetries({ deadlineAtMs: limitAtMs, now, sleep, random }, writeMayPass, () =>
      send('write', target, body, Math.min(WRITE_LIMIT_MS, limitAtMs - now()), MAXIMUM_WRITE_ANSWER_BYTES),
    );
    return answer.kind === 'failed' ? answer : receiptOf(answer.value, people);
  }

  const writeAbout = (target: Target, users: readonly number[]): Promise<Result<WriteReceipt>> =>
    write(target, { users }, users.length);

  async function send(
    kind: Exchange['kind'],
    target: Target,
    body: string | null,
    timeoutMs: number,
    maximumBytes: number,
    keep?: Exchange['keep'],
  ) {
    // Nothing is sent when no time is left for its answer, so nothing can have been applied.
    if (timeoutMs <= 0) return { kind: 'failed', error: plainError('timeout', null, false) } as const;
    const url = connection.origin + target.path;
    return exchange(
      { fetch, now, onLimit },
      {
        kind,
        url,
        target,
        headers: headersOf(connection),
        body,
        timeoutMs,
        maximumBytes,
        ...(keep === undefined ? {} : { keep }),
      },
    );
  }

  const stance: AskStance = async (method, path) => {
    if (!isUsable(connection)) return unusable();
    const timeoutMs = Math.min(READ_LIMIT_MS, deadlineAtMs - now());
    if (timeoutMs <= 0) return { kind: 'failed', error: plainError('timeout', null, false) };
    return askStance(
      { fetch, now, onLimit },
      { kind: 'read', method, url: connection.origin + path, headers: headersOf(connection), timeoutMs },
    );
  };

  return {
    ping: async () => {
      const answer = await stance('GET', readTarget('listSegments', connection.routes).path);
      return answer.kind === 'ok' ? { kind: 'ok', value: answer.value.status } : answer;
    },
    findDialects: (segmentId) => findDialects(stance, segmentId),
    listSegments: () =>
      read(readTarget('listSegments', connection.routes), listAnswer, ({ data }) => data.map(toSegment)),
    segmentWithMembers: async (segmentId) =>
      read(readTarget('segmentWithMembers', connection.routes, segmentId), segmentAnswer, ({ data }) =>
        toSegmentWithMembers(data),
      ),
    memberIdsOf: async (segmentId) =>
      read(
        readTarget('segmentWithMembers', connection.routes, segmentId),
        memberIdsAnswer,
        (ids) => new Set(ids),
        idOf,
      ),
    segmentsWithMembers: () =>
      read(readTarget('segmentsWithMembers', connection.routes), segmentsAnswer, ({ data }) =>
        data.map(toSegmentWithMembers),
      ),
    move: async ({ from, to, users }) => writeAbout(moveTarget(connection.moveDialect, from, to), requireUsers(users)),
    remove: async ({ from, users }) => writeAbout(removeTarget(connection.removeDialect, from), requireUsers(users)),
    add: async ({ to, users }) => writeAbout(addTarget(to), requireUsers(users)),
    manage: async (call) => {
      const { target, body } = manageRequest(call, connection.manageRoutes);
      return write(target, body, peopleOf(call));
    },
  };
}

function receiptOf({ status, json }: JsonAnswer, sent: number): Result<WriteReceipt> {
  const parsed = writeAnswer.safeParse(json);
  if (!parsed.success) return { kind: 'failed', error: plainError('malformed', status, true) };
  // An answer that says no may still have been applied in part: this API reports partial failures inside answers.
  if (!parsed.data.success) return { kind: 'failed', error: plainError('invalid', status, true) };
  const told = parsed.data.data?.count;
  const count = typeof told === 'number' && Number.isSafeInteger(told) && told >= 0 ? told : null;
  return { kind: 'ok', value: { status, count, claim: count === sent ? 'accepted' : 'unclear' } };
}

function unusable(): { readonly kind: 'failed'; readonly error: ReturnType<typeof plainError> } {
  return { kind: 'failed', error: plainError('invalid', null, false) };
}
