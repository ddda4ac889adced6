import { useState, type ReactNode } from 'react';
import { t } from '../../i18n';
import { Message } from '../../shared/Message';

/** Whether an admin agrees to try what is not proven yet; with `isProven` there is nothing to agree to. */
export type TrialState = {
  readonly isProven: boolean;
  readonly agreed: boolean;
  readonly isMissing: boolean;
  readonly setAgreed: (agreed: boolean) => void;
  readonly check: () => boolean;
};

/** Keeps whether the admin agrees, and whether they were asked in vain. */
export function useTrial(isProven: boolean): TrialState {
  const [agreed, setAgreed] = useState(false);
  const [isMissing, setIsMissing] = useState(false);
  const check = () => {
    setIsMissing(!isProven && !agreed);
    return isProven || agreed;
  };
  return { isProven, agreed, isMissing, setAgreed, check };
}

/** Says that a call is not proven yet and under which conditions it may be tried. */
export function Trial({ trial, isDisabled }: { readonly trial: TrialState; readonly isDisabled: boolean }): ReactNode {
  if (trial.isProven) return null;
  return (
    <Message tone="warning" title={t('admin.segments.trial.title')}>
      <p>{t('admin.segments.trial.why')}</p>
      <label className="check-line">
        <input
          type="checkbox"
          checked={trial.agreed}
          disabled={isDisabled}
          aria-invalid={trial.isMissing}
          onChange={(event) => trial.setAgreed(event.target.checked)}
        />
        {t('admin.segments.trial.agree')}
      </label>
      {trial.isMissing && <p className="field-error">{t('admin.segments.trial.required')}</p>}
    </Message>
  );
}
