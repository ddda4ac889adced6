import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import { t } from '../../i18n';
import { Message } from '../../shared/Message';
import { CheckSteps } from './CheckSteps';
import type { Running } from './saveNotice';
import type { StepProgress } from './useCheck';

type CheckSectionProps = {
  readonly isDirty: boolean;
  readonly running: Running;
  readonly progress: readonly StepProgress[];
  /** Whether everything is proven that the app writes by. */
  readonly writesOn: boolean;
  readonly onCheck: () => void;
};

/** Checks the connection with what is saved, and tells step by step what was asked and what came back. */
export function CheckSection({ isDirty, running, progress, writesOn, onCheck }: CheckSectionProps) {
  const isChecking = running === 'check';
  const isDone = !isChecking && progress.length > 0;
  return (
    <section className="group check">
      <Heading as="h2" size="small">
        {t('admin.connection.check.title')}
      </Heading>
      <p>{t('admin.connection.check.intro')}</p>
      {isDirty && <p className="subtle small">{t('admin.connection.check.unsaved')}</p>}
      <div>
        <Button isLoading={isChecking} isDisabled={running !== null && !isChecking} onClick={onCheck}>
          {isDirty ? t('admin.connection.check.saveAndCheck') : t('admin.connection.check.button')}
        </Button>
      </div>
      <div role="status">
        {isChecking && <span className="visually-hidden">{t('admin.connection.check.busy')}</span>}
        {isDone && (
          <Message
            tone={writesOn ? 'success' : 'error'}
            title={writesOn ? t('admin.connection.check.usable') : t('admin.connection.check.notUsable')}
          />
        )}
      </div>
      {progress.length > 0 && <CheckSteps progress={progress} />}
    </section>
  );
}
