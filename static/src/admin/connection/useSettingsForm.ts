import { useRef, useState, type RefObject } from 'react';
import type { ConnectionView, SaveInput } from '@contract';
import type { PageProblem } from '../../shared/ask';
import { reasonText } from '../../shared/problemText';
import { makeDraft, useDraft } from '../../shared/useDraft';
import { fieldNamed, findErrors, formOf, isSame, toInput, type FieldErrors, type FormValues } from './form';
import type { SaveNotice } from './saveNotice';

const TYPED_SETTINGS = makeDraft<FormValues>();
type Save = (input: SaveInput) => Promise<PageProblem | null>;

/** The values of the settings' form, what is wrong with them, and how saving them went. */
export function useSettingsForm(view: ConnectionView, save: Save) {
  const { value: form, change: setForm, settle } = useDraft(TYPED_SETTINGS, formOf(view));
  const [errors, setErrors] = useState<FieldErrors>({});
  const [notice, setNotice] = useState<SaveNotice>(null);
  const [isSaving, setSaving] = useState(false);
  const formRef = useRef<HTMLFormElement>(null);

  const refuse = (wrong: FieldErrors): false => {
    setErrors(wrong);
    setNotice({ kind: 'fixFields' });
    focusFirstError(formRef);
    return false;
  };

  /** Answers whether the settings are saved. */
  const saveForm = async (form: FormValues): Promise<boolean> => {
    const wrong = findErrors(form, view);
    if (Object.keys(wrong).length > 0) return refuse(wrong);
    setErrors({});
    setSaving(true);
    const input = toInput(form, view);
    const problem = await save(input);
    setSaving(false);
    const field = problem?.code === 'invalidInput' ? fieldNamed(problem.field) : null;
    if (problem?.code === 'invalidInput' && field !== null) return refuse({ [field]: reasonText(problem.reason) });
    setNotice(problem === null ? { kind: 'saved' } : { kind: 'problem', problem });
    if (problem === null) settle(storedForm(input));
    return problem === null;
  };

  return {
    formRef,
    form,
    errors,
    notice,
    isSaving,
    isDirty: !isSame(form, formOf(view)),
    change: (changed: Partial<FormValues>) => {
      setForm({ ...form, ...changed });
      setNotice(null);
    },
    clearNotice: () => setNotice(null),
    save: () => saveForm(form),
  };
}

function focusFirstError(formRef: RefObject<HTMLFormElement>): void {
  // After React has marked the fields.
  requestAnimationFrame(() => formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}

/** The form as it was stored: without blanks around, and without the key. */
function storedForm({ settings: { apiOrigin, initiativeId } }: SaveInput): FormValues {
  return { apiOrigin, key: '', initiativeId: String(initiativeId) };
}
