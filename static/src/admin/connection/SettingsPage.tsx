import { useRef, useState } from 'react';
import type { CheckReport, ConnectionView, SaveInput } from '../../../../src/contract';
import { ask, type Asked, type PageProblem } from '../../shared/ask';
import { reasonText } from '../../shared/problemText';
import { invoke } from '../api';
import { CheckSection } from './CheckSection';
import { fieldNamed, findErrors, formOf, isSame, toInput, type FieldErrors, type FormValues } from './form';
import { SettingsForm } from './SettingsForm';

type SettingsPageProps = {
  readonly view: ConnectionView;
  readonly save: (input: SaveInput) => Promise<PageProblem | null>;
};

/** What runs now: only one thing does at a time. */
export type Running = 'save' | 'check' | null;
/** What came of the last attempt to save. */
export type SaveNotice = { readonly kind: 'saved' | 'fixFields' } | { readonly kind: 'problem'; readonly problem: PageProblem } | null;

/** The settings form and the check of what is saved. */
export function SettingsPage({ view, save }: SettingsPageProps) {
  const [form, setForm] = useState<FormValues>(() => formOf(view));
  const [errors, setErrors] = useState<FieldErrors>({});
  const [notice, setNotice] = useState<SaveNotice>(null);
  const [running, setRunning] = useState<Running>(null);
  const [report, setReport] = useState<Asked<CheckReport> | null>(null);
  const formRef = useRef<HTMLFormElement>(null);
  const isDirty = !isSame(form, formOf(view));

  /** Answers whether the settings are saved. */
  const saveForm = async (): Promise<boolean> => {
    const wrong = findErrors(form, view);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) {
      setNotice({ kind: 'fixFields' });
      focusFirstError();
      return false;
    }
    setRunning('save');
    const input = toInput(form);
    const problem = await save(input);
    setRunning(null);
    const field = problem?.code === 'invalidInput' ? fieldNamed(problem.field) : null;
    if (problem?.code === 'invalidInput' && field !== null) {
      setErrors({ [field]: reasonText(problem.reason) });
      setNotice({ kind: 'fixFields' });
      focusFirstError();
      return false;
    }
    setNotice(problem === null ? { kind: 'saved' } : { kind: 'problem', problem });
    if (problem === null) {
      setReport(null);
      // As it was stored: without blanks around, and without the key.
      setForm({ ...form, ...input.settings, initiativeId: String(input.settings.initiativeId), key: '', routes: trimmed(form) });
    }
    return problem === null;
  };

  const check = async () => {
    setNotice(null);
    if (isDirty && !(await saveForm())) return;
    setRunning('check');
    setReport(await ask<CheckReport>(invoke('admin.check')));
    setRunning(null);
  };

  function focusFirstError() {
    // After React has marked the fields.
    requestAnimationFrame(() => formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  }

  return (
    <>
      <SettingsForm
        formRef={formRef}
        view={view}
        form={form}
        errors={errors}
        notice={notice}
        isDirty={isDirty}
        running={running}
        onChange={(changed) => {
          setForm({ ...form, ...changed });
          setNotice(null);
        }}
        onSave={() => void saveForm()}
      />
      <CheckSection isDirty={isDirty} running={running} report={report} onCheck={() => void check()} />
    </>
  );
}

function trimmed({ routes }: FormValues): FormValues['routes'] {
  return {
    listSegments: routes.listSegments.trim(),
    segmentWithMembers: routes.segmentWithMembers.trim(),
    segmentsWithMembers: routes.segmentsWithMembers.trim(),
  };
}
