import { isDeepStrictEqual } from 'node:util';
import { ForgeKvsError } from '@forge/kvs';
import { sleep } from '../../clock';
import type { Dismissal, SyncCount, SyncCounts, SyncState } from '../../contract';
import {
  countIssues,
  dismissedState,
  issuesIn,
  stateBesideLink,
  type CountedIssues,
  type LinkState,
} from '../../domain/people';
import { inGroupsOf } from './groups';
import { readLinks } from './manyLinks';
import { readReporters, type KnownReporter } from './reporters';
import { ensureSyncTotals, MOST_COUNTED_AT_ONCE, writeCounted, type DomainCounts, type SyncTotals } from './syncTotals';

/** What was found of a reporter. */
export type ReporterNote = {
  readonly accountId: string;
  /** Null where nobody looked: what is stored stays, and where nothing is, nothing is noted. */
  readonly state: SyncState | null;
  readonly memberId: number | null;
  /** The key of their address, null where Jira told none; left out where nobody asked: then what is stored stays. */
  readonly emailKey?: string | null;
  /** Of a customer with an address that a member has: its domain. */
  readonly domain?: string | null;
  /**
   * The issues of a page that is counted; `one` for somebody who reported one at least; `known` for somebody who need
   * not be a reporter, and is noted only where something is known of them.
   */
  readonly issues: CountedIssues | 'one' | 'known';
};

/** How often a change is tried against others of the same moment, and the longest wait between two tries. */
const TRIES = 12;
const LONGEST_WAIT_MS = 400;
/** Somebody of whom nothing new is found is not stored again before so long, in milliseconds. */
const CHECKED_FOR_MS = 24 * 3_600_000;
/** So many domains are counted. The first ones: those that many share come early. */
const MOST_DOMAINS = 50;

/**
 * Notes what was found of reporters, and keeps the counts right: a note that comes twice, late or beside another comes
 * to the same, because rows and counts change together, and the link that is stored decides. Throws ForgeKvsError when
 * storage fails, or others change them all the time.
 */
export async function noteReporters(notes: readonly ReporterNote[]): Promise<void> {
  // The id of every erased account, which Atlassian asks apps never to store.
  const noteOf = new Map(
    notes.filter(({ accountId }) => accountId !== 'unknown').map((note) => [note.accountId, note]),
  );
  await changeReporters([...noteOf.keys()], ({ accountId, before, link }) => {
    const note = noteOf.get(accountId);
    return note === undefined ? null : noted(note, before, link);
  });
}

/**
 * Notes what somebody decided about a reporter other than a link. Throws ForgeKvsError when storage fails.
 * @returns false when nothing is known of them
 */
export async function dismissReporter(accountId: string, dismissed: Dismissal): Promise<boolean> {
  let isKnown = false;
  await changeReporters([accountId], ({ before }) => {
    isKnown = before !== null;
    return before === null
      ? null
      : { next: { ...before, dismissed, state: dismissedState(before.state, dismissed) }, domain: null };
  });
  return isKnown;
}

/**
 * Forgets those of these reporters who were not counted in a cycle and of whom nothing was found since it began: they
 * report nothing any more. Throws ForgeKvsError when storage fails.
 */
export async function forgetUncounted(
  accountIds: readonly string[],
  cycle: { readonly cycleId: string; readonly startedAtMs: number },
): Promise<void> {
  await changeReporters(accountIds, ({ before }) => {
    if (before === null || before.dismissed !== null || before.count?.cycleId === cycle.cycleId) return null;
    return before.checkedAtMs < cycle.startedAtMs ? { next: null, domain: null } : null;
  });
}

/** A reporter as they are stored now. */
type Standing = { readonly accountId: string; readonly before: KnownReporter | null; readonly link: LinkState };
/** What becomes of them, null when they go; and the domain by which they are counted from now on. */
type Change = { readonly next: KnownReporter | null; readonly domain: string | null };

async function changeReporters(
  accountIds: readonly string[],
  change: (standing: Standing) => Change | null,
): Promise<void> {
  for (const group of inGroupsOf([...new Set(accountIds)], MOST_COUNTED_AT_ONCE)) await changeGroup(group, change);
}

async function changeGroup(group: readonly string[], change: (standing: Standing) => Change | null): Promise<void> {
  for (let tried = 1; tried <= TRIES; tried += 1) {
    // Before the rows: whoever changes one of them after this changes the totals too, and this change fails.
    const totals = await ensureSyncTotals();
    const [rows, links] = await Promise.all([readReporters(group), readLinks(group)]);
    const changes = group.flatMap((accountId) => {
      const before = rows.get(accountId) ?? null;
      const changed = change({ accountId, before, link: links.get(accountId) ?? { state: 'none' } });
      return changed === null ? [] : [{ accountId, before, ...inDomains(changed, totals.domains) }];
    });
    if (changes.length === 0) return;
    const stored = changes.flatMap(({ next }) => next ?? []);
    const gone = changes.flatMap(({ accountId, next }) => (next === null ? [accountId] : []));
    if (await writeCounted(totals, totalsAfter(totals, changes), { stored, gone })) return;
    await sleep(Math.random() * Math.min(LONGEST_WAIT_MS, 20 * 2 ** tried));
  }
  throw new ForgeKvsError('The reporters were changed by others all the time');
}

function noted(note: ReporterNote, before: KnownReporter | null, link: LinkState): Change | null {
  const { state = null, memberId = null } = note.state === null ? (before ?? {}) : note;
  if (state === null || (before === null && note.issues === 'known')) return null;
  const dismissed = link.state === 'linked' ? null : (before?.dismissed ?? null);
  const count =
    typeof note.issues === 'string'
      ? (before?.count ?? null)
      : countIssues(before?.count ?? null, before?.issues ?? 0, note.issues);
  const next: KnownReporter = {
    accountId: note.accountId,
    state: dismissedState(stateBesideLink(state, link), dismissed),
    issues: count === null ? (before?.issues ?? 1) : issuesIn(count),
    memberId: link.state === 'linked' ? link.memberId : memberId,
    emailKey: note.emailKey === undefined ? (before?.emailKey ?? null) : note.emailKey,
    checkedAtMs: Date.now(),
    dismissed,
    count,
    domainCycleId: before?.domainCycleId ?? null,
  };
  return before !== null && isSame(before, next) ? null : { next, domain: note.domain ?? null };
}

function isSame(before: KnownReporter, next: KnownReporter): boolean {
  return (
    next.checkedAtMs - before.checkedAtMs < CHECKED_FOR_MS &&
    isDeepStrictEqual({ ...next, checkedAtMs: 0 }, { ...before, checkedAtMs: 0 })
  );
}

/** Counts somebody for their domain, once in a cycle; where no more domains are counted, they are not. */
function inDomains({ next, domain }: Change, { cycleId, customers }: DomainCounts): Change {
  if (next === null || domain === null || next.domainCycleId === cycleId) return { next, domain: null };
  const isCounted = domain in customers || Object.keys(customers).length < MOST_DOMAINS;
  return isCounted ? { next: { ...next, domainCycleId: cycleId }, domain } : { next, domain: null };
}

function totalsAfter(
  totals: SyncTotals,
  changes: readonly (Change & { readonly before: KnownReporter | null })[],
): SyncTotals {
  const counts: Record<SyncState, SyncCount> = { ...totals.counts };
  const customers: Record<string, number> = { ...totals.domains.customers };
  for (const { before, next, domain } of changes) {
    if (before !== null) add(counts, before, -1);
    if (next !== null) add(counts, next, 1);
    if (domain !== null) customers[domain] = (customers[domain] ?? 0) + 1;
  }
  return { ...totals, counts: counts satisfies SyncCounts, domains: { ...totals.domains, customers } };
}

function add(
  counts: Record<SyncState, SyncCount>,
  { state, issues }: Pick<KnownReporter, 'state' | 'issues'>,
  sign: 1 | -1,
): void {
  const { reporters, issues: before } = counts[state];
  counts[state] = { reporters: Math.max(0, reporters + sign), issues: Math.max(0, before + sign * issues) };
}
