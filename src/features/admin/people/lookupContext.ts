import { ok, type Result } from '../../../contract';
import { openConnection, type Connected } from '../../../usecases/connection';
import { snapshotFor, readAllSegments, readAffectedSegments, whereTheyAre } from '../../../usecases/lookup';
import type { SegmentWithMembers } from '../../../adapters/shorterloop';
import {
  membersByEmailKey,
  readDirectory,
  readEmailKeyOf,
  readMembers,
  type DirectoryMeta,
} from '../../../adapters/store';

/** What every look at people starts with: the way to Shorter Loop, and the directory that says where to look. */
export type LookupContext = { readonly connected: Connected; readonly directoryMeta: DirectoryMeta | null };

/** Connects with what is stored. Throws ForgeKvsError when storage fails. */
export async function openLookup(): Promise<Result<LookupContext>> {
  const [connected, directoryMeta] = await Promise.all([openConnection(), readDirectory()]);
  return connected.kind === 'ok' ? ok({ connected: connected.value, directoryMeta }) : connected;
}

/** Whom a look is about: members by id, and whoever has an e-mail. */
export type LookupQuestion = { readonly memberIds: readonly number[]; readonly email: string | null };

/**
 * Reads live the segments in which these people are, with the names of all others: all segments where
 * there are few members, and otherwise those that the directory names.
 */
export async function readForLookup(
  { connected, directoryMeta }: LookupContext,
  { memberIds, email }: LookupQuestion,
): Promise<Result<readonly SegmentWithMembers[]>> {
  const snapshot = snapshotFor(connected.settings, directoryMeta);
  const reading =
    snapshot === null
      ? await readAllSegments(connected, 'look')
      : await readAffectedSegments(connected, snapshot, {
          members: await knownAs(memberIds, email),
          affectedSegments: whereTheyAre,
          purpose: 'look',
        });
  return reading.kind === 'ok' ? ok(reading.value.segments) : reading;
}

async function knownAs(memberIds: readonly number[], email: string | null) {
  const keyOf = email === null ? null : await readEmailKeyOf();
  const [byId, byEmail] = await Promise.all([
    readMembers(memberIds),
    email === null || keyOf === null ? [] : membersByEmailKey(keyOf(email)),
  ]);
  return [...byId.values(), ...byEmail.filter(({ memberId }) => !byId.has(memberId))];
}
