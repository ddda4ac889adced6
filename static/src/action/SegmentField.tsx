import { useId, useState } from 'react';
import { t } from '../i18n';
import { isTyped } from './form';
import { KeyField } from './KeyField';

/** One choice: its value and its text. */
export type Option = { readonly value: string; readonly text: string };

/** What the select says while a smart value is typed; the rule never gets it. */
const SMART_VALUE = 'smart-value';

type SegmentFieldProps = {
  readonly label: string;
  /** The label of the line for a smart value. */
  readonly smartLabel: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
};

/** A labelled choice of a segment, or of a smart value that stands for one, with what is wrong with it. */
export function SegmentField({ label, smartLabel, value, options, error, onChange }: SegmentFieldProps) {
  const id = useId();
  const [isByValue, setByValue] = useState(() => isTyped(value));
  const ownError = isByValue ? undefined : error;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="input"
        value={isByValue ? SMART_VALUE : value}
        aria-invalid={ownError !== undefined}
        {...(ownError === undefined ? {} : { 'aria-describedby': `${id}-error` })}
        onChange={(event) => {
          const isSmart = event.target.value === SMART_VALUE;
          setByValue(isSmart);
          onChange(isSmart ? '' : event.target.value);
        }}
      >
        <option value="">{t('action.choose')}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
        <option value={SMART_VALUE}>{t('action.smartValue.option')}</option>
      </select>
      {ownError !== undefined && (
        <p id={`${id}-error`} className="field-error">
          {ownError}
        </p>
      )}
      {isByValue && (
        <KeyField
          label={smartLabel}
          hint={t('action.smartValue.hint')}
          value={value}
          error={error}
          onChange={onChange}
        />
      )}
    </div>
  );
}
