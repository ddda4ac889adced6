import { type JiraBudget, type JiraEstimate, type Problem, ok, err, type Result } from '../../contract';
import {
  countIssues,
  pointsOfEmails,
  REPORTERS_A_PAGE,
  type As,
  type JiraCost,
  type JiraResult,
} from '../../adapters/jira';
import { readJiraSpending, writeJiraSpending, type JiraSpending } from '../../adapters/store';
import { logFailure } from '../result';

/**
 * How many of Jira's points this site spends an hour on questions that read many issues. Jira gives an app
 * 65,000 an hour for all of its sites together, and storage is per site, so that no site can see what the others
 * spend: a tenth leaves room for ten busy sites, and for what is not counted (an issue's panel costs some points).
 * @see https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
 */
export const SITE_POINTS_AN_HOUR = 6_500;
const HOUR_MS = 60 * 60 * 1_000;
/** A difference between reserved and spent points that is worth two calls to storage. */
const WORTH_SETTLING = 20;
/** How often a change is tried against others of the same moment. */
const TRIES = 8;

/** What is left to this site in the present hour. Throws ForgeKvsError when storage fails. */
export async function readJiraBudget(): Promise<JiraBudget> {
  const nowMs = Date.now();
  return budgetOf(spendingAt(await readJiraSpending(), nowMs), nowMs);
}

/**
 * Asks Jira a question that reads many issues, within the site's budget: the points are reserved before, and
 * what was really spent stands in storage afterwards. Where Jira says that few are left, or refuses for its
 * quota, all such questions of the site rest until the next full hour. Throws ForgeKvsError when storage fails before.
 * @param points what the question costs at most
 * @param kept points that are left to others, for a question that can wait
 * @returns the problem `jiraBudget` when there is not enough left: then nothing was asked
 */
export async function withinJiraBudget<T extends { readonly cost: JiraCost }>(
  points: number,
  ask: () => Promise<JiraResult<T>>,
  kept = 0,
): Promise<Result<JiraResult<T>>> {
  const reserved = await spendJiraPoints(points, kept);
  if (reserved.kind === 'problem') return reserved;
  const answer = await ask();
  await settle(points, answer);
  return ok(answer);
}

/**
 * Takes points from the site's budget for a question whose cost is known before. Throws ForgeKvsError when storage
 * fails.
 * @param kept points that are left to others
 * @returns the problem `jiraBudget` when there is not enough left
 */
export async function spendJiraPoints(points: number, kept = 0): Promise<Result<null>> {
  return changeSpending((now, nowMs) => {
    const { left, retryAfterMs } = budgetOf(now, nowMs);
    return left - kept < points
      ? err({ code: 'jiraBudget', retryAfterMs })
      : ok({ ...now, points: now.points + points });
  });
}

/**
 * What reading the reporters of a query's issues would cost, for one point.
 * @returns null where Jira can't say: whoever reads goes on without
 */
export async function estimateReading(as: As, jql: string): Promise<JiraEstimate | null> {
  const counted = await countIssues(as, jql);
  if (counted.kind === 'problem') return null;
  const { count } = counted.value;
  const points = count + Math.max(1, Math.ceil(count / REPORTERS_A_PAGE));
  return {
    issues: count,
    points,
    mostPoints: points + pointsOfEmails(count),
    pointsAnHour: SITE_POINTS_AN_HOUR,
    budget: await readJiraBudget(),
  };
}

/**
 * How long a reading that met this problem rests before it goes on by itself, in milliseconds: until the hour's
 * points are there again. Null for every other problem.
 */
export function budgetPauseMs(problem: Problem, nowMs: number): number | null {
  if (problem.code === 'jiraBudget') return problem.retryAfterMs;
  if (problem.code !== 'jira' || problem.limit !== 'quota') return null;
  return problem.retryAfterMs ?? nextHourMs(nowMs) - nowMs;
}

/** Never throws: what was asked is answered, and a reservation that is too high rests only until the hour ends. */
async function settle(reserved: number, answer: JiraResult<{ readonly cost: JiraCost }>): Promise<void> {
  const isQuota = answer.kind === 'problem' && answer.problem.limit === 'quota';
  const cost = answer.kind === 'ok' ? answer.value.cost : { points: isQuota ? 0 : 1, isNearLimit: isQuota };
  const difference = cost.points - reserved;
  if (!cost.isNearLimit && Math.abs(difference) < WORTH_SETTLING) return;
  try {
    await changeSpending((now, nowMs) =>
      ok({
        ...now,
        points: Math.max(0, now.points + difference),
        stoppedUntilMs: cost.isNearLimit ? nextHourMs(nowMs) : now.stoppedUntilMs,
      }),
    );
  } catch (error) {
    logFailure('jiraBudget', error);
  }
}

/**
 * Replaces what was spent by what `change` makes of it, until nobody else changed it at the same moment. Throws
 * ForgeKvsError when storage fails.
 * @returns the problem that `change` answers, or `busy` when others were faster all the time
 */
async function changeSpending(
  change: (now: JiraSpending, nowMs: number) => Result<JiraSpending>,
): Promise<Result<null>> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const before = await readJiraSpending();
    const nowMs = Date.now();
    const next = change(spendingAt(before, nowMs), nowMs);
    if (next.kind === 'problem') return next;
    if (await writeJiraSpending(before, next.value)) return ok(null);
  }
  return err({ code: 'busy', retryAfterMs: 1_000 });
}

/** What was spent in the hour of this moment: nothing when the last count is of an earlier one. */
function spendingAt(stored: JiraSpending | null, nowMs: number): JiraSpending {
  const hourMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  if (stored === null || stored.hourMs !== hourMs)
    return { hourMs, points: 0, stoppedUntilMs: stored?.stoppedUntilMs ?? 0 };
  return { hourMs, points: stored.points, stoppedUntilMs: stored.stoppedUntilMs };
}

function budgetOf({ points, stoppedUntilMs }: JiraSpending, nowMs: number): JiraBudget {
  const left = stoppedUntilMs > nowMs ? 0 : Math.max(0, SITE_POINTS_AN_HOUR - points);
  return { left, retryAfterMs: nextHourMs(nowMs) - nowMs };
}

function nextHourMs(nowMs: number): number {
  return (Math.floor(nowMs / HOUR_MS) + 1) * HOUR_MS;
}
