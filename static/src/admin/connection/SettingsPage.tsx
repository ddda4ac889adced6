import type { ConnectionView, SaveInput } from '@contract';
import { t } from '../../i18n';
import type { PageProblem } from '../../shared/ask';
import { Message } from '../../shared/Message';
import { Linking, WhoMayUseIt } from '../setup';
import { CheckSection } from './check/CheckSection';
import { useCheck } from './check/useCheck';
import { Ladder } from './Ladder';
import { ProfileSection } from './profile/ProfileSection';
import { useProfileEdit } from './profile/useProfileEdit';
import type { Running } from './saveNotice';
import { SettingsForm } from './SettingsForm';
import { useSettingsForm } from './useSettingsForm';
import { TestSection } from './writeTest/TestSection';

type SettingsPageProps = {
  readonly view: ConnectionView;
  readonly save: (input: SaveInput) => Promise<PageProblem | null>;
  readonly keep: (view: ConnectionView) => void;
  /** Reads what is stored once more, and which kinds of writes rest. */
  readonly refresh: () => Promise<void>;
};

/** From the key to what works: settings, what the check found, what is on, and the test with a test person. */
export function SettingsPage({ view, save, keep, refresh }: SettingsPageProps) {
  const { formRef, form, errors, notice, isSaving, isDirty, ...settings } = useSettingsForm(view, save);
  const check = useCheck(keep);
  const edit = useProfileEdit(view, save);
  const running: Running = isSaving || edit.isSaving ? 'save' : check.isRunning ? 'check' : null;
  const isKnown = view.settings !== null;
  const isUsable = view.ladder.looking === 'on';

  const saveAndCheck = async () => {
    settings.clearNotice();
    if ((isDirty || !isKnown) && !(await settings.save())) return;
    await check.start();
  };
  const correctAndCheck = async () => {
    if (await edit.save()) await check.start();
  };
  return (
    <>
      {isKnown && !isUsable && check.report === null && (
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
        onSubmit={() => void saveAndCheck()}
      />
      <CheckSection check={check} onCorrect={edit.open} />
      <ProfileSection view={view} edit={edit} isBusy={running !== null} onSave={() => void correctAndCheck()} />
      {isKnown && <Ladder view={view} />}
      {isUsable && <TestSection onEnded={() => void refresh()} onCorrect={edit.open} />}
      {isUsable && <Linking />}
      {isUsable && <WhoMayUseIt />}
    </>
  );
}
