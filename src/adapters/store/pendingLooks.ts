import { kvs, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import type { ProjectScope } from '../../contract';
import type { LinkState } from '../../domain/people';
import { deleteAll, readAll, readMany, type Place } from './batch';
import { inGroupsOf, KEYS_AT_ONCE } from './groups';
import { LINK_ENTITY, parseLink } from './links';
import { CLOCKS_DIFFER_MS, pastMoment } from './moments';
import { readRows } from './pages';
import { parseProjectScope, PROJECTS_KEY } from './projects';
import { REPORTER_ENTITY } from './reporters';
import { parseSettings, SETTINGS_KEY, type StoredSettings } from './settings';
import { readWakeTime } from './wakeTime';

/** The entity that keeps whom to look at soon, keyed by account id. */
export const PENDING_LOOK_ENTITY = 'pending-look';
/** Until when nobody need be woken for them. */
const WAKE_KEY = 'looks-awake-until';
/** The longest that looks rest: Jira's points are there again within an hour. */
const LONGEST_REST_MS = 3_600_000;

const rowSchema = z.object({ issueId: z.string(), askedAtMs: z.number() });
const checkedSchema = z.object({ checkedAtMs: z.number() });
const placeOf = (accountId: string): Place => ({ key: accountId, entityName: PENDING_LOOK_ENTITY });
const settingsPlace: Place = { key: SETTINGS_KEY };
const projectsPlace: Place = { key: PROJECTS_KEY };

/** What decides whether a reporter is worth a look. */
export type BeforeLook = {
  readonly settings: StoredSettings | null;
  readonly scope: ProjectScope;
  readonly link: LinkState;
  /** When they were looked at last (milliseconds since the epoch); null when nothing is known of them. */
  readonly checkedAtMs: number | null;
  /** The issue for which they are to be looked at already; null when they are not. */
  readonly pendingIssueId: string | null;
};

/** Reads it with one call. Throws ForgeKvsError when storage fails. */
export async function readBeforeLook(accountId: string): Promise<BeforeLook> {
  const linkPlace: Place = { key: accountId, entityName: LINK_ENTITY };
  const reporterPlace: Place = { key: accountId, entityName: REPORTER_ENTITY };
  const at = await readAll([settingsPlace, projectsPlace, linkPlace, reporterPlace, placeOf(accountId)]);
  const reporter = at(reporterPlace);
  const pending = at(placeOf(accountId));
  return {
    settings: parseSettings(at(settingsPlace)),
    scope: parseProjectScope(at(projectsPlace)),
    link: parseLink(at(linkPlace)),
    checkedAtMs: reporter === undefined ? null : pastMoment(checkedSchema.parse(reporter).checkedAtMs),
    pendingIssueId: pending === undefined ? null : rowSchema.parse(pending).issueId,
  };
}

/** Notes that a reporter is to be looked at; once more changes little. Throws ForgeKvsError when storage fails. */
export async function addPendingLook(accountId: string, issueId: string, nowMs: number): Promise<void> {
  await kvs.entity<object>(PENDING_LOOK_ENTITY).set(accountId, { issueId, askedAtMs: nowMs });
}

/**
 * Those who wait, the longest first. The query may not show the last seconds' changes; whom it shows is read by key.
 * Throws ForgeKvsError when storage fails.
 */
export async function pendingLooks(
  limit: number,
): Promise<{ readonly accountIds: readonly string[]; readonly isAll: boolean }> {
  const query = kvs.entity<unknown>(PENDING_LOOK_ENTITY).query().index('askedAtMs');
  const { rows, isAll } = await readRows(query, limit);
  const standing = await readMany(
    rows.map(({ key }) => key),
    placeOf,
    (_accountId, row) => rowSchema.parse(row),
  );
  return { accountIds: [...standing.keys()], isAll };
}

/** Whether somebody waits since before a time. Throws ForgeKvsError when storage fails. */
export async function hasPendingLookBefore(atMs: number): Promise<boolean> {
  const query = kvs.entity<unknown>(PENDING_LOOK_ENTITY).query().index('askedAtMs');
  const { rows } = await readRows(query.where(WhereConditions.lessThan(atMs)), 1);
  return rows.length > 0;
}

/** Forgets that they are to be looked at. Throws ForgeKvsError when storage fails. */
export async function deletePendingLooks(accountIds: readonly string[]): Promise<void> {
  for (const some of inGroupsOf(accountIds, KEYS_AT_ONCE)) await deleteAll(some.map(placeOf));
}

/** Until when nobody need be woken for looks, milliseconds since the epoch. Throws ForgeKvsError when storage fails. */
export function readLooksAwakeMs(): Promise<number> {
  return readWakeTime(WAKE_KEY, LONGEST_REST_MS);
}

/** Notes it; what is longer than an hour counts as one. Throws ForgeKvsError when storage fails. */
export async function writeLooksAwakeMs(untilMs: number): Promise<void> {
  await kvs.set(WAKE_KEY, Math.min(untilMs, Date.now() + LONGEST_REST_MS + CLOCKS_DIFFER_MS));
}
