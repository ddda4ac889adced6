import type { Segment } from '@contract';
import { t } from '../i18n';
import { SelectField } from '../shared/SelectField';

type TargetFieldProps = {
  readonly segments: readonly Segment[];
  /** The id of the segment chosen; blank for none yet. */
  readonly value: string;
  readonly error: string | undefined;
  readonly isDisabled: boolean;
  readonly onChange: (to: string) => void;
};

/** The segment that people are moved or added to. */
export function TargetField({ segments, value, error, isDisabled, onChange }: TargetFieldProps) {
  return (
    <div className="field">
      <SelectField
        label={t('bulk.new.to')}
        value={value}
        values={['', ...segments.map(({ id }) => String(id))]}
        textOf={(id) => segments.find((segment) => String(segment.id) === id)?.name ?? t('bulk.new.choose')}
        isDisabled={isDisabled}
        onChange={onChange}
      />
      {error !== undefined && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
