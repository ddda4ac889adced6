import type { InputReason } from './inputReason';

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

/** Whether a number may be the id of an initiative. */
export function isInitiativeId(id: number): boolean {
  return Number.isSafeInteger(id) && id > 0;
}

/**
 * Whether a path template may stand in for the assumed one: it has a place for an id where that one has.
 * @returns null when it may, otherwise what is wrong with it
 */
export function checkPathTemplate(assumed: string, template: string): InputReason | null {
  // Also keeps out hosts, queries, fragments, encoded dots and anything that a URL parser would rewrite.
  if (!/^(?:\/(?:[A-Za-z0-9._~-]|\{\w*\})+)+$/.test(template)) return { code: 'notAPath' };
  if (template.split('/').some((part) => part === '.' || part === '..')) return { code: 'notAPath' };
  const holes = template.match(/\{\w*\}/g) ?? [];
  const wanted = assumed.includes('{id}') ? 1 : 0;
  if (holes.length !== wanted || holes.some((hole) => hole !== '{id}'))
    return { code: wanted === 1 ? 'idMissing' : 'placeholder' };
  return null;
}
