import type { FailedChange } from '@contract';
import { t } from '../../i18n';

const CAUSES = [
  'tooManyAttempts',
  'saidNo',
  'notSent',
  'inBoth',
  'inNeither',
  'unchanged',
  'notReadable',
  'noMember',
  'notLinked',
  'segmentUnknown',
  'segmentUnreadable',
  'segmentAmbiguous',
  'operationIdTaken',
  'sourceUnclear',
  'stale',
  'notPermitted',
  'apiClientGone',
  'apiClientMayNot',
  'consentNeeded',
  'waitedTooLong',
  'issueNotVisible',
  'projectOff',
  'notConfigured',
  'notProven',
  'writeNotProven',
  'writesStopped',
  'shorterLoop',
  'jira',
  'featureOff',
  'notConfirmed',
  'unknown',
] as const;

/** What a rule wanted. Segments are named as the rule has them. */
export function whatText({ kind, source, target }: Pick<FailedChange, 'kind' | 'source' | 'target'>): string {
  const from = source === null || source === 'any' ? t('admin.health.failed.wherever') : source;
  switch (kind) {
    case 'move':
      return t('admin.health.failed.move', { source: from, target: target ?? '' });
    case 'remove':
      return t('admin.health.failed.remove', { source: from });
    case 'add':
      return t('admin.health.failed.add', { target: target ?? '' });
  }
}

/** Why it was given up. A cause without words of its own is told by its code. */
export function causeText(code: string): string {
  const known = CAUSES.find((cause) => cause === code);
  return known === undefined
    ? t('admin.health.failed.causes.other', { code })
    : t(`admin.health.failed.causes.${known}`);
}
