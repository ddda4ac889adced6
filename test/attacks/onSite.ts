import { createSite, type Site, type SiteOptions } from '../support/site';

/** An attack's play on a site of its own, which is stopped whatever comes of it. */
export function onSite(
  play: (site: Site) => Promise<string | null>,
  options: SiteOptions = {},
): () => Promise<string | null> {
  return async () => {
    const site = await createSite({ offline: true, queueSecondMs: 1, ...options });
    try {
      return await play(site);
    } finally {
      await site.stop();
    }
  };
}

/** Stores a row of an entity as it is, past everything that the app would check. */
export function putRow({ platform }: Site, entityName: string, key: string, value: object): void {
  platform.kvs.handle('/api/v1/entity/set', { entityName, key, value });
}

/** Stores a plain value as it is. */
export function putPlain({ platform }: Site, key: string, value: unknown): void {
  platform.kvs.handle('/api/v1/set', { key, value });
}
