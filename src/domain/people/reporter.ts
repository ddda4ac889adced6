/** The reporter as Jira answers, before anything is known of Shorter Loop. */
export type Reporter = {
  readonly accountId: string;
  readonly displayName: string;
  /** Jira's account type: `atlassian`, `customer` or `app`; others may be added by Atlassian. */
  readonly accountType: string | null;
  /** False when the account was deactivated; null when Jira did not say. */
  readonly active: boolean | null;
  /** Only when Jira shows it to the person who is looking at the issue. */
  readonly visibleEmail: string | null;
  /** Their picture; left out where a page of the app may not load it. */
  readonly avatarUrl?: string;
};

/** Whether a reporter can be a member at all. */
export type Personhood =
  { readonly kind: 'person' } | { readonly kind: 'notAPerson'; readonly reason: 'app' | 'formerUser' };

/**
 * Tells people from what merely stands in a reporter field.
 * Jira gives an erased account the id `unknown`, which Atlassian asks apps never to store.
 * @see https://developer.atlassian.com/cloud/jira/platform/user-privacy-developer-guide/
 */
export function personhoodOf(reporter: Reporter): Personhood {
  if (reporter.accountId === 'unknown') return { kind: 'notAPerson', reason: 'formerUser' };
  if (reporter.accountType === 'app') return { kind: 'notAPerson', reason: 'app' };
  return { kind: 'person' };
}
