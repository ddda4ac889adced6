import { useId } from 'react';
import { MAX_JQL_LENGTH } from '@contract';
import { t } from '../i18n';

type FieldProps = {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
  /** Told when the field is left. */ readonly onSettled: (value: string) => void;
};

/** The query by which issues are found. */
export function QueryField({ value, error, onChange, onSettled }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{t('bulk.new.jqlLabel')}</label>
      <textarea
        id={id}
        className="input area code"
        rows={2}
        spellCheck={false}
        maxLength={MAX_JQL_LENGTH}
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
        onBlur={(event) => onSettled(event.target.value)}
      />
      <p id={`${id}-hint`} className={error === undefined ? 'subtle small' : 'field-error'}>
        {error ?? t('bulk.new.jqlHint')}
      </p>
    </div>
  );
}
