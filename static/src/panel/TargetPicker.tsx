import { useId, useState } from 'react';
import type { Segment } from '@contract';
import { locale, t } from '../i18n';

type TargetPickerProps = {
  readonly label: string;
  readonly targets: readonly Segment[];
  readonly chosen: Segment | null;
  readonly onChoose: (target: Segment | null) => void;
};

/** Up to here a plain select is quicker to use than a filter. */
const SELECT_LIMIT = 15;

/** Picks a segment: from a select, or from a list with a filter where there are many. */
export function TargetPicker(props: TargetPickerProps) {
  return props.targets.length > SELECT_LIMIT ? <FilteredList {...props} /> : <Select {...props} />;
}

function Select({ label, targets, chosen, onChoose }: TargetPickerProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="input"
        value={chosen?.id ?? ''}
        onChange={(event) => onChoose(targets.find((target) => String(target.id) === event.target.value) ?? null)}
      >
        <option value="">{t('panel.move.pick')}</option>
        {targets.map((target) => (
          <option key={target.id} value={target.id}>
            {target.name}
          </option>
        ))}
      </select>
    </div>
  );
}

function FilteredList({ label, targets, chosen, onChoose }: TargetPickerProps) {
  const id = useId();
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLocaleLowerCase(locale());
  // The chosen one stays in sight, so that what is about to happen never depends on the filter.
  const shown = targets.filter(
    (target) => target.id === chosen?.id || target.name.toLocaleLowerCase(locale()).includes(wanted),
  );
  return (
    <div className="field">
      <label htmlFor={id}>{t('panel.move.filter')}</label>
      <input
        id={id}
        className="input"
        type="text"
        autoComplete="off"
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
        onKeyDown={(event) => {
          // Enter in the filter is not an action.
          if (event.key === 'Enter') event.preventDefault();
        }}
      />
      <fieldset className="choices">
        <legend>{label}</legend>
        <div className="choices-list">
          {shown.map((target) => (
            <label key={target.id} className="choice">
              <input type="radio" name={id} checked={target.id === chosen?.id} onChange={() => onChoose(target)} />
              <bdi>{target.name}</bdi>
            </label>
          ))}
          {shown.length === 0 && <p className="subtle small">{t('panel.move.noMatch')}</p>}
        </div>
      </fieldset>
    </div>
  );
}
