import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import type { FormEvent } from 'react';
import type { BulkView, RunView, Segment } from '@contract';
import { t } from '../i18n';
import { Cost, CostQuestion } from '../shared/Cost';
import { Message } from '../shared/Message';
import { ProblemMessage } from '../shared/ProblemMessage';
import type { Acquisition } from './navigator';
import { ReporterSource } from './ReporterSource';
import { offeredActs, SegmentChange } from './SegmentChange';
import { useNewRun } from './useNewRun';
import type { Reading } from './useReading';

type NewRunProps = {
  readonly segments: readonly Segment[];
  readonly refusals: BulkView['refusals'];
  readonly taken: Acquisition;
  readonly onCreated: (run: RunView, reading: Reading) => void;
};

/** The form of a new run: whose reporters, what to do, from where and to where. */
export function NewRun({ segments, refusals, taken, onCreated }: NewRunProps) {
  const newRun = useNewRun({ jql: taken.jql, act: offeredActs(refusals)[0] ?? 'add' }, onCreated);
  const { problem, isBusy, asking, estimate, submit } = newRun;
  const refusal = refusals[newRun.form.act];
  if (segments.length === 0)
    return (
      <Message tone="info" title={t('bulk.noSegments.title')}>
        <p>{t('bulk.noSegments.next')}</p>
      </Message>
    );
  return (
    <form
      className="stack box"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void submit(false);
      }}
    >
      <Heading size="small" as="h2">
        {t('bulk.new.heading')}
      </Heading>
      <ReporterSource newRun={newRun} taken={taken} />
      <SegmentChange newRun={newRun} segments={segments} refusals={refusals} />
      {problem !== null && (
        <div role="alert">
          <ProblemMessage
            problem={problem}
            isBusy={isBusy}
            onRetry={() => void submit(false)}
            onReload={newRun.dismiss}
          />
        </div>
      )}
      {asking !== null && (
        <CostQuestion estimate={asking} onRead={() => void submit(true)} onCancel={newRun.stopAsking} />
      )}
      {asking === null && estimate !== null && <Cost estimate={estimate} />}
      <div className="actions">
        <Button type="submit" appearance="primary" isLoading={isBusy} isDisabled={refusal !== null}>
          {t('bulk.new.preview')}
        </Button>
      </div>
    </form>
  );
}
