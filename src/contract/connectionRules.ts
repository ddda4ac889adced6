import type { InputReason } from './inputReason';
import { picksFromAll, type ReadCall, type SiteProfile } from './profile';
import { WRITE_KINDS, type WriteKind } from './segments';

/** The rules of a connection's fields: the page says what is wrong before it sends, the server refuses the same. */

/** The most characters of an API key and of an authorization scheme. */
export const MAX_KEY_LENGTH = 4_096;
export const MAX_SCHEME_LENGTH = 40;

/** Visible ASCII without blanks: what may stand in a header next to nothing else. */
export const HEADER_TOKEN = /^[\x21-\x7e]+$/;

/** Whether a text is a {@link HEADER_TOKEN} of at most so many characters. */
export function isHeaderToken(text: string, maximum: number): boolean {
  return text.length <= maximum && HEADER_TOKEN.test(text);
}

/** Headers that say something else of a request, so that a key in one of them would change it. */
const OTHER_HEADERS: readonly RegExp[] = [
  /^(?:accept.*|cache-control|connection|content-.*|cookie|date|dnt|expect|forwarded|host|if-.*|initiativeid)$/i,
  /^(?:keep-alive|origin|pragma|proxy-.*|range|referer|sec-.*|set-cookie.*|te|trailer|transfer-encoding)$/i,
  /^(?:upgrade|user-agent|via|x-forwarded-.*|x-http-method.*|x-method-override)$/i,
];

/** Whether a header may carry the key: a token of RFC 9110, and none that means something else. */
export function isKeyHeader(name: string): boolean {
  return /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(name) && !OTHER_HEADERS.some((others) => others.test(name));
}

/** Whether a number may be the id of an initiative. */
export function isInitiativeId(id: number): boolean {
  return Number.isSafeInteger(id) && id > 0;
}

/** What stands in a path in place of ids. */
export type PathHole = 'id' | 'from' | 'to';

/**
 * Whether a text may be a call's path: from the first slash on, with these holes, each once, and perhaps a slash and a
 * query at its end.
 * @returns null when it may, otherwise what is wrong with it
 */
export function checkPath(path: string, wanted: readonly PathHole[]): InputReason | null {
  // Also keeps out hosts, fragments, encoded dots and anything that a URL parser would rewrite.
  const [, before = ''] = /^((?:\/(?:[A-Za-z0-9._~-]|\{\w*\})+)+\/?)(?:\?[A-Za-z0-9._~=&,:[\]%+-]+)?$/.exec(path) ?? [];
  const parts = before.split('/');
  if (before === '' || parts.some((part) => part === '.' || part === '..')) return { code: 'notAPath' };
  // Two ids that touch could be read as two others.
  if (before.includes('}{')) return { code: 'placeholder' };
  const holes: readonly string[] = before.match(/\{\w*\}/g) ?? [];
  const expected = wanted.map((hole) => `{${hole}}`);
  if (holes.length !== expected.length || expected.some((hole) => !holes.includes(hole)))
    return expected.length === 0 ? { code: 'placeholder' } : { code: 'idMissing' };
  return null;
}

/** The holes that the path of each call has. */
export const HOLES: Readonly<Record<ReadCall | WriteKind, readonly PathHole[]>> = {
  listSegments: [],
  segmentWithMembers: ['id'],
  segmentsWithMembers: [],
  move: ['from', 'to'],
  remove: ['from'],
  add: ['to'],
};

/** {@link checkPath} for a read: one segment may be picked out of the read of all, by whose path it is read then. */
export function checkReadPath(call: ReadCall, reads: SiteProfile['reads']): InputReason | null {
  const isPicked = call === 'segmentWithMembers' && picksFromAll({ reads });
  return checkPath(reads[call].path, HOLES[isPicked ? 'segmentsWithMembers' : call]);
}

/**
 * Whether a write could be the same request as another one, whatever ids stand in them. Of a move and a removal the
 * paths alone have to differ: some servers take one verb for another.
 */
export function isLikeOtherWrite(kind: WriteKind, writes: SiteProfile['writes']): boolean {
  return WRITE_KINDS.filter((other) => other !== kind).some((other) => {
    const isOfAdding = kind === 'add' || other === 'add';
    if (isOfAdding && writes[other].verb !== writes[kind].verb) return false;
    return mayCoincide(writes[other].path, writes[kind].path);
  });
}

/**
 * Whether two paths could be the same once ids stand in them. Case, a slash at the end and the query are left out,
 * because servers do so; it may say yes where only digits would tell them apart.
 */
export function mayCoincide(one: string, other: string): boolean {
  const [ones, others] = [partsOf(one), partsOf(other)];
  return ones.length === others.length && ones.every((part, index) => mayBeSame(part, others[index] ?? ''));
}

function mayBeSame(one: string, other: string): boolean {
  return one.includes('{') || other.includes('{') ? withoutDigits(one) === withoutDigits(other) : one === other;
}

function withoutDigits(part: string): string {
  return part.replace(/\{\w*\}|\d/g, '');
}

function partsOf(path: string): string[] {
  const [before = ''] = path.toLowerCase().split('?');
  return before.replace(/\/$/, '').split('/');
}
