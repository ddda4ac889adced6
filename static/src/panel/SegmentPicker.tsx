import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { Segment } from '@contract';
import { locale, t } from '../i18n';

type SegmentPickerProps = {
  readonly label: string;
  readonly hint?: string;
  readonly segments: readonly Segment[];
  readonly onChoose: (segment: Segment) => void;
  readonly onCancel: () => void;
};

/** More are found by typing: a list that nobody reads to its end costs time to draw. */
const MOST_SHOWN = 50;

/** A list of segments to search and choose from: what is chosen is done at once. */
export function SegmentPicker({ label, hint, segments, onChoose, onCancel }: SegmentPickerProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [filter, setFilter] = useState('');
  const [active, setActive] = useState(0);
  useEffect(() => input.current?.focus(), []);
  const found = foundBy(segments, filter);
  const shown = found.slice(0, MOST_SHOWN);
  const place = Math.min(active, Math.max(shown.length - 1, 0));
  const chosen = shown[place];
  const activeId = chosen === undefined ? undefined : optionId(id, chosen);
  useEffect(() => showOption(activeId), [activeId]);

  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onCancel();
    else if (event.key === 'Enter' && chosen !== undefined) onChoose(chosen);
    else {
      const next = placeAfter(event.key, place, shown.length);
      if (next === null) return;
      setActive(next);
    }
    event.preventDefault();
  };
  return (
    <div className="field picker">
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="subtle small">
          {hint}
        </p>
      )}
      <input
        ref={input}
        id={id}
        className="input"
        type="text"
        role="combobox"
        autoComplete="off"
        placeholder={t('panel.move.filter')}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={activeId}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        value={filter}
        onChange={(event) => {
          setFilter(event.target.value);
          setActive(0);
        }}
        onKeyDown={press}
      />
      <Options id={id} label={label} segments={shown} place={place} onChoose={onChoose} />
      <p role="status" className="subtle small">
        {shown.length === 0 && t('panel.move.noMatch')}
        {found.length > shown.length && t('panel.pick.narrow', { count: shown.length })}
      </p>
    </div>
  );
}

type OptionsProps = Pick<SegmentPickerProps, 'label' | 'segments' | 'onChoose'> & {
  readonly id: string;
  /** Which of them Enter chooses. */
  readonly place: number;
};

function Options({ id, label, segments, place, onChoose }: OptionsProps) {
  return (
    <ul id={`${id}-list`} className="choices-list" role="listbox" aria-label={label}>
      {segments.map((segment, nth) => (
        <li
          key={segment.id}
          id={optionId(id, segment)}
          className="choice"
          role="option"
          aria-selected={nth === place}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(segment)}
        >
          <bdi>{segment.name}</bdi>
        </li>
      ))}
    </ul>
  );
}

function showOption(id: string | undefined): void {
  if (id !== undefined) document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
}

function optionId(id: string, segment: Segment): string {
  return `${id}-${segment.id}`;
}

function foundBy(segments: readonly Segment[], filter: string): readonly Segment[] {
  const wanted = filter.trim().toLocaleLowerCase(locale());
  return segments.filter(({ name }) => name.toLocaleLowerCase(locale()).includes(wanted));
}

/** Where a key leads in a list; null for a key that leads nowhere. */
function placeAfter(key: string, place: number, length: number): number | null {
  if (length === 0) return null;
  if (key === 'ArrowDown') return (place + 1) % length;
  if (key === 'ArrowUp') return (place + length - 1) % length;
  return null;
}
