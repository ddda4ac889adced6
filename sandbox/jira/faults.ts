/** What Jira can be made to do instead of answering. */
export type JiraFault =
  /** Status 429. Without `reason` Jira says nothing of why, as its gateway sometimes does. */
  | {
      readonly kind: 'rateLimited';
      readonly retryAfterSeconds: number | null;
      readonly reason:
        'jira-quota-global-based' | 'jira-quota-tenant-based' | 'jira-burst-based' | 'jira-per-issue-on-write' | null;
      /** Sent as the instant `X-RateLimit-Reset`; left out unless given. Milliseconds since the epoch. */
      readonly resetAtMs?: number;
    }
  /** The e-mail resource answers 400, as it does for an app that Atlassian has not approved. */
  | { readonly kind: 'appNotApproved' }
  /** The e-mail resource answers 503. */
  | { readonly kind: 'emailUnavailable' }
  /** Any status of 400 and above, with Jira's error shape. */
  | { readonly kind: 'status'; readonly code: number };

/** A fault, the paths it strikes (a part of the path; all when left out) and how often (for good when left out). */
type JiraFaultRule = { readonly fault: JiraFault; readonly path?: string; readonly times?: number };

/** The switchboard of one Jira. The first fault that fits a request counts. */
export type JiraFaults = {
  add(rule: JiraFaultRule): void;
  clear(): void;
  /** The fault that strikes a request now, counting it; null for none. */
  strike(path: string): JiraFault | null;
};

/** A switchboard with nothing switched on. */
export function createJiraFaults(): JiraFaults {
  let active: { rule: JiraFaultRule; left: number }[] = [];
  return {
    add(rule) {
      active.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY });
    },
    clear() {
      active = [];
    },
    strike(path) {
      const hit = active.find(({ rule, left }) => left > 0 && fits(rule, path));
      if (hit === undefined) return null;
      hit.left -= 1;
      return hit.rule.fault;
    },
  };
}

function fits({ fault, path: part }: JiraFaultRule, path: string): boolean {
  if (
    (fault.kind === 'appNotApproved' || fault.kind === 'emailUnavailable') &&
    !path.startsWith('/rest/api/3/user/email')
  )
    return false;
  return part === undefined || path.includes(part);
}
