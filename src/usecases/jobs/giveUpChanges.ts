import { dequeue, eachQueuedChange, readQueuedChange } from '../../adapters/store';

/**
 * Gives up all that waits for an API client that was revoked, as far as time allows: what is left then, or asked for
 * at this very moment, is given up before its next attempt. Throws ForgeKvsError when storage fails.
 * @param endMs when to stop, in milliseconds since the epoch
 */
export async function giveUpChangesOf(apiClientId: string, endMs: number): Promise<void> {
  for await (const { requestId, apiClientId: asker } of eachQueuedChange()) {
    if (asker !== apiClientId) continue;
    if (Date.now() > endMs) return;
    // The query may be behind: what was carried out meanwhile is not given up.
    const change = await readQueuedChange(requestId);
    if (change?.state === 'queued') await dequeue(change, { ...change, state: 'failed', failure: 'apiClientGone' });
  }
}
