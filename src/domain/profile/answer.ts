import type { WriteForm, WriteKind } from '../../contract';
import { isRecord, opened, type JsonRecord } from './structure';

/** Whether an answer says no by itself, whatever its status and its word for it. */
export function saysNo(json: unknown): boolean {
  const answer = opened(json);
  if (!isRecord(answer)) return false;
  const { success, ok, status } = answer;
  return (
    isNo(success) ||
    isNo(ok) ||
    hasErrors(answer) ||
    status === false ||
    (typeof status === 'string' && /^(?:error|fail|failed|failure)$/i.test(status))
  );
}

/** Whether an answer has errors and nothing else that could be one: some tell them under 200, as GraphQL does. */
function hasErrors({ errors, error, data }: JsonRecord): boolean {
  const hasNone = data === undefined || data === null;
  return hasNone && ((Array.isArray(errors) && errors.length > 0) || isRecord(error) || typeof error === 'string');
}

const KEY_WORDS =
  /\b(?:api|access)?[\s_-]*(?:key|token)\b|authori[sz](?:ed|ation)|authenticat|credential|(?:log|sign)[\s_-]?in/i;

/** Whether an answer speaks of the key, the login or what stands in for them. */
export function isAboutKey(json: unknown): boolean {
  return textsOf(json).some((text) => KEY_WORDS.test(text));
}

/** The header in which an answer says that it wants the key; null where it names none. */
export function headerNamed(json: unknown): string | null {
  for (const text of textsOf(json)) {
    const named = /\b(?:x-[a-z][a-z-]*(?:key|token|auth)|api-?key-?(?:id|token)?|api-token|access-token)\b/i.exec(
      text,
    )?.[0];
    if (named !== undefined && isAboutKey(json) && (named.includes('-') || /header/i.test(text))) return named;
  }
  return null;
}

/** Whether an answer speaks of the product that was asked about. */
export function isAboutInitiative(json: unknown): boolean {
  return textsOf(json).some((text) => /initiative|product|workspace/i.test(text));
}

/** Whether an address is that of a page where people log in. */
export function isLogin(location: string | null): boolean {
  return location !== null && /log-?in|sign-?in|auth|sso|account/i.test(location);
}

/** The texts of an answer that is about itself: short, and not deep. */
function textsOf(json: unknown, depth = 3): string[] {
  const value = opened(json);
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return depth === 0 ? [] : value.slice(0, 5).flatMap((one) => textsOf(one, depth - 1));
  if (!isRecord(value)) return [];
  return depth === 0 ? [] : Object.values(value).flatMap((one) => textsOf(one, depth - 1));
}

function isNo(value: unknown): boolean {
  return value === false || value === 0 || value === 'false';
}

/**
 * Whether a write may listen on a path: a server that takes no notice of the verb would run it. So such a path is asked
 * only about a segment that an admin named.
 */
export function mayListen(path: string, writes: Readonly<Record<WriteKind, WriteForm>>): boolean {
  const asked = plain(path);
  if (/\/(?:\{\w+\}|\d+)\/.*(?:manage-users|segment-users)/.test(asked)) return true;
  return Object.values(writes).some((form) => plain(form.path) === asked);
}

/** A path without its query and the names of its places: what a server tells routes apart by. */
function plain(path: string): string {
  return path
    .replace(/\?.*$/, '')
    .replace(/\/+$/, '')
    .replaceAll(/\{\w+\}|\/\d+(?=\/|$)/g, (hole) => (hole.startsWith('/') ? '/{}' : '{}'))
    .replaceAll('{}', '{id}');
}
