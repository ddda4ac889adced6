import type { RuleFailure, RuleFailureCause } from '@contract';
import { exactTimeText } from '../shared/timeText';
import { t } from '../i18n';

/** Why a rule failed, and what to do about it. */
export function ruleCauseText(cause: RuleFailureCause): { readonly title: string; readonly next: string } {
  return { title: t(`admin.ruleFailures.causes.${cause}.title`), next: t(`admin.ruleFailures.causes.${cause}.next`) };
}

/** Which action failed, on which work item and when, with the id that its audit log has. */
export function ruleFailureText({ action, issueKey, atMs, operationId }: RuleFailure): string {
  return t('admin.ruleFailures.one', {
    action: t(`admin.ruleFailures.actions.${action}`),
    issue: issueKey ?? t('admin.ruleFailures.noIssue'),
    time: exactTimeText(atMs),
    id: operationId,
  });
}
