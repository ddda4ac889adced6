import { z } from 'zod';
import { ERROR_PAGE, failed, http, type HttpAnswer } from '../envelope';
import type { ProfileRead, ServerProfile } from '../profile';
import type { RouteName } from '../routeName';
import type { State } from '../state';
import type { SimulatedRequest, TestingGround } from '../types';
import { createMemory } from './memory';
import { findAim, type Aim } from './paths';
import { answerRead } from './reads';
import { createRowIds } from './records';
import type { AnyServer } from './server';
import { answerWrite, runByGet } from './writes';

/** A server of any form. */
type ProfiledServer = {
  answer(request: SimulatedRequest, nowMs: number): HttpAnswer;
  /** Which route a request is about; null for none. */
  routeOf(request: SimulatedRequest): RouteName | null;
  /** Gives a segment other members by hand. */
  arrange(segmentId: number, memberIds: readonly number[], nowMs: number): void;
  settle(nowMs: number): void;
  reset(): void;
};

/** What a server is made from. */
type Made = {
  readonly profile: ServerProfile;
  readonly state: State;
  readonly key: string;
  readonly initiativeId: number;
  readonly testing: TestingGround | null;
};

const ROUTES: Readonly<Record<ProfileRead, RouteName>> = {
  list: 'listSegments',
  all: 'segmentsWithMembers',
  one: 'segmentWithMembers',
};

/** A server that answers as its profile says. */
export function createAnyServer({ profile, state, key, initiativeId, testing }: Made): ProfiledServer {
  const rowIds = createRowIds();
  const memory = createMemory(state);
  const server: AnyServer = { profile, state, memory, rowIds, testing };
  const kept: KeptAnswers = new Map();
  const gate = createSlowGate(profile.limit);
  const answerAim = (aim: Aim, request: SimulatedRequest, nowMs: number): HttpAnswer => {
    switch (aim.kind) {
      case 'unknown':
        return unknownAnswer(profile, request);
      case 'slash':
        return http(profile.routes.slash === 'redirect301' ? 301 : 308, '', { location: aim.path });
      case 'options':
        return optionsAnswer(profile, aim.verbs);
      case 'wrongVerb':
        return failed(profile.routes.wrongVerb, 'Method not allowed', allowOf(profile, aim.verbs));
      case 'getOnWrite':
        return runByGet(server, aim, nowMs);
      case 'write':
        return answerWrite(server, aim, request, nowMs);
      case 'read':
        return cached(kept, profile, { read: aim.read, request, nowMs }, () =>
          answerRead(server, aim, { path: request.path, host: hostOf(request) }, nowMs - profile.lag.reads[aim.read]),
        );
    }
  };
  const answerOf = (request: SimulatedRequest, nowMs: number): HttpAnswer => {
    memory.settle(nowMs);
    const refusal = awayFrom(profile, request) ?? gate.ask(nowMs);
    if (refusal !== null) return refusal;
    const aim = findAim(profile, request.method, request.path);
    if (aim.kind === 'slash' || aim.kind === 'options') return answerAim(aim, request, nowMs);
    const notLetIn = hasKey(profile, key, request) ? notTaken(profile, request) : keyRefusal(profile);
    if (notLetIn !== null) return notLetIn;
    const initiative = header(request, 'initiativeid');
    if (profile.key.initiative === 'required' && initiative !== String(initiativeId))
      return initiative === '' ? failed(400, 'initiativeId header is required') : failed(403, 'No such initiative');
    return answerAim(aim, request, nowMs);
  };
  return {
    answer: (request, nowMs) => refused(profile, answerOf(request, nowMs)),
    routeOf({ method, path }) {
      const aim = findAim(profile, method, path);
      if (aim.kind === 'read') return ROUTES[aim.read];
      return aim.kind === 'write' ? aim.write : null;
    },
    arrange(segmentId, memberIds, nowMs) {
      const write = { kind: 'add', from: null, to: segmentId, asked: [], applied: [] } as const;
      memory.change(() => ({ lists: new Map([[segmentId, memberIds]]), write }), nowMs, 0);
    },
    settle: (nowMs) => memory.settle(nowMs),
    reset() {
      memory.reset();
      rowIds.reset();
      kept.clear();
      gate.reset();
    },
  };
}

type Question = { readonly read: ProfileRead; readonly request: SimulatedRequest; readonly nowMs: number };
type KeptAnswers = Map<string, { readonly atMs: number; readonly answer: HttpAnswer }>;

/** An answer that was kept, or a new one, which is kept as long as the profile says. */
function cached(kept: KeptAnswers, { lag }: ServerProfile, question: Question, make: () => HttpAnswer): HttpAnswer {
  const { read, request, nowMs } = question;
  const forMs = lag.cacheMs[read];
  if (forMs === 0) return make();
  const known = kept.get(request.path);
  const isFresh = known !== undefined && nowMs - known.atMs < forMs;
  const isAskedPast = lag.cacheHeeds && /no-cache|no-store/.test(header(request, 'cache-control'));
  if (isFresh && !isAskedPast) return known.answer;
  const answer = make();
  kept.set(request.path, { atMs: nowMs, answer });
  return answer;
}

function awayFrom({ home }: ServerProfile, request: SimulatedRequest): HttpAnswer | null {
  if (home === null || hostOf(request) === home.host) return null;
  return http(home.status, '', { location: `https://${home.host}${request.path}` });
}

/** Who does not say that they take JSON, or that they send it. */
function notTaken({ key }: ServerProfile, request: SimulatedRequest): HttpAnswer | null {
  if (!key.strict) return null;
  if (!/application\/json|\*\/\*/.test(header(request, 'accept'))) return failed(406, 'Not acceptable');
  const isJson = request.body === null || /^application\/json(?:;|$)/.test(header(request, 'content-type'));
  return isJson ? null : failed(415, 'Unsupported media type');
}

function unknownAnswer({ routes: { unknown } }: ServerProfile, request: SimulatedRequest): HttpAnswer {
  switch (unknown) {
    case 'page':
      return http(200, ERROR_PAGE.replaceAll('Bad gateway', 'Shorter Loop'), { 'content-type': 'text/html' });
    case 'redirect':
      return http(302, '', { location: '/' });
    case '403':
      return http(403, JSON.stringify({ message: 'Missing Authentication Token' }));
    default:
      return failed(Number(unknown), `Cannot ${request.method} ${request.path}`);
  }
}

function hasKey({ key: { header: name, scheme } }: ServerProfile, key: string, request: SimulatedRequest): boolean {
  return header(request, name.toLowerCase()) === (scheme === null ? key : `${scheme} ${key}`);
}

function keyRefusal({ key: { refusal } }: ServerProfile): HttpAnswer {
  switch (refusal) {
    case '401':
      return failed(401, 'Unauthorized');
    case '401page':
      return http(401, ERROR_PAGE.replaceAll('Bad gateway', 'Unauthorized'), { 'content-type': 'text/html' });
    case '403':
      return failed(403, 'Invalid API key');
    case '400':
      return failed(400, 'Invalid API key');
    case '404':
      return failed(404, 'Not found');
    case 'redirect':
      return http(302, '', { location: '/login' });
    case 'loginPage':
      return http(200, ERROR_PAGE.replaceAll('Bad gateway', 'Log in'), { 'content-type': 'text/html' });
    case 'successFalse':
      return failed(200, 'Invalid API key');
    case 'empty200':
      return http(200, '', {});
    case 'code200':
      return http(200, JSON.stringify({ code: 40101, msg: 'token invalid', data: null }));
    case 'status200':
      return http(200, JSON.stringify({ status: 'error', message: 'Invalid API key' }));
    case 'error200':
      return http(200, JSON.stringify({ error: 'invalid_token', error_description: 'The token is not valid' }));
  }
}

function optionsAnswer({ options }: ServerProfile, verbs: readonly string[]): HttpAnswer {
  switch (options) {
    case 'allow':
      return http(204, '', { allow: ['OPTIONS', ...verbs].join(', ') });
    case 'none':
      return http(200, '', {});
    case 'notImplemented':
      return failed(501, 'Not implemented');
    case 'notFound':
      return failed(404, 'Not found');
    case 'lies':
      return http(204, '', { allow: 'GET, HEAD, PUT, PATCH, POST, DELETE' });
    case 'unauthorized':
      return failed(401, 'Unauthorized');
    case 'broken':
      return failed(500, 'Internal server error');
    case 'page':
      return http(200, ERROR_PAGE.replaceAll('Bad gateway', 'Shorter Loop'), { 'content-type': 'text/html' });
    case 'cors':
      return http(204, '', { 'access-control-allow-methods': 'GET,HEAD,PUT,PATCH,POST,DELETE' });
  }
}

function allowOf({ options, routes }: ServerProfile, verbs: readonly string[]): Record<string, string> {
  return options === 'allow' && routes.wrongVerb === 405 ? { allow: verbs.join(', ') } : {};
}

/** A refusal as a profile writes it. */
function refused({ answers: { refusals } }: ServerProfile, answer: HttpAnswer): HttpAnswer {
  const message = answer.status < 400 || refusals === 'envelope' ? undefined : wordsIn(answer.body);
  if (message === undefined) return answer;
  const { 'content-type': _type, ...headers } = answer.headers;
  const write = (status: number, body: string, type: string): HttpAnswer =>
    http(status, body, { ...headers, 'content-type': type });
  switch (refusals) {
    case 'errors200': {
      const errors = [{ message, extensions: { code: String(answer.status) } }];
      return write(200, JSON.stringify({ data: null, errors }), 'application/json');
    }
    case 'code200': {
      const told = { code: answer.status * 100, msg: message, data: null };
      return write(200, JSON.stringify(told), 'application/json');
    }
    case 'empty':
      return http(answer.status, '', headers);
    case 'list':
      return write(answer.status, JSON.stringify([message]), 'application/json');
    case 'nested': {
      const error = { code: `E${answer.status}`, message, details: [{ field: 'id', issue: message }] };
      return write(answer.status, JSON.stringify({ error }), 'application/json');
    }
    case 'page':
      return write(answer.status, ERROR_PAGE.replaceAll('Bad gateway', message), 'text/html');
    case 'problem': {
      const problem = { type: 'about:blank', title: message, status: answer.status };
      return write(answer.status, JSON.stringify(problem), 'application/problem+json');
    }
    default:
      return write(answer.status, message, 'text/plain');
  }
}

/** What a refusal in the usual envelope says. */
function wordsIn(body: string): string | undefined {
  const parsed = z.object({ message: z.string() }).safeParse(body.startsWith('{') ? JSON.parse(body) : null);
  return parsed.success ? parsed.data.message : undefined;
}

/** A limit as a profile has it: it refuses with the wait that it likes to tell. */
function createSlowGate(limit: ServerProfile['limit']) {
  let passedAtMs: number[] = [];
  return {
    ask(nowMs: number): HttpAnswer | null {
      if (limit === null) return null;
      passedAtMs = passedAtMs.filter((atMs) => atMs > nowMs - limit.windowMs);
      if (passedAtMs.length < limit.requests) {
        passedAtMs.push(nowMs);
        return null;
      }
      const atMs = (passedAtMs[0] ?? nowMs) + limit.windowMs;
      return failed(limit.status, 'Rate limit exceeded: too many requests', retryAfter(limit.retryAfter, atMs, nowMs));
    },
    reset(): void {
      passedAtMs = [];
    },
  };
}

function retryAfter(how: NonNullable<ServerProfile['limit']>['retryAfter'], atMs: number, nowMs: number) {
  const told: Record<Exclude<typeof how, 'reset' | 'resetDelta'>, string | null> = {
    seconds: String(Math.ceil((atMs - nowMs) / 1000)),
    date: new Date(atMs + 1_000).toUTCString(),
    years: '94608000',
    none: null,
    zero: '0',
  };
  if (how === 'reset' || how === 'resetDelta') {
    const reset = how === 'reset' ? Math.ceil(atMs / 1000) : Math.ceil((atMs - nowMs) / 1000);
    return { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
  }
  const text = told[how];
  return text === null ? {} : { 'retry-after': text };
}

function hostOf(request: SimulatedRequest): string {
  const host = header(request, 'host');
  return host === '' ? 'api.shorterloop.com' : host;
}

function header(request: SimulatedRequest, name: string): string {
  const found = Object.entries(request.headers).find(
    ([key, value]) => value !== undefined && key.toLowerCase() === name,
  );
  return found?.[1]?.trim() ?? '';
}
