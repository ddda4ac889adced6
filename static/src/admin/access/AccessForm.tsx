import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import { useState } from 'react';
import { ACTS, JIRA_PERMISSIONS, type AccessSettings, type Act, type SaveAccessInput } from '@contract';
import type { PageProblem } from '../../shared/ask';
import { ToneIcon } from '../../shared/Message';
import { ProblemMessage } from '../../shared/ProblemMessage';
import { reasonText } from '../../shared/problemText';
import { list, t } from '../../i18n';
import { accessFormOf, actOfField, groupNames, toAccessInput, type AccessFormValues } from './form';
import { SelectField } from '../../shared/SelectField';
import { TextField } from '../../shared/TextField';

type AccessFormProps = {
  readonly access: AccessSettings;
  /** Answers null when it is saved. */
  readonly save: (input: SaveAccessInput) => Promise<PageProblem | null>;
};

type Saving =
  { readonly state: 'idle' | 'saving' | 'saved' } | { readonly state: 'failed'; readonly problem: PageProblem };

/** Who may change people: for each act a permission of Jira, and groups if wanted. */
export function AccessForm({ access, save }: AccessFormProps) {
  const [form, setForm] = useState<AccessFormValues>(() => accessFormOf(access));
  const [saving, setSaving] = useState<Saving>({ state: 'idle' });
  const isSaving = saving.state === 'saving';
  const problem = saving.state === 'failed' ? saving.problem : null;
  const wrongAct = problem?.code === 'invalidInput' ? actOfField(problem.field) : null;

  const change = (act: Act, changed: Partial<AccessFormValues[Act]>) => {
    setForm({ ...form, [act]: { ...form[act], ...changed } });
    setSaving({ state: 'idle' });
  };
  const submit = async () => {
    if (isSaving) return;
    setSaving({ state: 'saving' });
    const failed = await save(toAccessInput(form));
    setSaving(failed === null ? { state: 'saved' } : { state: 'failed', problem: failed });
  };

  return (
    <form
      className="form"
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <section className="group">
        <Heading as="h2" size="small">
          {t('admin.access.title')}
        </Heading>
        <p>{t('admin.access.intro')}</p>
        {ACTS.map((act) => (
          <fieldset key={act} className="rule">
            <legend>{t(`admin.access.acts.${act}`)}</legend>
            <SelectField
              label={t('admin.access.permission')}
              value={form[act].permission}
              values={JIRA_PERMISSIONS}
              textOf={(permission) => t(`common.permissions.${permission}`)}
              isDisabled={isSaving}
              onChange={(permission) => change(act, { permission })}
            />
            <TextField
              label={t('admin.access.groups')}
              value={form[act].groups}
              error={wrongAct === act && problem?.code === 'invalidInput' ? reasonText(problem.reason) : undefined}
              isReadOnly={isSaving}
              onChange={(groups) => change(act, { groups })}
            />
            <p className="subtle small">{meaningOf(form[act])}</p>
          </fieldset>
        ))}
      </section>
      <div className="save-line">
        <Button type="submit" isLoading={isSaving}>
          {t('admin.access.save')}
        </Button>
        <div role="status" className="save-state">
          {isSaving && t('common.saving')}
          {saving.state === 'saved' && (
            <span className="with-icon">
              <ToneIcon tone="success" /> {t('admin.access.saved')}
            </span>
          )}
          {wrongAct !== null && <span className="field-error">{t('common.fixFields')}</span>}
          {problem !== null && wrongAct === null && (
            <ProblemMessage problem={problem} onRetry={() => void submit()} onReload={() => void submit()} />
          )}
        </div>
      </div>
    </form>
  );
}

/** What a permission and groups come to, in a sentence. */
function meaningOf({ permission, groups }: AccessFormValues[Act]): string {
  const names = groupNames(groups);
  const held = t(`common.permissions.${permission}`);
  return names.length === 0
    ? t('admin.access.meaning.anyone', { permission: held })
    : t('admin.access.meaning.inGroups', { permission: held, groups: list(names, 'or') });
}
