import { useId } from 'react';
import { t } from '../i18n';
import { accountIdsIn } from './form';

type FieldProps = {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
};

/** A list of account ids, typed, pasted or read from a file; the file itself goes nowhere. */
export function AccountsField({ value, error, onChange }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{t('bulk.new.accountsLabel')}</label>
      <textarea
        id={id}
        className="input area code"
        rows={4}
        spellCheck={false}
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-hint`} className={error === undefined ? 'subtle small' : 'field-error'}>
        {error ?? t('bulk.new.accountsHint', { count: accountIdsIn(value).length })}
      </p>
      <label htmlFor={`${id}-file`}>{t('bulk.new.file')}</label>
      <input
        id={`${id}-file`}
        type="file"
        accept=".csv,.txt,text/csv,text/plain"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) void file.text().then(onChange);
        }}
      />
    </div>
  );
}
