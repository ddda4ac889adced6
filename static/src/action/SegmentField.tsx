import { useId } from 'react';
import { t } from '../i18n';

/** One choice: its value and its text. */
export type Option = { readonly value: string; readonly text: string };

type SegmentFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
};

/** A labelled choice of a segment, with what is wrong with it. */
export function SegmentField({ label, value, options, error, onChange }: SegmentFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="input"
        value={value}
        aria-invalid={error !== undefined}
        {...(error === undefined ? {} : { 'aria-describedby': `${id}-error` })}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{t('action.choose')}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
      {error !== undefined && (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
    </div>
  );
}
