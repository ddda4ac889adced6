import Button from '@atlaskit/button/new';
import type { ReactNode } from 'react';
import { t } from '../i18n';
import type { PageProblem } from './ask';
import { ProblemMessage } from './ProblemMessage';

type SaveFormProps = {
  readonly save: string;
  /** Stands beside the button once it is saved. */
  readonly saved: string;
  readonly state: 'idle' | 'saving' | 'saved';
  /** Whether it holds what is not stored. */
  readonly isUnsaved?: boolean;
  /** Why it could not be saved, where no field says so. */
  readonly problem: PageProblem | null;
  readonly onSave: () => void;
  readonly children: ReactNode;
};

/** A form with one button that saves it and says so. */
export function SaveForm({ save, saved, state, isUnsaved = false, problem, onSave, children }: SaveFormProps) {
  return (
    <form
      className="group"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      {children}
      <div className="save-line">
        <Button type="submit" isLoading={state === 'saving'}>
          {save}
        </Button>
        <p role="status">
          {state === 'saved' && saved}
          {state === 'idle' && isUnsaved && <span className="subtle">{t('common.unsaved')}</span>}
        </p>
      </div>
      {problem !== null && <ProblemMessage problem={problem} onRetry={onSave} onReload={onSave} />}
    </form>
  );
}
