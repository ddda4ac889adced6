import { Filter, FilterConditions, kvs, Sort } from '@forge/kvs';
import { z } from 'zod';
import { ENTRY_POINTS, UNKNOWN_CHOICES, type EntryPoint } from '../../contract';
import { endWithin, pastMoment } from './moments';
import { readRows } from './pages';
import { storable } from './row';

/** The entity that keeps changes that wait, and those that were given up, keyed by request id. */
export const QUEUED_CHANGE_ENTITY = 'queued-change';
/** The most that Forge returns at once. */
const PAGE = 100;
/** The longest that a change rests before its next attempt. */
const LONGEST_REST_MS = 60 * 60 * 1_000;

/** What a rule wants where nobody is known; `added`: they were asked to be added, and do not show yet. */
const QUEUED_UNKNOWN_CHOICES = [...UNKNOWN_CHOICES, 'added'] as const;
export type QueuedUnknownChoice = (typeof QUEUED_UNKNOWN_CHOICES)[number];

const rowSchema = z.object({
  state: z.enum(['queued', 'failed']),
  kind: z.enum(['move', 'remove', 'add']),
  source: z.string().optional(),
  target: z.string().optional(),
  ifUnknown: z.enum(QUEUED_UNKNOWN_CHOICES).optional(),
  entryPoint: z.enum(ENTRY_POINTS),
  actorAccountId: z.string(),
  apiClientId: z.string().optional(),
  requestDigest: z.string().optional(),
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
export type QueuedChange = {
  readonly requestId: string;
  /** `failed` when trying again makes no sense; `failure` then says why. */
  readonly state: 'queued' | 'failed';
  readonly kind: 'move' | 'remove' | 'add';
  readonly source: string | null;
  readonly target: string | null;
  /** What to do where the reporter is no known member; null for failing. */
  readonly ifUnknown?: QueuedUnknownChoice | null;
  readonly entryPoint: EntryPoint;
  readonly actorAccountId: string;
  /** The API client who asked for it, or null. */
  readonly apiClientId: string | null;
  /** What the API client asked for, as a digest. */
  readonly requestDigest?: string | null;
  readonly reporterAccountId: string;
  readonly issueId: string;
  readonly issueKey: string;
  readonly askedAtMs: number;
  readonly notBeforeMs: number;
  /**
   * Counted from 1: each attempt is an operation of its own, made only once the one before is known to have done
   * nothing.
   */
  readonly attempt: number;
  readonly failure: string | null;
};

/**
 * The change with this id, null when it does not wait (any more). Strictly consistent. Throws ForgeKvsError when
 * storage fails.
 */
export async function readQueuedChange(requestId: string): Promise<QueuedChange | null> {
  const row = await kvs.entity<unknown>(QUEUED_CHANGE_ENTITY).get(requestId);
  return row === undefined ? null : parseQueuedChange(requestId, row);
}

/**
 * Changes that wait, the oldest first, at most so many. The query may not show the last seconds' changes,
 * so that nothing about their order may be concluded from it. Throws ForgeKvsError when storage fails.
 */
export async function queuedChanges(limit: number): Promise<ChangeList> {
  const { rows } = await readRows(queryOf('queued', Sort.ASC), limit);
  return listOf(rows);
}

/** Changes as they were found; `unreadable`: rows in a form that is none, which hinder no other. */
export type ChangeList = { readonly changes: readonly QueuedChange[]; readonly unreadable: number };

function listOf(rows: readonly { readonly key: string; readonly value: unknown }[]): ChangeList {
  const changes = rows.map(({ key, value }) => readableChange(key, value)).filter((change) => change !== null);
  return { changes, unreadable: rows.length - changes.length };
}

/** {@link queuedChanges}, all of them, page by page. PageHeaders live within this invocation. */
export function eachQueuedChange(): AsyncGenerator<QueuedChange> {
  return eachOf(queryOf('queued', Sort.ASC));
}

/** {@link failedChanges}, all of them, the oldest first. PageHeaders live within this invocation. */
export function eachFailedChange(): AsyncGenerator<QueuedChange> {
  return eachOf(queryOf('failed', Sort.ASC));
}

/** Changes that were given up, the latest first, at most so many. Throws ForgeKvsError when storage fails. */
export async function failedChanges(limit: number): Promise<ChangeList> {
  const { rows } = await readRows(queryOf('failed', Sort.DESC), limit);
  return listOf(rows);
}

function queryOf(state: QueuedChange['state'], direction: Sort) {
  return kvs
    .entity<unknown>(QUEUED_CHANGE_ENTITY)
    .query()
    .index('by-state', { partition: [state] })
    .sort(direction);
}

async function* eachOf(changes: ReturnType<typeof queryOf>): AsyncGenerator<QueuedChange> {
  let cursor: string | undefined;
  do {
    const query = changes.limit(PAGE);
    const { results, nextCursor } = await (cursor === undefined ? query : query.cursor(cursor)).getMany();
    for (const { key, value } of results) {
      const change = readableChange(key, value);
      if (change !== null) yield change;
    }
    cursor = nextCursor;
  } while (cursor !== undefined);
}

/**
 * Forgets a change that was given up; false when it was not there as such any more. Throws ForgeKvsError when storage
 * fails.
 */
export async function dismissChange({ requestId }: Pick<QueuedChange, 'requestId'>): Promise<boolean> {
  const isFailed = {
    entityName: QUEUED_CHANGE_ENTITY,
    conditions: new Filter<ChangeRow>().and('state', FilterConditions.equalTo('failed')),
  };
  try {
    await kvs.transact().delete(requestId, isFailed).execute();
    return true;
  } catch (error) {
    if ((await readQueuedChange(requestId))?.state === 'failed') throw error;
    return false;
  }
}

/**
 * Gives a change up for good, outside of any queue: for one whose reporter's account was erased, so that it
 * can't be told whose queue it stands in. Throws ForgeKvsError when storage fails.
 */
export async function failErased(change: QueuedChange, failure: string): Promise<void> {
  await kvs
    .entity<object>(QUEUED_CHANGE_ENTITY)
    .set(change.requestId, changeRow({ ...change, state: 'failed', failure }));
}

/** A stored change; the state is what a transaction holds it against. */
export type ChangeRow = { readonly state: string };

/** A change as it is stored. */
export function changeRow({ requestId: _key, ...change }: QueuedChange): ChangeRow {
  return { ...storable(change), state: change.state };
}

/** Parses a stored change. Throws when it has another form. */
export function parseQueuedChange(requestId: string, row: unknown): QueuedChange {
  return changeOf(requestId, rowSchema.parse(row));
}

/** {@link parseQueuedChange} for one of many: null when it has another form, so that it hinders no other. */
function readableChange(requestId: string, row: unknown): QueuedChange | null {
  const parsed = rowSchema.safeParse(row);
  return parsed.success ? changeOf(requestId, parsed.data) : null;
}

function changeOf(requestId: string, row: z.infer<typeof rowSchema>): QueuedChange {
  const { source, target, ifUnknown, failure, apiClientId, requestDigest, notBeforeMs, ...change } = row;
  return {
    requestId,
    ...change,
    notBeforeMs: endWithin(notBeforeMs, LONGEST_REST_MS),
    source: source ?? null,
    target: target ?? null,
    ifUnknown: ifUnknown ?? null,
    failure: failure ?? null,
    apiClientId: apiClientId ?? null,
    requestDigest: requestDigest ?? null,
  };
}

const WAKE_UP_KEY = 'queued-change-wake-up';

/**
 * When the consumer of queued changes was last woken, 0 before the first time. Throws ForgeKvsError when storage
 * fails.
 */
export async function readWakeUpMs(): Promise<number> {
  return pastMoment(
    z
      .number()
      .catch(0)
      .parse((await kvs.get<unknown>(WAKE_UP_KEY)) ?? 0),
  );
}

/** Notes that the consumer was woken. Throws ForgeKvsError when storage fails. */
export async function writeWakeUpMs(nowMs: number): Promise<void> {
  await kvs.set(WAKE_UP_KEY, nowMs);
}
