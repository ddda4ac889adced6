import { ToneIcon } from '../../shared/Message';
import { ProblemMessage } from '../../shared/ProblemMessage';
import type { PageProblem } from '../../shared/ask';
import { t } from '../../i18n';

/** How saving the rules goes. */
export type Saving =
  { readonly state: 'idle' | 'saving' | 'saved' } | { readonly state: 'failed'; readonly problem: PageProblem };

type AccessSaveStateProps = {
  readonly saving: Saving;
  readonly isUnsaved: boolean;
  /** Whether the problem is told at a field. */
  readonly isAtField: boolean;
  readonly onRetry: () => void;
};

/** How saving the rules went, in words. */
export function AccessSaveState({ saving, isUnsaved, isAtField, onRetry }: AccessSaveStateProps) {
  return (
    <div role="status" className="save-state">
      {saving.state === 'saving' && t('common.saving')}
      {saving.state === 'idle' && isUnsaved && <span className="subtle">{t('common.unsaved')}</span>}
      {saving.state === 'saved' && (
        <span className="with-icon">
          <ToneIcon tone="success" /> {t('admin.access.saved')}
        </span>
      )}
      {isAtField && <span className="field-error">{t('common.fixFields')}</span>}
      {saving.state === 'failed' && !isAtField && (
        <ProblemMessage problem={saving.problem} onRetry={onRetry} onReload={onRetry} />
      )}
    </div>
  );
}
