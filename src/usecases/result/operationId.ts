import { z } from 'zod';

/**
 * An operation id as a page gives it: random (version 4, RFC 9562). The ids that the app derives are of version 8, so
 * that no page can name one of them and use it up before its time.
 * @see derivedUuid
 */
export const operationIdSchema = z.uuid({ version: 'v4' }).lowercase();
