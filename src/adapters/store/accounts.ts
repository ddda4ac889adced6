import { kvs, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import { isErased } from '../../contract';
import { choosersOf } from '../../domain/profile';
import type { AccountPlace } from './accountPlaces';
import { readAll } from './batch';
import { inGroupsOf, KEYS_AT_ONCE } from './groups';
import { pastMoment } from './moments';
import { readRows } from './pages';
import { readSettings } from './settings';

const ACCOUNT_ENTITY = 'account';
/** The most that Forge returns at once. */
const PAGE = 100;
/** What was not reported for so long is not stored any more. */
const KEPT_DAYS = 30;

const rowSchema = z.record(z.string(), z.unknown());
const knownSchema = z.object({ reportedAtMs: z.number(), updatedAtMs: z.number() });

/** An account of which the app holds an id, and when that was written (milliseconds since the epoch). */
export type HeldAccount = { readonly accountId: string; readonly updatedAtMs: number };
/** What was last told to Atlassian of an account. */
export type ReportedAccount = z.infer<typeof knownSchema>;

/**
 * The accounts in the next rows of a place, each once, in the order of keys. The platform's own index
 * by key is used, so that what is added meanwhile moves nothing.
 * @param after the last key that was looked at, null at the beginning
 * @returns `next` null when there are no more. Throws ForgeKvsError when storage fails.
 */
export async function heldAccounts(
  place: AccountPlace,
  after: string | null,
): Promise<{ readonly accounts: HeldAccount[]; readonly next: string | null }> {
  const query = kvs.entity<unknown>(place.entity).query().index('by-key');
  const { rows, isAll } = await readRows(
    after === null ? query : query.where(WhereConditions.greaterThan(after)),
    PAGE,
  );
  const latest = new Map<string, number>();
  for (const { key, value } of rows) {
    const { ids, atMs } = accountsOf(place, key, value);
    for (const id of ids) latest.set(id, Math.max(atMs, latest.get(id) ?? 0));
  }
  const accounts = [...latest].map(([accountId, updatedAtMs]) => ({ accountId, updatedAtMs }));
  return { accounts, next: isAll ? null : (rows.at(-1)?.key ?? null) };
}

/**
 * The accounts that stand in the settings: who saved them, and who chose a part of their profile. Throws ForgeKvsError
 * when storage fails.
 */
export async function heldInSettings(): Promise<HeldAccount[]> {
  const settings = await readSettings();
  if (settings === null) return [];
  const { savedByAccountId, savedAtMs, connection } = settings;
  const latest = new Map<string, number>();
  const held = [{ byAccountId: savedByAccountId, atMs: savedAtMs }, ...choosersOf(connection.profile)];
  for (const { byAccountId, atMs } of held)
    if (!isErased(byAccountId)) latest.set(byAccountId, Math.max(atMs, latest.get(byAccountId) ?? 0));
  return [...latest].map(([accountId, updatedAtMs]) => ({ accountId, updatedAtMs }));
}

function accountsOf(
  place: AccountPlace,
  key: string,
  value: unknown,
): { readonly ids: string[]; readonly atMs: number } {
  const row = rowSchema.parse(value);
  const held = place.attributes.map((name) => row[name]).filter((id) => typeof id === 'string');
  const ids = [...(place.key === 'account' ? [key] : []), ...held].filter((id) => !isErased(id));
  return { ids, atMs: place.at === null ? Date.now() : z.number().catch(0).parse(row[place.at]) };
}

/**
 * What was last told of these accounts; those of whom nothing was are left out. Throws ForgeKvsError when storage
 * fails.
 */
export async function readReported(accountIds: readonly string[]): Promise<ReadonlyMap<string, ReportedAccount>> {
  const known = new Map<string, ReportedAccount>();
  for (const some of inGroupsOf(accountIds, KEYS_AT_ONCE)) {
    const at = await readAll(some.map((key) => ({ key, entityName: ACCOUNT_ENTITY })));
    for (const key of some) {
      const row = at({ key, entityName: ACCOUNT_ENTITY });
      if (row === undefined) continue;
      const { reportedAtMs, updatedAtMs } = knownSchema.parse(row);
      known.set(key, { reportedAtMs: pastMoment(reportedAtMs), updatedAtMs: pastMoment(updatedAtMs) });
    }
  }
  return known;
}

/**
 * Notes what was told of these accounts. A note that is lost only has an account told twice. Throws ForgeKvsError
 * when storage fails.
 */
export async function writeReported(
  reported: readonly (ReportedAccount & { readonly accountId: string })[],
): Promise<void> {
  for (const some of inGroupsOf(reported, KEYS_AT_ONCE)) {
    await kvs.batchSet(
      some.map(({ accountId, ...value }) => ({
        key: accountId,
        value,
        entityName: ACCOUNT_ENTITY,
        options: { ttl: { value: KEPT_DAYS, unit: 'DAYS' } },
      })),
    );
  }
}

/** Forgets that an account was ever told. Throws ForgeKvsError when storage fails. */
export async function forgetReported(accountId: string): Promise<void> {
  await kvs.entity<object>(ACCOUNT_ENTITY).delete(accountId);
}
