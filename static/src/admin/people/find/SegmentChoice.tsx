import type { FoundMembers } from '@contract';
import { t } from '../../../i18n';

type SegmentChoiceProps = {
  readonly id: string;
  readonly segments: FoundMembers['segments'];
  readonly segmentId: number | null;
  readonly onChange: (segmentId: number | null) => void;
};

/** In which segment members are searched, or in all. */
export function SegmentChoice({ id, segments, segmentId, onChange }: SegmentChoiceProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{t('admin.people.find.within')}</label>
      <select
        id={id}
        className="input"
        value={segmentId ?? ''}
        onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value))}
      >
        <option value="">{t('admin.people.find.everywhere')}</option>
        {segments.map((segment) => (
          <option key={segment.id} value={segment.id}>
            {segment.name}
          </option>
        ))}
      </select>
    </div>
  );
}
