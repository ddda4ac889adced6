import {
  UNLINKED_CAUSES,
  LEFT_OUT_CAUSES,
  MARKED_CAUSES,
  sumsOf,
  type SyncCount,
  type SyncCounts,
  type SyncState,
} from '@contract';
import { number, t } from '../../../i18n';
import { barOf, type BarName } from './bar';

type CountTableProps = { readonly counts: SyncCounts; readonly isAutomatic: boolean };

/** How many reporters are in which state and what they reported: a bar, and a table that says the same. */
export function CountTable({ counts, isAutomatic }: CountTableProps) {
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
        {barOf(counts).map(({ name, x, width }) => (
          <rect key={name} className={`people-fill-${name}`} x={x} y="0" width={width} height="24" />
        ))}
      </svg>
      <table className="people-table">
        <caption className="visually-hidden">{t('admin.people.sync.table.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('admin.people.sync.table.state')}</th>
            <th scope="col" className="people-number">
              {t('admin.people.sync.table.reporters')}
            </th>
            <th scope="col" className="people-number">
              {t('admin.people.sync.table.issues')}
            </th>
          </tr>
        </thead>
        <tbody>
          <StateRows counts={counts} isAutomatic={isAutomatic} />
        </tbody>
      </table>
      {counts.notAPerson.reporters > 0 && (
        <p className="subtle small">{t('admin.people.sync.notPeople', { count: counts.notAPerson.reporters })}</p>
      )}
    </div>
  );
}

/** A row for each state in which somebody is; those who are certain have one while nothing is linked by itself. */
function StateRows({ counts, isAutomatic }: CountTableProps) {
  const { people, linked } = sumsOf(counts);
  const those = <State extends SyncState>(states: readonly State[]): State[] =>
    states.filter((state) => counts[state].reporters > 0);
  const rows = [
    ...those(['unlinked', 'skipped'] as const).map((state) => ({ state, fill: 'unlinked' as const })),
    ...those(UNLINKED_CAUSES).map((state) => ({ state, fill: 'review' as const })),
    ...those(LEFT_OUT_CAUSES).map((state) => ({ state, fill: 'leftOut' as const })),
  ];
  return (
    <>
      <Row count={linked} fill="linked" title={t('admin.people.sync.states.linked')} of={people} />
      {those(MARKED_CAUSES).map((state) => (
        <Row
          key={state}
          count={counts[state]}
          fill="marked"
          title={t('admin.people.sync.table.ofThem', { state: t(`admin.people.sync.states.${state}`) })}
          note={t(`admin.people.sync.explained.${state}`)}
          of={people}
        />
      ))}
      {(counts.certain.reporters > 0 || !isAutomatic) && (
        <Row
          count={counts.certain}
          fill="certain"
          title={t('admin.people.sync.states.certain')}
          note={t(isAutomatic ? 'admin.people.sync.explained.certainSoon' : 'admin.people.sync.explained.certain')}
          of={people}
        />
      )}
      {rows.map(({ state, fill }) => (
        <Row
          key={state}
          count={counts[state]}
          fill={fill}
          title={t(`admin.people.sync.states.${state}`)}
          note={t(`admin.people.sync.explained.${state}`)}
          of={people}
        />
      ))}
    </>
  );
}

type RowProps = {
  readonly count: SyncCount;
  readonly fill: BarName;
  readonly title: string;
  readonly note?: string;
  readonly of: SyncCount;
};

function Row({ count, fill, title, note, of }: RowProps) {
  return (
    <tr>
      <th scope="row" className={fill === 'marked' ? 'people-of' : undefined}>
        <svg className="people-swatch" viewBox="0 0 12 12" aria-hidden="true">
          <rect className={`people-fill-${fill}`} width="12" height="12" />
        </svg>
        {title}
        {note !== undefined && <p className="subtle small">{note}</p>}
      </th>
      <Share count={count.reporters} of={of.reporters} />
      <Share count={count.issues} of={of.issues} />
    </tr>
  );
}

function Share({ count, of }: { readonly count: number; readonly of: number }) {
  return (
    <td className="people-number">
      {number(count)}
      {of > 0 && <p className="subtle small">{t('admin.people.sync.table.percent', { share: count / of })}</p>}
    </td>
  );
}
