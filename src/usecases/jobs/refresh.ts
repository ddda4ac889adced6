import { isOf, readDirectory, writeAskedMs, type DirectorySource } from '../../adapters/store';
import { logFailure } from '../result';
import { pushOne } from './push';

/**
 * Has the consumer go on with the directory's refresh. Never throws: an event that is lost is made good by the
 * scheduled trigger.
 */
export async function continueRefresh(delayInSeconds: number): Promise<void> {
  try {
    await pushOne('directory-refresh', {}, delayInSeconds);
  } catch (error) {
    logFailure('directory-refresh', error);
  }
}

/** Asks for a refresh as soon as one can begin. Throws ForgeKvsError when storage fails. */
export async function askForRefresh(): Promise<void> {
  await askForRefreshIn(0);
}

/**
 * Asks for a refresh that begins in so many seconds, should none have begun by then. Throws ForgeKvsError when storage
 * fails.
 */
export async function askForRefreshIn(seconds: number): Promise<void> {
  await writeAskedMs(Date.now());
  await continueRefresh(seconds);
}

/**
 * {@link askForRefresh} where there is no directory of this Shorter Loop yet. Throws ForgeKvsError when storage
 * fails.
 */
export async function askForFirstRefresh(source: DirectorySource): Promise<void> {
  const directoryMeta = await readDirectory();
  if (directoryMeta === null || !isOf(directoryMeta, source) || directoryMeta.complete === null) await askForRefresh();
}
