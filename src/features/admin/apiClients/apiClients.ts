import { randomBytes, randomUUID } from 'node:crypto';
import { webTrigger } from '@forge/api';
import { z } from 'zod';
import {
  API_CLIENT_ACTS,
  plainName,
  type Result,
  type CreatedApiClient,
  type CreateApiClientInput,
  type ApiClientsView,
  ok,
  err,
} from '../../../contract';
import { invocationEndMs } from '../../../usecases/connection';
import { giveUpChangesOf } from '../../../usecases/jobs';
import { logFailure, parseInput } from '../../../usecases/result';
import {
  deleteApiClient,
  deleteAdmissionsOf,
  hashOfSecret,
  MAX_API_CLIENTS,
  readApiClients,
  writeApiClient,
  type ApiClient,
} from '../../../adapters/store';
import type { AdminRequest } from '../request';

/** The web trigger's key in manifest.yml. */
const WEB_TRIGGER = 'api-requests';

const createSchema: z.ZodType<CreateApiClientInput> = z.object({
  // What turns or breaks the text around a name is none of it.
  name: z.string().transform(plainName).pipe(z.string().min(1).max(60)),
  acts: z.array(z.enum(API_CLIENT_ACTS)).min(1),
});
const revokeSchema = z.object({ id: z.string().regex(/^[\w-]{1,64}$/) });

/** Every API client, without secrets. */
export async function apiClients(): Promise<Result<ApiClientsView>> {
  return ok(await viewOf(await readApiClients()));
}

/** Makes an API client with a secret of its own. The secret is told in this answer, and kept nowhere. */
export async function createApiClient(
  { adminAccountId }: AdminRequest,
  payload: unknown,
): Promise<Result<CreatedApiClient>> {
  const input = parseInput(createSchema, payload);
  if (input.kind === 'problem') return input;
  const known = await readApiClients();
  if (known.length >= MAX_API_CLIENTS)
    return err({
      code: 'invalidInput',
      field: 'name',
      reason: { code: 'tooManyApiClients', most: MAX_API_CLIENTS },
    });
  // Never with a sign in front, which the export of the ledger would mark as a formula (`contract/csv.ts`).
  const id = randomUUID();
  const secret = randomBytes(32).toString('base64url');
  const { name, acts } = input.value;
  const apiClient: ApiClient = {
    id,
    name,
    acts: [...new Set(acts)],
    secretHash: hashOfSecret(secret),
    createdAtMs: Date.now(),
    createdByAccountId: adminAccountId,
    lastUsedAtMs: null,
  };
  await writeApiClient(apiClient);
  // The query that lists them may not show the new one yet.
  return ok({ view: await viewOf([...known, apiClient]), id, secret });
}

/** Time kept for the view that follows. */
const VIEW_MS = 8_000;

/** Takes an API client away: from now on its secret opens nothing, and what it queued is given up. */
export async function revokeApiClient(_request: AdminRequest, payload: unknown): Promise<Result<ApiClientsView>> {
  const input = parseInput(revokeSchema, payload);
  if (input.kind === 'problem') return input;
  await deleteApiClient(input.value.id);
  // It is revoked whatever becomes of its queue, which the consumer gives up by itself.
  await giveUpChangesOf(input.value.id, invocationEndMs() - VIEW_MS)
    .then(() => deleteAdmissionsOf(input.value.id))
    .catch((error: unknown) => logFailure('revoke', error));
  return ok(await viewOf((await readApiClients()).filter(({ id }) => id !== input.value.id)));
}

async function viewOf(known: readonly ApiClient[]): Promise<ApiClientsView> {
  return { url: await webTrigger.getUrl(WEB_TRIGGER), apiClients: known.map(({ secretHash: _kept, ...view }) => view) };
}
