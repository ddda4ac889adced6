import { kvs, Sort, WhereConditions } from '@forge/kvs';
import { z } from 'zod';
import { DOORS, type Door } from '../contract';
import { storable } from './row';

const WAITING_ENTITY = 'waiting';

const rowSchema = z.object({
  state: z.enum(['waiting', 'failed']),
  kind: z.enum(['move', 'remove', 'add']),
  source: z.string().optional(),
  target: z.string().optional(),
  door: z.enum(DOORS),
  actorAccountId: z.string(),
  callerId: z.string().optional(),
  reporterAccountId: z.string(),
  issueId: z.string(),
  issueKey: z.string(),
  askedAtMs: z.number(),
  notBeforeMs: z.number(),
  attempt: z.number(),
  failure: z.string().optional(),
});

/**
 * A change that was asked for and allowed, and has to wait: because Shorter Loop is slow or away, or
 * because others were first. Segments are as the rule has them: ids or names. Times are milliseconds
 * since the epoch.
 */
export type WaitingChange = {
  readonly requestId: string;
  /** `failed` when trying again makes no sense; `failure` then says why. */
  readonly state: 'waiting' | 'failed';
  readonly kind: 'move' | 'remove' | 'add';
  readonly source: string | null;
  readonly target: string | null;
  readonly door: Door;
  readonly actorAccountId: string;
  /** The caller from outside who asked for it, or null. */
  readonly callerId: string | null;
  readonly reporterAccountId: string;
  readonly issueId: string;
  readonly issueKey: string;
  readonly askedAtMs: number;
  readonly notBeforeMs: number;
  /** Counted from 1: each attempt is an operation of its own, made only once the one before is known to have done nothing. */
  readonly attempt: number;
  readonly failure: string | null;
};

/** Stores a change that has to wait, or what became of it. Throws ForgeKvsError when storage fails. */
export async function writeWaiting({ requestId, ...change }: WaitingChange): Promise<void> {
  await kvs.entity<object>(WAITING_ENTITY).set(requestId, storable(change));
}

/** Forgets a change that was carried out. Throws ForgeKvsError when storage fails. */
export async function deleteWaiting(requestId: string): Promise<void> {
  await kvs.entity<object>(WAITING_ENTITY).delete(requestId);
}

/** The change with this id, null when it does not wait (any more). Throws ForgeKvsError when storage fails. */
export async function readWaiting(requestId: string): Promise<WaitingChange | null> {
  const row = await kvs.entity<unknown>(WAITING_ENTITY).get(requestId);
  return row === undefined ? null : changeOf(requestId, row);
}

/**
 * Changes that wait, in the order in which they were asked for.
 * @param afterMs only those asked for after this
 * @param limit 1 to 100, the most that Forge returns at once
 */
export async function waitingChanges(afterMs: number, limit: number): Promise<WaitingChange[]> {
  const { results } = await kvs
    .entity<unknown>(WAITING_ENTITY)
    .query()
    .index('by-state', { partition: ['waiting'] })
    .where(WhereConditions.greaterThan(afterMs))
    .sort(Sort.ASC)
    .limit(limit)
    .getMany();
  return results.map(({ key, value }) => changeOf(key, value));
}

/** Changes that were given up, the latest first. @param limit 1 to 100, the most that Forge returns at once */
export async function failedChanges(limit: number): Promise<WaitingChange[]> {
  const { results } = await kvs.entity<unknown>(WAITING_ENTITY).query().index('by-state', { partition: ['failed'] }).sort(Sort.DESC).limit(limit).getMany();
  return results.map(({ key, value }) => changeOf(key, value));
}

/** Whether a change of this reporter waits, so that a later one has to wait behind it. Throws ForgeKvsError when storage fails. */
export async function hasWaiting(reporterAccountId: string): Promise<boolean> {
  const { results } = await kvs
    .entity<unknown>(WAITING_ENTITY)
    .query()
    .index('by-reporter', { partition: [reporterAccountId, 'waiting'] })
    .limit(1)
    .getMany();
  return results.length > 0;
}

function changeOf(requestId: string, row: unknown): WaitingChange {
  const { source, target, failure, callerId, ...change } = rowSchema.parse(row);
  return { requestId, ...change, source: source ?? null, target: target ?? null, failure: failure ?? null, callerId: callerId ?? null };
}

const WAKE_UP_KEY = 'waiting-wake-up';

/** When the consumer of waiting changes was last woken, 0 before the first time. Throws ForgeKvsError when storage fails. */
export async function readWakeUpMs(): Promise<number> {
  return z.number().parse((await kvs.get<unknown>(WAKE_UP_KEY)) ?? 0);
}

/** Notes that the consumer was woken. Throws ForgeKvsError when storage fails. */
export async function writeWakeUpMs(nowMs: number): Promise<void> {
  await kvs.set(WAKE_UP_KEY, nowMs);
}
