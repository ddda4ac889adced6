import { startSandbox } from '../../sandbox/sandbox';

/**
 * What a site's storage holds once it is connected, and what it was connected with.
 * @param batchSize the size that its batches have proven
 */
export async function configuredSite(batchSize: number) {
  const { host, jira, simulator, stop } = await startSandbox({});
  if (simulator === null) throw new Error('The benchmark needs the embedded Shorter Loop');
  host.kvs.handle('/api/v1/set', { key: 'bulk-batch-size', value: batchSize });
  const storage: unknown = host.kvs.snapshot();
  await stop();
  return { jira, key: simulator.key, storage };
}
