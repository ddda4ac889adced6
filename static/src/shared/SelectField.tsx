import { useId } from 'react';

type SelectFieldProps<T extends string> = {
  readonly label: string;
  readonly value: T;
  /** In the order shown. */
  readonly values: readonly T[];
  readonly textOf: (value: T) => string;
  readonly hint?: string;
  readonly isDisabled: boolean;
  readonly onChange: (value: T) => void;
};

/** A labelled choice of one value. */
export function SelectField<T extends string>({
  label,
  value,
  values,
  textOf,
  hint,
  isDisabled,
  onChange,
}: SelectFieldProps<T>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="input"
        value={value}
        disabled={isDisabled}
        {...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` })}
        onChange={(event) => {
          const chosen = values.find((option) => option === event.target.value);
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {values.map((option) => (
          <option key={option} value={option}>
            {textOf(option)}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="subtle small">
          {hint}
        </p>
      )}
    </div>
  );
}
