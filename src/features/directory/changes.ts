import type { MemberRecord } from '../../domain/people';
import { inGroupsOf, KEYS_AT_ONCE, noteMemberChanges, readDirectory, type ChangedMember } from '../../adapters/store';
import type { StorageRateLimiter } from '../../usecases/connection';

/** A member's row before and after a change; null where the directory does not know them. */
type RowChange = { readonly before: MemberRecord | null; readonly after: MemberRecord | null };
/** Notes those among the changes that may make a reporter certain, or their link doubtful. */
export type NoteChanges = (changes: readonly RowChange[]) => Promise<void>;

/**
 * Notes who joins, leaves or has another address, so that reporters are looked at again. Whom the first refresh finds
 * is nobody's change: the identity sync begins after it. Throws ForgeKvsError when storage fails.
 */
export async function changesOf(storageLimiter: StorageRateLimiter): Promise<NoteChanges> {
  const directory = await readDirectory();
  if (directory === null || directory.complete === null) return () => Promise.resolve();
  return async (changes) => {
    for (const members of inGroupsOf(changes.flatMap(changed), KEYS_AT_ONCE)) {
      await storageLimiter.spend('write', 1);
      await noteMemberChanges(members, Date.now());
    }
  };
}

function changed({ before, after }: RowChange): ChangedMember[] {
  const { memberId } = after ?? before ?? {};
  if (memberId === undefined) return [];
  const isMember = (row: MemberRecord | null): boolean => row !== null && row.segmentIds.length > 0;
  const keys = [before?.emailKey ?? null, after?.emailKey ?? null];
  // Whose row goes was a member until the app itself took them out of their last segment.
  if (after !== null && isMember(before) === isMember(after) && keys[0] === keys[1]) return [];
  return [{ memberId, emailKeys: [...new Set(keys)].filter((key) => key !== null) }];
}
