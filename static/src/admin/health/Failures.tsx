import type { FailureCause, FailureCount } from '@contract';
import { ToneIcon } from '../../shared/Message';
import { adminProblemText } from '../../shared/problemText';
import { Section } from '../../shared/Section';
import { Time } from '../../shared/Time';
import { t } from '../../i18n';

/** What failed lately, by cause, with what to do about it. */
export function Failures({ failures }: { readonly failures: readonly FailureCount[] }) {
  return (
    <Section title={t('admin.health.failures.title')}>
      {failures.length === 0 ? (
        <p className="with-icon">
          <ToneIcon tone="success" /> {t('admin.health.failures.none')}
        </p>
      ) : (
        <ul className="callers" aria-label={t('admin.health.failures.caption')}>
          {failures.map(({ cause, lastDay, lastWeek, lastAtMs }) => {
            const { title, next } = wordsOf(cause);
            return (
              <li key={cause} className="caller">
                <div className="grow">
                  <p className="name">{title}</p>
                  <p>{next}</p>
                  <p className="subtle small">
                    {t('admin.health.failures.counts', { day: lastDay, week: lastWeek })} <Time atMs={lastAtMs} />
                  </p>
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}

function wordsOf(cause: FailureCause): { readonly title: string; readonly next: string } {
  switch (cause) {
    case 'jiraBusy':
    case 'jiraQuota':
    case 'jiraFailed':
    case 'consentNeeded':
    case 'storage':
    case 'internal':
    case 'segmentUnreadable':
      return { title: t(`admin.health.causes.${cause}.title`), next: t(`admin.health.causes.${cause}.next`) };
    default:
      return adminProblemText({ code: 'shorterLoop', cause, status: null, retryAfterMs: null });
  }
}
