import { ok, err, type Result } from '../../contract';
import { shorterLoopProblem } from '../../usecases/result';
import { isOf, readDirectory, writeDirectory, type Refresh } from '../../adapters/store';
import { reserveRateLimit } from './reserve';
import type { Tools } from './tools';

/**
 * Begins a refresh: lists the segments. From now on writes are noted in the directory, also before it is
 * complete for the first time. Throws ForgeKvsError when storage fails.
 */
export async function begin(tools: Tools, endMs: number): Promise<Result<Refresh>> {
  const { client, settings } = tools.connected;
  const admitted = await reserveRateLimit(tools, endMs);
  if (admitted.kind === 'problem') return admitted;
  const startedAtMs = Date.now();
  const list = await client.listSegments();
  if (list.kind === 'problem') return err(shorterLoopProblem(list.problem));
  const source = { apiOrigin: settings.apiOrigin, initiativeId: settings.initiativeId };
  const directoryMeta = await readDirectory();
  // What is told of another Shorter Loop is no longer shown from here on.
  if (directoryMeta === null || !isOf(directoryMeta, source)) await writeDirectory({ source, complete: null });
  const segments = list.value.map(({ id, name }) => ({ id, name, members: null, readAtMs: null }));
  return ok({ source, startedAtMs, phase: 'syncing', segments, leaving: [], changed: 0 });
}
