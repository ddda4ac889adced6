import type { ReporterCounts, ReporterState } from '@contract';
import { number, t } from '../../../i18n';
import { barOf, CHARTED } from './bar';

/** The count as one bar, and as a table that says the same in words and numbers. */
export function CountChart({ counts }: { readonly counts: ReporterCounts }) {
  const total = CHARTED.reduce((sum, state) => sum + counts[state], 0);
  return (
    <div className="people-picture">
      {/* For the eye only: the table below is what the bar shows. */}
      <svg
        className="people-bar"
        viewBox="0 0 1000 24"
        preserveAspectRatio="none"
        aria-hidden="true"
        data-testid="people-bar"
      >
        {barOf(counts).map(({ state, x, width }) => (
          <rect key={state} className={`people-fill-${state}`} x={x} y="0" width={width} height="24" />
        ))}
      </svg>
      <table className="people-table">
        <caption className="visually-hidden">{t('admin.people.count.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('admin.people.count.state')}</th>
            <th scope="col" className="people-number">
              {t('admin.people.count.reporters')}
            </th>
            <th scope="col" className="people-number">
              {t('admin.people.count.share')}
            </th>
          </tr>
        </thead>
        <tbody>
          {CHARTED.map((state) => (
            <Row key={state} state={state} count={counts[state]} total={total} />
          ))}
        </tbody>
      </table>
      {counts.notAPerson > 0 && (
        <p className="subtle small">{t('admin.people.count.notPeople', { count: counts.notAPerson })}</p>
      )}
    </div>
  );
}

function Row({
  state,
  count,
  total,
}: {
  readonly state: (typeof CHARTED)[number] & ReporterState;
  readonly count: number;
  readonly total: number;
}) {
  return (
    <tr>
      <th scope="row">
        <svg className="people-swatch" viewBox="0 0 12 12" aria-hidden="true">
          <rect className={`people-fill-${state}`} width="12" height="12" />
        </svg>
        {t(`admin.people.states.${state}`)}
        <p className="subtle small">{t(`admin.people.explained.${state}`)}</p>
      </th>
      <td className="people-number">{number(count)}</td>
      <td className="people-number">{total === 0 ? '–' : t('admin.people.count.percent', { share: count / total })}</td>
    </tr>
  );
}
