import { DEFAULT_PROFILE, type CheckChoices, type CheckLine, type SiteProfile } from '../../src/contract';
import { converse } from '../../src/features/admin/connection/checkConversation';
import type { CheckSession } from '../../src/features/admin/connection/checkSession';
import { answerOf, OTHER_KEY, type Answered, type OtherServer } from './otherReads';

/** Where every such server is. */
export const origin = 'https://api.shorterloop.com';

/** How a check differs from an admin's first one who names the first segment. */
export type CheckOptions = {
  readonly choices?: CheckChoices;
  readonly profile?: SiteProfile;
  readonly earlier?: number;
};

/** Runs the check against another server, without the platform around it. */
export async function check(
  server: OtherServer,
  { choices = { segmentId: 19 }, profile = DEFAULT_PROFILE, earlier = 0 }: CheckOptions = {},
) {
  const answer = answerOf(server);
  const asked: string[] = [];
  const raw = async (method: string, path: string, key: SiteProfile['key']) => {
    asked.push(`${method} ${path}`);
    const url = new URL(origin + path);
    const shown = key.scheme === null ? OTHER_KEY : `${key.scheme} ${OTHER_KEY}`;
    const headers = { [key.header.toLowerCase()]: shown };
    return Promise.resolve(rawOf(answer({ method, path: url.pathname, query: url.searchParams, headers })));
  };
  const session = {
    connected: { client: { raw }, rateLimiter: { reserve: () => Promise.resolve({ kind: 'ok', value: true }) } },
    stored: {
      connection: { apiOrigin: origin, initiativeId: 1, profile },
      proofs: {},
      savedAtMs: 1,
      savedByAccountId: 'a',
    },
    choices,
    adminAccountId: 'a',
    deadlineAtMs: Date.now() + 20_000,
    lines: [] as CheckLine[],
    askedAtMs: Array.from({ length: earlier }, () => Date.now() - 1_000),
    inVain: new Set(),
    learned: new Set(),
    chosen: new Set(),
    profile,
    requests: 0,
  } as unknown as CheckSession;
  const ended = await converse(session);
  return {
    state: ended.kind === 'ok' ? 'proven' : ended.problem.state,
    question: ended.kind === 'ok' ? null : ended.problem.question,
    lines: session.lines,
    codes: session.lines.map(({ code }) => code),
    line: (code: CheckLine['code']) => session.lines.filter((line) => line.code === code),
    profile: session.profile,
    asked,
  };
}

function rawOf({ status = 200, json, text, headers = {} }: Answered) {
  if (status === 429 || status >= 500)
    return {
      kind: 'problem',
      problem: {
        cause: status === 429 ? 'rateLimited' : 'server',
        status,
        mayHaveBeenApplied: false,
        retryAfterMs: null,
      },
    };
  const contentType = headers['content-type'] ?? (text === undefined ? 'application/json' : 'text/html; charset=utf-8');
  const allow = (headers['allow'] ?? '').split(',').filter((verb) => verb !== '');
  return {
    kind: 'ok',
    value: {
      status,
      contentType,
      location: headers['location'] ?? null,
      link: headers['link'] ?? null,
      allow,
      json: text === undefined ? json : undefined,
    },
  };
}
