import { REVIEW_CAUSES, type SyncCount, type SyncCounts } from '@contract';
import { number, t } from '../../../i18n';
import { barOf, type BarName } from './bar';
import { peopleOf } from './syncNumbers';

type CountTableProps = { readonly counts: SyncCounts; readonly isAutomatic: boolean };

/** How many reporters are in which state and what they reported: a bar, and a table that says the same. */
export function CountTable({ counts, isAutomatic }: CountTableProps) {
  const people = peopleOf(counts);
  const causes = REVIEW_CAUSES.filter((cause) => counts[cause].reporters > 0);
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
          <Row count={counts.linked} fill="linked" title={t('admin.people.sync.states.linked')} of={people} />
          {(counts.certain.reporters > 0 || !isAutomatic) && (
            <Row
              count={counts.certain}
              fill="certain"
              title={t('admin.people.sync.states.certain')}
              note={t(isAutomatic ? 'admin.people.sync.explained.certainSoon' : 'admin.people.sync.explained.certain')}
              of={people}
            />
          )}
          {counts.unlinked.reporters > 0 && (
            <Row
              count={counts.unlinked}
              fill="unlinked"
              title={t('admin.people.sync.states.unlinked')}
              note={t('admin.people.sync.explained.unlinked')}
              of={people}
            />
          )}
          {counts.skipped.reporters > 0 && (
            <Row
              count={counts.skipped}
              fill="unlinked"
              title={t('admin.people.sync.states.skipped')}
              note={t('admin.people.sync.explained.skipped')}
              of={people}
            />
          )}
          {causes.map((cause) => (
            <Row
              key={cause}
              count={counts[cause]}
              fill="review"
              title={t(`admin.people.sync.states.${cause}`)}
              note={t(`admin.people.sync.explained.${cause}`)}
              of={people}
            />
          ))}
        </tbody>
      </table>
      {counts.notAPerson.reporters > 0 && (
        <p className="subtle small">{t('admin.people.sync.notPeople', { count: counts.notAPerson.reporters })}</p>
      )}
    </div>
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
      <th scope="row">
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
