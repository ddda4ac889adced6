import { randomUUID } from 'node:crypto';
import { sleep } from '../../../src/clock';
import { createSite, valueOf, type Site } from '../../support/site';
import type { Attack } from '../attack';

/** Plays on a site of its own, and stops it. */
async function onSite(play: (site: Site) => Promise<string | null>): Promise<string | null> {
  const site = await createSite({ offline: true, queueSecondMs: 20 });
  try {
    return await play(site);
  } finally {
    await site.platform.queue.idle();
    await site.stop();
  }
}

/** Has every call to the platform take its own time, as they do, so that requests overtake each other. */
function withJitter(site: Site): void {
  site.platform.intercept(async (_call, proceed) => {
    await sleep(Math.random() * 3);
    return proceed();
  });
}

/** A new API client: its id, its header and a request that it may make. */
async function apiClientOf(site: Site) {
  const { id, secret } = valueOf(
    await site.admin('admin.createApiClient', { name: 'Support desk', acts: ['move', 'remove', 'add', 'get'] }),
  );
  const key = { 'x-segments-key': `${id}.${secret}` };
  const body = (changes: object = {}) => ({
    operationId: randomUUID(),
    sentAt: new Date().toISOString(),
    action: 'get',
    issueKey: 'ACME-101',
    ...changes,
  });
  return { id, key, body };
}

/** What is left of an API client that was revoked; null when nothing is. */
async function leftOf(site: Site, { id, key, body }: Awaited<ReturnType<typeof apiClientOf>>): Promise<string | null> {
  const { statusCode } = await site.apiClient(key, body());
  if (statusCode !== 401) return `The revoked client's secret is answered with ${statusCode}`;
  const rows = site.platform.kvs.entity('api-client').filter((row) => row.key === id);
  return rows.length === 0 ? null : 'The row of the revoked client is there again';
}

const REQUESTS = 20;

export const attacks: readonly Attack[] = [
  {
    finding: 'H1',
    name: 'an API client that was never used asks many times at once while it is revoked',
    rounds: 200,
    play: () =>
      onSite(async (site) => {
        const client = await apiClientOf(site);
        withJitter(site);
        const revoked = Math.floor(Math.random() * REQUESTS);
        await Promise.all(
          Array.from({ length: REQUESTS }, (_, nth) =>
            nth === revoked
              ? site.admin('admin.revokeApiClient', { id: client.id })
              : site.apiClient(client.key, client.body()),
          ),
        );
        return leftOf(site, client);
      }),
  },
];
