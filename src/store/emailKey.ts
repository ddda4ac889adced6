import { createHmac, randomBytes } from 'node:crypto';
import { ForgeKvsAPIError, kvs } from '@forge/kvs';
import { z } from 'zod';
import { normalizeEmail } from '../people';

const SECRET_NAME = 'directory-key';
const KEY_BYTES = 32;
const storedSchema = z.object({ key: z.string().min(1) });

/** Turns an e-mail into the key under which the directory finds its member: an HMAC-SHA-256 that only this installation can make. */
export type EmailKeyOf = (email: string) => string;

/** Makes keys with the installation's secret; null before the first refresh has made one. Throws ForgeKvsError when storage fails. */
export async function readEmailKeyOf(): Promise<EmailKeyOf | null> {
  const stored = await kvs.getSecret<unknown>(SECRET_NAME);
  return stored === undefined ? null : withSecret(storedSchema.parse(stored).key);
}

/** {@link readEmailKeyOf}, which makes the secret when there is none. When two make one at once, the first stands. */
export async function ensureEmailKeyOf(): Promise<EmailKeyOf> {
  const standing = await readEmailKeyOf();
  if (standing !== null) return standing;
  const key = randomBytes(KEY_BYTES).toString('base64');
  try {
    await kvs.setSecret(SECRET_NAME, { key }, { keyPolicy: 'FAIL_IF_EXISTS' });
    return withSecret(key);
  } catch (error) {
    // Which code a taken key has is not documented, so the store itself is asked.
    if (!(error instanceof ForgeKvsAPIError)) throw error;
    const now = await readEmailKeyOf();
    if (now === null) throw error;
    return now;
  }
}

function withSecret(secret: string): EmailKeyOf {
  const key = Buffer.from(secret, 'base64');
  return (email) => createHmac('sha256', key).update(normalizeEmail(email)).digest('base64url');
}
