import { createHash } from 'node:crypto';
import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { HOOK_ACTS, type HookAct } from '../../contract';
import { readMany, type Place } from './batch';
import { readRows } from './pages';

const HOOK_ENTITY = 'hook';
/** How many callers are kept at most: an admin who needs more has lost track of them. */
export const MOST_HOOKS = 50;

const placeOf = (id: string): Place => ({ key: id, entityName: HOOK_ENTITY });

const rowSchema = z.object({
  name: z.string(),
  acts: z.array(z.enum(HOOK_ACTS)),
  secretHash: z.string(),
  createdAtMs: z.number(),
  createdByAccountId: z.string(),
  lastUsedAtMs: z.number().optional(),
});

/** A caller from outside. Of its secret only a SHA-256 is kept, in hex. */
export type Hook = {
  readonly id: string;
  readonly name: string;
  readonly acts: readonly HookAct[];
  readonly secretHash: string;
  readonly createdAtMs: number;
  readonly createdByAccountId: string;
  readonly lastUsedAtMs: number | null;
};

/** What is kept of a secret: its SHA-256 in hex. A secret has 256 random bits, so that no salt is needed. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Every caller, the oldest first. Throws ForgeKvsError when storage fails. */
export async function readHooks(): Promise<Hook[]> {
  const { rows } = await readRows(kvs.entity<unknown>(HOOK_ENTITY).query().index('createdAtMs'), MOST_HOOKS);
  return rows.map(({ key, value }) => hookOf(key, value));
}

/** The caller with this id, null when there is none. Throws ForgeKvsError when storage fails. */
export async function readHook(id: string): Promise<Hook | null> {
  const row = await kvs.entity<unknown>(HOOK_ENTITY).get(id);
  return row === undefined ? null : hookOf(id, row);
}

/**
 * The names of callers by their ids, 25 a call; one that is not kept any more is left out.
 * Read by key, as a query may not show yet who was made just now. Throws ForgeKvsError when storage fails.
 */
export function readHookNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return readMany([...new Set(ids)], placeOf, (id, row) => hookOf(id, row).name);
}

/** Stores a caller. Throws ForgeKvsError when storage fails. */
export async function writeHook({ id, lastUsedAtMs, ...hook }: Hook): Promise<void> {
  await kvs.entity<object>(HOOK_ENTITY).set(id, lastUsedAtMs === null ? hook : { ...hook, lastUsedAtMs });
}

/** Forgets a caller: from now on its secret opens nothing. Throws ForgeKvsError when storage fails. */
export async function deleteHook(id: string): Promise<void> {
  await kvs.entity<object>(HOOK_ENTITY).delete(id);
}

function hookOf(id: string, row: unknown): Hook {
  const { lastUsedAtMs, ...hook } = rowSchema.parse(row);
  return { id, ...hook, lastUsedAtMs: lastUsedAtMs ?? null };
}
