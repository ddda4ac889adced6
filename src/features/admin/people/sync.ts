import { z } from 'zod';
import {
  DISMISSALS,
  err,
  ok,
  REVIEW_CAUSES,
  type Result,
  type ReviewPage,
  type SyncProgress,
  type SyncState,
  type SyncView,
} from '../../../contract';
import { readJiraBudget, SITE_POINTS_AN_HOUR } from '../../../usecases/connection';
import { continueSync, newSync, readSyncSource, SYNC_KEPT_POINTS } from '../../../usecases/identity';
import { parseInput } from '../../../usecases/result';
import { leftMsOf, NO_COUNTS, phaseOf, withDay } from '../../../domain/people';
import {
  changeIdentity,
  dismissReporter as dismiss,
  readIdentity,
  readIdentitySync,
  readReporters,
  readSyncTotals,
  reportersIn,
  writeIdentitySync,
  type IdentitySync,
  type SyncTotals,
} from '../../../adapters/store';
import type { AdminRequest } from '../request';
import { accountIdSchema } from './lookup';

const PAGE = 50;
/** How often a request is stored again that the work itself has overtaken. */
const TRIES = 8;
const automaticSchema = z.object({ isAutomatic: z.boolean() });
const steerSchema = z.object({ act: z.enum(['pause', 'resume', 'startOver']) });
const reviewSchema = z.object({ cause: z.enum(REVIEW_CAUSES), after: z.string().max(200).nullable() });
const dismissSchema = z.object({ accountId: accountIdSchema, as: z.enum(DISMISSALS) });

/** What the app knows of the site's reporters, and how far it is with finding them. */
export async function sync(): Promise<Result<SyncView>> {
  return ok(await readView());
}

/**
 * Switches automatic linking on or off. Who is certain already is linked soon after it was switched on; links that
 * stand are left as they are.
 */
export async function setAutomatic(_request: AdminRequest, payload: unknown): Promise<Result<SyncView>> {
  const input = parseInput(automaticSchema, payload);
  if (input.kind === 'problem') return input;
  await changeIdentity(input.value);
  if (input.value.isAutomatic) await lookAgainAt(['certain']);
  return ok(await readView());
}

/** Lets the sync rest, go on, or begin anew. */
export async function steerSync(_request: AdminRequest, payload: unknown): Promise<Result<SyncView>> {
  const input = parseInput(steerSchema, payload);
  if (input.kind === 'problem') return input;
  const { act } = input.value;
  const ready = await readSyncSource();
  const isStored = await changeSync((now) => {
    const goesOn = now === null || act === 'startOver' ? newSync(ready?.source ?? '', now?.days ?? []) : now;
    return { ...goesOn, isPaused: act === 'pause' };
  });
  if (!isStored) return err({ code: 'busy', retryAfterMs: 1_000 });
  if (act !== 'pause') await continueSync(0);
  return ok(await readView());
}

/** Somebody to decide about, those first who reported most. */
export async function review(_request: AdminRequest, payload: unknown): Promise<Result<ReviewPage>> {
  const input = parseInput(reviewSchema, payload);
  if (input.kind === 'problem') return input;
  const { cause, after } = input.value;
  const { reporters, next } = await reportersIn(cause, after, PAGE);
  // The query may be behind: who was decided about a moment ago is not shown again.
  const standing = await readReporters(reporters.map(({ accountId }) => accountId));
  const rows = reporters.filter(({ accountId }) => standing.get(accountId)?.state === cause);
  return ok({ rows: rows.map(({ accountId, issues, memberId }) => ({ accountId, issues, memberId })), next });
}

/** Takes somebody out of the queue for good, whatever is found of them later, but a link. */
export async function dismissReporter(
  _request: AdminRequest,
  payload: unknown,
): Promise<Result<{ readonly accountId: string }>> {
  const input = parseInput(dismissSchema, payload);
  if (input.kind === 'problem') return input;
  const { accountId, as } = input.value;
  return (await dismiss(accountId, as))
    ? ok({ accountId })
    : err({ code: 'invalidInput', field: 'accountId', reason: { code: 'accountUnknown' } });
}

/**
 * Has those in some states looked at again, because what decides about them has changed. Throws ForgeKvsError when
 * storage fails.
 */
export async function lookAgainAt(states: readonly SyncState[]): Promise<void> {
  const asked = states.map((state) => ({ state, after: null }));
  await changeSync((now) =>
    now === null ? null : { ...now, relook: [...now.relook.filter(({ state }) => !states.includes(state)), ...asked] },
  );
  await continueSync(0);
}

/** False where others were faster all the time. */
async function changeSync(change: (now: IdentitySync | null) => IdentitySync | null): Promise<boolean> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const now = await readIdentitySync();
    const next = change(now);
    if (next === null || (await writeIdentitySync(now, next)) !== null) return true;
  }
  return false;
}

async function readView(): Promise<SyncView> {
  const [now, totals, { isAutomatic }, ready, budget] = await Promise.all([
    readIdentitySync(),
    readSyncTotals(),
    readIdentity(),
    readSyncSource(),
    readJiraBudget(),
  ]);
  const counts = totals?.counts ?? NO_COUNTS;
  const issuesAMinute = now === null || now.workedMs < 1_000 ? null : Math.round(now.issues / (now.workedMs / 60_000));
  const leftMs =
    now === null || now.phase === 'done'
      ? null
      : leftMsOf(now, {
          issuesAMinute,
          pointsLeft: Math.max(0, budget.left - SYNC_KEPT_POINTS),
          pointsAnHour: SITE_POINTS_AN_HOUR - SYNC_KEPT_POINTS,
          nextHourMs: budget.retryAfterMs,
        });
  return {
    isAutomatic,
    progress: progressOf(now, { isReady: ready !== null, issuesAMinute, leftMs }),
    counts,
    days: now === null ? [] : withDay(now.days, Date.now(), counts),
    customerDomains: domainsOf(now, totals),
  };
}

type Pace = Pick<SyncProgress, 'issuesAMinute' | 'leftMs'> & { readonly isReady: boolean };

function progressOf(now: IdentitySync | null, { isReady, issuesAMinute, leftMs }: Pace): SyncProgress {
  const begun = now !== null && now.startedAtMs > 0 ? now : null;
  return {
    phase: isReady || now?.isPaused === true ? phaseOf(now, Date.now()) : 'waiting',
    restsUntilMs: now?.restsUntilMs ?? null,
    issues: now?.issues ?? 0,
    issuesInAll: now?.issuesInAll ?? null,
    projects: { read: now?.read ?? 0, inAll: now?.projects ?? 0 },
    points: now?.points ?? 0,
    issuesAMinute,
    leftMs,
    startedAtMs: begun?.startedAtMs ?? null,
    finishedAtMs: now?.finishedAtMs ?? null,
    unread: now?.unread ?? [],
    unreadCount: now?.unreadCount ?? 0,
  };
}

/** While a cycle is under way, the numbers of the one before. */
function domainsOf(now: IdentitySync | null, totals: SyncTotals | null): SyncView['customerDomains'] {
  if (totals === null) return null;
  const { domains: present, earlierDomains } = totals;
  const { customers } = now?.phase === 'done' ? present : (earlierDomains ?? present);
  const domains = Object.entries(customers).map(([domain, count]) => ({ domain, customers: count }));
  return domains.length === 0 ? null : domains.sort((a, b) => b.customers - a.customers);
}
