import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { DEFAULT_IDENTITY, type IdentitySettings } from '../../contract';

const IDENTITY_KEY = 'identity';

const storedSchema = z.object({
  version: z.literal(1),
  // Left out by what was stored before there was a choice.
  isAutomatic: z.boolean().default(DEFAULT_IDENTITY.isAutomatic),
  // Whether an admin has said whose address counts: the switch alone does not.
  wereCustomersAsked: z.boolean().default(true),
  customers: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('all') }),
    z.object({ kind: z.literal('domains'), domains: z.array(z.string().min(1)) }),
  ]),
});

/** When an e-mail address may stand for an identity. Throws ForgeKvsError when storage fails. */
export async function readIdentity(): Promise<IdentitySettings> {
  const stored = await kvs.get<unknown>(IDENTITY_KEY);
  if (stored === undefined) return DEFAULT_IDENTITY;
  const { customers, isAutomatic } = storedSchema.parse(stored);
  return { customers, isAutomatic };
}

/** Whether an admin has said of which customers the address counts. Throws ForgeKvsError when storage fails. */
export async function wereCustomersAsked(): Promise<boolean> {
  const stored = await kvs.get<unknown>(IDENTITY_KEY);
  return stored !== undefined && storedSchema.parse(stored).wereCustomersAsked;
}

/** Stores a part of it; the admin entry point has checked it. Throws ForgeKvsError when storage fails. */
export async function changeIdentity(change: Partial<IdentitySettings>): Promise<IdentitySettings> {
  const [now, wereAsked] = await Promise.all([readIdentity(), wereCustomersAsked()]);
  const { customers, isAutomatic } = { ...now, ...change };
  const stored = {
    version: 1,
    customers,
    isAutomatic,
    wereCustomersAsked: wereAsked || change.customers !== undefined,
  };
  await kvs.set(IDENTITY_KEY, stored);
  return { customers, isAutomatic };
}
