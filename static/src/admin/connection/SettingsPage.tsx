import { useRef, useState } from 'react';
import type { ConnectionView, FoundDialects, SaveInput } from '@contract';
import { t } from '../../i18n';
import type { PageProblem } from '../../shared/ask';
import { Message } from '../../shared/Message';
import { reasonText } from '../../shared/problemText';
import { CheckSection } from './CheckSection';
import { fieldNamed, findErrors, formOf, isSame, toInput, type FieldErrors, type FormValues } from './form';
import { ProveSection } from './ProveSection';
import type { Running, SaveNotice } from './saveNotice';
import { SettingsForm } from './SettingsForm';
import { useCheck } from './useCheck';

type SettingsPageProps = {
  readonly view: ConnectionView;
  readonly save: (input: SaveInput) => Promise<PageProblem | null>;
  /** Reads what is stored once more. */
  readonly refresh: () => Promise<void>;
};

/** The settings form and the check of what is saved. */
export function SettingsPage({ view, save, refresh }: SettingsPageProps) {
  const [form, setForm] = useState<FormValues>(() => formOf(view));
  const [errors, setErrors] = useState<FieldErrors>({});
  const [notice, setNotice] = useState<SaveNotice>(null);
  const [running, setRunning] = useState<Running>(null);
  const { progress, run } = useCheck();
  const formRef = useRef<HTMLFormElement>(null);
  const isDirty = !isSame(form, formOf(view));

  /** Answers whether the settings are saved. */
  const saveForm = async (form: FormValues): Promise<boolean> => {
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
      // As it was stored: without blanks around, and without the key.
      setForm({
        ...form,
        ...input.settings,
        initiativeId: String(input.settings.initiativeId),
        key: '',
        routes: trimmed(form),
        manageRoutes: input.settings.manageRoutes ?? {},
      });
    }
    return problem === null;
  };

  const check = async () => {
    setNotice(null);
    if (isDirty && !(await saveForm(form))) return;
    await runCheck();
  };

  const runCheck = async () => {
    setRunning('check');
    await run();
    await refresh();
    setRunning(null);
  };

  const takeFound = async ({ move, remove }: FoundDialects) => {
    const changed = { ...form, moveDialect: move ?? form.moveDialect, removeDialect: remove ?? form.removeDialect };
    setForm(changed);
    if (await saveForm(changed)) await runCheck();
  };

  function focusFirstError() {
    // After React has marked the fields.
    requestAnimationFrame(() => formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  }

  return (
    <>
      {view.settings !== null && !view.writesOn && (
        <Message tone="warning" title={t('admin.connection.writesOff.title')}>
          <p>{t('admin.connection.writesOff.why')}</p>
        </Message>
      )}
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
        onSave={() => void saveForm(form)}
      />
      <CheckSection
        isDirty={isDirty}
        running={running}
        progress={progress}
        writesOn={view.writesOn}
        settings={view.settings}
        onCheck={() => void check()}
        onUse={(found) => void takeFound(found)}
      />
      {view.writesOn && <ProveSection provenAtMs={view.proofs.move} onProven={() => void refresh()} />}
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
