import { useState } from 'react';
import type { AccessSettings, Act, SaveAccessInput } from '@contract';
import type { PageProblem } from '../../shared/ask';
import { reasonText } from '../../shared/problemText';
import { makeDraft, useDraft } from '../../shared/useDraft';
import { t } from '../../i18n';
import type { Saving } from './AccessSaveState';
import { accessFormOf, actOfField, actWithOpenQuery, toAccessInput, type AccessFormValues } from './form';

const TYPED_ACCESS = makeDraft<AccessFormValues>();

/**
 * The form of the rules, what is wrong with it, and how saving it goes.
 * @param save answers null when it is saved
 */
export function useAccessForm(access: AccessSettings, save: (input: SaveAccessInput) => Promise<PageProblem | null>) {
  const { value: form, isUnsaved, change: setForm, settle } = useDraft(TYPED_ACCESS, accessFormOf(access));
  const [openAct, setOpenAct] = useState<Act | null>(null);
  const [saving, setSaving] = useState<Saving>({ state: 'idle' });
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
    if (saving.state === 'saving') return;
    const open = actWithOpenQuery(form);
    setOpenAct(open);
    if (open !== null) return;
    setSaving({ state: 'saving' });
    const failed = await save(toAccessInput(form));
    if (failed === null) settle(form);
    setSaving(failed === null ? { state: 'saved' } : { state: 'failed', problem: failed });
  };
  return {
    form,
    saving,
    isUnsaved,
    isAtField: wrongAct !== null || openAct !== null,
    errorAt,
    change,
    submit: () => void submit(),
  };
}
