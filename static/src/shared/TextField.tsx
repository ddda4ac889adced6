import { useId, type HTMLInputTypeAttribute } from 'react';
import { t } from '../i18n';

type TextFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly type?: HTMLInputTypeAttribute;
  readonly inputMode?: 'numeric' | 'url';
  readonly placeholder?: string;
  readonly isRequired?: boolean;
  readonly isShort?: boolean;
  readonly isReadOnly: boolean;
};

/** A labelled line of text with its hint, and what is wrong with it. */
export function TextField(props: TextFieldProps) {
  const {
    label,
    value,
    onChange,
    hint,
    error,
    type = 'text',
    inputMode,
    placeholder,
    isRequired = false,
    isShort = false,
    isReadOnly,
  } = props;
  const id = useId();
  const described = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`].join(' ').trim();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {isRequired && (
          <span className="required" title={t('common.required')} aria-hidden="true">
            *
          </span>
        )}
      </label>
      <input
        id={id}
        className={isShort ? 'input input-short' : 'input'}
        type={type}
        value={value}
        // A browser must neither store the key nor fill in someone's password.
        autoComplete={type === 'password' ? 'new-password' : 'off'}
        spellCheck={false}
        maxLength={4_096}
        // Not disabled: that would take the focus from someone who saved with Enter.
        readOnly={isReadOnly}
        aria-required={isRequired}
        aria-invalid={error !== undefined}
        {...(described === '' ? {} : { 'aria-describedby': described })}
        {...(inputMode === undefined ? {} : { inputMode })}
        {...(placeholder === undefined ? {} : { placeholder })}
        onChange={(event) => onChange(event.target.value)}
      />
      {error !== undefined && (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="subtle small">
          {hint}
        </p>
      )}
    </div>
  );
}
