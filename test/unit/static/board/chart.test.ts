import type { BoardMember, ReportedMonth } from '../../../../src/contract';
import { chartOf, scaleOf } from '../../../../static/src/board/chartData';
import type { Column } from '../../../../static/src/board/state';

const NOW_MS = Date.UTC(2026, 10, 25);
const column = (id: number, ...ids: number[]): Column => ({
  segment: { id, name: `S${String(id)}` },
  total: ids.length,
  members: ids.map((one): BoardMember => [one, null]),
  loading: { state: 'loaded' },
});
const row = (memberId: number | null, month: string, issues: number): ReportedMonth => ({ memberId, month, issues });
const named = (data: ReturnType<typeof chartOf>) =>
  data.series.map(({ which, counts }) => [
    which.kind === 'segment' ? which.segment.name : which.kind,
    counts.reduce((sum, one) => sum + one, 0),
  ]);

describe('the chart', () => {
  it('shows the last twelve months, this one last', () => {
    const { months } = chartOf([], [], NOW_MS);
    expect([months.length, months[0], months[11]]).toEqual([12, '2025-12', '2026-11']);
  });

  it('shows the next month already where it has begun for those who report', () => {
    const data = chartOf([row(1, '2026-12', 3), row(1, '2027-01', 9)], [column(11, 1)], Date.UTC(2026, 10, 30, 15));
    expect([data.months[0], data.months[11], named(data)]).toEqual(['2026-01', '2026-12', [['S11', 3]]]);
  });

  it('counts an issue in each segment of its reporter, and older ones not at all', () => {
    const data = chartOf(
      [row(1, '2026-11', 3), row(2, '2026-10', 2), row(1, '2024-01', 50)],
      [column(11, 1), column(15, 1, 2)],
      NOW_MS,
    );
    expect(named(data)).toEqual([
      ['S15', 5],
      ['S11', 3],
    ]);
    expect(data.most).toBe(6);
  });

  it('tells those apart who are in no segment or not linked', () => {
    expect(
      named(chartOf([row(1, '2026-11', 1), row(9, '2026-11', 2), row(null, '2026-11', 4)], [column(11, 1)], NOW_MS)),
    ).toEqual([
      ['S11', 1],
      ['none', 6],
    ]);
  });

  it('puts all beyond the seven largest segments together', () => {
    const columns = Array.from({ length: 10 }, (_, nth) => column(nth + 1, nth + 1));
    const reported = columns.map(({ segment }) => row(segment.id, '2026-11', segment.id));
    expect(named(chartOf(reported, columns, NOW_MS)).at(-1)).toEqual(['others', 1 + 2 + 3]);
  });

  it.each([
    [0, 4],
    [4, 4],
    [7, 8],
    [11, 12],
    [39, 40],
    [41, 80],
    [99, 120],
    [150, 200],
    [401, 800],
  ])('with %i at most has a scale up to %i', (most, top) => expect(scaleOf(most)).toBe(top));
});
