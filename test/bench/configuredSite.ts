import { WRITE_KINDS } from '../../src/contract';
import { parseSettings } from '../../src/adapters/store/settings';
import { provenOfText } from '../../src/features/bulk/worker/provenSize';
import { startSandbox } from '../../sandbox/sandbox';

/**
 * What a site's storage holds once it is connected, and what it was connected with.
 * @param batchSize the size that its batches have proven
 */
export async function configuredSite(batchSize: number) {
  const { host, jira, simulator, stop } = await startSandbox({});
  if (simulator === null) throw new Error('The benchmark needs the embedded Shorter Loop');
  const settings = parseSettings(host.kvs.plain().find(({ key }) => key === 'settings')?.value);
  if (settings === null) throw new Error('The benchmark needs a connection');
  const sizes = WRITE_KINDS.map((kind) => ({ of: provenOfText(settings.connection, kind), size: batchSize }));
  host.kvs.handle('/api/v1/set', { key: 'bulk-batch-size', value: sizes });
  const storage: unknown = host.kvs.snapshot();
  await stop();
  return { jira, key: simulator.key, storage };
}
