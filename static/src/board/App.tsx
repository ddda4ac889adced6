import { t } from '../i18n';
import { Loaded } from '../shared/Loaded';
import { useLoaded } from '../shared/useLoaded';
import { invoke } from './api';
import { OpenBoard } from './OpenBoard';

/** The board of a project: its columns at once, then their members. */
export function App() {
  const { state, reload } = useLoaded(open);
  return (
    <main className="board-page">
      <h1 className="visually-hidden">{t('board.title')}</h1>
      <Loaded state={state} label={t('board.loading')} onReload={reload}>
        {(view) => <OpenBoard view={view} onReload={reload} />}
      </Loaded>
    </main>
  );
}

const open = () => invoke('board.open');
