import { kvs, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import { unknownMember, withLearned, type MemberRecord } from '../../domain/people';
import { deleteAll, readMany, writeAll, type Place } from './batch';
import { inGroupsOf, KEYS_AT_ONCE } from './groups';
import { pastMoment } from './moments';
import { readRows } from './pages';

/** The entity that keeps one row a member, keyed by member id. */
const MEMBER_ENTITY = 'member';
/** The most that Forge returns at once. */
const PAGE = 100;

const rowSchema = z.object({
  segmentIds: z.array(z.int().positive()),
  emailKey: z.string().optional(),
  updatedAtMs: z.number().optional(),
});

const placeOf = (memberId: number): Place => ({ key: String(memberId), entityName: MEMBER_ENTITY });

/**
 * What the directory knows of a member; null when it knows of no such member. Throws ForgeKvsError when storage
 * fails.
 */
export async function readMember(memberId: number): Promise<MemberRecord | null> {
  const row = await kvs.entity<unknown>(MEMBER_ENTITY).get(String(memberId));
  return row === undefined ? null : memberOf(String(memberId), row);
}

/** {@link readMember} of many, 25 a call; who is not known is left out. Throws ForgeKvsError when storage fails. */
export function readMembers(memberIds: readonly number[]): Promise<Map<number, MemberRecord>> {
  return readMany(memberIds, placeOf, (memberId, row) => memberOf(String(memberId), row));
}

/**
 * Every member with this e-mail: more than one when members share it. The query may not show the last
 * seconds' changes. Throws ForgeKvsError when storage fails.
 */
export async function membersByEmailKey(emailKey: string): Promise<MemberRecord[]> {
  const { rows } = await readRows(
    kvs.entity<unknown>(MEMBER_ENTITY).query().index('emailKey').where(WhereConditions.equalTo(emailKey)),
    PAGE,
  );
  return rows.map(({ key, value }) => memberOf(key, value));
}

/**
 * Every member who was looked at for themselves before a time. The query may not show the last seconds'
 * changes. Throws ForgeKvsError when storage fails.
 */
export async function updatedMembers(beforeMs: number): Promise<MemberRecord[]> {
  const members: MemberRecord[] = [];
  let cursor: string | undefined;
  do {
    const query = kvs
      .entity<unknown>(MEMBER_ENTITY)
      .query()
      .index('updatedAtMs')
      .where(WhereConditions.lessThan(beforeMs))
      .limit(PAGE);
    const { results, nextCursor } = await (cursor === undefined ? query : query.cursor(cursor)).getMany();
    members.push(...results.map(({ key, value }) => memberOf(key, value)));
    cursor = nextCursor;
  } while (cursor !== undefined);
  return members;
}

/** Stores members, 25 a call. Throws ForgeKvsError when storage fails; some may be stored then. */
export async function writeMembers(members: readonly MemberRecord[]): Promise<void> {
  for (const some of inGroupsOf(members, KEYS_AT_ONCE)) {
    await writeAll(
      MEMBER_ENTITY,
      some.map((member) => ({ key: String(member.memberId), value: rowOf(member) })),
    );
  }
}

/** Forgets members, 25 a call. Throws ForgeKvsError when storage fails; some may be forgotten then. */
export async function deleteMembers(memberIds: readonly number[]): Promise<void> {
  for (const some of inGroupsOf(memberIds, KEYS_AT_ONCE)) await deleteAll(some.map(placeOf));
}

/** What a live reading or a write has shown of one member. */
export type MembershipUpdate = {
  readonly memberId: number;
  /** Whether they are in a segment, by segment id; of others nothing was learned. */
  readonly learned: ReadonlyMap<number, boolean>;
  /** When it was seen, milliseconds since the epoch. */
  readonly atMs: number;
};

/**
 * Corrects the directory by what was just seen of members, 25 a call. The next refresh looks at each of
 * them again. Throws ForgeKvsError when storage fails.
 */
export async function updateMemberships(noted: readonly MembershipUpdate[]): Promise<void> {
  const known = await readMembers(noted.map(({ memberId }) => memberId));
  await writeMembers(
    noted.map(({ memberId, learned, atMs }) => ({
      ...withLearned(known.get(memberId) ?? unknownMember(memberId), learned),
      updatedAtMs: atMs,
    })),
  );
}

function memberOf(key: string, row: unknown): MemberRecord {
  const { segmentIds, emailKey, updatedAtMs } = rowSchema.parse(row);
  // One that lies ahead would keep every refresh from this member: it counts as seen long ago.
  const seenAtMs = updatedAtMs === undefined ? null : pastMoment(updatedAtMs);
  return { memberId: Number(key), segmentIds, emailKey: emailKey ?? null, updatedAtMs: seenAtMs };
}

function rowOf({ segmentIds, emailKey, updatedAtMs }: MemberRecord): z.infer<typeof rowSchema> {
  return {
    segmentIds: [...segmentIds],
    ...(emailKey === null ? {} : { emailKey }),
    ...(updatedAtMs === null ? {} : { updatedAtMs }),
  };
}
