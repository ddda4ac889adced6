import type { PageProblem } from '../shared/ask';
import { t } from '../i18n';

/** Which permission is missing for changing people in bulk, in a sentence; null for any other problem. */
export function refusedWords(problem: PageProblem): string | null {
  if (problem.code !== 'notPermitted') return null;
  return problem.needed === 'GROUP'
    ? t('problems.notInGroup.cause')
    : t('bulk.refused.permission', { permission: t(`common.permissions.${problem.needed}`) });
}
