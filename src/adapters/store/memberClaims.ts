import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { readMany } from './batch';
import { readLink } from './links';
import { compareAndSwap, createRow, versioned, type Versioned } from './versioned';

/** The entity that keeps which account was linked to a member by its e-mail, keyed by the member's id. */
const MEMBER_CLAIM_ENTITY = 'member-claim';
/** How long a claim stands before its link does: longer than any function that links may run for an answer. */
const CLAIM_MS = 60_000;

const rowSchema = z.object({
  accountId: z.string(),
  atMs: z.number(),
  // The key of the address that several accounts have, of whom none was linked.
  contestedKey: z.string().optional(),
  revision: z.string(),
});
type Claim = z.infer<typeof rowSchema>;

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
  const isContested = standing.contestedKey !== undefined;
  if (isContested && nowMs - standing.atMs < CLAIM_MS) return null;
  if (standing.accountId === accountId && !isContested) return standing.revision;
  if (nowMs - standing.atMs < CLAIM_MS || (await isLinkedTo(standing.accountId, memberId))) return null;
  return (await compareAndSwap(MEMBER_CLAIM_ENTITY, key, standing, claim)) ? claim.revision : null;
}

/**
 * Notes that several accounts have the address of a member, so that none of them, nor a further one, is linked by it:
 * whoever looks at one of them alone would take them for the only one. A link that there is stands.
 * @param accountId one of them
 * @param emailKey the key of the address
 */
export async function contestMember(
  memberId: number,
  accountId: string,
  emailKey: string,
  nowMs: number,
): Promise<void> {
  const key = String(memberId);
  const contest = versioned({ accountId, atMs: nowMs, contestedKey: emailKey });
  if (await createRow(MEMBER_CLAIM_ENTITY, key, contest)) return;
  const standing = await readClaim(key);
  if (standing === null || standing.contestedKey === emailKey) return;
  if (await isLinkedTo(standing.accountId, memberId)) return;
  // Who was faster has claimed or contested it: both keep a further account away.
  await compareAndSwap(MEMBER_CLAIM_ENTITY, key, standing, contest);
}

/** An address that several accounts have, by its key, and whether a query may not show all of them yet. */
type Contest = { readonly emailKey: string; readonly isRecent: boolean };

/** The contested ones among these members. Throws ForgeKvsError when storage fails. */
export async function readContests(memberIds: readonly number[], nowMs: number): Promise<ReadonlyMap<number, Contest>> {
  const claims = await readMany(
    memberIds,
    (memberId) => ({ key: String(memberId), entityName: MEMBER_CLAIM_ENTITY }),
    (_memberId, row) => rowSchema.parse(row),
  );
  return new Map(
    [...claims].flatMap(([memberId, { contestedKey, atMs }]) =>
      contestedKey === undefined
        ? []
        : [[memberId, { emailKey: contestedKey, isRecent: nowMs - atMs < CLAIM_MS }] as const],
    ),
  );
}

async function readClaim(key: string): Promise<Versioned<Claim> | null> {
  const row = await kvs.entity<unknown>(MEMBER_CLAIM_ENTITY).get(key);
  return row === undefined ? null : rowSchema.parse(row);
}

async function isLinkedTo(accountId: string, memberId: number): Promise<boolean> {
  const link = await readLink(accountId);
  return link.state === 'linked' && link.memberId === memberId;
}
