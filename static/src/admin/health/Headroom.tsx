import type { Headroom as HeadroomView } from '@contract';
import { Section } from '../../shared/Section';
import { exactTimeText } from '../../shared/timeText';
import { t } from '../../i18n';

/** How fast Shorter Loop may be asked now. */
export function Headroom({ headroom }: { readonly headroom: HeadroomView }) {
  const { callsNow, mostCalls, callsPerSecond, closedUntilMs } = headroom;
  return (
    <Section title={t('admin.health.headroom.title')}>
      <meter
        className="headroom"
        min={0}
        max={mostCalls}
        low={mostCalls / 4}
        optimum={mostCalls}
        value={callsNow}
        aria-label={t('admin.health.headroom.title')}
      />
      <p>
        {t('admin.health.headroom.now', {
          calls: callsNow,
          most: mostCalls,
          rate: Math.round(callsPerSecond * 100) / 100,
        })}
      </p>
      {closedUntilMs !== null && <p>{t('admin.health.headroom.closed', { time: exactTimeText(closedUntilMs) })}</p>}
    </Section>
  );
}
