import { useDeferredValue, useEffect, useMemo, useRef } from 'react';
import type { BoardView } from '@contract';
import { number, t } from '../i18n';
import { KnownPeople } from '../shared/KnownPeople';
import { Bars, colourOf, monthText, WIDTH } from './Bars';
import { chartOf, type ChartData, type Series } from './chartData';
import { CountedIssues } from './CountedIssues';
import type { Column } from './state';
import type { Reported } from './reported';

type ChartProps = {
  readonly columns: readonly Column[];
  readonly reported: Reported;
  readonly sync: BoardView['sync'];
  readonly onCount: () => void;
  readonly onReload: () => void;
};

/** The project's issues by the segment of their reporter, as a picture, and the same as a table. */
export function Chart({ columns, reported, sync, onCount, onReload }: ChartProps) {
  // A picture may come a moment later than a card that moves.
  const read = useDeferredValue(columns);
  const data = useMemo(() => chartOf(reported.months, read, Date.now()), [reported.months, read]);
  const isPartly = reported.state === 'reading' || columns.some(({ loading }) => loading.state !== 'loaded');
  return (
    <section className="chart" aria-labelledby="chart-title">
      <h2 id="chart-title" className="section-title">
        {t('board.chart.title')}
      </h2>
      <p className="subtle">{t('board.chart.intro')}</p>
      <CountedIssues reported={reported} onCount={onCount} onReload={onReload} />
      <KnownPeople summary={sync} />
      {reported.state === 'failed' && <p>{t('board.chart.unread')}</p>}
      {isPartly && reported.state !== 'failed' && <p className="subtle small">{t('board.chart.loading')}</p>}
      {data.most === 0 ? <p className="subtle">{t('board.chart.empty')}</p> : <Drawn data={data} />}
    </section>
  );
}

function Drawn({ data }: { readonly data: ChartData }) {
  const picture = useRef<HTMLDivElement>(null);
  // Where there is no room for all months, the newest are the ones in sight.
  useEffect(() => picture.current?.scrollTo({ left: WIDTH }), []);
  return (
    <>
      <div ref={picture} className="chart-scroll" role="group" tabIndex={0} aria-label={t('board.chart.title')}>
        <Bars data={data} />
      </div>
      <ul className="legend" aria-label={t('board.chart.legend')}>
        {data.series.map((series, nth) => (
          <li key={nameOf(series)} className="legend-item">
            <svg width="12" height="12" aria-hidden="true">
              <rect width="12" height="12" rx="2" className={colourOf(series, nth)} />
            </svg>
            <bdi>{nameOf(series)}</bdi>
          </li>
        ))}
      </ul>
      <details>
        <summary>{t('board.chart.table')}</summary>
        <div className="chart-scroll" role="group" tabIndex={0} aria-label={t('board.chart.table')}>
          <table className="chart-table">
            <thead>
              <tr>
                <th scope="col">{t('board.chart.month')}</th>
                {data.series.map((series) => (
                  <th key={nameOf(series)} scope="col">
                    <bdi>{nameOf(series)}</bdi>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.months.map((month, at) => (
                <tr key={month}>
                  <th scope="row">{monthText(month, 'long')}</th>
                  {data.series.map((series) => (
                    <td key={nameOf(series)}>{number(series.counts[at] ?? 0)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}

function nameOf({ which }: Series): string {
  switch (which.kind) {
    case 'segment':
      return which.segment.name;
    case 'others':
      return t('board.chart.others');
    case 'none':
      return t('board.chart.noSegment');
  }
}
