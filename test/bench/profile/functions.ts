import Resolver from '@forge/resolver';
import { createShorterLoop } from '../../../src/adapters/shorterloop';
import { writeAskedMs } from '../../../src/adapters/store';
import { DEFAULT_PROFILE } from '../../../src/contract';
import { refreshDirectory } from '../../../src/features/directory';

/** What is read back, and where. */
export type ReadBack = {
  readonly key: string;
  readonly initiativeId: number;
  readonly segmentId: number;
  readonly members: number;
};

const FOREVER_MS = 3_600_000;
const resolver = new Resolver();

/** Reads a segment's members back once, as a write does, and answers how long that took in milliseconds. */
resolver.define('readBack', async ({ payload }: { readonly payload: ReadBack }) => {
  const { key, initiativeId, segmentId, members } = payload;
  const client = createShorterLoop(
    { origin: 'https://api.shorterloop.com', key, initiativeId, profile: DEFAULT_PROFILE },
    { deadlineAtMs: Date.now() + FOREVER_MS, onLimit: () => Promise.resolve() },
  );
  const startedMs = performance.now();
  const read = await client.memberIdsOf(segmentId);
  const tookMs = performance.now() - startedMs;
  if (read.kind === 'problem' || read.value.size !== members) throw new Error('The read-back did not show everybody');
  return { tookMs };
});

/** Refreshes the whole directory, without the waits that keep storage's limits. */
resolver.define('refresh', async () => {
  await writeAskedMs(Date.now());
  const startedMs = performance.now();
  await refreshDirectory({}, {}, () => ({ spend: () => Promise.resolve(), hasTime: () => true }));
  return { tookMs: performance.now() - startedMs };
});

export const profileResolver = resolver.getDefinitions();
