/** Of which portal customers the e-mail address may say who they are. */
export type PortalTrust =
  | { readonly kind: 'none' }
  /** Those with an address in one of these domains, as an admin typed them. */
  | { readonly kind: 'domains'; readonly domains: readonly string[] }
  | { readonly kind: 'all' };

/** When an e-mail address may stand for an identity. */
export type IdentitySettings = {
  readonly customers: PortalTrust;
  /** Whether the app links who is certain by itself; it does only once its reads are proven. */
  readonly isAutomatic: boolean;
};

/** Whether the setup still has to ask about portal customers, and what holds until it is answered. */
export type IdentityQuestion = { readonly isOpen: boolean; readonly settings: IdentitySettings };

/** What holds until an admin says otherwise: whoever signs up for a portal may have typed any address. */
export const DEFAULT_IDENTITY: IdentitySettings = { customers: { kind: 'none' }, isAutomatic: true };

/** How many domains can be trusted. */
export const MAX_TRUSTED_DOMAINS = 50;

/** Why an address that a member has does not say by itself that its account is that member. */
export const REVIEW_REASONS = ['emailShared', 'memberLinked', 'untrustedAccount', 'inactiveAccount'] as const;
/**
 * One of {@link REVIEW_REASONS}. `emailShared`: several members or accounts have it. `memberLinked`: the member has
 * an account already. `untrustedAccount`: a portal customer who is not trusted, or an account of an unknown type.
 */
export type ReviewReason = (typeof REVIEW_REASONS)[number];
