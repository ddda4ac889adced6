import { privacy } from '@forge/api';
import { z } from 'zod';
import {
  ACCOUNT_PLACES,
  eraseAccount,
  heldAccounts,
  heldInSettings,
  inGroupsOf,
  readReportCycle,
  readReported,
  writeReportCycle,
  writeReported,
  type HeldAccount,
  type ReportCycle,
} from '../../adapters/store';

/** The most accounts in one report. The SDK sends more than that side by side, which is never done here. */
const MAX_IN_A_REPORT = 90;
/** How many pages of rows one run looks through: a round over a million rows takes its week, a small one a moment. */
const PAGES_A_RUN = 40;
/**
 * When a new round begins: Atlassian's cycle, within which each account is to be told, and not more often
 * (documented).
 */
const ROUND_EVERY_MS = 7 * 24 * 60 * 60 * 1_000;
/** The longest that the queue delays an event (documented): a round that is due within it is asked for ahead. */
const MAX_DELAY_MS = 900_000;

const answerSchema = z.array(z.object({ accountId: z.string(), status: z.string() }));

/**
 * When a run of the round should be made, in milliseconds since the epoch: at once where the one that runs
 * came to a halt, or when the cycle is over. Null when that is so far away that the next day's start sees to it.
 */
export function runDueMs(cycle: ReportCycle | null, nowMs: number, haltedAfterMs: number): number | null {
  if (cycle === null) return nowMs;
  if (cycle.finishedAtMs === null) return nowMs - cycle.stepAtMs > haltedAfterMs ? nowMs : null;
  const dueMs = Math.max(nowMs, cycle.startedAtMs + ROUND_EVERY_MS);
  return dueMs - nowMs > MAX_DELAY_MS ? null : dueMs;
}

/**
 * One run of the round: tells Atlassian which account ids the app holds, and erases those whose
 * account was closed. A run that comes again after its round is over tells nobody: no account is told
 * more often than the cycle of seven days. At least one page is done, however late it is: each run gets further.
 * @param endMs when to stop, in milliseconds since the epoch
 * @returns whether there is more to do. Throws when storage or Atlassian fails: the run is then tried again.
 * @see https://developer.atlassian.com/platform/forge/user-privacy-guidelines/
 */
export async function reportAccounts(endMs: number): Promise<'more' | 'done'> {
  const stored = await readReportCycle();
  if (stored !== null && stored.finishedAtMs !== null && Date.now() - stored.startedAtMs < ROUND_EVERY_MS)
    return 'done';
  let cycle = currentOf(stored, Date.now());
  for (let pages = 0; pages < PAGES_A_RUN && (pages === 0 || Date.now() < endMs); pages += 1) {
    const place = ACCOUNT_PLACES[cycle.place];
    const { accounts, next } =
      place === undefined ? { accounts: await heldInSettings(), next: null } : await heldAccounts(place, cycle.after);
    const told = await tell(accounts, cycle.startedAtMs);
    const nowMs = Date.now();
    cycle = {
      ...cycle,
      stepAtMs: nowMs,
      after: next,
      place: next === null ? cycle.place + 1 : cycle.place,
      reported: cycle.reported + told.reported,
      erased: cycle.erased + told.erased,
    };
    // The settings come last.
    await writeReportCycle(place === undefined ? { ...cycle, finishedAtMs: nowMs } : cycle);
    if (place === undefined) return 'done';
  }
  return 'more';
}

function currentOf(cycle: ReportCycle | null, nowMs: number): ReportCycle {
  if (cycle !== null && cycle.finishedAtMs === null) return cycle;
  return { startedAtMs: nowMs, stepAtMs: nowMs, finishedAtMs: null, place: 0, after: null, reported: 0, erased: 0 };
}

/** Tells of the accounts that were not told of in this round yet. */
async function tell(
  held: readonly HeldAccount[],
  roundStartMs: number,
): Promise<{ readonly reported: number; readonly erased: number }> {
  const known = await readReported(held.map(({ accountId }) => accountId));
  const due = held.flatMap(({ accountId, updatedAtMs }) => {
    const before = known.get(accountId);
    return before !== undefined && before.reportedAtMs >= roundStartMs
      ? []
      : [{ accountId, updatedAtMs: Math.max(updatedAtMs, before?.updatedAtMs ?? 0) }];
  });
  let erased = 0;
  for (const some of inGroupsOf(due, MAX_IN_A_REPORT)) erased += await report(some);
  return { reported: due.length, erased };
}

async function report(accounts: readonly HeldAccount[]): Promise<number> {
  const sent = accounts.map(({ accountId, updatedAtMs }) => ({
    accountId,
    updatedAt: new Date(updatedAtMs).toISOString(),
  }));
  const statuses = new Map(answerSchema.parse(await send(sent)).map(({ accountId, status }) => [accountId, status]));
  const nowMs = Date.now();
  const isClosed = ({ accountId }: HeldAccount): boolean => statuses.get(accountId) === 'closed';
  // Nothing of a profile is kept, so there is nothing to fetch anew: that it changed is taken note of.
  const remaining = accounts
    .filter((account) => !isClosed(account))
    .map(({ accountId, updatedAtMs }) => ({
      accountId,
      reportedAtMs: nowMs,
      updatedAtMs: statuses.get(accountId) === 'updated' ? nowMs : updatedAtMs,
    }));
  const closed = accounts.filter(isClosed);
  for (const { accountId } of closed) await eraseAccount(accountId);
  await writeReported(remaining);
  return closed.length;
}

async function send(accounts: { accountId: string; updatedAt: string }[]): Promise<unknown> {
  try {
    return await privacy.reportPersonalData(accounts);
  } catch (error) {
    // The SDK rejects with the raw response: its status is all that may be logged.
    const { data } = z.object({ status: z.number() }).safeParse(error);
    throw new Error(`Atlassian took no report of account ids (status ${data?.status ?? 'unknown'})`, {
      cause: error instanceof Error ? error : undefined,
    });
  }
}
