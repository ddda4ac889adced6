import { err, ok, type Problem, type Result } from '../../contract';
import { invocationEndMs, spendJiraPoints } from '../../usecases/connection';
import { lookAtReporters, type ReporterLook } from '../../usecases/lookup';
import { countFailure, fromJira, logFailure } from '../../usecases/result';
import { pointsOfUsers, readUsers, USERS_A_CALL } from '../../adapters/jira';
import type { Reporter } from '../../domain/people';
import {
  accountsByMember,
  deleteMemberChanges,
  deletePendingLooks,
  inGroupsOf,
  memberChanges,
  noteReporters,
  pendingLooks,
  readLinks,
  readRefresh,
  reportersByEmailKey,
  writeLooksAwakeMs,
  type MemberChanges,
} from '../../adapters/store';
import { notesOf } from './note';

/** How many noted changes of the directory are read at once. */
const CHANGES_AT_ONCE = 20;
/** How often one run goes on, should storage show again and again what is done. */
const MOST_ROUNDS = 50;
/** Time kept for the last of them. */
const LAST_ROUND_MS = 60_000;
/** How long looks rest where nothing says how long, in milliseconds. */
const REST_MS = 300_000;
/**
 * Changes that were noted before so long belong to no work that still goes on: a function runs for 15 minutes at most.
 */
const NO_LONGER_AT_WORK_MS = 15 * 60_000;

/** For what everybody is looked at here. */
const LOOK: ReporterLook = { entryPoint: 'app', issue: null };

/**
 * Looks at the reporters whom events told of, and at those whom a change in the directory may make certain, or whose
 * link may no longer fit. A link that no longer fits is marked and stands. What comes twice or side by side does the
 * same once more; what could not be done is done by the next run, for which the tick sees. Throws ForgeKvsError when
 * storage fails: then Forge delivers the event again.
 * @see manifest.yml, consumer `reporter-looks`
 */
export async function lookAtPending(): Promise<void> {
  const endMs = invocationEndMs() - LAST_ROUND_MS;
  const changed = await lookAfterChanges(endMs);
  const looked = changed.kind === 'ok' ? await lookAtNew(endMs) : changed;
  if (looked.kind === 'ok') return;
  logFailure('looks', new Error(looked.problem.code));
  await countFailure(looked.problem);
  await writeLooksAwakeMs(Date.now() + restMs(looked.problem));
}

function restMs(problem: Problem): number {
  return ('retryAfterMs' in problem ? problem.retryAfterMs : null) ?? REST_MS;
}

/** Those whom events told of. */
async function lookAtNew(endMs: number): Promise<Result<null>> {
  for (let round = 0; round < MOST_ROUNDS && Date.now() < endMs; round += 1) {
    const { accountIds, isAll } = await pendingLooks(USERS_A_CALL);
    const looked = await lookAndNote(accountIds, 'one');
    if (looked.kind === 'problem') return looked;
    await deletePendingLooks(accountIds);
    if (isAll) break;
  }
  return ok(null);
}

/** Those whom members who joined, left or have another address may concern. */
async function lookAfterChanges(endMs: number): Promise<Result<null>> {
  for (let round = 0; round < MOST_ROUNDS && Date.now() < endMs; round += 1) {
    const { changes, isAll } = await memberChanges(CHANGES_AT_ONCE);
    if (changes.length === 0 && isAll) break;
    const refresh = await readRefresh();
    // They are noted before the directory has them: while it is being written, the latest may not be there yet.
    const isQuiet = refresh?.current === null;
    const ripe = changes.filter(({ atMs }) => isQuiet || Date.now() - atMs > NO_LONGER_AT_WORK_MS);
    for (const change of ripe) {
      const looked = await lookAfter(change);
      if (looked.kind === 'problem') return looked;
      await deleteMemberChanges(change);
    }
    if (isAll || ripe.length === 0) break;
  }
  return ok(null);
}

async function lookAfter({ members }: MemberChanges): Promise<Result<null>> {
  const emailKeys = [...new Set(members.flatMap((member) => member.emailKeys))];
  const known = await Promise.all(emailKeys.map(reportersByEmailKey));
  const linked = await accountsByMember(members.map(({ memberId }) => memberId));
  const accountIds = new Set([...known.flat().map(({ accountId }) => accountId), ...[...linked.values()].flat()]);
  for (const some of inGroupsOf([...accountIds], USERS_A_CALL)) {
    const looked = await lookAndNote(some, 'known');
    if (looked.kind === 'problem') return looked;
  }
  return ok(null);
}

/** Looks at some accounts, links who is certain, and notes what was found. Who is nobody in Jira is passed over. */
async function lookAndNote(accountIds: readonly string[], issues: 'one' | 'known'): Promise<Result<null>> {
  if (accountIds.length === 0) return ok(null);
  const spent = await spendJiraPoints(pointsOfUsers(accountIds.length));
  if (spent.kind === 'problem') return spent;
  const users = fromJira(await readUsers(accountIds, 'app'));
  if (users.kind === 'problem') return err(users.problem);
  const told = await lookAtReporters(users.value, { ...LOOK, isThorough: issues === 'known' });
  if (told.kind === 'problem') return told;
  // Jira's user resources may not know portal customers. Whoever has a link is held against it all the same.
  const untold = await lookAtReporters(await linkedOf(accountIds, users.value), LOOK);
  if (untold.kind === 'problem') return untold;
  await noteReporters(notesOf(new Map([...told.value, ...untold.value]), () => issues));
  return ok(null);
}

/** Accounts with a link that Jira did not tell of. */
async function linkedOf(accountIds: readonly string[], users: readonly Reporter[]): Promise<Reporter[]> {
  const told = new Set(users.map(({ accountId }) => accountId));
  const untold = accountIds.filter((accountId) => !told.has(accountId));
  const links = await readLinks(untold);
  return untold
    .filter((accountId) => links.get(accountId)?.state === 'linked')
    .map((accountId) => ({ accountId, displayName: '', accountType: null, active: null, visibleEmail: null }));
}
