import type { Dismissal, SyncCount, SyncCounts, SyncState } from '../../contract';
import { SYNC_STATES } from '../../contract';
import type { EmailIdentity } from './identity';
import type { LinkState } from './match';

/** What the directory says of the member to whom somebody is linked. */
export type LinkedMember = {
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

/** Whether somebody has to decide about a reporter in this state, unless they were decided about already. */
export function needsReview(state: SyncState): boolean {
  switch (state) {
    case 'linked':
    case 'certain':
    case 'unlinked':
    case 'notAPerson':
    case 'skipped':
      return false;
    default:
      return true;
  }
}

/** The state of somebody about whom somebody decided; a link, or what makes one certain, is stronger than "not now". */
export function dismissedState(state: SyncState, dismissed: Dismissal | null): SyncState {
  if (dismissed === null || WITH_LINK.includes(state)) return state;
  if (dismissed === 'notAPerson') return 'notAPerson';
  return needsReview(state) ? 'skipped' : state;
}

const NO_COUNT: SyncCount = { reporters: 0, issues: 0 };

/** Nobody in any state. */
export const NO_COUNTS: SyncCounts = Object.fromEntries(SYNC_STATES.map((state) => [state, NO_COUNT])) as SyncCounts;

/**
 * What was counted of a reporter's issues in a round. Issues are read from the highest key of a project down, so that
 * the lowest that was counted tells which ones are new: a page that is read once more changes nothing.
 */
export type IssueCount = {
  readonly roundId: string;
  /** The project that was counted last, and the lowest number of a key in it. */
  readonly projectId: string;
  readonly lowest: number;
  /** Those of this round so far, and of the one before. */
  readonly issues: number;
  readonly earlier: number;
};

/** Somebody's issues on a page: the numbers of their keys. */
export type CountedIssues = Pick<IssueCount, 'roundId' | 'projectId'> & { readonly numbers: readonly number[] };

/**
 * Adds the issues of a page to what was counted of a reporter.
 * @param before null where nothing was
 * @param known how many issues of theirs are told so far
 */
export function countIssues(before: IssueCount | null, known: number, page: CountedIssues): IssueCount {
  const { roundId, projectId, numbers } = page;
  const lowest = Math.min(...numbers);
  if (before === null || before.roundId !== roundId)
    return { roundId, projectId, lowest, issues: numbers.length, earlier: before?.issues ?? known };
  if (before.projectId !== projectId) return { ...before, projectId, lowest, issues: before.issues + numbers.length };
  const fresh = numbers.filter((number) => number < before.lowest).length;
  return { ...before, lowest: Math.min(lowest, before.lowest), issues: before.issues + fresh };
}

/** How many issues a reporter has, as far as it is told: while a round is under way, no fewer than the one before said. */
export function issuesIn({ issues, earlier }: IssueCount): number {
  return Math.max(issues, earlier);
}
