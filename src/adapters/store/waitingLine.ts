import { Filter, FilterConditions, kvs } from '@forge/kvs';
import { z } from 'zod';
import { createRow, stamped } from './stamped';
import { changeRow, readWaiting, WAITING_ENTITY, type ChangeRow, type WaitingChange } from './waiting';

/** The entity that keeps the order in which a reporter's changes wait, keyed by the reporter's account id. */
const LINE_ENTITY = 'waiting-line';
/** How many changes of one reporter wait at most; beyond, whoever asks is told so. */
const MOST_IN_LINE = 1_000;
/** How often a change of a line is tried against others who change the same one. */
const TRIES = 40;

const rowSchema = z.object({ requests: z.array(z.string()), stamp: z.string() });
type Line = z.infer<typeof rowSchema>;

/**
 * The ids of a reporter's changes that wait, in the order in which they are to be carried out. Rests on
 * `get`, which is strictly consistent; queries are not, so that none decides about order. Throws
 * ForgeKvsError when storage fails.
 * @see https://developer.atlassian.com/platform/forge/storage-reference/entities/ "Data consistency"
 */
export async function readLine(reporterAccountId: string): Promise<readonly string[]> {
  return (await readLineRow(reporterAccountId))?.requests ?? [];
}

/** Whether a change of this reporter waits, so that a later one has to wait behind it. Throws as {@link readLine}. */
export async function hasWaiting(reporterAccountId: string): Promise<boolean> {
  return (await readLine(reporterAccountId)).length > 0;
}

/**
 * Puts a change at the end of its reporter's line, the row and its place in one transaction. One that is in
 * the line already keeps its place. Throws ForgeKvsError when storage fails.
 * @returns false when the line is full
 */
export async function joinLine(change: WaitingChange): Promise<boolean> {
  const { requestId, reporterAccountId } = change;
  return changeLine(reporterAccountId, async (line) => {
    if (line.requests.includes(requestId)) return true;
    if (line.requests.length >= MOST_IN_LINE) return false;
    return swapLine(reporterAccountId, line, [...line.requests, requestId], change, 'whatever stands');
  });
}

/**
 * Puts a change that was given up at the end of its reporter's line again, as `next` says. Throws
 * ForgeKvsError when storage fails.
 * @returns false when it was not given up any more, or the line is full
 */
export async function rejoinLine(next: WaitingChange): Promise<boolean> {
  const { requestId, reporterAccountId } = next;
  return changeLine(reporterAccountId, async (line) => {
    if (line.requests.includes(requestId) || line.requests.length >= MOST_IN_LINE) return false;
    if ((await readWaiting(requestId))?.state !== 'failed') return false;
    return swapLine(reporterAccountId, line, [...line.requests, requestId], next, 'failed');
  });
}

/** Stores what became of a change that goes on waiting, in its place. False when it is not in the line any more, or a later attempt was made of it. Throws ForgeKvsError when storage fails. */
export async function keepInLine(next: WaitingChange): Promise<boolean> {
  const { requestId, reporterAccountId } = next;
  return changeLine(reporterAccountId, async (line) => {
    if (!line.requests.includes(requestId)) return false;
    // Another run may be further by now: its attempt counts.
    if (((await readWaiting(requestId))?.attempt ?? 0) > next.attempt) return false;
    return swapLine(reporterAccountId, line, line.requests, next, 'whatever stands');
  });
}

/**
 * Takes a change out of its line: it was carried out and is forgotten, or is kept as given up. Throws ForgeKvsError when storage fails.
 * @param givenUp the change as it is kept, null when it is forgotten
 * @returns how many wait behind it
 */
export async function leaveLine(
  { requestId, reporterAccountId }: Pick<WaitingChange, 'requestId' | 'reporterAccountId'>,
  givenUp: WaitingChange | null,
): Promise<number> {
  let left = 0;
  await changeLine(reporterAccountId, async (line) => {
    const rest = line.requests.filter((one) => one !== requestId);
    left = rest.length;
    if (rest.length === line.requests.length) return true;
    return swapLine(reporterAccountId, line, rest, givenUp ?? requestId, 'whatever stands');
  });
  return left;
}

async function readLineRow(reporterAccountId: string): Promise<Line | null> {
  const row = await kvs.entity<unknown>(LINE_ENTITY).get(reporterAccountId);
  return row === undefined ? null : rowSchema.parse(row);
}

/** Tries a change of a line until nobody else changed it at the same moment; `change` answers null then. */
async function changeLine(
  reporterAccountId: string,
  change: (line: Line) => Promise<boolean | null>,
): Promise<boolean> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const done = await change((await readLineRow(reporterAccountId)) ?? EMPTY);
    if (done !== null) return done;
  }
  throw new Error('A line of waiting changes was changed by others all the time');
}

/** A line that is not stored: nobody waits. */
const EMPTY: Line = { requests: [], stamp: '' };

/**
 * Stores a line and one change together, if the line still is `before`; null when someone else changed it.
 * Throws what storage threw when it can't be told.
 * @param row the change as it is stored from now on, or the id of one that is forgotten
 */
async function swapLine(
  key: string,
  before: Line,
  requests: string[],
  row: WaitingChange | string,
  standing: 'failed' | 'whatever stands',
): Promise<true | null> {
  // A condition on a row that is not there is refused (measured 2026-10-09), so that a first line is made empty.
  const line = before.stamp === '' ? stamped({ requests: [] }) : before;
  if (before.stamp === '' && !(await createRow(LINE_ENTITY, key, line))) return null;
  const next: Line | null = requests.length === 0 ? null : stamped({ requests });
  const isBefore = {
    entityName: LINE_ENTITY,
    conditions: new Filter<Line>().and('stamp', FilterConditions.equalTo(line.stamp)),
  };
  const place =
    standing === 'failed'
      ? {
          entityName: WAITING_ENTITY,
          conditions: new Filter<ChangeRow>().and('state', FilterConditions.equalTo('failed')),
        }
      : { entityName: WAITING_ENTITY };
  const head = next === null ? kvs.transact().delete(key, isBefore) : kvs.transact().set<Line>(key, next, isBefore);
  const both =
    typeof row === 'string' ? head.delete(row, place) : head.set<ChangeRow>(row.requestId, changeRow(row), place);
  try {
    await both.execute();
    return true;
  } catch (error) {
    const now = await readLineRow(key).catch(() => {
      throw error;
    });
    if (now?.stamp === line.stamp) {
      // Nobody changed the line: the other condition did not hold, or storage itself failed.
      if (standing === 'failed' && typeof row !== 'string' && (await readWaiting(row.requestId))?.state !== 'failed')
        return null;
      throw error;
    }
    return (now?.stamp ?? null) === (next?.stamp ?? null) ? true : null;
  }
}
