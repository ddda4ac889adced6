import Button from '@atlaskit/button/new';
import Heading from '@atlaskit/heading';
import { useEffect, useState } from 'react';
import { segmentLabels, type DirectoryView } from '@contract';
import { list, t } from '../../i18n';
import { Loaded } from '../../shared/Loaded';
import { Message } from '../../shared/Message';
import { ProblemMessage } from '../../shared/ProblemMessage';
import { exactTimeText, timeText } from '../../shared/timeText';
import { useLoaded } from '../../shared/useLoaded';
import { invoke } from '../api';

const LOOK_EVERY_MS = 3_000;
const load = () => invoke('admin.directory');

/** How the directory stands: as of when, what a refresh is doing, what is in its way, and the way to have one now. */
export function DirectorySection() {
  const { state, reload, keep } = useLoaded<DirectoryView>(load);
  return (
    <section className="people-section" aria-label={t('admin.people.directory.title')}>
      <Heading as="h2" size="small">
        {t('admin.people.directory.title')}
      </Heading>
      <p>{t('admin.people.directory.intro')}</p>
      <Loaded state={state} label={t('admin.people.directory.loading')} onReload={reload}>
        {(view) => <Directory view={view} keep={keep} />}
      </Loaded>
    </section>
  );
}

function Directory({ view, keep }: { readonly view: DirectoryView; readonly keep: (view: DirectoryView) => void }) {
  const [isAsking, setIsAsking] = useState(false);
  const isUnderWay = view.progress !== null || view.isWaiting;
  useEffect(() => {
    if (!isUnderWay) return undefined;
    const timer = setInterval(() => void look(load, keep), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isUnderWay, keep]);
  const refresh = () => {
    setIsAsking(true);
    void look(() => invoke('admin.refreshDirectory'), keep).finally(() => setIsAsking(false));
  };
  return (
    <>
      <div role="status">
        <p>{standText(view)}</p>
        {isUnderWay ? (
          <p>{progressText(view)}</p>
        ) : (
          view.nextAtMs !== null && (
            <p className="subtle">{t('admin.people.directory.next', { time: exactTimeText(view.nextAtMs) })}</p>
          )
        )}
      </div>
      {view.progress?.phase === 'syncing' && (
        <progress
          className="directory-progress"
          aria-label={t('admin.people.directory.progress')}
          value={view.progress.segmentsRead}
          max={Math.max(1, view.progress.segments)}
        />
      )}
      {view.complete?.age === 'stale' && (
        <Message tone="warning" title={t('admin.people.directory.stale')}>
          <p>{t('admin.people.directory.staleCause')}</p>
        </Message>
      )}
      {unreadableText(view) !== '' && <Message tone="warning" title={unreadableText(view)} />}
      {view.failure !== null && (
        <div role="alert">
          <p>
            <strong>{t('admin.people.directory.failed')}</strong> {t('admin.people.directory.failedNext')}
          </p>
          <ProblemMessage problem={view.failure.problem} isBusy={isAsking} onRetry={refresh} onReload={refresh} />
        </div>
      )}
      <div className="people-line">
        <Button isLoading={isAsking} isDisabled={view.progress !== null} onClick={refresh}>
          {t('admin.people.directory.runNow')}
        </Button>
      </div>
    </>
  );
}

async function look(asking: () => ReturnType<typeof load>, keep: (view: DirectoryView) => void): Promise<void> {
  const answer = await asking().catch(() => null);
  if (answer?.kind === 'ok') keep(answer.value);
}

function standText({ complete }: DirectoryView): string {
  if (complete === null) return t('admin.people.directory.never');
  return t('admin.people.directory.complete', {
    memberships: complete.memberships,
    segments: complete.segments,
    time: timeText(complete.asOfMs, Date.now()),
  });
}

/** Which segments can't be read; '' where all can. */
function unreadableText({ complete }: DirectoryView): string {
  if (complete === null || complete.unreadableCount === 0) return '';
  const names = complete.unreadable.map(segmentLabels(complete.unreadable));
  const shown = complete.unreadableCount > names.length ? [...names, '…'] : names;
  return t('admin.people.directory.unreadable', { count: complete.unreadableCount, segments: list(shown) });
}

function progressText({ progress }: DirectoryView): string {
  if (progress === null) return t('admin.people.directory.waiting');
  if (progress.phase === 'removing') return t('admin.people.directory.retiring');
  return t('admin.people.directory.gathering', { read: progress.segmentsRead, segments: progress.segments });
}
