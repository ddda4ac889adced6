import { rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { createForgeHost, type ForgeHost } from '../../../sandbox/forge/host';
import { startSandbox, type Sandbox } from '../../../sandbox/sandbox';
import { createSimulator, serveSimulator, type Simulator } from '../../../sandbox/shorterloop';
import { configuredSite } from '../configuredSite';
import { median } from '../intervals';
import { makeApp } from '../makeApp';
import { openPanel } from '../openPanel';
import { permitAll } from '../permitAll';
import type { ReadBack } from './functions';

const READS = path.join(__dirname, '../../../src/adapters/shorterloop/reads.ts');
/** The same app with a reader that knows the documented form alone. */
const FIXED = { [READS]: path.join(__dirname, 'fixedReads.ts') };
const UPSTREAM_LATENCY_MS = 50;
const LARGE_SEGMENT = 10_000;
const MODULE = 'profile-bench';

/**
 * What reading by a profile costs: the time of the same operation by the site's profile over that by a reader which
 * knows the documented form alone, and judges the same. Medians of pairs.
 */
export type ProfileFigures = {
  /** A panel that opens at a site of 2,000 members in 12 segments, all of whom it reads. */
  readonly panelRatio: number;
  /** The ids of a segment of 10,000 members, as after a write; Shorter Loop answers at once. */
  readonly readBackRatio: number;
  /** A refresh of a directory of 10,000 members that finds nothing new; Shorter Loop answers at once. */
  readonly refreshRatio: number;
};

type Both<T> = { readonly learned: T; readonly fixed: T };
type Pairing = { readonly warmUp: number; readonly counted: number };

/** Measures all three; each pair in turn, so that a busy machine slows both. */
export async function measureProfile(say: (line: string) => void): Promise<ProfileFigures> {
  const panelRatio = await measurePanelPairs(say);
  return { panelRatio, ...(await measureFunctions(say)) };
}

async function measurePanelPairs(say: (line: string) => void): Promise<number> {
  const upstream = await serveSimulator(createSimulator({ latencyMs: UPSTREAM_LATENCY_MS }));
  const start = (replaced?: typeof FIXED): Promise<Sandbox> =>
    startSandbox({ shorterLoopOrigin: upstream.origin, ...(replaced === undefined ? {} : { replaced }) });
  const sites: Both<Sandbox> = { learned: await start(), fixed: await start(FIXED) };
  const open = async (sandbox: Sandbox): Promise<number> => {
    sandbox.host.kvs.handle('/api/v1/entity/delete', { entityName: 'rate-limit', key: 'shorter-loop' });
    return (await openPanel(sandbox, '"kind":"live"')).tookMs;
  };
  try {
    const times = await pairsOf({ warmUp: 8, counted: 60 }, (which) => open(sites[which]));
    return ratioOf('panel.open, 2,000 members', times, say);
  } finally {
    await sites.learned.stop();
    await sites.fixed.stop();
    await upstream.stop();
  }
}

async function measureFunctions(say: (line: string) => void): Promise<Omit<ProfileFigures, 'panelRatio'>> {
  const site = await configuredSite(500);
  const simulator = createSimulator({ members: LARGE_SEGMENT, segments: 12, key: site.key });
  const whole = createSimulator({ members: LARGE_SEGMENT * 2, segments: 2, key: site.key });
  const [many, one] = [await serveSimulator(simulator), await serveSimulator(whole)];
  const appDir = makeApp(MODULE, { path: path.join(__dirname, 'functions'), exported: 'profileResolver' });
  let origin = one.origin;
  const start = (replaced: typeof FIXED | null): Promise<ForgeHost> =>
    createForgeHost({
      appDir,
      jira: permitAll,
      routeEgress: () => origin,
      limitMs: 3_600_000,
      ...(replaced === null ? {} : { replaced }),
    });
  const hosts: Both<ForgeHost> = { learned: await start(null), fixed: await start(FIXED) };
  try {
    const readBack = largestOf(whole);
    const reads = await pairsOf({ warmUp: 20, counted: 200 }, (which) => run(hosts[which], 'readBack', readBack));
    const readBackRatio = ratioOf(`read-back of ${String(readBack.members)} members`, reads, say);
    origin = many.origin;
    for (const host of [hosts.learned, hosts.fixed]) host.kvs.restore(structuredClone(site.storage));
    const refreshes = await pairsOf({ warmUp: 2, counted: 20 }, (which) => refresh(hosts[which]));
    return { readBackRatio, refreshRatio: ratioOf('refresh of 10,000 members', refreshes, say) };
  } finally {
    await hosts.learned.stop();
    await hosts.fixed.stop();
    await many.stop();
    await one.stop();
    rmSync(appDir, { recursive: true, force: true });
  }
}

function largestOf({ key, initiativeId, truth }: Simulator): ReadBack {
  const sizes = truth.initial.map(({ id, memberIds }) => ({ id, members: memberIds.length }));
  const [largest] = sizes.sort((one, other) => other.members - one.members);
  if (largest === undefined || largest.members < LARGE_SEGMENT) throw new Error('No segment is large enough');
  return { key, initiativeId, segmentId: largest.id, members: largest.members };
}

async function refresh(host: ForgeHost): Promise<number> {
  host.kvs.handle('/api/v1/entity/delete', { entityName: 'rate-limit', key: 'shorter-loop' });
  return run(host, 'refresh', {});
}

const tookSchema = z.object({ tookMs: z.number() });

async function run(host: ForgeHost, functionKey: 'readBack' | 'refresh', payload: object): Promise<number> {
  const answer = await host.invoke({ moduleKey: MODULE, functionKey, payload, accountId: 'nobody' });
  return tookSchema.parse(answer).tookMs;
}

async function pairsOf(
  { warmUp, counted }: Pairing,
  measure: (which: keyof Both<unknown>) => Promise<number>,
): Promise<Both<number>[]> {
  const pairs: Both<number>[] = [];
  for (let count = 0; count < warmUp + counted; count += 1) {
    // Who is first changes: neither is always measured after the other.
    const isLearnedFirst = count % 2 === 0;
    const first = await measure(isLearnedFirst ? 'learned' : 'fixed');
    const second = await measure(isLearnedFirst ? 'fixed' : 'learned');
    pairs.push(isLearnedFirst ? { learned: first, fixed: second } : { learned: second, fixed: first });
  }
  return pairs.slice(warmUp);
}

function ratioOf(what: string, pairs: readonly Both<number>[], say: (line: string) => void): number {
  const ratio = median(pairs.map(({ learned, fixed }) => learned / fixed));
  const text = (which: keyof Both<unknown>): string => median(pairs.map((pair) => pair[which])).toFixed(1);
  say(
    `${what}: ${text('learned')} ms by the profile, ${text('fixed')} ms by the fixed reader, ratio ${ratio.toFixed(3)}`,
  );
  return Number(ratio.toFixed(3));
}
