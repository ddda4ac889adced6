import Button from '@atlaskit/button/new';
import { useId } from 'react';
import { t } from '../../../i18n';
import { Message } from '../../../shared/Message';
import { ProblemMessage } from '../../../shared/ProblemMessage';
import { links } from './report';
import { ReportView } from './ReportView';
import { useImport } from './useImport';

/** Links from a file: chosen, looked at, confirmed. */
export function ImportLinks({ onChange }: { readonly onChange: () => void }) {
  const id = useId();
  const { state, replace, choose, setReplace, confirm, reset } = useImport(onChange);
  const isBusy = state.phase === 'checking' || state.phase === 'importing';
  return (
    <>
      <div className="field">
        <label htmlFor={id}>{t('admin.people.csv.file')}</label>
        <input
          id={id}
          className="people-file"
          type="file"
          accept=".csv,text/csv"
          disabled={isBusy}
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file !== undefined) choose(file);
            // So that the same file can be chosen again after it was corrected.
            event.target.value = '';
          }}
        />
        <p id={`${id}-hint`} className="subtle small">
          {t('admin.people.csv.fileHint')}
        </p>
      </div>
      {state.phase === 'refused' && (
        <div role="alert">
          <Message tone="error" title={t(`admin.people.csv.refused.${state.why}`)} />
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
            <>
              <label className="check-line">
                <input type="checkbox" checked={replace} onChange={(event) => setReplace(event.target.checked)} />
                <span>{t('admin.people.csv.replace')}</span>
              </label>
              <div className="people-line">
                <Button
                  appearance="primary"
                  isDisabled={!state.report.some(links) || state.problem !== null}
                  onClick={confirm}
                >
                  {t('admin.people.csv.confirm', { count: state.report.filter(links).length })}
                </Button>
                <Button onClick={reset}>{t('common.cancel')}</Button>
              </div>
            </>
          )}
        </>
      )}
    </>
  );
}
