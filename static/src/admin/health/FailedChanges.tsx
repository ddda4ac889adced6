import Button from '@atlaskit/button/new';
import { KEEP_FAILED_MS, type FailedChange } from '@contract';
import type { ActorNames } from '../../shared/actorNames';
import { Section } from '../../shared/Section';
import { t } from '../../i18n';
import { ChangeRow } from './ChangeRow';
import { DismissAll, type DismissOption } from './DismissAll';
import { causeText, whatText } from './failedText';
import type { ChangeActions } from './useHealth';

const DAY_MS = 24 * 60 * 60 * 1_000;

type FailedChangesProps = {
  readonly failed: readonly FailedChange[];
  readonly names: ActorNames;
  readonly actions: ChangeActions;
};

/** Changes that were wanted and given up, the latest first, each to be tried again or dismissed. */
export function FailedChanges({ failed, names, actions }: FailedChangesProps) {
  return (
    <Section title={t('admin.health.failed.title')}>
      {failed.length === 0 ? (
        <p className="subtle">{t('admin.health.failed.none')}</p>
      ) : (
        <>
          <p>
            {t('admin.health.failed.intro')} {t('admin.health.failed.kept', { days: KEEP_FAILED_MS / DAY_MS })}
          </p>
          <ul className="callers" aria-label={t('admin.health.failed.title')}>
            {failed.map((change) => (
              <ChangeRow key={change.requestId} change={change} names={names} cause={causeText(change.failure)}>
                <FailedActions change={change} actions={actions} />
              </ChangeRow>
            ))}
          </ul>
          <DismissAll
            question={t('admin.health.failed.question')}
            explain={t('admin.health.failed.explain')}
            options={optionsOf(failed)}
            actions={actions}
          />
        </>
      )}
    </Section>
  );
}

function FailedActions({ change, actions }: { readonly change: FailedChange; readonly actions: ChangeActions }) {
  const named = { what: whatText(change), issue: change.issueKey };
  const { requestId } = change;
  return (
    <>
      <Button
        spacing="compact"
        isLoading={actions.running === requestId}
        isDisabled={actions.running !== null && actions.running !== requestId}
        aria-label={t('admin.health.failed.retryOf', named)}
        onClick={() => actions.retry(requestId)}
      >
        {t('admin.health.failed.retry')}
      </Button>
      <Button
        appearance="subtle"
        spacing="compact"
        isDisabled={actions.running !== null}
        aria-label={t('admin.health.failed.dismissOf', named)}
        onClick={() => actions.dismiss(requestId)}
      >
        {t('admin.health.failed.dismiss')}
      </Button>
    </>
  );
}

/** All of them, and those of each cause. */
function optionsOf(failed: readonly FailedChange[]): readonly DismissOption[] {
  const causes = [...new Set(failed.map(({ failure }) => failure))];
  return [
    { id: '', text: t('admin.health.dismissAll.all'), input: { state: 'failed', failure: null } },
    ...causes.map((failure): DismissOption => ({
      id: failure,
      text: causeText(failure),
      input: { state: 'failed', failure },
    })),
  ];
}
