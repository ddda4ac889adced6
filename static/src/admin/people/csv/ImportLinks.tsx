import { t } from '../../../i18n';
import { Message } from '../../../shared/Message';
import { LeftOut } from '../../../shared/LeftOut';
import { ProblemMessage } from '../../../shared/ProblemMessage';
import { tableFaultText } from '../../../shared/tableText';
import { ConfirmImport } from './ConfirmImport';
import { FileField } from './FileField';
import { links } from './report';
import { ReportView } from './ReportView';
import type { FileFault } from './parseLinks';
import { useImport } from './useImport';

/** Links from a file: chosen, looked at, confirmed. */
export function ImportLinks({ onChange }: { readonly onChange: () => void }) {
  const { state, file, replace, choose, setReplace, confirm, reset } = useImport(onChange);
  const isBusy = state.phase === 'checking' || state.phase === 'importing';
  return (
    <>
      <FileField isDisabled={isBusy} onChoose={choose} />
      {state.phase === 'refused' && (
        <div role="alert">
          <Message tone="error" title={faultText(state.fault)} />
        </div>
      )}
      {isBusy && (
        <div role="status">
          <progress
            className="people-progress"
            aria-label={t(`admin.people.csv.${state.phase}`)}
            value={state.done}
            max={Math.max(1, state.total)}
          />
          <p className="subtle small">{t('admin.people.csv.progress', { done: state.done, total: state.total })}</p>
        </div>
      )}
      {(state.phase === 'preview' || state.phase === 'finished') && (
        <>
          {state.problem !== null && (
            <div role="alert">
              <ProblemMessage problem={state.problem} onRetry={reset} onReload={reset} />
            </div>
          )}
          <ReportView report={state.report} isFinished={state.phase === 'finished'} />
          {state.phase === 'preview' && (
            <LeftOut titles={file.titles} unused={file.unused} blankLines={file.blankLines} />
          )}
          {state.phase === 'preview' && (
            <ConfirmImport
              count={state.report.filter(links).length}
              isDisabled={state.problem !== null}
              replace={replace}
              onReplace={setReplace}
              onConfirm={confirm}
              onCancel={reset}
            />
          )}
        </>
      )}
    </>
  );
}

function faultText(fault: FileFault): string {
  switch (fault.code) {
    case 'notText':
      return t('common.file.fault.notText');
    case 'noRows':
    case 'tooManyRows':
      return t(`admin.people.csv.refused.${fault.code}`);
    case 'columnMissing':
      return fault.found.length === 0 ? t('admin.people.csv.refused.noColumns') : tableFaultText(fault);
    default:
      return tableFaultText(fault);
  }
}
