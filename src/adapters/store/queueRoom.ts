import { createHash } from 'node:crypto';
import { Filter, FilterConditions, kvs } from '@forge/kvs';
import { z } from 'zod';
import { readAll, readMany } from './batch';
import { createRow, versioned } from './versioned';
import { parseQueuedChange, QUEUED_CHANGE_ENTITY, type QueuedChange } from './queuedChanges';

/** The entity that keeps which changes were let in to wait, of the site and of each API client. */
export const QUEUE_ROOM_ENTITY = 'queue-room';
/** The site's changes stand in so many rows, so that those who ask at once do not all change the same one. */
const SHARES = 8;
/** How many of a share wait at most: about 2,000 of the whole site. */
const MOST_OF_A_SHARE = 250;
/** How many of one API client wait at most. */
const MOST_OF_AN_API_CLIENT = 200;

/** Of whom so many changes wait that no more are let in. */
export type Full = 'reporter' | 'apiClient' | 'site';

/** A row of requests that were let in; those that are settled are cleared only when there is no more room. */
type Room = { readonly requests: readonly string[]; readonly revision: string };
/** A room, and what it becomes. */
export type RoomChange = { readonly key: string; readonly before: Room; readonly next: Room };

const rowSchema = z.object({ requests: z.array(z.string()), revision: z.string() });
const EMPTY: Room = { requests: [], revision: '' };
const placeOf = (key: string) => ({ key, entityName: QUEUE_ROOM_ENTITY });

/**
 * Finds room for a change in the site's queue and in its API client's. What is answered holds only if it is stored in
 * one transaction with the change. Throws ForgeKvsError when storage fails.
 */
export async function findRoom({ requestId, apiClientId }: QueuedChange): Promise<readonly RoomChange[] | Full> {
  const wanted = [
    { key: shareOf(requestId), most: MOST_OF_A_SHARE, of: 'site' as const },
    ...(apiClientId === null
      ? []
      : [{ key: `client.${apiClientId}`, most: MOST_OF_AN_API_CLIENT, of: 'apiClient' as const }]),
  ];
  const at = await readAll(wanted.map(({ key }) => placeOf(key)));
  const changes: RoomChange[] = [];
  for (const { key, most, of } of wanted) {
    const stored = at(placeOf(key));
    const before = stored === undefined ? EMPTY : rowSchema.parse(stored);
    const others = before.requests.filter((one) => one !== requestId);
    const waiting = others.length < most ? others : await stillWaiting(others);
    if (waiting.length >= most) return of;
    changes.push({ key, before, next: versioned({ requests: [...waiting, requestId] }) });
  }
  return changes;
}

/** A transaction that also takes the room that was found, if it is still there. */
export async function takeRoom(
  transaction: ReturnType<typeof kvs.transact>,
  changes: readonly RoomChange[],
): Promise<ReturnType<typeof kvs.transact> | null> {
  for (const { key, before, next } of changes) {
    // A condition on a row that is not there is refused (measured 2026-10-09), so that a first one is made empty.
    const stands = before.revision === '' ? versioned({ requests: [] }) : before;
    if (before.revision === '' && !(await createRow(QUEUE_ROOM_ENTITY, key, stands))) return null;
    transaction.set<Room>(key, next, {
      entityName: QUEUE_ROOM_ENTITY,
      conditions: new Filter<Room>().and('revision', FilterConditions.equalTo(stands.revision)),
    });
  }
  return transaction;
}

/** Whether somebody else took room there meanwhile. Throws ForgeKvsError when storage fails. */
export async function hasRoomChanged(changes: readonly RoomChange[]): Promise<boolean> {
  if (changes.length === 0) return false;
  const at = await readAll(changes.map(({ key }) => placeOf(key)));
  return changes.some(({ key, before }) => {
    const stored = at(placeOf(key));
    const room = stored === undefined ? EMPTY : rowSchema.parse(stored);
    return room.revision !== before.revision && !(before.revision === '' && room.requests.length === 0);
  });
}

/** Forgets the room of an API client that was revoked. Throws ForgeKvsError when storage fails. */
export async function deleteRoomOf(apiClientId: string): Promise<void> {
  await kvs.entity<object>(QUEUE_ROOM_ENTITY).delete(`client.${apiClientId}`);
}

async function stillWaiting(requests: readonly string[]): Promise<string[]> {
  const rows = await readMany(
    requests,
    (key) => ({ key, entityName: QUEUED_CHANGE_ENTITY }),
    (key, row) => parseQueuedChange(key, row).state,
  );
  return requests.filter((requestId) => rows.get(requestId) === 'queued');
}

function shareOf(requestId: string): string {
  return `site.${String(createHash('sha256').update(requestId).digest().readUInt8(0) % SHARES)}`;
}
