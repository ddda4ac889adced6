import { useId } from 'react';

type DateFieldProps = { readonly label: string; readonly value: string; readonly error?: string | undefined; readonly onChange: (day: string) => void };

/** A labelled day, as the browser lets it be chosen; empty for none. */
export function DateField({ label, value, error, onChange }: DateFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        type="date"
        value={value}
        aria-invalid={error !== undefined}
        {...(error === undefined ? {} : { 'aria-describedby': `${id}-error` })}
        onChange={(event) => onChange(event.target.value)}
      />
      {error !== undefined && (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
    </div>
  );
}
