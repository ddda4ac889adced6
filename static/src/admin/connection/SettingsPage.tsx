import { useState } from 'react';
import type { ConnectionView, SaveInput } from '@contract';
import { t } from '../../i18n';
import type { PageProblem } from '../../shared/ask';
import { Message } from '../../shared/Message';
import { WhoMayUseIt } from '../setup';
import { CheckSection } from './CheckSection';
import { ProveSection } from './ProveSection';
import type { Running } from './saveNotice';
import { SettingsForm } from './SettingsForm';
import { useCheck } from './useCheck';
import { useSettingsForm } from './useSettingsForm';

type SettingsPageProps = {
  readonly view: ConnectionView;
  readonly save: (input: SaveInput) => Promise<PageProblem | null>;
  /** Reads what is stored once more. */
  readonly refresh: () => Promise<void>;
};

/** The settings form and the check of what is saved. */
export function SettingsPage({ view, save, refresh }: SettingsPageProps) {
  const { formRef, form, errors, notice, isSaving, isDirty, ...settings } = useSettingsForm(view, save);
  const [isChecking, setChecking] = useState(false);
  const { progress, run } = useCheck();
  const running: Running = isSaving ? 'save' : isChecking ? 'check' : null;

  const runCheck = async () => {
    setChecking(true);
    await run();
    await refresh();
    setChecking(false);
  };
  const check = async () => {
    settings.clearNotice();
    if (isDirty && !(await settings.save())) return;
    await runCheck();
  };
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
        onChange={settings.change}
        onSave={() => void settings.save()}
      />
      <CheckSection
        isDirty={isDirty}
        running={running}
        progress={progress}
        writesOn={view.writesOn}
        onCheck={() => void check()}
      />
      {view.writesOn && <WhoMayUseIt />}
      {view.writesOn && <ProveSection provenAtMs={view.proofs.move} onProven={() => void refresh()} />}
    </>
  );
}
