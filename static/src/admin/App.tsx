import Spinner from '@atlaskit/spinner';
import { ProblemMessage } from '../shared/ProblemMessage';
import { texts } from '../texts';
import { SettingsPage } from './SettingsPage';
import { useAdmin } from './useAdmin';

/** The admin page: connects the site to Shorter Loop and checks the connection. */
export function App() {
  const { state, load, save, saveAccess } = useAdmin();
  return (
    <main className="admin">
      {/* Jira shows the module's title above the page. */}
      <p className="page-intro">{texts.admin.intro}</p>
      {state.phase === 'loading' && (
        <div className="loading" role="status">
          <Spinner size="medium" />
          <span className="visually-hidden">{texts.admin.loading}</span>
        </div>
      )}
      {state.phase === 'failed' && (
        <div role="alert">
          <ProblemMessage problem={state.problem} onRetry={load} onReload={load} />
        </div>
      )}
      {state.phase === 'open' && <SettingsPage view={state.view} save={save} saveAccess={saveAccess} />}
    </main>
  );
}
