import { Filter, FilterConditions, kvs } from '@forge/kvs';
import { z } from 'zod';
import { sleep } from '../../clock';
import {
  admissionsFor,
  haveAdmissionsChanged,
  withAdmissions,
  type Full,
  type AdmissionChange,
} from './queueAdmissions';
import { createRow, ifStill, versioned } from './versioned';
import { changeRow, readQueuedChange, QUEUED_CHANGE_ENTITY, type ChangeRow, type QueuedChange } from './queuedChanges';

/** The entity that keeps the order in which a reporter's changes wait, keyed by the reporter's account id. */
export const CHANGE_QUEUE_ENTITY = 'change-queue';
/** How many changes of one reporter wait at most; beyond, whoever asks is told so. */
const MAX_QUEUED = 1_000;
/** How often a change of a queue is tried against others who change the same one. */
const TRIES = 40;
/** The longest pause between two of them, in milliseconds. */
const LONGEST_PAUSE_MS = 50;

const rowSchema = z.object({ requests: z.array(z.string()), revision: z.string() });
type Queue = z.infer<typeof rowSchema>;

/**
 * The ids of a reporter's changes that wait, in the order in which they are to be carried out. Rests on
 * `get`, which is strictly consistent; queries are not, so that none decides about order. Throws
 * ForgeKvsError when storage fails.
 * @see https://developer.atlassian.com/platform/forge/storage-reference/entities/ "Data consistency"
 */
export async function readQueue(reporterAccountId: string): Promise<readonly string[]> {
  return (await readQueueRow(reporterAccountId))?.requests ?? [];
}

/** Whether a change of this reporter waits, so that a later one has to wait behind it. Throws as {@link readQueue}. */
export async function hasQueued(reporterAccountId: string): Promise<boolean> {
  return (await readQueue(reporterAccountId)).length > 0;
}

/**
 * Puts a change at the end of its reporter's queue, the row, its place and its admission in one transaction.
 * One that is in the queue already keeps its place. Throws ForgeKvsError when storage fails.
 * @returns of whom too many wait already, so that it was not taken in; null when it waits now
 */
export async function enqueue(change: QueuedChange): Promise<Full | null> {
  const { requestId, reporterAccountId } = change;
  const answer = await changeQueue(reporterAccountId, async (queue): Promise<Full | true | null> => {
    if (queue.requests.includes(requestId)) return true;
    if (queue.requests.length >= MAX_QUEUED) return 'reporter';
    const admissions = await admissionsFor(change);
    if (typeof admissions === 'string') return admissions;
    return swapQueue(reporterAccountId, queue, [...queue.requests, requestId], { row: change, admissions });
  });
  return answer === true ? null : answer;
}

/**
 * Puts a change that was given up at the end of its reporter's queue again, as `next` says. Throws
 * ForgeKvsError when storage fails.
 * @returns false when it was not given up any more, or the queue is full
 */
export async function requeue(next: QueuedChange): Promise<boolean> {
  const { requestId, reporterAccountId } = next;
  return changeQueue(reporterAccountId, async (queue) => {
    if (queue.requests.includes(requestId) || queue.requests.length >= MAX_QUEUED) return false;
    if ((await readQueuedChange(requestId))?.state !== 'failed') return false;
    const admissions = await admissionsFor(next);
    if (typeof admissions === 'string') return false;
    return swapQueue(reporterAccountId, queue, [...queue.requests, requestId], {
      row: next,
      admissions,
      onlyIfFailed: true,
    });
  });
}

/**
 * Stores what became of a change that goes on waiting, in its place. False when it is not in the queue any more, or a
 * later attempt was made of it. Throws ForgeKvsError when storage fails.
 */
export async function updateQueued(next: QueuedChange): Promise<boolean> {
  const { requestId, reporterAccountId } = next;
  return changeQueue(reporterAccountId, async (queue) => {
    if (!queue.requests.includes(requestId)) return false;
    // Another run may be further by now: its attempt counts.
    if (((await readQueuedChange(requestId))?.attempt ?? 0) > next.attempt) return false;
    return swapQueue(reporterAccountId, queue, queue.requests, { row: next });
  });
}

/**
 * Takes a change out of its queue: it was carried out and is forgotten, or is kept as given up. Throws ForgeKvsError
 * when storage fails.
 * @param givenUp the change as it is kept, null when it is forgotten
 * @returns how many wait behind it
 */
export async function dequeue(
  { requestId, reporterAccountId }: Pick<QueuedChange, 'requestId' | 'reporterAccountId'>,
  givenUp: QueuedChange | null,
): Promise<number> {
  let left = 0;
  await changeQueue(reporterAccountId, async (queue) => {
    const rest = queue.requests.filter((one) => one !== requestId);
    left = rest.length;
    if (rest.length === queue.requests.length) return true;
    return swapQueue(reporterAccountId, queue, rest, { row: givenUp ?? requestId });
  });
  return left;
}

async function readQueueRow(reporterAccountId: string): Promise<Queue | null> {
  const row = await kvs.entity<unknown>(CHANGE_QUEUE_ENTITY).get(reporterAccountId);
  return row === undefined ? null : rowSchema.parse(row);
}

/** Tries a change of a queue until nobody else changed it at the same moment; `change` answers null then. */
async function changeQueue<T>(reporterAccountId: string, change: (queue: Queue) => Promise<T | null>): Promise<T> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const done = await change((await readQueueRow(reporterAccountId)) ?? EMPTY);
    if (done !== null) return done;
    // Whoever asks at the same moment does not do so again at the same moment.
    if (tried > 2) await sleep(Math.random() * LONGEST_PAUSE_MS);
  }
  throw new Error('A queue of changes was changed by others all the time');
}

/** What is stored along with a queue. */
type QueueWrite = {
  /** The change as it is stored from now on, or the id of one that is forgotten. */
  readonly row: QueuedChange | string;
  /** Whether the change has to stand as failed for that. */
  readonly onlyIfFailed?: boolean;
  /** How it is let in; none where it was already, or leaves. */
  readonly admissions?: readonly AdmissionChange[];
};

/** A queue that is not stored: nobody waits. */
const EMPTY: Queue = { requests: [], revision: '' };

/**
 * Stores a queue and one change together, if the queue still is `before`; null when someone else changed it.
 * Throws what storage threw when it can't be told.
 */
async function swapQueue(
  key: string,
  before: Queue,
  requests: string[],
  { row, onlyIfFailed = false, admissions = [] }: QueueWrite,
): Promise<true | null> {
  // A condition on a row that is not there is refused (measured 2026-10-09), so that a first queue is made empty.
  const queue = before.revision === '' ? versioned({ requests: [] }) : before;
  if (before.revision === '' && !(await createRow(CHANGE_QUEUE_ENTITY, key, queue))) return null;
  const next: Queue | null = requests.length === 0 ? null : versioned({ requests });
  const isBefore = ifStill(CHANGE_QUEUE_ENTITY, queue);
  const place = onlyIfFailed
    ? {
        entityName: QUEUED_CHANGE_ENTITY,
        conditions: new Filter<ChangeRow>().and('state', FilterConditions.equalTo('failed')),
      }
    : { entityName: QUEUED_CHANGE_ENTITY };
  const first = next === null ? kvs.transact().delete(key, isBefore) : kvs.transact().set(key, next, isBefore);
  const both =
    typeof row === 'string' ? first.delete(row, place) : first.set<ChangeRow>(row.requestId, changeRow(row), place);
  const all = await withAdmissions(both, admissions);
  if (all === null) return null;
  try {
    await all.execute();
    return true;
  } catch (error) {
    const now = await readQueueRow(key).catch(() => {
      throw error;
    });
    if (now?.revision === queue.revision) {
      // Nobody changed the queue: the other condition did not hold, or storage itself failed.
      if (onlyIfFailed && typeof row !== 'string' && (await readQueuedChange(row.requestId))?.state !== 'failed')
        return null;
      if (await haveAdmissionsChanged(admissions)) return null;
      throw error;
    }
    return (now?.revision ?? null) === (next?.revision ?? null) ? true : null;
  }
}
