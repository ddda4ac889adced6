import { randomBytes } from 'node:crypto';
import { webTrigger } from '@forge/api';
import { z } from 'zod';
import { HOOK_ACTS, type Answer, type CreatedHook, type CreateHookInput, type HooksView } from '../../../contract';
import { ok, parseInput, problem } from '../../../usecases/result';
import { deleteHook, hashOfSecret, MOST_HOOKS, readHooks, writeHook, type Hook } from '../../../adapters/store';
import type { AdminRequest } from '../request';

/** The web trigger's key in manifest.yml. */
const WEB_TRIGGER = 'rule-hook';

const createSchema: z.ZodType<CreateHookInput> = z.object({
  name: z.string().trim().min(1).max(60),
  acts: z.array(z.enum(HOOK_ACTS)).min(1),
});
const revokeSchema = z.object({ id: z.string().regex(/^[\w-]{1,64}$/) });

/** Every caller from outside, without secrets. */
export async function hooks(): Promise<Answer<HooksView>> {
  return ok(await viewOf(await readHooks()));
}

/** Makes a caller with a secret of its own. The secret is told in this answer, and kept nowhere. */
export async function createHook({ adminAccountId }: AdminRequest, payload: unknown): Promise<Answer<CreatedHook>> {
  const input = parseInput(createSchema, payload);
  if (input.kind === 'problem') return input;
  const known = await readHooks();
  if (known.length >= MOST_HOOKS)
    return problem({ code: 'invalidInput', field: 'name', reason: { code: 'tooManyCallers', most: MOST_HOOKS } });
  const id = randomBytes(9).toString('base64url');
  const secret = randomBytes(32).toString('base64url');
  const { name, acts } = input.value;
  const hook: Hook = {
    id,
    name,
    acts: [...new Set(acts)],
    secretHash: hashOfSecret(secret),
    createdAtMs: Date.now(),
    createdByAccountId: adminAccountId,
    lastUsedAtMs: null,
  };
  await writeHook(hook);
  // The query that lists them may not show the new one yet.
  return ok({ view: await viewOf([...known, hook]), id, secret });
}

/** Takes a caller away: from now on its secret opens nothing. */
export async function revokeHook(_request: AdminRequest, payload: unknown): Promise<Answer<HooksView>> {
  const input = parseInput(revokeSchema, payload);
  if (input.kind === 'problem') return input;
  await deleteHook(input.value.id);
  return ok(await viewOf((await readHooks()).filter(({ id }) => id !== input.value.id)));
}

async function viewOf(known: readonly Hook[]): Promise<HooksView> {
  return { url: await webTrigger.getUrl(WEB_TRIGGER), hooks: known.map(({ secretHash: _kept, ...view }) => view) };
}
