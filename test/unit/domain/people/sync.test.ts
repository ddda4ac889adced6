import { SYNC_STATES, type SyncState } from '../../../../src/contract';
import {
  countIssues,
  dismissedState,
  issuesIn,
  leftMsOf,
  newCycle,
  NO_COUNTS,
  stateBesideLink,
  stateOfLinked,
  stateOfUnlinked,
  syncWorkOf,
  withDay,
  type IssueCount,
  type LinkState,
  type SyncCycle,
  type SyncSteering,
} from '../../../../src/domain/people';

const NOW = Date.UTC(2026, 10, 28, 23, 59);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ANA = 'anaKey';
const BOB = 'bobKey';

type Linked = Extract<LinkState, { state: 'linked' }>;
const linkedBy = (how: Linked['link']['how']): Linked => ({
  state: 'linked',
  memberId: 7,
  link: { how, byAccountId: 'admin-1', atMs: NOW },
});
const unlinked: LinkState = { state: 'unlinked' };
const none: LinkState = { state: 'none' };

describe('the state of a reporter who is linked', () => {
  const evidence = { member: { isKnown: true, emailKey: ANA }, emailKey: ANA, candidates: [7] };

  it.each([
    ['their address is still the member’s', evidence, 'linked'],
    ['Jira does not tell their address', { ...evidence, emailKey: null }, 'linked'],
    ['nobody has their address any more', { ...evidence, candidates: [] }, 'linked'],
    ['the member has another address', { ...evidence, emailKey: BOB }, 'emailChanged'],
    ['the member has none any more', { ...evidence, member: { isKnown: true, emailKey: null } }, 'emailChanged'],
    ['a second member has it', { ...evidence, candidates: [7, 8] }, 'secondMember'],
    ['the member is in no segment', { ...evidence, member: { isKnown: false, emailKey: ANA } }, 'memberGone'],
  ] as const)('by their address, where %s', (_when, held, state) => {
    expect(stateOfLinked(linkedBy('email'), held)).toBe(state);
  });

  it('rests on whoever linked them by hand, unless the member is gone', () => {
    const odd = { member: { isKnown: true, emailKey: BOB }, emailKey: ANA, candidates: [8, 9] };
    expect(stateOfLinked(linkedBy('manual'), odd)).toBe('linked');
    expect(stateOfLinked(linkedBy('manual'), { ...odd, member: { isKnown: false, emailKey: null } })).toBe(
      'memberGone',
    );
  });
});

describe('the state of a reporter without a link', () => {
  it.each([
    [{ kind: 'hidden', reason: 'unavailable' }, 'emailHidden'],
    [{ kind: 'nobody' }, 'notFound'],
    [{ kind: 'review', reason: 'emailShared' }, 'emailShared'],
    [{ kind: 'review', reason: 'untrustedAccount' }, 'untrustedAccount'],
    [{ kind: 'certain', memberId: 7 }, 'certain'],
  ] as const)('whose address says %o is told by it', (identity, state) => {
    expect(stateOfUnlinked({ state: 'none' }, identity)).toBe(state);
  });

  it('is that they were unlinked where somebody did that and their address would link them again', () => {
    expect(stateOfUnlinked({ state: 'unlinked' }, { kind: 'certain', memberId: 7 })).toBe('unlinked');
    expect(stateOfUnlinked({ state: 'unlinked' }, { kind: 'nobody' })).toBe('notFound');
  });
});

const WITH_LINK: readonly SyncState[] = ['linked', 'memberGone', 'emailChanged', 'secondMember'];

describe('a finding beside the link that is stored by then', () => {
  it.each(SYNC_STATES.map((found) => [found]))('%s stands where the link is as it was found', (found) => {
    const hasLink = WITH_LINK.includes(found);
    const link = hasLink ? linkedBy('email') : found === 'unlinked' ? unlinked : none;
    expect(stateBesideLink(found, link)).toBe(found);
  });

  it.each(SYNC_STATES.filter((found) => !WITH_LINK.includes(found)).map((found) => [found]))(
    '%s gives way to a link made since',
    (found) => {
      expect(stateBesideLink(found, linkedBy('manual'))).toBe('linked');
    },
  );

  it.each([...WITH_LINK, 'certain' as const, 'unlinked' as const].map((found) => [found]))(
    '%s gives way to a link taken back since',
    (found) => {
      expect(stateBesideLink(found, unlinked)).toBe('unlinked');
      expect(stateBesideLink(found, none)).toBe('certain');
    },
  );
});

describe('somebody about whom was decided', () => {
  it.each(SYNC_STATES.map((state) => [state]))('is, being %s, as they are as long as nobody did', (state) => {
    expect(dismissedState(state, null)).toBe(state);
  });

  it.each(WITH_LINK.map((state) => [state]))('stays %s, as a link is stronger', (state) => {
    expect(dismissedState(state, 'skipped')).toBe(state);
    expect(dismissedState(state, 'notAPerson')).toBe(state);
  });

  it.each([
    ['emailShared', 'skipped'],
    ['notFound', 'skipped'],
    ['emailHidden', 'skipped'],
    ['certain', 'certain'],
    ['unlinked', 'unlinked'],
  ] as const)('for later is, being %s, %s', (state, told) => {
    expect(dismissedState(state, 'skipped')).toBe(told);
    expect(dismissedState(state, 'notAPerson')).toBe('notAPerson');
  });
});

describe('the count of a reporter’s issues', () => {
  const page = { cycleId: 'now', projectId: '10', numbers: [9, 8, 5] };
  const counted: IssueCount = { cycleId: 'now', projectId: '10', lowest: 5, issues: 3, earlier: 1 };

  it('begins with a page, beside what is told of them so far', () => {
    expect(countIssues(null, 4, page)).toEqual({ ...counted, earlier: 4 });
    expect(countIssues(null, 0, page)).toEqual(counted);
  });

  it('begins anew with a cycle, beside what the one before came to', () => {
    expect(countIssues({ ...counted, cycleId: 'before', issues: 12, earlier: 2 }, 4, page)).toEqual({
      ...counted,
      earlier: 12,
    });
  });

  it('takes those below the lowest alone, so that a page read twice changes nothing', () => {
    expect(countIssues(counted, 0, page)).toEqual(counted);
    expect(countIssues(counted, 0, { ...page, numbers: [5, 4, 2] })).toEqual({ ...counted, lowest: 2, issues: 5 });
    expect(countIssues(counted, 0, { ...page, numbers: [] })).toEqual(counted);
  });

  it('goes on with the next project from its top', () => {
    expect(countIssues(counted, 0, { ...page, projectId: '11', numbers: [70, 60] })).toEqual({
      ...counted,
      projectId: '11',
      lowest: 60,
      issues: 5,
    });
  });

  it('of somebody who was met before anything of theirs is counted takes every number', () => {
    const met = countIssues(null, 1, { ...page, numbers: [] });
    expect(met).toMatchObject({ issues: 0, earlier: 1 });
    expect(countIssues(met, 1, page)).toMatchObject({ lowest: 5, issues: 3 });
  });

  it('is told as no less than the cycle before said', () => {
    expect(issuesIn({ ...counted, issues: 3, earlier: 12 })).toBe(12);
    expect(issuesIn({ ...counted, issues: 13, earlier: 12 })).toBe(13);
  });
});

it('a new cycle has read nothing, and keeps the days', () => {
  const days = [{ day: '2026-11-27', linked: 1, marked: 0, certain: 0, review: 0, leftOut: 0 }];
  expect(newCycle('now', 'loop', NOW, days)).toEqual({
    cycleId: 'now',
    source: 'loop',
    phase: 'starting',
    pass: 'newest',
    place: 0,
    bounds: [],
    restarts: 0,
    projects: 0,
    read: 0,
    issues: 0,
    issuesInAll: null,
    points: 0,
    workedMs: 0,
    startedAtMs: NOW,
    finishedAtMs: null,
    sweptAtMs: null,
    tidied: null,
    unread: [],
    unreadCount: 0,
    days,
    restsUntilMs: null,
  });
});

describe('the numbers by day', () => {
  const of = (day: string, linked: number) => ({ day, linked, marked: 0, certain: 0, review: 0, leftOut: 0 });
  const counts = {
    ...NO_COUNTS,
    linked: { reporters: 3, issues: 30 },
    memberGone: { reporters: 2, issues: 20 },
    certain: { reporters: 4, issues: 40 },
    notFound: { reporters: 5, issues: 50 },
    emailHidden: { reporters: 6, issues: 60 },
  };

  it('are of people, by the day in UTC', () => {
    expect(NO_COUNTS).toEqual(Object.fromEntries(SYNC_STATES.map((state) => [state, { reporters: 0, issues: 0 }])));
    expect(withDay([], NOW, counts)).toEqual([
      { day: '2026-11-28', linked: 5, marked: 2, certain: 4, review: 5, leftOut: 6 },
    ]);
  });

  it('are those of the day’s last look, after the days before', () => {
    const days = [of('2026-11-27', 1), of('2026-11-28', 2)];
    expect(withDay(days, NOW, counts).map(({ day, linked }) => [day, linked])).toEqual([
      ['2026-11-27', 1],
      ['2026-11-28', 5],
    ]);
    expect(withDay(days, NOW + 60_000, counts).map(({ day }) => day)).toEqual([
      '2026-11-27',
      '2026-11-28',
      '2026-11-29',
    ]);
  });

  it('are kept for the last sixty', () => {
    const days = Array.from({ length: 60 }, (_, nth) =>
      of(new Date(NOW - (60 - nth) * DAY_MS).toISOString().slice(0, 10), nth),
    );
    const kept = withDay(days, NOW, counts);
    expect(kept).toHaveLength(60);
    expect(kept[0]).toEqual(days[1]);
    expect(kept.at(-1)?.day).toBe('2026-11-28');
  });
});

describe('what the sync has to do', () => {
  const done = { ...newCycle('now', 'loop', NOW - DAY_MS, []), phase: 'done', finishedAtMs: NOW - HOUR_MS } as const;
  const steered = (cycle: SyncCycle, steering: Partial<SyncSteering> = {}) => ({
    ...cycle,
    isPaused: false,
    relook: [],
    ...steering,
  });
  const workOf = (change: Partial<SyncCycle & SyncSteering>, source = 'loop') =>
    syncWorkOf({ ...steered(done), ...change }, source, NOW);
  const relook = [{ state: 'notFound', after: null }] as const;

  it.each([
    ['begins', 'with another Shorter Loop', () => workOf({ phase: 'reading' }, 'another'), 'begin'],
    ['begins', 'thirty days after the last', () => workOf({ startedAtMs: NOW - 30 * DAY_MS }), 'begin'],
    ['does not before', 'thirty days have passed', () => workOf({ startedAtMs: NOW - 30 * DAY_MS + 1 }), null],
    ['goes on', 'with what is not done', () => workOf({ phase: 'reading' }), 'cycle'],
    ['goes on', 'where it has rested', () => workOf({ phase: 'tidying', restsUntilMs: NOW }), 'cycle'],
    ['rests', 'for Jira’s points', () => workOf({ phase: 'reading', restsUntilMs: NOW + 1 }), null],
    ['looks again', 'at those whose rules changed', () => workOf({ phase: 'reading', relook }), 'relook'],
    ['does nothing', 'while it is paused', () => workOf({ phase: 'reading', relook, isPaused: true }), null],
    ['looks for new issues', 'a day after it was done', () => workOf({ finishedAtMs: NOW - DAY_MS }), 'sweep'],
    ['does not look', 'before a day has passed', () => workOf({ finishedAtMs: NOW - DAY_MS + 1 }), null],
    [
      'does not look',
      'before a day since it last looked',
      () => workOf({ finishedAtMs: NOW - 3 * DAY_MS, sweptAtMs: NOW - DAY_MS + 1 }),
      null,
    ],
    [
      'looks for new issues',
      'a day after it last looked',
      () => workOf({ finishedAtMs: NOW - 3 * DAY_MS, sweptAtMs: NOW - DAY_MS }),
      'sweep',
    ],
    ['looks for new issues', 'where it never did', () => workOf({ finishedAtMs: null }), 'sweep'],
  ] as const)('%s %s', (_what, _when, work, expected) => {
    expect(work()).toBe(expected);
  });

  it('is to begin where it never did', () => {
    expect(syncWorkOf(null, 'loop', NOW)).toBe('begin');
  });
});

describe('how long a cycle still takes', () => {
  const cycle = { issues: 1_000, issuesInAll: 4_000, points: 500 };
  const speed = { issuesAMinute: 100, pointsLeft: 1_500, pointsAnHour: 1_000, nextHourMs: 600_000 };

  it.each([
    ['as long as its work, where its points last', cycle, speed, 30 * 60_000],
    [
      'as long as its work, where its points just last',
      { ...cycle, points: 500 },
      { ...speed, issuesAMinute: 3_000 },
      60_000,
    ],
    [
      'until the next hour, where that one’s points do',
      cycle,
      { ...speed, issuesAMinute: 3_000, pointsLeft: 1_499 },
      600_000,
    ],
    ['until the next hour, with all its points', cycle, { ...speed, issuesAMinute: 3_000, pointsLeft: 500 }, 600_000],
    ['some hours more, where its points need them', cycle, { ...speed, pointsLeft: 499 }, 600_000 + HOUR_MS],
    ['no time, where everything is read', { ...cycle, issues: 4_001 }, speed, 0],
  ] as const)('is %s', (_what, known, how, leftMs) => {
    expect(leftMsOf(known, how)).toBe(leftMs);
  });

  it.each([
    ['how many issues there are', { ...cycle, issuesInAll: null }, speed],
    ['how fast it reads', cycle, { ...speed, issuesAMinute: null }],
    ['that it reads at all', cycle, { ...speed, issuesAMinute: 0 }],
    ['that it read any', { ...cycle, issues: 0 }, speed],
  ] as const)('nobody knows who does not know %s', (_what, known, how) => {
    expect(leftMsOf(known, how)).toBeNull();
  });
});
