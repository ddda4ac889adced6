import { createHmac, randomBytes } from 'node:crypto';
import { ForgeKvsAPIError, kvs } from '@forge/kvs';
import { z } from 'zod';
import { normalizeEmail } from '../../domain/people';

/** The name of the installation's own key in Forge's secret store. */
export const BLIND_SECRET = 'directory-key';
const KEY_BYTES = 32;
const storedSchema = z.object({ key: z.string().min(1) });

/**
 * Turns an e-mail into the key under which the directory finds its member: an HMAC-SHA-256 that only this
 * installation can make.
 */
export type EmailKeyOf = (email: string) => string;

/**
 * Turns a text into a name that only this installation can make, and from which the text can't be told: an
 * HMAC-SHA-256.
 */
export type BlindName = (text: string) => string;

/**
 * Makes keys with the installation's secret; null before the first refresh has made one. Throws ForgeKvsError when
 * storage fails.
 */
export async function readEmailKeyOf(): Promise<EmailKeyOf | null> {
  const blind = await readBlindName();
  return blind === null ? null : emailKeyWith(blind);
}

/** {@link readEmailKeyOf}, which makes the secret when there is none. */
export async function ensureEmailKeyOf(): Promise<EmailKeyOf> {
  return emailKeyWith(await ensureBlindName());
}

/**
 * Makes names with the installation's secret, which is made when there is none. When two make one at once, the first
 * stands. Throws ForgeKvsError when storage fails.
 */
export async function ensureBlindName(): Promise<BlindName> {
  const standing = await readBlindName();
  if (standing !== null) return standing;
  const key = randomBytes(KEY_BYTES).toString('base64');
  try {
    await kvs.setSecret(BLIND_SECRET, { key }, { keyPolicy: 'FAIL_IF_EXISTS' });
    return withSecret(key);
  } catch (error) {
    // Which code a taken key has is not documented, so the store itself is asked.
    if (!(error instanceof ForgeKvsAPIError)) throw error;
    const now = await readBlindName();
    if (now === null) throw error;
    return now;
  }
}

async function readBlindName(): Promise<BlindName | null> {
  const stored = await kvs.getSecret<unknown>(BLIND_SECRET);
  return stored === undefined ? null : withSecret(storedSchema.parse(stored).key);
}

function withSecret(secret: string): BlindName {
  const key = Buffer.from(secret, 'base64');
  return (text) => createHmac('sha256', key).update(text).digest('base64url');
}

function emailKeyWith(blind: BlindName): EmailKeyOf {
  return (email) => blind(normalizeEmail(email));
}
