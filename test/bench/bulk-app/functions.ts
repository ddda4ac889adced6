import { fetch } from '@forge/api';
import Resolver from '@forge/resolver';
import { workOnRun } from '../../../src/features/bulk/worker/worker';

/** Members who leave one segment for another, in batches: what the bare loop writes. */
export type BareGroup = {
  readonly from: number;
  readonly to: number;
  readonly batches: readonly (readonly number[])[];
};
type Bare = { readonly origin: string; readonly headers: Record<string, string>; readonly group: BareGroup };

/** How long a run took in milliseconds, and the most memory that its process ever held, in bytes. */
export type BulkWork = { readonly tookMs: number; readonly peakBytes: number };

const FOREVER_MS = 3_600_000;
const resolver = new Resolver();

/** Carries out a run as the app's worker does, without the limit that it keeps of Forge's storage. */
resolver.define('app', async ({ payload: { runId } }: { readonly payload: { readonly runId: string } }) =>
  measured(async () => {
    await workOnRun(runId, { endMs: Date.now() + FOREVER_MS, hasBudget: false });
  }),
);

/** Sends the same writes of a group one after the other, reads both segments back after each, and does nothing else. */
resolver.define('bare', async ({ payload: { origin, headers, group } }: { readonly payload: Bare }) =>
  measured(async () => {
    const ask = async (path: string, init: object = {}): Promise<unknown> => {
      const response = await fetch(origin + path, {
        headers: { ...headers, 'Content-Type': 'application/json' },
        ...init,
      });
      if (response.status !== 200) throw new Error(`${path} answered ${String(response.status)}`);
      return JSON.parse(await response.text());
    };
    const { from, to, batches } = group;
    const readBoth = async (): Promise<void> => {
      await Promise.all([from, to].map((id) => ask(`/api/v2/segments/${String(id)}/segment-users`)));
    };
    await readBoth();
    for (const users of batches) {
      await ask(`/api/v2/segments/${String(from)}/segment-users/${String(to)}`, {
        method: 'PUT',
        body: JSON.stringify({ users }),
      });
      await readBoth();
    }
  }),
);

async function measured(work: () => Promise<void>): Promise<BulkWork> {
  const startedMs = performance.now();
  await work();
  return { tookMs: performance.now() - startedMs, peakBytes: process.resourceUsage().maxRSS * 1_024 };
}

export const bulkResolver = resolver.getDefinitions();
