import { createHash } from 'node:crypto';
import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { API_CLIENT_ACTS, type ApiClientAct } from '../../contract';
import { readMany, type Place } from './batch';
import { eachRow } from './pages';

/** The entity that keeps API clients. */
export const API_CLIENT_ENTITY = 'api-client';
/** How many API clients are kept at most: an admin who needs more has lost track of them. */
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
 * The names of API clients by their ids, 25 a call; one that is not kept any more is left out.
 * Read by key, as a query may not show yet who was made just now. Throws ForgeKvsError when storage fails.
 */
export function readApiClientNames(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return readMany([...new Set(ids)], placeOf, (id, row) => apiClientOf(id, row).name);
}

/** Stores an API client. Throws ForgeKvsError when storage fails. */
export async function writeApiClient({ id, lastUsedAtMs, ...apiClient }: ApiClient): Promise<void> {
  await kvs
    .entity<object>(API_CLIENT_ENTITY)
    .set(id, lastUsedAtMs === null ? apiClient : { ...apiClient, lastUsedAtMs });
}

/** Forgets an API client: from now on its secret opens nothing. Throws ForgeKvsError when storage fails. */
export async function deleteApiClient(id: string): Promise<void> {
  await kvs.entity<object>(API_CLIENT_ENTITY).delete(id);
}

function apiClientOf(id: string, row: unknown): ApiClient {
  const { lastUsedAtMs, ...apiClient } = rowSchema.parse(row);
  return { id, ...apiClient, lastUsedAtMs: lastUsedAtMs ?? null };
}
