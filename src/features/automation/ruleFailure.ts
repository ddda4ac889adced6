import { jiraKey, type ActionKey, type LedgerEntry, type Problem, type RuleFailureCause } from '../../contract';
import { recordRuleFailure } from '../../adapters/store';
import { logFailure } from '../../usecases/result';

/** What a rule may have given as a work item is any text: only what has the form of a key is kept. */
const ISSUE_KEY = /^[a-z][a-z0-9_]{0,30}-\d{1,12}$/i;

/** An action of a rule that failed. */
export type FailedAction = {
  readonly action: ActionKey;
  readonly operationId: string;
  /** As the rule gave it. */
  readonly issueKey: string | null;
  readonly cause: RuleFailureCause;
};

/** Counts a failure of a rule for the admin's Health tab. Never throws: the answer is more important than the count. */
export async function countRuleFailure({ issueKey, ...failed }: FailedAction): Promise<void> {
  const key = issueKey !== null && ISSUE_KEY.test(issueKey) ? jiraKey(issueKey) : null;
  await recordRuleFailure({ ...failed, issueKey: key, atMs: Date.now() }).catch((error: unknown) => {
    logFailure('health', error);
  });
}

/** Why a write that was sent came to another end than the rule wanted. */
export function causeOfEntry({ members: [member] }: Pick<LedgerEntry, 'members'>): RuleFailureCause {
  return member?.reason === 'saidNo' || member?.reason === 'notSent' ? 'shorterLoop' : 'notConfirmed';
}

/** Why a rule failed before anything was sent. */
export function causeOfProblem(problem: Problem): RuleFailureCause {
  switch (problem.code) {
    case 'noMember':
      return problem.state === 'found' ? 'unlinked' : problem.state === 'notAPerson' ? 'noReporter' : problem.state;
    case 'stale':
      return causeOfStale(problem.reason);
    default:
      return causeOfCode(problem.code);
  }
}

function causeOfStale(reason: Extract<Problem, { code: 'stale' }>['reason']): RuleFailureCause {
  switch (reason) {
    case 'reporterChanged':
      return 'noReporter';
    case 'sourceGone':
    case 'targetGone':
      return 'segmentUnknown';
    case 'linkChanged':
      return 'unlinked';
    case 'notInSource':
    case 'alreadyInTarget':
      return 'notInSource';
  }
}

/** Causes by the codes of problems, and of what a change that waited was given up for. */
const CAUSES: ReadonlyMap<string, RuleFailureCause> = new Map<string, RuleFailureCause>([
  ['notConfigured', 'notConfigured'],
  ['notProven', 'notProven'],
  ['writeNotProven', 'notProven'],
  ['featureOff', 'notProven'],
  ['writesStopped', 'writesStopped'],
  ['projectOff', 'projectOff'],
  ['issueNotVisible', 'issueNotVisible'],
  ['projectNotVisible', 'issueNotVisible'],
  ['notPermitted', 'notPermitted'],
  ['consentNeeded', 'consentNeeded'],
  ['noMember', 'notFound'],
  ['notLinked', 'unlinked'],
  ['segmentUnknown', 'segmentUnknown'],
  ['segmentAmbiguous', 'segmentUnclear'],
  ['sourceUnclear', 'segmentUnclear'],
  ['segmentUnreadable', 'segmentUnreadable'],
  ['stale', 'notInSource'],
  ['invalidInput', 'invalidInput'],
  ['queueFull', 'queueFull'],
  ['tooManyAttempts', 'gaveUp'],
  ['waitedTooLong', 'gaveUp'],
  ['saidNo', 'shorterLoop'],
  ['notSent', 'shorterLoop'],
  ['shorterLoop', 'shorterLoop'],
  ['newKeyRefused', 'shorterLoop'],
  ['inBoth', 'notConfirmed'],
  ['inNeither', 'notConfirmed'],
  ['unchanged', 'notConfirmed'],
  ['notReadable', 'notConfirmed'],
  ['notConfirmed', 'notConfirmed'],
  ['unknown', 'notConfirmed'],
  ['duplicateRequest', 'notConfirmed'],
  ['operationIdTaken', 'notConfirmed'],
  ['busy', 'gaveUp'],
  ['jira', 'jira'],
  ['jiraBudget', 'jira'],
  ['storage', 'storage'],
]);

/** The cause of a code; of one that no rule should ever meet, a fault of the app. */
export function causeOfCode(code: string): RuleFailureCause {
  return CAUSES.get(code) ?? 'internal';
}
