import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import { useState } from 'react';
import { ACTS, type AccessSettings, type Act, type SaveAccessInput } from '@contract';
import type { PageProblem } from '../../shared/ask';
import { reasonText } from '../../shared/problemText';
import { t } from '../../i18n';
import { makeDraft, useDraft } from '../../shared/useDraft';
import { AccessSaveState, type Saving } from './AccessSaveState';
import { ActRule } from './ActRule';
import { accessFormOf, actOfField, actWithOpenQuery, toAccessInput, type AccessFormValues } from './form';

const TYPED_ACCESS = makeDraft<AccessFormValues>();

type AccessFormProps = {
  readonly access: AccessSettings;
  /** Answers null when it is saved. */
  readonly save: (input: SaveAccessInput) => Promise<PageProblem | null>;
};

/** Who may change people: for each act a permission of Jira, and groups if wanted. */
export function AccessForm({ access, save }: AccessFormProps) {
  const { value: form, isUnsaved, change: setForm, settle } = useDraft(TYPED_ACCESS, accessFormOf(access));
  const [openAct, setOpenAct] = useState<Act | null>(null);
  const [saving, setSaving] = useState<Saving>({ state: 'idle' });
  const isSaving = saving.state === 'saving';
  const problem = saving.state === 'failed' ? saving.problem : null;
  const wrongAct = problem?.code === 'invalidInput' ? actOfField(problem.field) : null;

  const errorAt = (act: Act): string | undefined => {
    if (openAct === act) return t('common.groups.notChosen');
    return wrongAct === act && problem?.code === 'invalidInput' ? reasonText(problem.reason) : undefined;
  };
  const change = (act: Act, changed: Partial<AccessFormValues[Act]>) => {
    setForm({ ...form, [act]: { ...form[act], ...changed } });
    setSaving({ state: 'idle' });
    setOpenAct(null);
  };
  const submit = async () => {
    if (isSaving) return;
    const open = actWithOpenQuery(form);
    setOpenAct(open);
    if (open !== null) return;
    setSaving({ state: 'saving' });
    const failed = await save(toAccessInput(form));
    if (failed === null) settle(form);
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
          <ActRule
            key={act}
            act={act}
            rule={form[act]}
            error={errorAt(act)}
            isDisabled={isSaving}
            onChange={(changed) => change(act, changed)}
          />
        ))}
      </section>
      <div className="save-line">
        <Button type="submit" isLoading={isSaving}>
          {t('admin.access.save')}
        </Button>
        <AccessSaveState
          saving={saving}
          isUnsaved={isUnsaved}
          isAtField={wrongAct !== null || openAct !== null}
          onRetry={() => void submit()}
        />
      </div>
    </form>
  );
}
