import { randomUUID } from 'node:crypto';
import { kvs, WhereConditions } from '@forge/kvs';
import { deleteAll } from './batch';
import { readRows } from './pages';
import { readWakeTime } from './wakeTime';

/** What the keys of work items begin with whose field is to be filled soon. */
const PREFIX = 'field-issue:';
/** Until when nobody need be woken for them. */
const WAKE_KEY = 'field-awake-until';
/** The longest that the one who was woken takes to come, in milliseconds: Forge's own queue may be late. */
const LONGEST_MS = 60_000;
/** What nobody filled for so long is left to the next change of its reporter. */
const KEPT = { ttl: { value: 7, unit: 'DAYS' } } as const;

/** A work item whose field is to be filled, as one event told of it. */
export type PendingIssue = { readonly key: string; readonly issueId: string };

/**
 * Notes a work item whose field is to be filled soon, under a key of its own each time: it may change once more while
 * it is being filled. Throws ForgeKvsError when storage fails.
 */
export async function addPendingIssue(issueId: string, nowMs: number): Promise<void> {
  await kvs.set(`${PREFIX}${issueId}:${randomUUID()}`, nowMs, KEPT);
}

/** Some of them. The query may not show the last seconds' ones. Throws ForgeKvsError when storage fails. */
export async function pendingIssues(limit: number): Promise<readonly PendingIssue[]> {
  const { rows } = await readRows(kvs.query().where('key', WhereConditions.beginsWith(PREFIX)), limit);
  return rows.map(({ key }) => ({ key, issueId: key.slice(PREFIX.length).replace(/:.*$/s, '') }));
}

/** Forgets up to 25 of them. Throws ForgeKvsError when storage fails. */
export async function deletePendingIssues(pending: readonly PendingIssue[]): Promise<void> {
  await deleteAll(pending.map(({ key }) => ({ key })));
}

/** Until when nobody need be woken for them, milliseconds since the epoch. Throws ForgeKvsError when storage fails. */
export function readFieldAwakeMs(): Promise<number> {
  return readWakeTime(WAKE_KEY, LONGEST_MS);
}

/** Notes it. Throws ForgeKvsError when storage fails. */
export async function writeFieldAwakeMs(untilMs: number): Promise<void> {
  await kvs.set(WAKE_KEY, untilMs);
}
