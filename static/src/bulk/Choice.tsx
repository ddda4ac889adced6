type ChoiceProps<T extends string> = {
  readonly legend: string;
  readonly name: string;
  readonly value: T;
  readonly values: readonly T[];
  readonly textOf: (value: T) => string;
  readonly onChange: (value: T) => void;
};

/** One of a few, all in sight. */
export function Choice<T extends string>({ legend, name, value, values, textOf, onChange }: ChoiceProps<T>) {
  return (
    <fieldset className="field">
      <legend>{legend}</legend>
      <div className="choices">
        {values.map((one) => (
          <label key={one} className="choice">
            <input type="radio" name={name} value={one} checked={one === value} onChange={() => onChange(one)} />
            {textOf(one)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
