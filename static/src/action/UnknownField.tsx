import { useId } from 'react';
import type { ActionKey, Problem, UnknownChoice } from '@contract';
import { Message } from '../shared/Message';
import { problemText } from '../shared/problemText';
import { t } from '../i18n';
import { unknownChoicesOf } from './form';

type UnknownFieldProps = {
  readonly action: ActionKey;
  readonly value: UnknownChoice;
  /** What stands in the way of adding anybody by their address. */
  readonly inviteRefusal: Problem | null;
  readonly onChange: (value: UnknownChoice) => void;
};

/** What the rule does about a reporter who isn't known, and what that means for them. */
export function UnknownField({ action, value, inviteRefusal, onChange }: UnknownFieldProps) {
  const id = useId();
  const choices = unknownChoicesOf(action);
  return (
    <div className="field">
      <label htmlFor={id}>{t('action.ifUnknown')}</label>
      <select
        id={id}
        className="input"
        value={value}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          const chosen = choices.find((choice) => choice === event.target.value);
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {t(`action.ifUnknownChoices.${choice}`)}
          </option>
        ))}
      </select>
      <p id={`${id}-hint`} className="subtle small">
        {t(`action.ifUnknownHints.${value}`)}
      </p>
      {value === 'add' && inviteRefusal !== null && <InviteWarning problem={inviteRefusal} />}
    </div>
  );
}

function InviteWarning({ problem }: { readonly problem: Problem }) {
  const { title, cause, next } = problemText(problem);
  return (
    <Message tone="warning" title={title}>
      <p>{cause}</p>
      <p>{next}</p>
    </Message>
  );
}
