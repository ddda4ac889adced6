import type { WriteStop } from '@contract';
import { Section } from '../../shared/Section';
import { Time } from '../../shared/Time';
import { t } from '../../i18n';

/** The kinds of writes that rest; who was changed, and what to do, stands above the tabs. */
export function StoppedWrites({ stops }: { readonly stops: readonly WriteStop[] }) {
  if (stops.length === 0) return null;
  return (
    <Section title={t('admin.health.stops.title')}>
      <ul className="callers" aria-label={t('admin.health.stops.title')}>
        {stops.map(({ kind, atMs, strays }) => (
          <li key={kind} className="caller">
            <div className="grow">
              <p className="name">{t(`problems.writeKinds.${kind}`)}</p>
              <p className="subtle small">
                {t('admin.health.stops.changed', { count: strays.count })}
                {t('common.separator')}
                <Time atMs={atMs} />
              </p>
            </div>
          </li>
        ))}
      </ul>
      <p className="subtle small">{t('admin.health.stops.next')}</p>
    </Section>
  );
}
