import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { FailedChange } from '@contract';
import { Section } from '../../shared/Section';
import { Time } from '../../shared/Time';
import { t } from '../../i18n';
import { causeText, whatText } from './failedText';

type FailedChangesProps = {
  readonly failed: readonly FailedChange[];
  readonly onAct: (what: 'retry' | 'dismiss', requestId: string) => Promise<void>;
};

/** Changes that rules wanted and that were given up, each to be tried again or dismissed. */
export function FailedChanges({ failed, onAct }: FailedChangesProps) {
  const [busy, setBusy] = useState<string | null>(null);
  const act = async (what: 'retry' | 'dismiss', requestId: string) => {
    setBusy(requestId);
    await onAct(what, requestId);
    setBusy(null);
  };
  if (failed.length === 0) {
    return (
      <Section title={t('admin.health.failed.title')}>
        <p className="subtle">{t('admin.health.failed.none')}</p>
      </Section>
    );
  }
  return (
    <Section title={t('admin.health.failed.title')}>
      <p>{t('admin.health.failed.intro')}</p>
      <ul className="callers" aria-label={t('admin.health.failed.title')}>
        {failed.map((change) => {
          const named = { what: whatText(change), issue: change.issueKey };
          return (
            <li key={change.requestId} className="caller">
              <div className="grow">
                <p>
                  {named.what}
                  {t('common.separator')}
                  {named.issue}
                </p>
                <p>{causeText(change.failure)}</p>
                <p className="subtle small">
                  {t('admin.health.failed.attempts', { count: change.attempts })}
                  {t('common.separator')}
                  <Time atMs={change.askedAtMs} />
                </p>
              </div>
              <Button
                spacing="compact"
                isLoading={busy === change.requestId}
                aria-label={t('admin.health.failed.retryOf', named)}
                onClick={() => void act('retry', change.requestId)}
              >
                {t('admin.health.failed.retry')}
              </Button>
              <Button
                appearance="subtle"
                spacing="compact"
                isDisabled={busy === change.requestId}
                aria-label={t('admin.health.failed.dismissOf', named)}
                onClick={() => void act('dismiss', change.requestId)}
              >
                {t('admin.health.failed.dismiss')}
              </Button>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
