import { dateFormat, number, t } from '../i18n';
import { scaleOf, type ChartData, type Series } from './chartData';

/** The picture's width in pixels: where there is less room it is scrolled, never squeezed. */
export const WIDTH = 720;
const HEIGHT = 220;
const LEFT = 40;
const BOTTOM = 24;
const TOP = 8;
const LINES = 4;

/** Stacked bars, one for each month. What they show stands in the table beside them, for those who can't see it. */
export function Bars({ data: { months, series, most } }: { readonly data: ChartData }) {
  const scale = scaleOf(most);
  const heightOf = (issues: number): number => (issues / scale) * (HEIGHT - BOTTOM - TOP);
  const stepX = (WIDTH - LEFT) / months.length;
  const baseY = HEIGHT - BOTTOM;
  return (
    <svg
      className="bars"
      viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
      width={WIDTH}
      height={HEIGHT}
      aria-hidden="true"
    >
      {Array.from({ length: LINES + 1 }, (_, nth) => {
        const issues = (scale / LINES) * nth;
        const y = baseY - heightOf(issues);
        return (
          <g key={nth}>
            <line x1={LEFT} x2={WIDTH} y1={y} y2={y} className="bars-line" />
            <text x={LEFT - 8} y={y + 4} textAnchor="end" className="bars-text">
              {number(issues)}
            </text>
          </g>
        );
      })}
      {months.map((month, at) => {
        const x = LEFT + stepX * at + stepX * 0.2;
        const total = series.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0);
        let y = baseY;
        return (
          <g key={month}>
            <title>{t('board.chart.bar', { month: monthText(month, 'long'), count: total })}</title>
            {series.map((one, nth) => {
              const height = heightOf(one.counts[at] ?? 0);
              y -= height;
              return height === 0 ? null : (
                <rect key={nth} x={x} y={y} width={stepX * 0.6} height={height} className={colourOf(one, nth)} />
              );
            })}
            <text x={x + stepX * 0.3} y={HEIGHT - 8} textAnchor="middle" className="bars-text">
              {monthText(month, 'short')}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** The class that colours a stack: one of the eight colours that can be told apart, or grey for nobody's. */
export function colourOf({ which }: Series, nth: number): string {
  switch (which.kind) {
    case 'segment':
      return `series-${String(nth + 1)}`;
    case 'others':
      return 'series-8';
    case 'none':
      return 'series-none';
  }
}

/** `2026-03` as the page's language writes it; short without the year, but for January. */
export function monthText(month: string, style: 'short' | 'long'): string {
  const date = new Date(`${month}-01T00:00:00Z`);
  const isYearTold = style === 'long' || month.endsWith('-01');
  return dateFormat({
    month: style,
    timeZone: 'UTC',
    ...(isYearTold ? { year: style === 'long' ? 'numeric' : '2-digit' } : {}),
  }).format(date);
}
