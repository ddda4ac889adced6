import { randomUUID } from 'node:crypto';
import type { ConnectionSettings } from '../../contract';
import { newCycle, syncWorkOf } from '../../domain/people';
import { readDirectory, readIdentitySync, readSettings, type IdentitySync } from '../../adapters/store';
import { areReadsProven } from '../connection';
import { pushOne } from '../jobs';
import { directoryFor } from '../lookup';
import { logFailure } from '../result';

/**
 * Points of Jira that the identity sync leaves to people in front of a screen: a bulk run's preview, a board's chart.
 * It can wait for the next hour.
 */
export const SYNC_KEPT_POINTS = 1_500;

/** Of which Shorter Loop members are, in one word: ids mean nothing in another one. */
function sourceOf({ apiOrigin, initiativeId }: ConnectionSettings): string {
  return `${apiOrigin} ${String(initiativeId)}`;
}

/** Of which Shorter Loop the identity sync can find members, and who connected it. */
export type SyncSource = { readonly source: string; readonly savedByAccountId: string };

/**
 * With what the identity sync can work: once the reads are proven and a refresh of the directory came to its end. Null
 * before. Throws ForgeKvsError when storage fails.
 */
export async function readSyncSource(): Promise<SyncSource | null> {
  const [settings, directoryMeta] = await Promise.all([readSettings(), readDirectory()]);
  if (settings === null) return null;
  const { connection, proofs, savedByAccountId } = settings;
  const isReady =
    areReadsProven(proofs, connection.profile.readPlan) && directoryFor(connection, directoryMeta) !== null;
  return isReady ? { source: sourceOf(connection), savedByAccountId } : null;
}

/** The sync as it begins: nothing is read yet, and nobody is at work on it. */
export function newSync(source: string, days: IdentitySync['days']): IdentitySync {
  const cycle = newCycle(randomUUID(), source, Date.now(), days);
  return { ...cycle, isPaused: false, relook: [], holder: null, untilMs: 0 };
}

/** Whether somebody is at work on the identity sync. */
export function isAtWork(sync: IdentitySync | null): boolean {
  return sync !== null && sync.untilMs > Date.now();
}

/**
 * Has the consumer go on with the identity sync, if there is anything to do. Costs one read where there is not. Throws
 * ForgeKvsError when storage fails.
 */
export async function syncWhenDue(): Promise<void> {
  const sync = await readIdentitySync();
  // With its own source first: an idle site pays for no further read.
  if (isAtWork(sync) || (sync !== null && syncWorkOf(sync, sync.source, Date.now()) === null)) return;
  await syncWhenReady();
}

/**
 * {@link syncWhenDue} after something changed on which it depends: the connection, the directory. Never throws: the
 * schedule makes up for it.
 */
export async function syncAfterChange(): Promise<void> {
  await syncWhenReady().catch((error: unknown) => void logFailure('identity-sync', error));
}

async function syncWhenReady(): Promise<void> {
  const [sync, ready] = await Promise.all([readIdentitySync(), readSyncSource()]);
  if (ready === null || isAtWork(sync) || syncWorkOf(sync, ready.source, Date.now()) === null) return;
  await continueSync(0);
}

/** Has the consumer go on. Never throws: an event that is lost is made good by the schedule. */
export async function continueSync(delayInSeconds: number): Promise<void> {
  try {
    await pushOne('identity-sync', {}, delayInSeconds);
  } catch (error) {
    logFailure('identity-sync', error);
  }
}
