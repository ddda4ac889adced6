import type { Condition, Verdict } from '@contract';
import { ToneIcon } from '../../shared/Message';
import { Status } from '../../shared/Status';
import { list, t } from '../../i18n';

/** For each act whether it is allowed, and the conditions that decide it. */
export function VerdictList({ verdicts }: { readonly verdicts: readonly Verdict[] }) {
  return (
    <ul className="verdicts" aria-label={t('admin.access.test.title')}>
      {verdicts.map(({ act, isAllowed, conditions }) => (
        <li key={act} className="verdict">
          <p>
            <Status
              tone={isAllowed ? 'success' : 'danger'}
              text={t(isAllowed ? 'admin.access.test.allowed' : 'admin.access.test.refused')}
            />{' '}
            {t(`admin.access.test.acts.${act}`)}
          </p>
          <ul className="conditions">
            {conditions.map((condition) => (
              <li key={condition.kind} className="with-icon small">
                <ToneIcon tone={condition.holds === true ? 'success' : 'error'} />
                <span>
                  {conditionText(condition)}: {holdsText(condition.holds)}
                </span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function holdsText(holds: boolean | null): string {
  if (holds === null) return t('admin.access.test.holds.unknown');
  return t(holds ? 'admin.access.test.holds.yes' : 'admin.access.test.holds.no');
}

function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'seesIssue':
    case 'projectOn':
      return t(`admin.access.test.conditions.${condition.kind}`);
    case 'permission':
      return t('admin.access.test.conditions.permission', {
        permission: t(`common.permissions.${condition.permission}`),
      });
    case 'inGroup':
      return t('admin.access.test.conditions.inGroup', { groups: list(condition.groups, 'or') });
  }
}
