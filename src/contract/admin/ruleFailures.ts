import type { ActionKey } from '../action';

/** Why an action of a rule failed, as far as it makes a difference to what somebody does about it. */
export const RULE_FAILURE_CAUSES = [
  'notConfigured',
  'notProven',
  'writesStopped',
  'projectOff',
  'issueNotVisible',
  'notPermitted',
  'consentNeeded',
  'notFound',
  'ambiguous',
  'emailHidden',
  'unlinked',
  'noReporter',
  'segmentUnknown',
  'segmentUnclear',
  'segmentUnreadable',
  'notInSource',
  'invalidInput',
  'queueFull',
  'gaveUp',
  'notConfirmed',
  'shorterLoop',
  'jira',
  'storage',
  'internal',
] as const;
/** One of {@link RULE_FAILURE_CAUSES}. */
export type RuleFailureCause = (typeof RULE_FAILURE_CAUSES)[number];

/**
 * One action that failed, under the operation id that the rule's audit log has. Forge does not tell an action which
 * rule it is a part of: the work item and the time lead to it. `issueKey` is null where the rule gave none.
 */
export type RuleFailure = {
  readonly operationId: string;
  readonly action: ActionKey;
  readonly issueKey: string | null;
  readonly cause: RuleFailureCause;
  readonly atMs: number;
};

/** How often actions of rules failed for one cause. Times are milliseconds since the epoch. */
export type RuleFailureCount = {
  readonly cause: RuleFailureCause;
  readonly lastWeek: number;
  readonly lastMonth: number;
  readonly lastAtMs: number;
  /** The latest of them, the newest first, at most {@link RULE_FAILURES_SHOWN}. */
  readonly latest: readonly RuleFailure[];
};

/** How many failures of a cause are shown one by one. */
export const RULE_FAILURES_SHOWN = 5;
