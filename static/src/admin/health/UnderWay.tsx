import type { WaitingCount } from '@contract';
import { Section } from '../../shared/Section';
import { Time } from '../../shared/Time';
import { t } from '../../i18n';

/** Writes whose outcome is open. */
export function UnderWay({ unfinished }: { readonly unfinished: WaitingCount }) {
  return (
    <Section title={t('admin.health.work.title')}>
      <p>
        {t('admin.health.work.unfinished', { count: unfinished.count })}{' '}
        {!unfinished.isAll && t('admin.health.work.atLeast')}{' '}
        {unfinished.oldestMs !== null && (
          <span className="subtle">
            {t('admin.health.work.oldest')} <Time atMs={unfinished.oldestMs} />
          </span>
        )}
      </p>
    </Section>
  );
}
