import {
  isHeaderToken,
  isInitiativeId,
  isKeyHeader,
  MAX_KEY_LENGTH,
  MAX_SCHEME_LENGTH,
  type InputReason,
  type KeyForm,
} from '../../contract';
import type { Connection } from './types';
import { checkPaths } from './routes';

/** The hosts that manifest.yml lets the app reach end in this, after a dot. */
export const ALLOWED_HOST_SUFFIX = 'shorterloop.com';

/**
 * Whether an origin may be asked: https, a host below {@link ALLOWED_HOST_SUFFIX}, and nothing else.
 * @returns null when it may, otherwise what is wrong with it
 */
export function checkOrigin(origin: string): InputReason | null {
  if (!URL.canParse(origin)) return { code: 'notAnAddress' };
  const url = new URL(origin);
  if (url.protocol !== 'https:') return { code: 'notHttps' };
  if (!url.hostname.endsWith(`.${ALLOWED_HOST_SUFFIX}`)) return { code: 'foreignHost', host: ALLOWED_HOST_SUFFIX };
  // Compared as text, so that ports, paths, credentials and odd spellings are all refused at once.
  if (origin !== url.origin || url.port !== '') return { code: 'notBare' };
  return null;
}

/** Whether a connection may be used at all; false for values that would change the request's shape. */
export function isUsable({ origin, key, initiativeId, profile }: Connection): boolean {
  return (
    checkOrigin(origin) === null &&
    isHeaderToken(key, MAX_KEY_LENGTH) &&
    isUsableKeyForm(profile.key) &&
    isInitiativeId(initiativeId) &&
    checkPaths(profile) === null
  );
}

/** Whether a key can be shown in this form without changing anything else of a request. */
export function isUsableKeyForm({ header, scheme }: KeyForm): boolean {
  return isKeyHeader(header) && (scheme === null || isHeaderToken(scheme, MAX_SCHEME_LENGTH));
}

/**
 * What a read asks for beside: an answer that no cache has kept.
 * @see https://www.rfc-editor.org/rfc/rfc9111#section-5.2.1.4 no-cache in a request
 */
export const READ_HEADERS = { 'Cache-Control': 'no-cache' } as const;

/** The headers of every call. The key stands in no other place. */
export function headersOf({ key, initiativeId, profile }: Connection): Record<string, string> {
  const { header, scheme } = profile.key;
  return {
    Accept: 'application/json',
    initiativeId: String(initiativeId),
    [header]: scheme === null ? key : `${scheme} ${key}`,
  };
}

/**
 * The address of a path. Throws TypeError for one that would lead anywhere else, as `@evil.example` after a host would:
 * the key goes with every request.
 */
export function urlOf({ origin }: Pick<Connection, 'origin'>, path: string): string {
  const url = origin + path;
  if (!path.startsWith('/') || !URL.canParse(url) || new URL(url).origin !== origin)
    throw new TypeError('a path starts with a slash');
  return url;
}
