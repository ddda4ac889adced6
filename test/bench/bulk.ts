import { rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { createForgeHost, type ForgeHost } from '../../sandbox/forge/host';
import { createSimulator, serveSimulator, type Simulator } from '../../sandbox/shorterloop';
import type { BareGroup, BulkWork } from './bulk-app/functions';
import { configuredSite } from './configuredSite';
import { median } from './intervals';
import { makeApp } from './makeApp';
import { permitAll } from './permitAll';
import { seedRun, type Leavers } from './seedRun';
import { slowStorage } from './slowStorage';

const API = 'https://api.shorterloop.com';
/** Of each request to Shorter Loop. Three requests a batch then stay below the five a second that the app allows itself, so that its politeness is not measured. */
const UPSTREAM_LATENCY_MS = 300;
const BATCH = 500;
const SEGMENTS = 12;

/** What a bulk run costs beside the same writes and read-backs in a bare loop. */
export type BulkFigures = {
  /** Members a second over those of the bare loop, for 10,000 members: the median of pairs. */
  readonly throughputRatio10k: number;
  /** The same for 100,000. */
  readonly throughputRatio100k: number;
  /** The most memory that the worker's process ever held for 100,000 members over that for 10,000. */
  readonly memoryRatio: number;
  /** Writes beyond the smallest number of batches of 500, over all runs. */
  readonly excessBatches: number;
};

type Pair = { readonly app: BulkWork; readonly toSegmentRef: BulkWork; readonly excess: number };

/** Carries out runs of 10,000 and 100,000 members, each beside a bare loop on the same host. */
export async function measureBulk(say: (line: string) => void): Promise<BulkFigures> {
  const small = await measureSize(10_000, 3, say);
  // One pair takes five minutes.
  const large = await measureSize(100_000, 1, say);
  const ratio = (pairs: readonly Pair[]): number =>
    rounded(median(pairs.map(({ app, toSegmentRef }) => toSegmentRef.tookMs / app.tookMs)));
  const peak = (pairs: readonly Pair[]): number => median(pairs.map(({ app }) => app.peakBytes));
  return {
    throughputRatio10k: ratio(small),
    throughputRatio100k: ratio(large),
    memoryRatio: rounded(peak(large) / peak(small)),
    excessBatches: [...small, ...large].reduce((sum, { excess }) => sum + excess, 0),
  };
}

async function measureSize(members: number, count: number, say: (line: string) => void): Promise<Pair[]> {
  const site = await configuredSite(BATCH);
  // Some members are in several segments, or in the target.
  const simulator = createSimulator({
    members: Math.ceil(members * 2),
    segments: SEGMENTS,
    latencyMs: UPSTREAM_LATENCY_MS,
    key: site.key,
  });
  const upstream = await serveSimulator(simulator);
  const appDir = makeApp('bulk-bench', {
    path: path.join(__dirname, 'bulk-app/functions'),
    exported: 'bulkResolver',
  });
  const host = await createForgeHost({
    appDir,
    jira: permitAll,
    routeEgress: () => upstream.origin,
    limitMs: 3_600_000,
  });
  host.platform.intercept(slowStorage);
  try {
    const groups = groupsOf(simulator, members);
    const pairs: Pair[] = [];
    for (let number = 0; number < count; number += 1) {
      simulator.reset();
      await host.killFunctions();
      const toSegmentRef = await carryOutBare(host, simulator, groups);
      simulator.reset();
      await host.killFunctions();
      host.kvs.restore(structuredClone(site.storage));
      const app = await executeWrite(host, 'app', { runId: seedRun(host.kvs, groups) });
      const excess = simulator.truth.writes().length - groups.reduce((sum, { batches }) => sum + batches.length, 0);
      pairs.push({ app, toSegmentRef, excess });
      say(
        `${String(members)} members: run ${text(app)}, bare loop ${text(toSegmentRef)}, ${String(excess)} batches too many`,
      );
    }
    return pairs;
  } finally {
    await host.stop();
    await upstream.stop();
    rmSync(appDir, { recursive: true, force: true });
  }
}

const workSchema: z.ZodType<BulkWork> = z.object({ tookMs: z.number(), peakBytes: z.number() });

/** The whole is too large for one invocation's payload. */
async function carryOutBare(host: ForgeHost, simulator: Simulator, groups: readonly BareGroup[]): Promise<BulkWork> {
  const works: BulkWork[] = [];
  for (const { from, to, batches } of groups)
    works.push(
      await executeWrite(host, 'bare', { origin: API, headers: headersOf(simulator), group: { from, to, batches } }),
    );
  return {
    tookMs: works.reduce((sum, { tookMs }) => sum + tookMs, 0),
    peakBytes: Math.max(...works.map(({ peakBytes }) => peakBytes)),
  };
}

async function executeWrite(host: ForgeHost, functionKey: 'app' | 'bare', payload: object): Promise<BulkWork> {
  return workSchema.parse(await host.invoke({ moduleKey: 'bulk-bench', functionKey, payload, accountId: 'nobody' }));
}

/** So many members who are in one segment each, by the segment that they leave for the first one. */
function groupsOf(simulator: Simulator, members: number): (BareGroup & Leavers)[] {
  const { segments, members: people } = simulator.truth.snapshot();
  const [target, ...sources] = segments.map(({ id }) => id);
  if (target === undefined) throw new Error('The simulator has no segments');
  const movable = people
    .flatMap(({ id, segmentIds: [only, ...others] }) =>
      only === undefined || only === target || others.length > 0 ? [] : [{ id, from: only }],
    )
    .slice(0, members);
  if (movable.length < members) throw new Error(`Only ${String(movable.length)} members can be moved`);
  return sources.flatMap((from) => {
    const users = movable.filter((one) => one.from === from).map(({ id }) => id);
    const batches = Array.from({ length: Math.ceil(users.length / BATCH) }, (_none, place) =>
      users.slice(place * BATCH, (place + 1) * BATCH),
    );
    return users.length === 0 ? [] : [{ from, to: target, users, batches }];
  });
}

function headersOf({ key, initiativeId }: Simulator): Record<string, string> {
  return { Authorization: `Bearer ${key}`, initiativeId: String(initiativeId) };
}

function rounded(ratio: number): number {
  return Number(ratio.toFixed(3));
}

function text({ tookMs, peakBytes }: BulkWork): string {
  return `${(tookMs / 1_000).toFixed(1)} s and ${String(Math.round(peakBytes / 2 ** 20))} MiB`;
}
