import type { EmailHiddenReason, IdentitySettings, ReviewReason } from '../../contract';
import { domainOfEmail, normalizeDomain } from './email';
import type { Reporter } from './reporter';

/** What Jira tells of the reporter's e-mail. */
export type EmailFact =
  { readonly kind: 'email'; readonly email: string } | { readonly kind: 'hidden'; readonly reason: EmailHiddenReason };

/** What an e-mail address says of who an account is. */
export type EmailIdentity =
  | { readonly kind: 'hidden'; readonly reason: EmailHiddenReason }
  /** No member has it. */
  | { readonly kind: 'nobody' }
  | { readonly kind: 'certain'; readonly memberId: number }
  /** Somebody has to decide by hand. */
  | { readonly kind: 'review'; readonly reason: ReviewReason };

/** What is known beside the account itself. */
export type IdentityEvidence = {
  /** The ids of the members who have exactly the account's address. */
  readonly candidates: readonly number[];
  /** The other accounts that are linked to the only candidate, or would be for the same address. */
  readonly otherAccounts: readonly string[];
  readonly settings: Pick<IdentitySettings, 'customers'>;
};

/**
 * The one place that decides whether an address makes an account a member: only an active account whose address its
 * own type vouches for, only when one member has the address, and only when that member has no account yet.
 * @param email null when nobody asked for it
 */
export function identifyByEmail(
  reporter: Reporter,
  email: EmailFact | null,
  evidence: IdentityEvidence,
): EmailIdentity {
  if (email === null) return { kind: 'hidden', reason: 'unavailable' };
  if (email.kind === 'hidden') return email;
  const [memberId, ...others] = evidence.candidates;
  if (memberId === undefined) return { kind: 'nobody' };
  if (others.length > 0) return { kind: 'review', reason: 'emailShared' };
  if (!isTrusted(reporter, email.email, evidence.settings)) return { kind: 'review', reason: 'untrustedAccount' };
  if (reporter.active !== true) return { kind: 'review', reason: 'inactiveAccount' };
  return evidence.otherAccounts.some((accountId) => accountId !== reporter.accountId)
    ? { kind: 'review', reason: 'memberLinked' }
    : { kind: 'certain', memberId };
}

/**
 * Whether an account's type vouches for its address. An Atlassian account's is verified by Atlassian; a customer's
 * is what the portal was given, and is as good as the portal's way to sign up.
 * @see https://support.atlassian.com/jira-service-management-cloud/docs/what-are-portal-only-customer-accounts/
 */
function isTrusted({ accountType }: Reporter, email: string, { customers }: IdentityEvidence['settings']): boolean {
  if (accountType === 'atlassian') return true;
  if (accountType !== 'customer') return false;
  switch (customers.kind) {
    case 'none':
      return false;
    case 'all':
      return true;
    case 'domains': {
      const domain = domainOfEmail(email);
      return customers.domains.some((trusted) => normalizeDomain(trusted) === domain);
    }
  }
}
