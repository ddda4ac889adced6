import { randomUUID } from 'node:crypto';
import { kvs, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import { readAll } from './batch';
import { pastMoment } from './moments';
import { readRows } from './pages';

/** What the keys of noted changes begin with. */
const PREFIX = 'changed-members:';
/** What nobody looked at for so long is left to the sweep of the identity sync. */
const KEPT = { ttl: { value: 7, unit: 'DAYS' } } as const;

/** A member who joined, left or has another address. The keys are those of the addresses before and after. */
export type ChangedMember = { readonly memberId: number; readonly emailKeys: readonly string[] };
/** Changes that were noted together, and when (milliseconds since the epoch). */
export type MemberChanges = {
  readonly key: string;
  readonly atMs: number;
  readonly members: readonly ChangedMember[];
};

const storedSchema = z.object({
  atMs: z.number(),
  members: z.array(z.object({ memberId: z.number(), emailKeys: z.array(z.string()) })),
});

/**
 * Notes that members are about to change in the directory, before they do: should the process die in between, they are
 * looked at in vain, and never forgotten. Throws ForgeKvsError when storage fails.
 */
export async function noteMemberChanges(members: readonly ChangedMember[], nowMs: number): Promise<void> {
  await kvs.set(`${PREFIX}${randomUUID()}`, { atMs: nowMs, members }, KEPT);
}

/**
 * Some of the noted changes. The query may not show the last seconds' ones; what it shows is read by key. Throws
 * ForgeKvsError when storage fails.
 * @param limit at most 25
 */
export async function memberChanges(
  limit: number,
): Promise<{ readonly changes: readonly MemberChanges[]; readonly isAll: boolean }> {
  const { rows, isAll } = await readRows(kvs.query().where('key', WhereConditions.beginsWith(PREFIX)), limit);
  const places = rows.map(({ key }) => ({ key }));
  const at = await readAll(places);
  const changes = places.flatMap((place) => {
    const stored = at(place);
    if (stored === undefined) return [];
    const { atMs, members } = storedSchema.parse(stored);
    return [{ key: place.key, atMs: pastMoment(atMs), members }];
  });
  return { changes, isAll };
}

/** Whether any are noted. Throws ForgeKvsError when storage fails. */
export async function hasMemberChanges(): Promise<boolean> {
  return (await memberChanges(1)).changes.length > 0;
}

/** Forgets changes that were looked at. Throws ForgeKvsError when storage fails. */
export async function deleteMemberChanges({ key }: MemberChanges): Promise<void> {
  await kvs.delete(key);
}
