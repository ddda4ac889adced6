import Spinner from '@atlaskit/spinner';
import { ProblemMessage } from '../shared/ProblemMessage';
import { t } from '../i18n';
import { ActionForm } from './ActionForm';
import { useAction } from './useAction';

/** The configuration form of an action, inside Automation's rule editor. */
export function App() {
  const { state, load } = useAction();
  return (
    <main className="action">
      <h1 className="visually-hidden">{t('common.appName')}</h1>
      {state.phase === 'loading' && (
        <div className="loading" role="status">
          <Spinner size="medium" />
          <span className="visually-hidden">{t('action.loading')}</span>
        </div>
      )}
      {state.phase === 'failed' && (
        <div role="alert">
          <ProblemMessage problem={state.problem} onRetry={load} onReload={load} />
        </div>
      )}
      {state.phase === 'open' && (
        <ActionForm action={state.action} stored={state.stored} invalid={state.invalid} view={state.view} />
      )}
    </main>
  );
}
