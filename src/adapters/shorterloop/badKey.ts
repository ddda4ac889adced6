import { saysNo } from '../../domain/profile';
import { bytesOf, type BytesAnswer } from './bytes';
import { badKeyError, limitError, plainError, statusError, type CallKind } from './errors';
import { speaksOfLimit } from './limits';
import { textOf } from './text';
import type { ShorterLoopError } from './types';

/** What is needed of an answer to judge why it is none. */
export type RefusedAnswer = {
  readonly status: number;
  readonly headers: { readonly get: (name: string) => string | null };
} & BytesAnswer;

/** So much of an answer is looked at: what says why a key is refused is short. */
export const MOST_REFUSAL_BYTES = 4_096;
/** An answer that has said no already is not waited for longer than this, in milliseconds. */
const LONGEST_READ_MS = 1_000;

/** The statuses under which a server may mean the key and say something else; 401 always means it. */
const MAY_MEAN_THE_KEY = new Set([400, 403, 404, 422]);
/** Those under which it may mean that too much was asked; 429 always means it. */
const MAY_MEAN_A_LIMIT = new Set([400, 402, 403, 420, 503, 509]);

/**
 * The error of an answer without success. A key that is refused is told as that whatever the status: by what the answer
 * says, or by where it sends whoever is not logged in. Nothing of the text is kept.
 */
export async function refusalError(answer: RefusedAnswer, kind: CallKind, nowMs: number): Promise<ShorterLoopError> {
  const { status, headers } = answer;
  const retryAfter = headers.get('retry-after');
  const isRead = MAY_MEAN_THE_KEY.has(status) || MAY_MEAN_A_LIMIT.has(status);
  const text = isRead ? await startOf(answer) : '';
  if (meansLimit(status, retryAfter, text)) return limitError(status, kind, retryAfter, nowMs);
  const isKey =
    leadsToLogin(status, headers.get('location')) ||
    (MAY_MEAN_THE_KEY.has(status) && (speaksOfBadKey(headers.get('www-authenticate') ?? '') || refusesKey(text)));
  return isKey ? badKeyError(status, kind) : statusError(status, kind, retryAfter, nowMs);
}

/** Whether an answer without success says to ask less, and no more than that. 503 says when to come again. */
export function meansLimit(status: number, retryAfter: string | null, text: string): boolean {
  if (status === 503 && retryAfter !== null) return true;
  return MAY_MEAN_A_LIMIT.has(status) && speaksOfLimit(text.slice(0, MOST_REFUSAL_BYTES));
}

/** Whether a text from outside, of whatever form, says that the key is not accepted. */
export function refusesKey(text: string): boolean {
  const start = text.slice(0, MOST_REFUSAL_BYTES);
  // The page of a site names "Log in" in its menu, whatever it is about: only what it is about itself counts.
  return /<(?:!doctype|html|head|body)\b/i.test(start) ? isLoginPage(start) : speaksOfBadKey(start);
}

/** Whether a small JSON value that came with success is none, because too much was asked. */
export function meansLimitInJson(json: unknown): boolean {
  if (!saysNo(json)) return false;
  const text = JSON.stringify(json);
  return text.length <= MOST_REFUSAL_BYTES && speaksOfLimit(text);
}

/** The error of an answer that came with success and says no, or is not in the form of one. */
export function unusableError(cause: 'invalid' | 'malformed', status: number, json: unknown): ShorterLoopError {
  return refusesKeyInJson(json) ? badKeyError(status, 'read') : plainError(cause, status, false);
}

/** Whether a small JSON value from outside says that the key is not accepted. */
export function refusesKeyInJson(json: unknown): boolean {
  if (typeof json !== 'object' || json === null) return false;
  const text = JSON.stringify(json);
  // What is longer is content, and not the reason for having none.
  return text.length <= MOST_REFUSAL_BYTES && speaksOfBadKey(text);
}

/** What can only mean the key. */
const KEY =
  String.raw`(?:api[\s_-]*(?:key|token)|access[\s_-]*(?:key|token)|auth(?:entication|ori[sz]ation)?[\s_-]*` +
  String.raw`(?:key|token|header)|bearer|credentials?|jwt)`;
const BAD = '(?:invalid|incorrect|wrong|bad|missing|unknown|expired|revoked|disabled|malformed|not?|required)';
/** Any field of a body is a "key" too, and a page of a list has a "token": of these only what can't be meant so. */
const SHORT = String.raw`(?:key|(?<!(?:page|next|cursor|csrf|xsrf|continuation|unexpected)[\s_-]*)token)`;
const BAD_SHORT = String.raw`(?:invalid|incorrect|wrong|expired|revoked|disabled)`;
/** Few words stand between what is wrong and that it is. */
const NEAR =
  String.raw`["'\s_:,[{-]+(?:(?:the|your|this|an?|is|was|has|been|valid|api|access|provided|supplied|given|auth` +
  String.raw`|authorization|bearer)["'\s_:,[{-]+){0,4}`;
const BAD_KEY = new RegExp(
  [
    [BAD, KEY],
    [KEY, BAD],
    [BAD_SHORT, SHORT],
    [SHORT, BAD_SHORT],
    ['no', String.raw`token(?=\s+(?:was\s+)?(?:provided|given|found|sent))`],
  ]
    .map(([one, other]) => `(?<![a-z])${one ?? ''}${NEAR}${other ?? ''}(?![a-z])`)
    .join('|'),
  'i',
);
const NOT_LOGGED_IN = new RegExp(
  [
    String.raw`\bunauthori[sz]ed\b(?!\s+(?:to|for)\b)`,
    String.raw`\bunauthenticated\b`,
    String.raw`\bnot[\s_]+(?:authenticated|logged[\s_]+in|signed[\s_]+in)\b`,
    String.raw`\bauthentication[\s_]+(?:is[\s_]+|has[\s_]+)?(?:failed|required|failure)`,
    String.raw`\b(?:please|must|need to)\s+(?:(?:log|sign)\s*-?in|authenticate)\b`,
  ].join('|'),
  'i',
);
/** A key that is known, and may not do this. */
const LACKS_RIGHT =
  /\bpermissions?\b|\bscopes?\b|\binsufficient|\bnot (?:allowed|permitted)\b|\bprivileges?\b|\broles?\b/i;

function speaksOfBadKey(text: string): boolean {
  const words = text.replace(/([a-z])([A-Z])/g, '$1 $2');
  return !LACKS_RIGHT.test(words) && (NOT_LOGGED_IN.test(words) || BAD_KEY.test(words));
}

const LOGIN = /\b(?:log|sign)[\s_-]*in\b|\blogin\b|\bunauthori[sz]ed\b/i;

function isLoginPage(html: string): boolean {
  if (/<input\b[^>]*\btype\s*=\s*["']?password\b/i.test(html)) return true;
  const headings = [...html.matchAll(/<(title|h1)\b[^>]*>([^<]*)/gi)].map(([, , text]) => text ?? '');
  return headings.some((text) => LOGIN.test(text) || speaksOfBadKey(text));
}

/** Whether a redirect leads to where people log in. */
function leadsToLogin(status: number, location: string | null): boolean {
  return (
    status >= 300 &&
    status < 400 &&
    /(?:^|[/.?&=_-])(?:log-?in|sign-?in|auth|authori[sz]e|authenticate|oauth2?|sso|saml2?)(?=$|[/.?&#=_-])/i.test(
      location ?? '',
    )
  );
}

/** The first bytes of an answer as text; empty where it can't be read, or not soon. Never throws. */
async function startOf(answer: RefusedAnswer): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, LONGEST_READ_MS, null);
  });
  try {
    const bytes = await Promise.race([firstBytes(answer), tooLate]);
    return bytes === null ? '' : textOf(bytes, answer.headers.get('content-type'));
  } catch {
    // The status alone says enough.
    return '';
  } finally {
    clearTimeout(timer);
  }
}

async function firstBytes(answer: RefusedAnswer): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of bytesOf(answer)) {
    parts.push(part.slice(0, MOST_REFUSAL_BYTES - length));
    length += part.byteLength;
    if (length >= MOST_REFUSAL_BYTES) break;
  }
  return Buffer.concat(parts);
}
