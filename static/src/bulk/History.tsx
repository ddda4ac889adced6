import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import type { ListedRun } from '@contract';
import { t } from '../i18n';
import { useActorNames } from '../shared/actorNames';
import { Status } from '../shared/Status';
import { Time } from '../shared/Time';
import { actText, countText, sourceText, stateTone } from './runText';

type HistoryProps = {
  readonly runs: readonly ListedRun[];
  readonly viewerAccountId: string;
  readonly onOpen: (run: ListedRun) => void;
};

/** Earlier runs, and those that go on just now, newest first. */
export function History({ runs, viewerAccountId, onOpen }: HistoryProps) {
  const nameOf = useActorNames(
    runs.map(({ createdByAccountId }) => createdByAccountId),
    viewerAccountId,
  );
  return (
    <section className="stack" aria-labelledby="history">
      <Heading size="small" as="h2" id="history">
        {t('bulk.history.heading')}
      </Heading>
      {runs.length === 0 && <p className="subtle">{t('bulk.history.empty')}</p>}
      <ul className="runs">
        {runs.map((run) => (
          <li key={run.runId} className="run">
            <div className="grow stack-tight">
              <p className="name">{actText(run)}</p>
              <p className="subtle small">{sourceText(run)}</p>
              <p className="with-status small">
                <Status tone={stateTone(run)} text={t(`bulk.state.${run.state}`)} />
                <span className="subtle">
                  {countText(run.verdicts.willWrite)}
                  {t('common.separator')}
                  <Time atMs={run.createdAtMs} />
                  {t('common.separator')}
                  {nameOf(run.createdByAccountId, 'by')}
                </span>
              </p>
            </div>
            <Button
              spacing="compact"
              onClick={() => onOpen(run)}
              aria-label={`${t('bulk.history.open')}: ${actText(run)}`}
            >
              {t('bulk.history.open')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
