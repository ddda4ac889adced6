import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import type { ConnectionSettings, FoundDialects } from '@contract';
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
  readonly settings: ConnectionSettings | null;
  readonly onCheck: () => void;
  readonly onUse: (found: FoundDialects) => void;
};

/** Checks the connection with what is saved, and tells step by step what was asked and what came back. */
export function CheckSection({ isDirty, running, progress, writesOn, settings, onCheck, onUse }: CheckSectionProps) {
  const isChecking = running === 'check';
  const isDone = !isChecking && progress.length > 0;
  const found = isDone && settings !== null ? otherDialects(progress, settings) : null;
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
        {found !== null && (
          <Message
            tone="warning"
            title={t('admin.connection.check.otherDialect')}
            actions={
              <Button spacing="compact" onClick={() => onUse(found)}>
                {t('admin.connection.check.useFound')}
              </Button>
            }
          >
            <p>{t('admin.connection.check.otherDialectWhy')}</p>
          </Message>
        )}
      </div>
      {progress.length > 0 && <CheckSteps progress={progress} />}
    </section>
  );
}

/** The spellings that were found, when they are not those of the settings; null otherwise. */
function otherDialects(progress: readonly StepProgress[], settings: ConnectionSettings): FoundDialects | null {
  for (const step of progress) {
    if (step.state !== 'told' || step.step.result.state !== 'passed') continue;
    const { dialects } = step.step.result.facts;
    if (dialects === undefined) continue;
    const isOther =
      (dialects.move !== null && dialects.move !== settings.moveDialect) ||
      (dialects.remove !== null && dialects.remove !== settings.removeDialect);
    return isOther ? dialects : null;
  }
  return null;
}
