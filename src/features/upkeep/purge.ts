import { logFailure } from '../../usecases/result';
import { deleteCounts, deleteApiClient, deleteKey, readApiClients } from '../../adapters/store';

/**
 * Runs when the app is uninstalled, with 55 seconds and nobody to answer to. Forge keeps an app's
 * storage for some weeks in case it comes back, and then deletes it. What opens an entry point is not left
 * lying for so long: the API key and the API clients' secrets go at once.
 * @see manifest.yml, preUninstall `purge`
 * @see docs/privacy.md
 */
export async function purge(): Promise<void> {
  try {
    await deleteKey();
    for (const { id } of await readApiClients()) await deleteApiClient(id);
    // They hold for a day; whoever comes back within it would see old numbers.
    await deleteCounts();
  } catch (error) {
    // The app goes all the same; what is left goes with the rest of its storage.
    logFailure('purge', error);
  }
}
