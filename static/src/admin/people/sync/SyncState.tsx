import type { SyncProgress, SyncView } from '@contract';
import { list, number, t } from '../../../i18n';
import { Message } from '../../../shared/Message';
import { phaseText } from './phaseText';
import { shareRead } from './syncNumbers';

type SyncStateProps = { readonly view: SyncView };

/** How far the sync has come, and what it could not read. */
export function SyncState({ view: { progress, isAutomatic } }: SyncStateProps) {
  const share = shareRead(progress);
  const isUnderWay = progress.phase !== 'done' && progress.phase !== 'waiting';
  return (
    <>
      <p role="status">{phaseText(progress, isAutomatic)}</p>
      {isUnderWay && (
        <progress
          className="people-progress"
          aria-label={t('admin.people.sync.progress')}
          max={1}
          {...(share === null ? {} : { value: share })}
        />
      )}
      {progress.phase !== 'waiting' && <p className="subtle small">{factsOf(progress).join(' · ')}</p>}
      {progress.unreadCount > 0 && <UnreadProjects progress={progress} />}
    </>
  );
}

/** What there is to say in numbers, each for itself. */
function factsOf({ phase, issues, issuesInAll, projects, issuesAMinute, points }: SyncProgress): string[] {
  const share = issuesInAll === null || issuesInAll <= 0 ? null : Math.min(1, issues / issuesInAll);
  return [
    share === null || phase === 'done'
      ? t('admin.people.sync.facts.issues', { count: issues })
      : t('admin.people.sync.facts.issuesOf', { count: issues, all: issuesInAll ?? issues, share }),
    t('admin.people.sync.facts.projects', { read: projects.read, all: projects.inAll }),
    ...(issuesAMinute === null || phase !== 'reading'
      ? []
      : [t('admin.people.sync.facts.rate', { rate: number(Math.round(issuesAMinute)) })]),
    t('admin.people.sync.facts.points', { points: number(points) }),
  ];
}

function UnreadProjects({ progress: { unread, unreadCount } }: { readonly progress: SyncProgress }) {
  const names = unread.map(({ key, name }) => t('admin.people.sync.unread.project', { name, key }));
  return (
    <Message tone="warning" title={t('admin.people.sync.unread.title', { count: unreadCount })}>
      <p>{list(unreadCount > names.length ? [...names, '…'] : names)}</p>
      <p>{t('admin.people.sync.unread.grant')}</p>
    </Message>
  );
}
