import { createHash } from 'node:crypto';
import { kvs } from '@forge/kvs';
import { z } from 'zod';
import { readAll, readMany } from './batch';
import { createRow, ifStill, versioned } from './versioned';
import { parseQueuedChange, QUEUED_CHANGE_ENTITY, type QueuedChange } from './queuedChanges';

/** The entity that keeps which changes were let in to wait, of the site and of each API client. */
export const QUEUE_ADMISSION_ENTITY = 'queue-admission';
/** The site's changes stand in so many rows, so that those who ask at once do not all change the same one. */
const SHARES = 8;
/** How many of a share wait at most: about 4,000 of the whole site. */
const MOST_OF_A_SHARE = 500;
/** How many of one API client wait at most. */
const MOST_OF_AN_API_CLIENT = 200;

/** Of whom so many changes wait that no more are let in. */
export type Full = 'reporter' | 'apiClient' | 'site';

/** A row of requests that were let in; those that are settled are cleared only when it is full. */
type Admissions = { readonly requests: readonly string[]; readonly revision: string };
/** Admissions, and what they become. */
export type AdmissionChange = { readonly key: string; readonly before: Admissions; readonly next: Admissions };

const rowSchema = z.object({ requests: z.array(z.string()), revision: z.string() });
const EMPTY: Admissions = { requests: [], revision: '' };
const placeOf = (key: string) => ({ key, entityName: QUEUE_ADMISSION_ENTITY });

/**
 * Whether a change is let in to the site's queue and to its API client's. What is answered holds only if it is stored
 * in one transaction with the change. Throws ForgeKvsError when storage fails.
 */
export async function admissionsFor({
  requestId,
  apiClientId,
}: QueuedChange): Promise<readonly AdmissionChange[] | Full> {
  const wanted = [
    { key: shareOf(requestId), most: MOST_OF_A_SHARE, of: 'site' as const },
    ...(apiClientId === null
      ? []
      : [{ key: `client.${apiClientId}`, most: MOST_OF_AN_API_CLIENT, of: 'apiClient' as const }]),
  ];
  const at = await readAll(wanted.map(({ key }) => placeOf(key)));
  const changes: AdmissionChange[] = [];
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

/** A transaction that also stores admissions, if they still are as they were read; null when they are not. */
export async function withAdmissions(
  transaction: ReturnType<typeof kvs.transact>,
  changes: readonly AdmissionChange[],
): Promise<ReturnType<typeof kvs.transact> | null> {
  for (const { key, before, next } of changes) {
    // A condition on a row that is not there is refused (measured 2026-10-09), so that a first one is made empty.
    const stands = before.revision === '' ? versioned({ requests: [] }) : before;
    if (before.revision === '' && !(await createRow(QUEUE_ADMISSION_ENTITY, key, stands))) return null;
    transaction.set(key, next, ifStill(QUEUE_ADMISSION_ENTITY, stands));
  }
  return transaction;
}

/** Whether somebody else was let in there meanwhile. Throws ForgeKvsError when storage fails. */
export async function haveAdmissionsChanged(changes: readonly AdmissionChange[]): Promise<boolean> {
  if (changes.length === 0) return false;
  const at = await readAll(changes.map(({ key }) => placeOf(key)));
  return changes.some(({ key, before }) => {
    const stored = at(placeOf(key));
    const now = stored === undefined ? EMPTY : rowSchema.parse(stored);
    return now.revision !== before.revision && !(before.revision === '' && now.requests.length === 0);
  });
}

/** Forgets the admissions of an API client that was revoked. Throws ForgeKvsError when storage fails. */
export async function deleteAdmissionsOf(apiClientId: string): Promise<void> {
  await kvs.entity<object>(QUEUE_ADMISSION_ENTITY).delete(`client.${apiClientId}`);
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
