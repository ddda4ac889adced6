import { z } from 'zod';
import {
  MAX_TRUSTED_DOMAINS,
  err,
  ok,
  type IdentityQuestion,
  type IdentitySettings,
  type Result,
} from '../../../contract';
import { parseInput } from '../../../usecases/result';
import { normalizeDomain } from '../../../domain/people';
import { changeIdentity, readIdentity, wasTrustAsked } from '../../../adapters/store';
import type { AdminRequest } from '../request';
import { lookAgainAt } from './sync';

/** A domain in its ASCII form: two labels or more, so that nobody trusts a whole top-level domain. */
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

type Trust = Pick<IdentitySettings, 'customers'>;
const identitySchema: z.ZodType<Trust> = z.object({
  customers: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('all') }),
    z.object({
      kind: z.literal('domains'),
      domains: z.array(z.string().trim().min(1).max(253)).min(1).max(MAX_TRUSTED_DOMAINS),
    }),
  ]),
});

/** When an e-mail address may stand for an identity. */
export async function identity(): Promise<Result<IdentitySettings>> {
  return ok(await readIdentity());
}

/** Whether the setup still has to ask about portal customers, and what holds until then. */
export async function identityQuestion(): Promise<Result<IdentityQuestion>> {
  const [wasAsked, settings] = await Promise.all([wasTrustAsked(), readIdentity()]);
  return ok({ isOpen: !wasAsked, settings });
}

/** Stores it, the domains in the form in which they are compared. Links that stand are left as they are. */
export async function saveIdentity(_request: AdminRequest, payload: unknown): Promise<Result<IdentitySettings>> {
  const input = parseInput(identitySchema, payload);
  if (input.kind === 'problem') return input;
  const settings = comparable(input.value);
  const wrong = settings.customers.kind === 'domains' ? settings.customers.domains.find(isNoDomain) : undefined;
  if (wrong !== undefined)
    return err({ code: 'invalidInput', field: 'customers.domains', reason: { code: 'notADomain', given: wrong } });
  const saved = await changeIdentity(settings);
  await lookAgainAt(['untrustedAccount', 'certain']);
  return ok(saved);
}

function comparable({ customers }: Trust): Trust {
  if (customers.kind !== 'domains') return { customers };
  // People type what stands in an address, with its @ or without, and end a sentence with it.
  const domains = customers.domains.map((domain) => normalizeDomain(domain.trim().replace(/^[@\uff20]|\.$/g, '')));
  return { customers: { kind: 'domains', domains: [...new Set(domains)] } };
}

function isNoDomain(domain: string): boolean {
  return domain.length > 253 || !DOMAIN.test(domain);
}
