import Button from '@atlaskit/button/new';
import type { WriteStop } from '@contract';
import { t } from '../../i18n';
import { Message } from '../../shared/Message';
import { Time } from '../../shared/Time';
import { ChangedPeople, ChangedProblem, isSomebodyMissing } from './ChangedPeople';
import { useChanged } from './useChanged';
import { useResume } from './useResume';

type StopCardProps = {
  readonly stop: WriteStop;
  /** Called when the kind may be tested again. */
  readonly onResumed: () => void;
};

/** A kind of write that rests: since when, who was changed beside it, and what can be done. */
export function StopCard({ stop, onResumed }: StopCardProps) {
  const changed = useChanged(stop.operationId);
  const resuming = useResume(stop);
  const resume = async () => {
    if (await resuming.resume()) onResumed();
  };
  return (
    <Message
      tone="error"
      title={t('admin.stops.title', { kind: t(`problems.writeKinds.${stop.kind}`) })}
      actions={
        <>
          {isSomebodyMissing(changed) && (
            <Button
              appearance="primary"
              spacing="compact"
              isLoading={changed.isRunning}
              isDisabled={resuming.isRunning}
              onClick={() => void changed.putBack()}
            >
              {t('admin.stops.putBack')}
            </Button>
          )}
          <Button
            spacing="compact"
            isLoading={resuming.isRunning}
            isDisabled={changed.isRunning}
            onClick={() => void resume()}
          >
            {t('admin.stops.resume')}
          </Button>
        </>
      }
    >
      <p>{t('admin.stops.why', { count: stop.strays.count })}</p>
      <p className="subtle small">
        {t('admin.stops.since')} <Time atMs={stop.atMs} />
      </p>
      <ChangedPeople changed={changed} />
      {resuming.problem !== null && <ChangedProblem problem={resuming.problem} />}
      <p className="small">{t('admin.stops.resumeHint')}</p>
    </Message>
  );
}
