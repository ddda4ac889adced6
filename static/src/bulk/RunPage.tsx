import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import { useCallback, useState } from 'react';
import type { RunView } from '@contract';
import { t } from '../i18n';
import { CostPause } from '../shared/Cost';
import { Message } from '../shared/Message';
import { Status } from '../shared/Status';
import { ProblemMessage } from '../shared/ProblemMessage';
import { Known } from './Known';
import { Groups } from './Groups';
import { Numbers } from './Numbers';
import { Pause } from './Pause';
import { Progress } from './Progress';
import { Report } from './Report';
import { RunActions } from './RunActions';
import { actText, peopleOf, sourceText, stateTone } from './runText';
import { useReading, type Reading } from './useReading';
import { useRun } from './useRun';

type RunPageProps = {
  readonly first: RunView;
  readonly reading: Reading | null;
  readonly onOpen: (run: RunView, reading: Reading) => void;
  readonly onLeave: () => void;
};

/** One run, from its preview to its report. */
export function RunPage({ first, reading, onOpen, onLeave }: RunPageProps) {
  const { run, setRun, ask, problem, isBusy } = useRun(first);
  const onRun = useCallback((next: RunView) => setRun(next), [setRun]);
  const steps = useReading(run, reading, onRun);
  const [asked, setAsked] = useState(0);
  return (
    <>
      <div className="run-head">
        <Button appearance="subtle" spacing="compact" onClick={onLeave}>
          {t('bulk.back')}
        </Button>
        <Heading size="medium" as="h2">
          {actText(run)}
        </Heading>
        <p className="with-status">
          <Status tone={stateTone(run)} text={t(`bulk.state.${run.state}`)} />
          <span className="subtle">{sourceText(run, reading)}</span>
        </p>
      </div>
      <div role="status" className="stack">
        {steps.pausedUntilMs !== null && <CostPause untilMs={steps.pausedUntilMs} />}
        {steps.state === 'reading' && <p>{t('bulk.preview.reading', { people: peopleOf(run) })}</p>}
        {run.state === 'reading' && steps.state === 'none' && <p>{t('bulk.preview.elsewhere')}</p>}
        {run.state === 'ready' && run.verdicts.willWrite === 0 && <p>{t('bulk.preview.nobody')}</p>}
        {(run.state === 'running' || run.state === 'paused') && <Progress run={run} />}
        {run.pause !== null && <Pause pause={run.pause} isAdding={run.act.kind === 'add'} />}
        {run.strays > 0 && <Message tone="warning" title={t('bulk.strays', { count: run.strays })} />}
      </div>
      {(steps.problem ?? problem) !== null && (
        <div role="alert">
          <ProblemMessage
            problem={steps.problem ?? problem ?? { code: 'noAnswer' }}
            isBusy={isBusy}
            onRetry={steps.problem === null ? () => ask('bulk.run') : steps.goOn}
            onReload={() => ask('bulk.run')}
          />
        </div>
      )}
      <RunActions run={run} steps={steps} isBusy={isBusy} onAsk={ask} onOpen={onOpen} />
      <Numbers run={run} />
      {(run.state === 'reading' || run.state === 'ready') && <Known />}
      <Groups run={run} />
      <Report key={`${run.state} ${String(asked)}`} run={run} onAgain={() => setAsked((before) => before + 1)} />
    </>
  );
}
