import type { BulkAct, BulkView, Segment } from '@contract';
import { t } from '../i18n';
import { Choice } from './Choice';
import { RunRefused } from './RunRefused';
import { SourceSegments } from './SourceSegments';
import { TargetField } from './TargetField';
import type { NewRunForm } from './useNewRun';

type SegmentChangeProps = {
  readonly newRun: NewRunForm;
  readonly segments: readonly Segment[];
  readonly refusals: BulkView['refusals'];
};

/** What a run can do, the default first: what leaves everybody where they are besides. */
const ACTS: readonly BulkAct['kind'][] = ['add', 'move', 'remove'];

/** What a new run may do: what would be refused is not offered. */
export function offeredActs(refusals: BulkView['refusals']): readonly BulkAct['kind'][] {
  return ACTS.filter((act) => refusals[act] === null);
}

/** What a new run does: adds, moves or removes, from which segments, and to which one. */
export function SegmentChange({ newRun: { form, errorOf, change, isBusy }, segments, refusals }: SegmentChangeProps) {
  const offered = offeredActs(refusals);
  return (
    <>
      {offered.length > 0 && (
        <Choice
          legend={t('bulk.new.act')}
          name="act"
          value={form.act}
          values={offered}
          textOf={(value) => t(`bulk.new.${value}`)}
          onChange={(act) => change({ act })}
        />
      )}
      {ACTS.map((act) => refusals[act] !== null && <RunRefused key={act} problem={refusals[act]} act={act} />)}
      {form.act !== 'add' && (
        <SourceSegments
          segments={segments}
          chosen={form.from}
          hint={form.act === 'move' ? t('bulk.new.any') : undefined}
          error={errorOf('from')}
          onChange={(from) => change({ from })}
        />
      )}
      {form.act !== 'remove' && (
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
