import { Queue } from '@forge/events';

/**
 * Pushes an event for a consumer of which one run is enough at a time: two would do the same work, or share the same
 * limits. Throws what @forge/events throws.
 * @param queue as in manifest.yml; events of one concurrency key are worked on one after the other (documented)
 * @see https://developer.atlassian.com/platform/forge/runtime-reference/async-events-api/
 */
export async function pushOne(queue: string, body: Record<string, unknown>, delayInSeconds = 0): Promise<void> {
  await new Queue({ key: queue }).push({ body, delayInSeconds, concurrency: { key: queue, limit: 1 } });
}
