import { useId } from 'react';
import type { Segment } from '@contract';
import { t } from '../i18n';

type SourceSegmentsProps = {
  readonly segments: readonly Segment[];
  readonly chosen: readonly number[];
  /** What holds while none is chosen. */
  readonly hint: string | undefined;
  readonly error: string | undefined;
  readonly onChange: (chosen: readonly number[]) => void;
};

/** The segments that people leave: any number of them. */
export function SourceSegments({ segments, chosen, hint, error, onChange }: SourceSegmentsProps) {
  const id = useId();
  const toggle = (segmentId: number): void =>
    onChange(chosen.includes(segmentId) ? chosen.filter((one) => one !== segmentId) : [...chosen, segmentId]);
  return (
    <fieldset className="field" aria-describedby={id}>
      <legend>{t('bulk.new.from')}</legend>
      <div className="segments">
        {segments.map((segment) => (
          <label key={segment.id} className="choice">
            <input type="checkbox" checked={chosen.includes(segment.id)} onChange={() => toggle(segment.id)} />
            <span>{segment.name}</span>
          </label>
        ))}
      </div>
      <p id={id} className={error === undefined ? 'subtle small' : 'field-error'}>
        {error ?? (chosen.length === 0 ? (hint ?? '') : '')}
      </p>
    </fieldset>
  );
}
