import type { WaitingCount } from '@contract';
import { Section } from '../../shared/Section';
import { Time } from '../../shared/Time';
import { t } from '../../i18n';

type UnderWayProps = { readonly unfinished: WaitingCount; readonly waiting: WaitingCount };

/** Writes whose outcome is open, and changes in the queue. */
export function UnderWay({ unfinished, waiting }: UnderWayProps) {
  return (
    <Section title={t('admin.health.work.title')}>
      <Line tally={unfinished} text={t('admin.health.work.unfinished', { count: unfinished.count })} />
      <Line tally={waiting} text={t('admin.health.work.waiting', { count: waiting.count })} />
    </Section>
  );
}

function Line({ tally, text }: { readonly tally: WaitingCount; readonly text: string }) {
  return (
    <p>
      {text} {!tally.isAll && t('admin.health.work.atLeast')}{' '}
      {tally.oldestMs !== null && (
        <span className="subtle">
          {t('admin.health.work.oldest')} <Time atMs={tally.oldestMs} />
        </span>
      )}
    </p>
  );
}
