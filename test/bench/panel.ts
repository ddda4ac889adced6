import path from 'node:path';
import { z } from 'zod';
import type { ConnectionSettings, ReadPlan } from '../../src/contract';
import { createForgeHost, type ForgeHost } from '../../sandbox/forge/host';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import { createSimulator, profileOf, serveSimulator, type Simulator } from '../../sandbox/shorterloop';
import { longestRow, median } from './intervals';
import { openPanel } from './openPanel';
import { gzipBytes } from './sizes';

const PAGE = path.join(__dirname, '../../static/dist/panel');
const API = 'https://api.shorterloop.com';
const UPSTREAM_LATENCY_MS = 50;
const WARM_UP = 5;
const COUNTED = 40;
const PLANS: readonly ReadPlan[] = ['all-at-once', 'per-segment'];

/** What the panel costs: its page, its calls, and its resolver against the waiting that it can't avoid. */
export type PanelFigures = {
  readonly jsGzipBytes: number;
  readonly cssGzipBytes: number;
  /** The most upstream calls in a row of one open, over both read plans, warm and cold. */
  readonly upstreamSequential: number;
  /** Calls to Forge and Jira of one open for a reporter who is linked: the median, because one open in eight counts its calls to Shorter Loop in storage as well. */
  readonly platformCallsWarm: number;
  /**
   * The resolver's whole time over that of a bare function on the same host that makes the same
   * upstream calls in the same order and parses their JSON: the larger of both read plans' medians.
   */
  readonly resolverRatio: number;
};

type Bench = { readonly simulator: Simulator; readonly sandbox: Sandbox; readonly toSegmentRef: ForgeHost };
type PlanFigures = {
  readonly plan: ReadPlan;
  readonly sequential: number;
  readonly platformCalls: number;
  readonly resolverMs: number;
  readonly bareMs: number;
  readonly ratio: number;
};

/** Measures the panel in a sandbox of the default size, with 50 ms of upstream latency. */
export async function measurePanel(say: (line: string) => void): Promise<PanelFigures> {
  const simulator = createSimulator({ latencyMs: UPSTREAM_LATENCY_MS });
  const upstream = await serveSimulator(simulator);
  const sandbox = await startSandbox({ shorterLoopOrigin: upstream.origin });
  const toSegmentRef = await createForgeHost({
    appDir: path.join(__dirname, 'bare-app'),
    jira: sandbox.jira.rest,
    routeEgress: () => upstream.origin,
  });
  try {
    const measured: PlanFigures[] = [];
    for (const plan of PLANS) measured.push(await measurePlan({ simulator, sandbox, toSegmentRef }, plan));
    for (const { plan, ratio, resolverMs, bareMs } of measured) {
      say(
        `panel.open, ${plan}: resolver ${resolverMs.toFixed(1)} ms, bare calls ${bareMs.toFixed(1)} ms, ratio ${ratio.toFixed(3)} (medians of ${String(COUNTED)} pairs)`,
      );
    }
    return {
      jsGzipBytes: gzipBytes(PAGE, '.js'),
      cssGzipBytes: gzipBytes(PAGE, '.css'),
      upstreamSequential: Math.max(...measured.map(({ sequential }) => sequential)),
      platformCallsWarm: Math.max(...measured.map(({ platformCalls }) => platformCalls)),
      resolverRatio: Math.max(...measured.map(({ ratio }) => Number(ratio.toFixed(3)))),
    };
  } finally {
    await toSegmentRef.stop();
    await sandbox.stop();
    await upstream.stop();
  }
}

async function measurePlan(bench: Bench, plan: ReadPlan): Promise<PlanFigures> {
  await bench.sandbox.reset();
  await useReadPlan(bench, plan);
  // The first open finds the member by e-mail and links them; all later ones are warm.
  const cold = await open(bench.sandbox);
  const pairs = [];
  for (let count = 0; count < WARM_UP + COUNTED; count += 1)
    pairs.push({ opened: await open(bench.sandbox), bareMs: await readBare(bench, plan) });
  const counted = pairs.slice(WARM_UP);
  return {
    plan,
    sequential: Math.max(cold.sequential, ...counted.map(({ opened }) => opened.sequential)),
    platformCalls: median(counted.map(({ opened }) => opened.platformCalls)),
    resolverMs: median(counted.map(({ opened }) => opened.resolverMs)),
    bareMs: median(counted.map(({ bareMs }) => bareMs)),
    ratio: median(counted.map(({ opened, bareMs }) => opened.resolverMs / bareMs)),
  };
}

/** Opens the panel on a site that has rested: what the limit of calls adds to a busy one is not the panel's cost. */
async function open(
  sandbox: Sandbox,
): Promise<{ readonly resolverMs: number; readonly sequential: number; readonly platformCalls: number }> {
  sandbox.host.kvs.handle('/api/v1/entity/delete', { entityName: 'rate-limit', key: 'shorter-loop' });
  const { tookMs, calls } = await openPanel(sandbox);
  const upstream = calls.filter(({ kind }) => kind === 'egress');
  const sequential = longestRow(
    upstream.map((call) => ({ startedMs: call.startedMs, endedMs: call.endedMs ?? call.startedMs })),
  );
  return { resolverMs: tookMs, sequential, platformCalls: calls.length - upstream.length };
}

async function readBare({ simulator, toSegmentRef }: Bench, plan: ReadPlan): Promise<number> {
  const one = simulator.segments.map(({ id }) => `${API}/api/v2/segments/${String(id)}/segment-users`);
  const rounds =
    plan === 'all-at-once' ? [[`${API}/api/v2/segments/segment-users`]] : [[`${API}/api/v2/segments`], one];
  const headers = { Authorization: `Bearer ${simulator.key}`, initiativeId: String(simulator.initiativeId) };
  const answer = await toSegmentRef.invoke({
    moduleKey: 'bare',
    functionKey: 'read',
    payload: { rounds, headers },
    accountId: 'nobody',
  });
  return z.object({ tookMs: z.number() }).parse(answer).tookMs;
}

async function useReadPlan({ sandbox: { host, jira }, simulator }: Bench, readPlan: ReadPlan): Promise<void> {
  const { initiativeId, dialect: moveDialect, removeDialect } = simulator;
  const settings: ConnectionSettings = {
    apiOrigin: API,
    initiativeId,
    profile: profileOf({ moveDialect, removeDialect, readPlan }),
  };
  const answer = await host.invoke({
    moduleKey: 'segments-admin',
    functionKey: 'admin.save',
    payload: { settings, key: null },
    accountId: jira.adminAccountId,
  });
  if (!JSON.stringify(answer).startsWith('{"kind":"ok"')) throw new Error('The settings of the benchmark were refused');
}
