import type { Result, Segment, WriteEnds, WriteKind } from '../../src/contract';
import { randomUUID } from 'node:crypto';
import { connect } from '../../src/usecases/connection';
import { performBatch, type BatchDone, type BatchMember, type BatchResult } from '../../src/usecases/write';
import { readEntry, readKey, readTokenBucket, readSettings } from '../../src/adapters/store';
import { createSite, type Site, type SiteOptions } from './site';
import { startVirtualTime, type VirtualTime } from './virtualTime';

/** A site in virtual time with a batch that is about to be carried out. */
export type BatchLab = {
  readonly site: Site;
  readonly time: VirtualTime;
  readonly from: { readonly id: number; readonly name: string };
  readonly to: { readonly id: number; readonly name: string };
  readonly members: readonly BatchMember[];
  /** Carries the batch out as one invocation; null when it was killed. */
  readonly perform: (options?: PerformOptions) => Promise<Result<BatchDone> | null>;
  readonly stop: () => Promise<void>;
};

/** Which members, and at which call to the platform the invocation dies. */
type PerformOptions = {
  readonly members?: readonly BatchMember[];
  readonly killAt?: { readonly nth: number; readonly isApplied: boolean };
  /** A move where it is not said. */
  readonly kind?: WriteKind;
};

/** Prepares a batch of so many members of one segment. */
export async function openBatchLab(size: number, options: Pick<SiteOptions, 'readings'> = {}): Promise<BatchLab> {
  const site = await createSite({ offline: true, members: 120, segments: 3, settings: { canAdd: true }, ...options });
  const time = startVirtualTime();
  const [from, to] = site.simulator.segments;
  if (from === undefined || to === undefined) throw new Error('The simulator has two segments');
  const inBoth = new Set(site.simulator.truth.snapshot().segments.find(({ id }) => id === to.id)?.memberIds);
  const ids = (site.simulator.truth.snapshot().segments.find(({ id }) => id === from.id)?.memberIds ?? [])
    .filter((id) => !inBoth.has(id))
    .slice(0, size);
  if (ids.length < size) throw new Error(`The source has only ${ids.length} members for the batch`);
  const members = ids.map((memberId): BatchMember => ({
    memberId,
    operationId: randomUUID(),
    reporterAccountId: `reporter-${memberId}`,
    issueId: null,
    issueKey: null,
    undoes: null,
  }));
  const perform: BatchLab['perform'] = async ({ members: chosen = members, killAt, kind = 'move' } = {}) => {
    const invocationId = randomUUID();
    let seen = 0;
    let die: (() => void) | null = null;
    const death = new Promise<null>((resolve) => {
      die = () => resolve(null);
    });
    const unhook = site.platform.intercept(async (call, proceed) => {
      if (killAt === undefined || call.invocationId !== invocationId) return undefined;
      seen += 1;
      if (seen < killAt.nth) return undefined;
      if (seen === killAt.nth && killAt.isApplied) await proceed().catch(() => undefined);
      die?.();
      return new Promise<never>(() => undefined);
    });
    const work = site.app.runAs({ moduleKey: 'tick', invocationId }, async (): Promise<Result<BatchDone>> => {
      const connected = connect(await readSettings(), await readKey(), await readTokenBucket());
      if (connected.kind === 'problem') return connected;
      return performBatch(connected.value, {
        ends: endsOf(kind, from, to),
        members: chosen,
        entryPoint: 'bulk',
        actorAccountId: 'agent-1',
        runId: 'run-1',
      });
    });
    const answer = await time.until(Promise.race([work, death]));
    unhook();
    return answer;
  };
  const stop = async (): Promise<void> => {
    time.stop();
    await site.stop();
  };
  return { site, time, from, to, members, perform, stop };
}

function endsOf(kind: WriteKind, from: Segment, to: Segment): WriteEnds {
  switch (kind) {
    case 'move':
      return { kind, from, to };
    case 'remove':
      return { kind, from, to: null };
    case 'add':
      return { kind, from: null, to };
  }
}

/** What became of each member, in short. */
export function inShort(results: ReadonlyMap<string, BatchResult>): string[] {
  return [...results.values()].map((result) => {
    switch (result.kind) {
      case 'written':
        return String(result.entry.members[0]?.outcome);
      case 'stale':
        return result.reason;
      case 'leaseHeld':
      case 'idTaken':
        return result.kind;
    }
  });
}

/** The row of a member in the ledger. */
export function rowOf({ site, time }: BatchLab, { operationId }: BatchMember) {
  return time.until(site.app.runAs({}, () => readEntry(operationId)));
}
