import type { ReportedMonth } from '../../../../src/contract';
import { issuesByMember, withCount, type Reported } from '../../../../static/src/board/reported';

const row = (memberId: number | null, issues: number): ReportedMonth => ({ memberId, month: '2026-11', issues });
const makeReported = (overrides: Partial<Reported> = {}): Reported => ({
  months: [row(1, 50)],
  issues: 50,
  total: 3_000,
  points: 3_012,
  keptAtMs: null,
  withoutSegment: [],
  state: 'read',
  problem: null,
  counting: null,
  ...overrides,
});
const NEXT = { page: 1, part: 0, pageToken: 'next' };

describe('a count that is under way', () => {
  it('shows what was known before until it knows more', () => {
    const before = makeReported({ months: [row(1, 2_000)], issues: 2_000, keptAtMs: 7 });
    const first = withCount(before, { months: [row(2, 1_000)], issues: 1_000, next: NEXT }, null);
    expect(first).toEqual({ ...before, counting: { issues: 1_000, problem: null } });
    const third = withCount(first, { months: [row(2, 3_000)], issues: 3_000, next: NEXT }, null);
    expect(third).toMatchObject({
      months: [row(2, 3_000)],
      issues: 3_000,
      keptAtMs: null,
      counting: { issues: 3_000 },
    });
  });

  it('keeps what it has when it pauses, with the problem', () => {
    const problem = { code: 'jiraBudget', retryAfterMs: 1 } as const;
    expect(withCount(makeReported(), { months: [row(2, 1_000)], issues: 1_000, next: NEXT }, problem)).toMatchObject({
      issues: 1_000,
      total: 3_000,
      counting: { issues: 1_000, problem },
    });
  });

  it('is all there is when it has come to its end, also where there are fewer than was thought', () => {
    const done = withCount(
      makeReported({ issues: 2_500, total: 3_000 }),
      { months: [row(2, 2_000)], issues: 2_000, next: null },
      null,
    );
    expect(done).toMatchObject({ months: [row(2, 2_000)], issues: 2_000, total: 2_000, counting: null });
  });
});

it('the issues of a member are those of all months, and nobody’s belong to no member', () => {
  expect([...issuesByMember([row(1, 2), row(null, 9), row(1, 3)])]).toEqual([[1, 5]]);
});
