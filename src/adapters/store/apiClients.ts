import { createHash, timingSafeEqual } from 'node:crypto';
import { Filter, FilterConditions, kvs } from '@forge/kvs';
import { z } from 'zod';
import { API_CLIENT_ACTS, type ApiClientAct } from '../../contract';
import { readMany, type Place } from './batch';
import { eachRow } from './pages';

/** The entity that keeps API clients. */
export const API_CLIENT_ENTITY = 'api-client';
/** How many API clients can be made: an admin who needs more has lost track of them. */
export const MAX_API_CLIENTS = 50;

const placeOf = (id: string): Place => ({ key: id, entityName: API_CLIENT_ENTITY });

const rowSchema = z.object({
  name: z.string(),
  acts: z.array(z.enum(API_CLIENT_ACTS)),
  secretHash: z.string(),
  createdAtMs: z.number(),
  createdByAccountId: z.string(),
  lastUsedAtMs: z.number().optional(),
});

/** An API client. Of its secret only a SHA-256 is kept, in hex. */
export type ApiClient = {
  readonly id: string;
  readonly name: string;
  readonly acts: readonly ApiClientAct[];
  readonly secretHash: string;
  readonly createdAtMs: number;
  readonly createdByAccountId: string;
  readonly lastUsedAtMs: number | null;
};

/** What is kept of a secret: its SHA-256 in hex. A secret has 256 random bits, so that no salt is needed. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/**
 * Whether it is the secret of which only a hash is kept; null where none was ever made. Takes as long for a wrong
 * secret as for a right one, and where there is none to compare it with: the time tells nobody anything.
 */
export function isSecretOf(secret: string, secretHash: string | null): boolean {
  const given = Buffer.from(hashOfSecret(secret), 'hex');
  const kept = Buffer.from(secretHash ?? '', 'hex');
  const isRight = timingSafeEqual(given, kept.length === given.length ? kept : Buffer.from(hashOfSecret(''), 'hex'));
  return isRight && secretHash !== null && secret !== '';
}

/**
 * Every API client, the oldest first: also those beyond {@link MAX_API_CLIENTS}, which several admins can make at the
 * same moment. One whose row can't be read opens nothing, and keeps nobody from revoking the others. Throws
 * ForgeKvsError when storage fails.
 */
export async function readApiClients(): Promise<ApiClient[]> {
  const found: ApiClient[] = [];
  for await (const { key, value } of eachRow(kvs.entity<unknown>(API_CLIENT_ENTITY).query().index('createdAtMs')))
    if (rowSchema.safeParse(value).success) found.push(apiClientOf(key, value));
  return found;
}

/** The API client with this id, null when there is none. Throws ForgeKvsError when storage fails. */
export async function readApiClient(id: string): Promise<ApiClient | null> {
  const row = await kvs.entity<unknown>(API_CLIENT_ENTITY).get(id);
  return row === undefined ? null : apiClientOf(id, row);
}

/**
 * The names of API clients by their ids, 25 a call; one that is not kept any more, or can't be read, is left out.
 * Read by key, as a query may not show yet who was made just now. Throws ForgeKvsError when storage fails.
 */
export async function readApiClientNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const names = await readMany([...new Set(ids)], placeOf, (_id, row) => rowSchema.safeParse(row).data?.name ?? null);
  return new Map([...names].flatMap(([id, name]) => (name === null ? [] : [[id, name] as const])));
}

/** Stores a new API client. Throws ForgeKvsError when storage fails. */
export async function writeApiClient(apiClient: ApiClient): Promise<void> {
  await kvs.entity<object>(API_CLIENT_ENTITY).set(apiClient.id, rowOf(apiClient));
}

/**
 * Notes when an API client was last used, on the condition that it still stands with this very secret: an answer that
 * was on its way when the client was revoked, or the app uninstalled, must not bring it back. A condition on a row
 * that is not there is refused (measured 2026-10-09).
 * @returns false when it does not stand any more. Throws what storage threw when it can't be told.
 * @see https://developer.atlassian.com/platform/forge/storage-reference/entities-transactions/
 */
export async function noteApiClientUse(apiClient: ApiClient, atMs: number): Promise<boolean> {
  const { id, secretHash } = apiClient;
  const row = rowOf({ ...apiClient, lastUsedAtMs: atMs });
  const stands = {
    entityName: API_CLIENT_ENTITY,
    conditions: new Filter<ClientRow>().and('secretHash', FilterConditions.equalTo(secretHash)),
  };
  try {
    await kvs.transact().set<ClientRow>(id, row, stands).execute();
    return true;
  } catch (error) {
    if ((await readApiClient(id))?.secretHash === secretHash) throw error;
    return false;
  }
}

/** Forgets an API client: from now on its secret opens nothing. Throws ForgeKvsError when storage fails. */
export async function deleteApiClient(id: string): Promise<void> {
  await kvs.entity<object>(API_CLIENT_ENTITY).delete(id);
}

/** A stored API client; the hash is what a transaction holds it against. */
type ClientRow = Omit<ApiClient, 'id' | 'lastUsedAtMs'> & { readonly lastUsedAtMs?: number };

function rowOf({ id: _key, lastUsedAtMs, ...apiClient }: ApiClient): ClientRow {
  return lastUsedAtMs === null ? apiClient : { ...apiClient, lastUsedAtMs };
}

function apiClientOf(id: string, row: unknown): ApiClient {
  const { lastUsedAtMs, ...apiClient } = rowSchema.parse(row);
  return { id, ...apiClient, lastUsedAtMs: lastUsedAtMs ?? null };
}
