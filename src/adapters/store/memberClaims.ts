import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { readLink } from './links';
import { compareAndSwap, createRow, versioned, type Versioned } from './versioned';

/** The entity that keeps which account was linked to a member by its e-mail, keyed by the member's id. */
const MEMBER_CLAIM_ENTITY = 'member-claim';
/** How long a claim stands before its link does: longer than any function that links may run for an answer. */
const CLAIM_MS = 60_000;

const rowSchema = z.object({ accountId: z.string(), atMs: z.number(), revision: z.string() });

/**
 * Takes a member for an account that is about to be linked by its e-mail. Two accounts may be looked at in the same
 * moment, and a query shows a link only some time later: what is read by key is strict.
 * @returns the id under which the ledger records it, always the same for one claim; null when the member has another
 *   account, or is being given one. Throws ForgeKvsError when storage fails.
 * @see https://developer.atlassian.com/platform/forge/storage-reference/entities/ "Data consistency"
 */
export async function claimMember(memberId: number, accountId: string, nowMs: number): Promise<string | null> {
  const key = String(memberId);
  const claim = versioned({ accountId, atMs: nowMs });
  if (await createRow(MEMBER_CLAIM_ENTITY, key, claim)) return claim.revision;
  const standing = await readClaim(key);
  if (standing === null) return null;
  if (standing.accountId === accountId) return standing.revision;
  if (nowMs - standing.atMs < CLAIM_MS || (await isLinkedTo(standing.accountId, memberId))) return null;
  return (await compareAndSwap(MEMBER_CLAIM_ENTITY, key, standing, claim)) ? claim.revision : null;
}

async function readClaim(key: string): Promise<Versioned<z.infer<typeof rowSchema>> | null> {
  const row = await kvs.entity<unknown>(MEMBER_CLAIM_ENTITY).get(key);
  return row === undefined ? null : rowSchema.parse(row);
}

async function isLinkedTo(accountId: string, memberId: number): Promise<boolean> {
  const link = await readLink(accountId);
  return link.state === 'linked' && link.memberId === memberId;
}
