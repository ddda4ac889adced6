import type { IdentitySettings } from '@contract';
import { typedList } from '../../shared/typedList';

/** The ways to trust portal customers, the safest first. */
export const TRUST_CHOICES = ['none', 'domains', 'all'] as const;

/** The setting as typed: domains with commas or blanks between them. */
export type IdentityForm = { readonly kind: (typeof TRUST_CHOICES)[number]; readonly domains: string };

/** The setting as its form shows it. */
export function identityFormOf({ customers }: IdentitySettings): IdentityForm {
  return { kind: customers.kind, domains: customers.kind === 'domains' ? customers.domains.join(', ') : '' };
}

/** What the form stands for. */
export function identityOf({ kind, domains }: IdentityForm): Pick<IdentitySettings, 'customers'> {
  if (kind !== 'domains') return { customers: { kind } };
  return { customers: { kind, domains: typedList(domains) } };
}
