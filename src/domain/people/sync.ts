import type { Dismissal, SyncCount, SyncCounts, SyncDay, SyncState, UnreadProject } from '../../contract';
import { REVIEW_CAUSES, SYNC_STATES, sumsOf } from '../../contract';
import type { EmailIdentity } from './identity';
import type { LinkState } from './match';

/** What the directory says of the member to whom somebody is linked. */
type LinkedMember = {
  /** Whether they are in some segment. */
  readonly isKnown: boolean;
  /** The key of their address; null where Shorter Loop told none. */
  readonly emailKey: string | null;
};

/** What a link is held against. */
export type LinkEvidence = {
  readonly member: LinkedMember;
  /** The key of the reporter's address; null where it isn't known. */
  readonly emailKey: string | null;
  /** The ids of the members who have that address. */
  readonly candidates: readonly number[];
};

/**
 * What a reporter with a link is: a link stands whatever Shorter Loop says since. Only one that was made by an address
 * can stop fitting the addresses: whoever linked by hand knew better than they do.
 */
export function stateOfLinked(
  { memberId, link: { how } }: Extract<LinkState, { state: 'linked' }>,
  { member, emailKey, candidates }: LinkEvidence,
): SyncState {
  if (!member.isKnown) return 'memberGone';
  if (how !== 'email') return 'linked';
  if (emailKey !== null && member.emailKey !== emailKey) return 'emailChanged';
  return candidates.some((candidate) => candidate !== memberId) ? 'secondMember' : 'linked';
}

/** What a reporter without a link is, by their address. */
export function stateOfUnlinked(link: Exclude<LinkState, { state: 'linked' }>, identity: EmailIdentity): SyncState {
  switch (identity.kind) {
    case 'hidden':
      return 'emailHidden';
    case 'nobody':
      return 'notFound';
    case 'review':
      return identity.reason;
    case 'certain':
      return link.state === 'unlinked' ? 'unlinked' : 'certain';
  }
}

/** The states of those who have a link. */
const WITH_LINK: readonly SyncState[] = ['linked', 'memberGone', 'emailChanged', 'secondMember'];

/**
 * The state that a finding comes to beside the link that is stored now: a link that was made or taken back since the
 * finding decides.
 */
export function stateBesideLink(found: SyncState, link: LinkState): SyncState {
  if (link.state === 'linked') return WITH_LINK.includes(found) ? found : 'linked';
  if (WITH_LINK.includes(found) || found === 'certain' || found === 'unlinked')
    return link.state === 'unlinked' ? 'unlinked' : 'certain';
  return found;
}

/** Whether somebody may decide about a reporter in this state, unless they were decided about already. */
function isReviewed(state: SyncState): boolean {
  return REVIEW_CAUSES.some((cause) => cause === state);
}

/** The state of somebody about whom somebody decided; a link, or what makes one certain, is stronger than "not now". */
export function dismissedState(state: SyncState, dismissed: Dismissal | null): SyncState {
  if (dismissed === null || WITH_LINK.includes(state)) return state;
  if (dismissed === 'notAPerson') return 'notAPerson';
  return isReviewed(state) ? 'skipped' : state;
}

const NO_COUNT: SyncCount = { reporters: 0, issues: 0 };

/** Nobody in any state. */
export const NO_COUNTS: SyncCounts = Object.fromEntries(SYNC_STATES.map((state) => [state, NO_COUNT])) as SyncCounts;

/**
 * What was counted of a reporter's issues in a cycle. Issues are read from the highest key of a project down, so that
 * the lowest that was counted tells which ones are new: a page that is read once more changes nothing.
 */
export type IssueCount = {
  readonly cycleId: string;
  /** The project that was counted last, and the lowest number of a key in it. */
  readonly projectId: string;
  readonly lowest: number;
  /** Those of this cycle so far, and of the one before. */
  readonly issues: number;
  readonly earlier: number;
};

/**
 * Somebody's issues on a page: the numbers of their keys; none for somebody who was met before their issues are
 * counted.
 */
export type CountedIssues = Pick<IssueCount, 'cycleId' | 'projectId'> & { readonly numbers: readonly number[] };

/**
 * Adds the issues of a page to what was counted of a reporter.
 * @param before null where nothing was
 * @param known how many issues of theirs are told so far
 */
export function countIssues(before: IssueCount | null, known: number, page: CountedIssues): IssueCount {
  const { cycleId, projectId, numbers } = page;
  const lowest = Math.min(Number.MAX_SAFE_INTEGER, ...numbers);
  if (before === null || before.cycleId !== cycleId) {
    const earlier = before?.issues ?? known;
    return { cycleId, projectId, lowest, issues: numbers.length, earlier: Math.max(1, earlier) };
  }
  if (before.projectId !== projectId) return { ...before, projectId, lowest, issues: before.issues + numbers.length };
  const fresh = numbers.filter((number) => number < before.lowest).length;
  return { ...before, lowest: Math.min(lowest, before.lowest), issues: before.issues + fresh };
}

/**
 * How many issues a reporter has, as far as it is told: while a cycle is under way, no fewer than the one before
 * said.
 */
export function issuesIn({ issues, earlier }: IssueCount): number {
  return Math.max(issues, earlier);
}

/** A project of a cycle, with the numbers of keys below which it goes on: the lowest first, none from the top. */
export type CycleProject = {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly bounds: readonly number[];
  readonly isRead: boolean;
};

/** How far a cycle over the issues of all projects has come. */
export type SyncCycle = {
  readonly cycleId: string;
  /** Of which Shorter Loop the members are. */
  readonly source: string;
  readonly phase: 'starting' | 'reading' | 'tidying' | 'done';
  /** First the newest issues of every project are read, then those of whom they left out, then the rest of each. */
  readonly pass: 'newest' | 'others' | 'rest';
  /**
   * Where in the list of projects it is, and the numbers of keys below which that project goes on; in the pass of the
   * others, how many pages were read.
   */
  readonly place: number;
  readonly bounds: readonly number[];
  /** How often that project was begun anew, because the issues at its bounds are gone. */
  readonly restarts: number;
  /** How many projects there are, and how many were read to their end. */
  readonly projects: number;
  readonly read: number;
  readonly issues: number;
  readonly issuesInAll: number | null;
  readonly points: number;
  /** How long it was worked on. */
  readonly workedMs: number;
  readonly startedAtMs: number;
  readonly finishedAtMs: number | null;
  /** When new issues were last looked for since. */
  readonly sweptAtMs: number | null;
  /** How far those who report nothing any more were looked for; null from the first on. */
  readonly tidied: WithinState | null;
  readonly unread: readonly UnreadProject[];
  readonly unreadCount: number;
  readonly days: readonly SyncDay[];
  /** Until when it rests, for Jira's points; null when it does not. */
  readonly restsUntilMs: number | null;
};

/** What others ask of it while it is worked on. */
export type SyncSteering = {
  readonly isPaused: boolean;
  /** Whose rules have changed, so that they are looked at again. */
  readonly relook: readonly WithinState[];
};

/** A place among the reporters of a state: after the one that stands there, or before all where that is null. */
export type WithinState = { readonly state: SyncState; readonly after: string | null };

/** The cycle that follows: nothing is read of it yet. */
export function newCycle(cycleId: string, source: string, startedAtMs: number, days: readonly SyncDay[]): SyncCycle {
  return {
    cycleId,
    source,
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
    startedAtMs,
    finishedAtMs: null,
    sweptAtMs: null,
    tidied: null,
    unread: [],
    unreadCount: 0,
    days,
    restsUntilMs: null,
  };
}

/** So many days are kept of the numbers by day. */
const MOST_DAYS = 60;

/** The numbers by day, in UTC, with those of now in place of the day's. */
export function withDay(days: readonly SyncDay[], nowMs: number, counts: SyncCounts): readonly SyncDay[] {
  const day = new Date(nowMs).toISOString().slice(0, 10);
  const { linked, marked, certain, review, leftOut } = sumsOf(counts);
  const now = {
    day,
    linked: linked.reporters,
    marked: marked.reporters,
    certain: certain.reporters,
    review: review.reporters,
    leftOut: leftOut.reporters,
  };
  return [...days.filter((one) => one.day !== day), now].slice(-MOST_DAYS);
}

/** How long a cycle rests after the last one began, and how long new issues are not looked for, in milliseconds. */
const CYCLE_EVERY_MS = 30 * 24 * 3_600_000;
const SWEEP_EVERY_MS = 24 * 3_600_000;

/**
 * What the identity sync has to do: begin a cycle, look again at some reporters, go on with a cycle, or look for new
 * issues.
 */
export type SyncWork = 'begin' | 'relook' | 'cycle' | 'sweep';

/**
 * What is to be done now; null for nothing.
 * @param sync null before the first cycle
 * @param source of which Shorter Loop the members are: with another one a cycle begins
 */
export function syncWorkOf(sync: (SyncCycle & SyncSteering) | null, source: string, nowMs: number): SyncWork | null {
  if (sync === null) return 'begin';
  if (sync.isPaused || (sync.restsUntilMs ?? 0) > nowMs) return null;
  if (sync.source !== source) return 'begin';
  if (sync.relook.length > 0) return 'relook';
  if (sync.phase !== 'done') return 'cycle';
  if (nowMs - sync.startedAtMs >= CYCLE_EVERY_MS) return 'begin';
  return nowMs - Math.max(sync.sweptAtMs ?? 0, sync.finishedAtMs ?? 0) >= SWEEP_EVERY_MS ? 'sweep' : null;
}

/** How fast a cycle goes on, and what it may spend. */
export type SyncSpeed = {
  readonly issuesAMinute: number | null;
  /** Jira's points that it has left this hour, and those of a whole hour. */
  readonly pointsLeft: number;
  readonly pointsAnHour: number;
  /** Until the next full hour. */
  readonly nextHourMs: number;
};

/**
 * About how long a cycle still takes, in milliseconds: as long as its work, or as its points; null where nobody
 * knows.
 */
export function leftMsOf(
  { issues, issuesInAll, points }: Pick<SyncCycle, 'issues' | 'issuesInAll' | 'points'>,
  { issuesAMinute, pointsLeft, pointsAnHour, nextHourMs }: SyncSpeed,
): number | null {
  if (issuesInAll === null || issuesAMinute === null || issuesAMinute <= 0 || issues === 0) return null;
  const remaining = Math.max(0, issuesInAll - issues);
  const missing = remaining * (points / issues) - pointsLeft;
  const hours = Math.ceil(Math.max(0, missing) / pointsAnHour);
  const waitMs = hours === 0 ? 0 : nextHourMs + (hours - 1) * 3_600_000;
  return Math.max((remaining / issuesAMinute) * 60_000, waitMs);
}
