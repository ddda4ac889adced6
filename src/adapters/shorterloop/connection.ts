import { isHeaderToken, isInitiativeId, MAX_KEY_LENGTH, MAX_SCHEME_LENGTH, type InputReason } from '../../contract';
import type { Connection } from './types';
import { areUsable } from './routes';

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
export function isUsable(connection: Connection): boolean {
  return (
    checkOrigin(connection.origin) === null &&
    isHeaderToken(connection.key, MAX_KEY_LENGTH) &&
    isHeaderToken(connection.authScheme, MAX_SCHEME_LENGTH) &&
    isInitiativeId(connection.initiativeId) &&
    areUsable(connection.routes, connection.manageRoutes)
  );
}

/** The headers of every call. The key stands in no other place. */
export function headersOf(connection: Connection): Record<string, string> {
  return {
    Accept: 'application/json',
    Authorization: `${connection.authScheme} ${connection.key}`,
    initiativeId: String(connection.initiativeId),
  };
}
