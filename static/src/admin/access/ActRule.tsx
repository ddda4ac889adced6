import { JIRA_PERMISSIONS, type Act } from '@contract';
import { Message } from '../../shared/Message';
import { SelectField } from '../../shared/SelectField';
import { list, t } from '../../i18n';
import { isOpenToProjectMakers, type RuleForm } from './form';
import { GroupsField } from '../GroupsField';

type ActRuleProps = {
  readonly act: Act;
  readonly rule: RuleForm;
  /** What is wrong with the groups. */
  readonly error: string | undefined;
  readonly isDisabled: boolean;
  readonly onChange: (changed: Partial<RuleForm>) => void;
};

/** Who may do one act: what it is, whom the rule lets do it, and a warning where that is more than it seems. */
export function ActRule({ act, rule, error, isDisabled, onChange }: ActRuleProps) {
  return (
    <fieldset className="rule">
      <legend>{t(`admin.access.acts.${act}`)}</legend>
      <p className="subtle small">{t(`admin.access.explain.${act}`)}</p>
      <SelectField
        label={t('admin.access.permission')}
        value={rule.permission}
        values={JIRA_PERMISSIONS}
        textOf={(permission) => t(`common.permissions.${permission}`)}
        isDisabled={isDisabled}
        onChange={(permission) => onChange({ permission })}
      />
      <GroupsField
        label={t('admin.access.groups')}
        groups={rule.groups}
        picked={rule.picked}
        query={rule.query}
        error={error}
        isDisabled={isDisabled}
        onChange={onChange}
      />
      <p className="small">{meaningOf(act, rule)}</p>
      {isOpenToProjectMakers(act, rule) && (
        <Message tone="warning" title={t('admin.access.open.title')}>
          <p>{t('admin.access.open.text', { permission: t(`common.permissions.${rule.permission}`) })}</p>
        </Message>
      )}
    </fieldset>
  );
}

/** Where an act's permission is held: the board is a project's, and a run begins with no work item. */
const PLACES: Partial<Readonly<Record<Act, 'project' | 'anywhere'>>> = {
  board: 'project',
  others: 'project',
  bulk: 'anywhere',
};

/** What a permission and groups come to, in a sentence. */
function meaningOf(act: Act, { permission, groups }: RuleForm): string {
  const isAdmins = permission === 'ADMINISTER';
  const held = { permission: t(`common.permissions.${permission}`), place: PLACES[act] ?? 'issue' };
  if (groups.length === 0) return isAdmins ? t('admin.access.meaning.admins') : t('admin.access.meaning.anyone', held);
  const named = list(groups, 'or');
  return isAdmins
    ? t('admin.access.meaning.adminsInGroups', { groups: named })
    : t('admin.access.meaning.inGroups', { ...held, groups: named });
}
