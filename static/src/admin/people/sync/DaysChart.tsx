import type { SyncDay } from '@contract';
import { dateFormat, number, t } from '../../../i18n';
import { DAY_PARTS, DAYS_HEIGHT, DAYS_WIDTH, mostOf, rectsOf } from './days';

type DaysChartProps = { readonly days: readonly SyncDay[] };

/** How the numbers went over the last weeks, as a picture and as a table. One day is no course. */
export function DaysChart({ days }: DaysChartProps) {
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined || days.length < 2) return null;
  return (
    <figure className="people-days" aria-labelledby="people-days">
      <h3 id="people-days" className="people-card-title">
        {t('admin.people.sync.days.title')}
      </h3>
      <p className="subtle small">{t('admin.people.sync.days.most', { count: mostOf(days) })}</p>
      <svg
        className="people-days-picture"
        viewBox={`0 0 ${String(DAYS_WIDTH)} ${String(DAYS_HEIGHT)}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        data-testid="people-days"
      >
        {rectsOf(days).map(({ day, part, ...rect }) => (
          <rect key={`${day} ${part}`} className={`people-fill-${part}`} {...rect} />
        ))}
      </svg>
      <p className="subtle small">
        {t('admin.people.sync.days.between', { first: dayText(first.day), last: dayText(last.day) })}
      </p>
      <ul className="people-legend" aria-label={t('admin.people.sync.days.legend')}>
        {DAY_PARTS.map((part) => (
          <li key={part}>
            <svg className="people-swatch" viewBox="0 0 12 12" aria-hidden="true">
              <rect className={`people-fill-${part}`} width="12" height="12" />
            </svg>
            {t(`admin.people.sync.days.${part}`)}
          </li>
        ))}
      </ul>
      <DaysTable days={days} />
    </figure>
  );
}

function DaysTable({ days }: DaysChartProps) {
  return (
    <details>
      <summary>{t('admin.people.sync.days.table')}</summary>
      <div className="people-scroll" role="group" tabIndex={0} aria-label={t('admin.people.sync.days.table')}>
        <table className="people-table">
          <thead>
            <tr>
              <th scope="col">{t('admin.people.sync.days.day')}</th>
              {DAY_PARTS.map((part) => (
                <th key={part} scope="col" className="people-number">
                  {t(`admin.people.sync.days.${part}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...days].reverse().map((one) => (
              <tr key={one.day}>
                <th scope="row">{dayText(one.day)}</th>
                {DAY_PARTS.map((part) => (
                  <td key={part} className="people-number">
                    {number(one[part])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** A day as it is stored, in UTC: it is the same day for every viewer. */
function dayText(day: string): string {
  return dateFormat({ dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`));
}
