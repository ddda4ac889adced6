import type { Problem, Segment } from '@contract';
import { t } from '../i18n';
import { Choice } from './Choice';
import { RunRefused } from './RunRefused';
import { SourceSegments } from './SourceSegments';
import { TargetField } from './TargetField';
import type { NewRunForm } from './useNewRun';

type SegmentChangeProps = {
  readonly newRun: NewRunForm;
  readonly segments: readonly Segment[];
  /** What stands in everybody's way of the chosen act; null where nothing does. */
  readonly refusal: Problem | null;
};

/** What a new run does: moves or removes, from which segments, and to which one. */
export function SegmentChange({ newRun: { form, errorOf, change, isBusy }, segments, refusal }: SegmentChangeProps) {
  return (
    <>
      <Choice
        legend={t('bulk.new.act')}
        name="act"
        value={form.act}
        values={['move', 'remove']}
        textOf={(value) => t(`bulk.new.${value}`)}
        onChange={(act) => change({ act })}
      />
      {refusal !== null && <RunRefused problem={refusal} />}
      <SourceSegments
        segments={segments}
        chosen={form.from}
        hint={form.act === 'move' ? t('bulk.new.any') : undefined}
        error={errorOf('from')}
        onChange={(from) => change({ from })}
      />
      {form.act === 'move' && (
        <TargetField
          segments={segments}
          value={form.to}
          error={errorOf('to')}
          isDisabled={isBusy}
          onChange={(to) => change({ to })}
        />
      )}
    </>
  );
}
