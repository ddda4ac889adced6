import type { ConnectionView } from '@contract';
import { useActorNames } from '../../shared/actorNames';
import { Message, ToneIcon } from '../../shared/Message';
import { problemText } from '../../shared/problemText';
import { Time } from '../../shared/Time';
import { t } from '../../i18n';
import type { Running, SaveNotice } from './saveNotice';

type SaveStateProps = {
  readonly view: ConnectionView;
  readonly notice: SaveNotice;
  readonly isDirty: boolean;
  readonly running: Running;
};

/** Beside the Save button: what came of the last attempt, or when and by whom the settings were saved. */
export function SaveState({ view, notice, isDirty, running }: SaveStateProps) {
  const names = useActorNames(view.savedByAccountId === null ? [] : [view.savedByAccountId], null);
  return (
    <div role="status" className="save-state">
      {running === 'save' && t('common.saving')}
      {running === null && notice?.kind === 'saved' && (
        <span className="with-icon">
          <ToneIcon tone="success" /> {t('admin.connection.saved')}
        </span>
      )}
      {running === null && notice?.kind === 'fixFields' && <span className="field-error">{t('common.fixFields')}</span>}
      {running === null && notice?.kind === 'problem' && <SaveProblem problem={notice.problem} />}
      {running === null && notice === null && isDirty && <span className="subtle">{t('common.unsaved')}</span>}
      {running !== 'save' &&
        notice === null &&
        !isDirty &&
        view.savedAtMs !== null &&
        view.savedByAccountId !== null && (
          <span className="subtle small">
            {t('admin.connection.lastSaved', { by: names(view.savedByAccountId, 'by') })}
            {t('common.separator')}
            <Time atMs={view.savedAtMs} />
          </span>
        )}
    </div>
  );
}

/** The Save button is the way to try again, so the message has none of its own. */
function SaveProblem({ problem }: { readonly problem: Extract<SaveNotice, { kind: 'problem' }>['problem'] }) {
  const { title, cause, next } = problemText(problem);
  return (
    <Message tone="error" title={title}>
      <p>{cause}</p>
      <p>{next}</p>
    </Message>
  );
}
