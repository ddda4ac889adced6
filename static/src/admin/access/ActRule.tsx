import { JIRA_PERMISSIONS, type Act } from '@contract';
import { SelectField } from '../../shared/SelectField';
import { TextField } from '../../shared/TextField';
import { list, t } from '../../i18n';
import { groupNames, type AccessFormValues } from './form';

type Rule = AccessFormValues[Act];
type ActRuleProps = {
  readonly act: Act;
  readonly rule: Rule;
  /** What is wrong with the groups. */
  readonly error: string | undefined;
  readonly isDisabled: boolean;
  readonly onChange: (changed: Partial<Rule>) => void;
};

/** Who may do one act. */
export function ActRule({ act, rule, error, isDisabled, onChange }: ActRuleProps) {
  return (
    <fieldset className="rule">
      <legend>{t(`admin.access.acts.${act}`)}</legend>
      <SelectField
        label={t('admin.access.permission')}
        value={rule.permission}
        values={JIRA_PERMISSIONS}
        textOf={(permission) => t(`common.permissions.${permission}`)}
        isDisabled={isDisabled}
        onChange={(permission) => onChange({ permission })}
      />
      <TextField
        label={t('admin.access.groups')}
        value={rule.groups}
        error={error}
        isReadOnly={isDisabled}
        onChange={(groups) => onChange({ groups })}
      />
      <p className="subtle small">{meaningOf(rule)}</p>
    </fieldset>
  );
}

/** What a permission and groups come to, in a sentence. */
function meaningOf({ permission, groups }: Rule): string {
  const names = groupNames(groups);
  const held = t(`common.permissions.${permission}`);
  return names.length === 0
    ? t('admin.access.meaning.anyone', { permission: held })
    : t('admin.access.meaning.inGroups', { permission: held, groups: list(names, 'or') });
}
