import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import type { CheckReport } from '../../../../src/contract';
import type { Asked } from '../../shared/ask';
import { Message } from '../../shared/Message';
import { ProblemMessage } from '../../shared/ProblemMessage';
import { t } from '../../i18n';
import { CheckSteps } from './CheckSteps';
import type { Running } from './SettingsPage';

type CheckSectionProps = {
  readonly isDirty: boolean;
  readonly running: Running;
  readonly report: Asked<CheckReport> | null;
  readonly onCheck: () => void;
};

/** Checks the connection with what is saved, and tells step by step what was asked and what came back. */
export function CheckSection({ isDirty, running, report, onCheck }: CheckSectionProps) {
  const isChecking = running === 'check';
  return (
    <section className="group check">
      <Heading as="h2" size="small">
        {t('admin.connection.check.title')}
      </Heading>
      <p>{t('admin.connection.check.intro')}</p>
      {isDirty && <p className="subtle small">{t('admin.connection.check.unsaved')}</p>}
      <div>
        <Button isLoading={isChecking} isDisabled={running === 'save'} onClick={onCheck}>
          {isDirty ? t('admin.connection.check.saveAndCheck') : t('admin.connection.check.button')}
        </Button>
      </div>
      <div role="status">
        {isChecking && <span className="visually-hidden">{t('admin.connection.check.busy')}</span>}
        {!isChecking && report?.kind === 'ok' && (
          <Message tone={report.value.usable ? 'success' : 'error'} title={report.value.usable ? t('admin.connection.check.usable') : t('admin.connection.check.notUsable')} />
        )}
        {!isChecking && report?.kind === 'problem' && (
          <ProblemMessage problem={report.problem} onRetry={onCheck} onReload={onCheck} />
        )}
      </div>
      {!isChecking && report?.kind === 'ok' && <CheckSteps steps={report.value.steps} />}
    </section>
  );
}
