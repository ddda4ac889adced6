import Button from '@atlaskit/button/new';
import type { QueuedChangeView, WaitingCount } from '@contract';
import type { ActorNames } from '../../shared/actorNames';
import { Section } from '../../shared/Section';
import { t } from '../../i18n';
import { ChangeRow } from './ChangeRow';
import { DismissAll, type DismissOption } from './DismissAll';
import { whatText } from './failedText';
import type { ChangeActions } from './useHealth';

type WaitingChangesProps = {
  readonly queued: readonly QueuedChangeView[];
  readonly waiting: WaitingCount;
  readonly names: ActorNames;
  readonly actions: ChangeActions;
};

/** Changes that wait to be carried out, the oldest first, each to be dismissed. */
export function WaitingChanges({ queued, waiting, names, actions }: WaitingChangesProps) {
  return (
    <Section title={t('admin.health.queued.title')}>
      <p className={queued.length === 0 ? 'subtle' : ''}>
        {t('admin.health.work.waiting', { count: waiting.count })} {!waiting.isAll && t('admin.health.work.atLeast')}
      </p>
      {queued.length > 0 && (
        <>
          <p>{t('admin.health.queued.intro')}</p>
          <ul className="callers" aria-label={t('admin.health.queued.title')}>
            {queued.map((change) => (
              <ChangeRow key={change.requestId} change={change} names={names} cause={null}>
                <Button
                  appearance="subtle"
                  spacing="compact"
                  isDisabled={actions.running !== null}
                  aria-label={t('admin.health.failed.dismissOf', { what: whatText(change), issue: change.issueKey })}
                  onClick={() => actions.dismiss(change.requestId)}
                >
                  {t('admin.health.failed.dismiss')}
                </Button>
              </ChangeRow>
            ))}
          </ul>
          <DismissAll
            question={t('admin.health.queued.question')}
            explain={t('admin.health.queued.explain')}
            options={optionsOf(queued)}
            actions={actions}
          />
        </>
      )}
    </Section>
  );
}

/** All of them, and those of each API client. */
function optionsOf(queued: readonly QueuedChangeView[]): readonly DismissOption[] {
  const clients = new Map(queued.flatMap(({ apiClient }) => (apiClient === null ? [] : [[apiClient.id, apiClient]])));
  return [
    { id: '', text: t('admin.health.dismissAll.all'), input: { state: 'queued', apiClientId: null } },
    ...[...clients.values()].map(({ id, name }): DismissOption => ({
      id,
      text: t('admin.health.change.byClient', { name: name ?? id }),
      input: { state: 'queued', apiClientId: id },
    })),
  ];
}
