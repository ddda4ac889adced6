import {
  checkPath,
  err,
  MOST_CHECK_REQUESTS,
  ok,
  type AnswerSummary,
  type CheckChoices,
  type CheckLine,
  type CheckQuestion,
  type CheckReport,
  type KeyForm,
  type Problem,
  type ProfileAspect,
  type ReadCall,
  type ReadForm,
  type Result,
  type ShorterLoopCause,
  type SiteProfile,
} from '../../../contract';
import type { RawAnswer, ShorterLoopError } from '../../../adapters/shorterloop';
import type { StoredSettings } from '../../../adapters/store';
import { sameReadPath, summarize } from '../../../domain/profile';
import type { Connected } from '../../../usecases/connection';
import { shorterLoopProblem } from '../../../usecases/result';

/** Why a check ends before it has proven the reads. Its last line says it. */
type CheckStop = {
  readonly state: Exclude<CheckReport['state'], 'proven'>;
  readonly question: CheckQuestion | null;
  /** The call that an answer has shown not to work; null where this time it only could not be told. */
  readonly disproved: ReadCall | null;
};

/** One step of the check, or why the check ends there. */
export type CheckStep<T> = Result<T, CheckStop>;

/** One check under way: what it may still ask, and what it has learned and said so far. */
export type CheckSession = {
  readonly connected: Connected;
  readonly stored: StoredSettings;
  readonly choices: CheckChoices;
  readonly adminAccountId: string;
  readonly deadlineAtMs: number;
  readonly lines: CheckLine[];
  /** When checks have asked in the last minute, this one included. Milliseconds since the epoch. */
  readonly askedAtMs: number[];
  /** The ways to a next page that are none, as this check or the one before its rest has found. */
  readonly inVain: Set<string>;
  /** The parts of the profile that this check has seen to be so. */
  readonly learned: Set<ProfileAspect>;
  /** The parts in which it took what the admin chose. */
  readonly chosen: Set<ProfileAspect>;
  profile: SiteProfile;
  requests: number;
};

/** An answer, or why there is none. */
export type Asked = Result<RawAnswer, ShorterLoopError>;

/** Many services allow ten requests a minute: checks in a row keep to that. */
const MOST_A_MINUTE = 10;
const MINUTE_MS = 60_000;
/** How many requests more than it had a check needs after a rest, so that it gets further than before. */
const FURTHER = 4;
/** A request that can't be answered in this time is left to the next call. */
const LEAST_TIME_MS = 3_000;

/** Asks once, unless the check has asked enough, or has no time left: then it pauses. */
export async function ask(
  session: CheckSession,
  path: string,
  { method = 'GET', key }: { readonly method?: 'GET' | 'OPTIONS'; readonly key?: KeyForm } = {},
): Promise<CheckStep<Asked>> {
  const nowMs = Date.now();
  if (session.requests >= MOST_CHECK_REQUESTS || requestsLeft(session) === 0) return pause(session, restMs(session));
  if (session.deadlineAtMs - nowMs < LEAST_TIME_MS) return pause(session, 0);
  const reserved = await session.connected.rateLimiter.reserve(1);
  if (reserved.kind === 'problem') {
    const { problem } = reserved;
    return problem.code === 'shorterLoop'
      ? pause(session, problem.retryAfterMs)
      : fail(session, 'listSegments', problem);
  }
  session.requests += 1;
  session.askedAtMs.push(nowMs);
  const startedMs = Date.now();
  const answer = await session.connected.client.raw(method, path, key ?? session.profile.key);
  if (answer.kind === 'problem' && answer.problem.cause === 'rateLimited')
    return pause(session, answer.problem.retryAfterMs);
  if (session.lines.length === 0 && answer.kind === 'ok')
    session.lines.push({ code: 'reached', status: answer.value.status, tookMs: Date.now() - startedMs });
  return ok(answer);
}

/** How many requests this check may still make without a rest. */
export function requestsLeft({ requests, askedAtMs }: CheckSession): number {
  const lately = askedAtMs.filter((atMs) => atMs > Date.now() - MINUTE_MS).length;
  return Math.max(0, Math.min(MOST_CHECK_REQUESTS - requests, MOST_A_MINUTE - lately));
}

/** A read's answer, and the template of the path that gave it. */
export type ReadAnswer = { readonly template: string; readonly path: string; readonly answer: RawAnswer };

/** Asks a read's path. A redirect that only adds a slash or a query is taken once, every other one is an answer. */
export async function askRead(
  session: CheckSession,
  template: string,
  segmentId: number | null = null,
  key?: KeyForm,
): Promise<CheckStep<Result<ReadAnswer, ShorterLoopError>>> {
  const options = key === undefined ? {} : { key };
  const path = filled(template, segmentId);
  const first = await ask(session, path, options);
  if (first.kind === 'problem') return first;
  if (first.value.kind === 'problem') return ok(first.value);
  const answer = first.value.value;
  const next = isRedirect(answer) ? sameReadPath(session.stored.connection.apiOrigin, path, answer.location) : null;
  const learned = next === null ? null : likewise(template, next);
  // What could not be kept is not followed either.
  const isPath = learned !== null && checkPath(learned, segmentId === null ? [] : ['id']) === null;
  if (next === null || !isPath) return ok(ok({ template, path, answer }));
  const again = await ask(session, next, options);
  if (again.kind === 'problem') return again;
  if (again.value.kind === 'problem') return ok(again.value);
  return ok(ok({ template: learned, path: next, answer: again.value.value }));
}

/** A template's path for one segment. */
function filled(template: string, segmentId: number | null): string {
  return segmentId === null ? template : template.replace('{id}', String(segmentId));
}

/** The template with a slash at its end, where it has none. */
export function slashed(template: string): string {
  const [path = '', query] = template.split('?');
  return `${path.replace(/\/*$/, '/')}${query === undefined ? '' : `?${query}`}`;
}

/** Whether a template's path ends with a slash. */
export function isSlashed(template: string): boolean {
  return slashed(template) === template;
}

/** The template that leads where a redirect led: its slash and its query. */
function likewise(template: string, path: string): string {
  const { pathname, search } = new URL(path, 'https://any.invalid');
  const [own = ''] = template.split('?');
  return own.replace(/\/*$/, '') + (pathname.endsWith('/') ? '/' : '') + search;
}

export function isRedirect({ status }: RawAnswer): boolean {
  return status >= 300 && status <= 399;
}

export function isSuccess({ status }: RawAnswer): boolean {
  return status >= 200 && status <= 299;
}

/** Keeps what was learned of one read. */
export function learnRead(session: CheckSession, call: ReadCall, form: Partial<ReadForm>): void {
  const { reads } = session.profile;
  session.profile = { ...session.profile, reads: { ...reads, [call]: { ...reads[call], ...form } } };
  session.learned.add(call);
}

/** Whether an admin has chosen a part of the profile: it is not learned anew. */
export function isChosen({ profile }: CheckSession, aspect: ProfileAspect): boolean {
  return profile.evidence[aspect].how === 'chosen';
}

/** Ends the check for now; it goes on at the next call. */
function pause(session: CheckSession, retryAfterMs: number | null): CheckStep<never> {
  session.lines.push({ code: 'paused', retryAfterMs: Math.max(retryAfterMs ?? 5_000, 1_000) });
  return err({ state: 'failed', question: null, disproved: null });
}

/** Ends the check with a problem. */
export function fail(
  session: CheckSession,
  call: ReadCall,
  problem: Problem,
  answer: RawAnswer | null = null,
): CheckStep<never> {
  session.lines.push({ code: 'failed', call, problem, came: answer === null ? null : summaryOf(answer) });
  return err({ state: 'failed', question: null, disproved: isPassing(problem) ? null : call });
}

/** {@link fail} for an answer that is none of those that are expected. */
export function failAnswer(session: CheckSession, call: ReadCall, answer: RawAnswer): CheckStep<never> {
  return fail(session, call, problemOf(answer), answer);
}

/** {@link fail} for a call that was not answered. */
export function failError(session: CheckSession, call: ReadCall, error: ShorterLoopError): CheckStep<never> {
  return fail(session, call, shorterLoopProblem(error));
}

/** Ends the check with a question. */
export function askAdmin(question: CheckQuestion): CheckStep<never> {
  return err({ state: 'question', question, disproved: null });
}

/** The problem that an answer stands for, where another one was expected. */
export function problemOf({ status }: RawAnswer, whereGood: ShorterLoopCause = 'malformed'): Problem {
  return { code: 'shorterLoop', cause: causeOf(status, whereGood), status, retryAfterMs: null };
}

function causeOf(status: number, whereGood: ShorterLoopCause): ShorterLoopCause {
  if (status < 300) return whereGood;
  if (status < 400) return 'redirected';
  const causes: Readonly<Partial<Record<number, ShorterLoopCause>>> = {
    401: 'unauthorized',
    403: 'forbidden',
    404: 'notFound',
    405: 'wrongDialect',
  };
  return causes[status] ?? 'invalid';
}

/** Whether a problem may pass by itself: it says nothing of how Shorter Loop answers. */
function isPassing(problem: Problem): boolean {
  return problem.code !== 'shorterLoop' || ['rateLimited', 'server', 'network', 'timeout'].includes(problem.cause);
}

function summaryOf({ status, contentType, json }: RawAnswer): AnswerSummary {
  const media = /^[\w.+-]+\/[\w.+-]+/.exec(contentType ?? '')?.[0]?.toLowerCase() ?? null;
  return { status, contentType: media, form: json === undefined ? null : summarize(json) };
}

/** Until so many requests may be made again that the check gets further: it begins anew with what it has learned. */
function restMs({ askedAtMs, requests }: CheckSession): number {
  const nowMs = Date.now();
  const needed = Math.min(MOST_CHECK_REQUESTS, requests + FURTHER);
  const lately = askedAtMs.filter((atMs) => atMs > nowMs - MINUTE_MS).sort((one, other) => one - other);
  const oldest = lately[lately.length - 1 - (MOST_A_MINUTE - needed)];
  return oldest === undefined ? 0 : oldest + MINUTE_MS - nowMs;
}
