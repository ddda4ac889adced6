import type { PanelView } from '@contract';
import { t } from '../i18n';
import type { Asked } from '../shared/ask';
import { ProblemMessage } from '../shared/ProblemMessage';
import { Shell } from './Shell';
import { OpenPanel } from './OpenPanel';
import { usePanel } from './usePanel';

/** The issue panel: its shell at once, then what the app answers. */
export function App({ opening }: { readonly opening: Promise<Asked<PanelView>> }) {
  const panel = usePanel(opening);
  const { state } = panel;
  return (
    <main className="panel">
      <h1 className="visually-hidden">{t('common.appName')}</h1>
      {state.phase === 'loading' && <Shell />}
      {state.phase === 'failed' && (
        <div role="alert">
          <ProblemMessage
            problem={state.problem}
            isBusy={state.isReloading}
            onRetry={panel.reload}
            onReload={panel.reload}
          />
        </div>
      )}
      {state.phase === 'open' && <OpenPanel panel={panel} state={state} />}
    </main>
  );
}
