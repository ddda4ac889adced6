import { randomUUID } from 'node:crypto';
import type { Result, LedgerEntry, PanelView, ReadPlan, WriteKind, WriteResult } from '../../src/contract';
import type { Interceptor, PlatformCall } from '../../sandbox/forge/platform';
import { readEntry } from '../../src/adapters/store';
import { writeRows } from '../support/ledgerRows';
import { createSite, linkedOf, valueOf, type Site } from '../support/site';
import { startVirtualTime, type VirtualTime } from '../support/virtualTime';

/** What a user does in a case. The first three write; the others must not. */
export const OPERATIONS = ['move', 'remove', 'undo', 'open', 'search', 'link', 'unlink', 'check'] as const;
/** One of {@link OPERATIONS}. */
export type Operation = (typeof OPERATIONS)[number];
/** The operations that write. */
export const WRITES: readonly Operation[] = ['move', 'remove', 'undo'];

/** What an operation is about: one member, the segment they are in, and where they are to go. */
export type Subject = {
  readonly kind: WriteKind;
  readonly operationId: string;
  readonly memberId: number;
  readonly from: number;
  readonly to: number | null;
};

/** A site in virtual time, at the moment before a user acts. */
export type Lab = {
  readonly site: Site;
  readonly time: VirtualTime;
  readonly subject: Subject;
  /** Sends the operation; null when its invocation was killed and so never answered. Each call is an invocation of its own. */
  readonly act: () => Promise<Result<unknown> | null>;
  /** Kills the invocation of the next {@link Lab.act} at its nth call to the platform, before or after the call takes effect. */
  readonly killAt: (nth: number, when: 'before' | 'after') => void;
  /** Lets a test answer or break calls; see the platform's `intercept`. */
  readonly intercept: (interceptor: Interceptor) => void;
  /** The calls of every {@link Lab.act} so far. */
  readonly calls: () => readonly PlatformCall[];
  /** Lets twenty minutes pass without faults, with the scheduled recovery every five minutes. */
  readonly rest: () => Promise<void>;
  readonly ledger: () => Promise<LedgerEntry[]>;
  readonly stop: () => Promise<void>;
};

/** How many segments a lab's Shorter Loop has. */
export const SEGMENTS = 6;
const RECOVERY_EVERY_MS = 300_000;
const never = (): Promise<never> => new Promise(() => undefined);

/** Prepares a site for an operation: for an undo, a move has been confirmed. */
export async function openLab(operation: Operation, readPlan: ReadPlan = 'all-at-once'): Promise<Lab> {
  const site = await createSite({ offline: true, segments: SEGMENTS, settings: { readPlan } });
  const time = startVirtualTime();
  const acts = new Set<string>();
  let kill: { readonly nth: number; readonly when: 'before' | 'after' } | null = null;
  let told: (() => void) | null = null;
  const killed = new Set<string>();
  const seen = new Map<string, number>();
  site.platform.intercept((call, proceed) => {
    const { invocationId } = call;
    if (!acts.has(invocationId)) return undefined;
    if (killed.has(invocationId)) return never();
    const nth = (seen.get(invocationId) ?? 0) + 1;
    seen.set(invocationId, nth);
    if (kill === null || kill.nth !== nth) return undefined;
    killed.add(invocationId);
    const { when } = kill;
    kill = null;
    const die = async (): Promise<never> => {
      if (when === 'after') await proceed().catch(() => undefined);
      told?.();
      return never();
    };
    return die();
  });
  const act = async (): Promise<Result<unknown> | null> => {
    const invocationId = randomUUID();
    acts.add(invocationId);
    const death = new Promise<null>((resolve) => {
      told = () => resolve(null);
    });
    return time.until(Promise.race([send(site, operation, subject, invocationId), death]));
  };
  const subject = await prepare(site, time, operation);
  site.platform.clearRecords();
  return {
    site,
    time,
    subject,
    act,
    killAt: (nth, when) => {
      kill = { nth, when };
    },
    intercept: (interceptor) => {
      site.platform.intercept((call, proceed, init) =>
        acts.has(call.invocationId) ? interceptor(call, proceed, init) : undefined,
      );
    },
    calls: () => site.platform.calls.filter(({ invocationId }) => acts.has(invocationId)),
    rest: async () => {
      for (let passed = 0; passed < 4; passed += 1) {
        await time.pass(RECOVERY_EVERY_MS);
        await time.until(site.recovery());
      }
    },
    ledger: () => time.until(readLedger(site)),
    stop: async () => {
      time.stop();
      await site.stop();
    },
  };
}

async function prepare(site: Site, time: VirtualTime, operation: Operation): Promise<Subject> {
  const view: PanelView = valueOf(await time.until(site.panel('panel.open', {})));
  const { member } = linkedOf(view);
  const [from = 0] = member.segmentIds;
  const to = view.segments.find(({ id }) => !member.segmentIds.includes(id))?.id ?? 0;
  const subject = { kind: 'move', operationId: randomUUID(), memberId: member.id, from, to } as const;
  if (operation === 'remove') return { ...subject, kind: 'remove', to: null };
  if (operation !== 'undo') return subject;
  const first = { operationId: UNDONE_ID, memberId: member.id, fromSegmentId: from, toSegmentId: to };
  const moved: WriteResult = valueOf(await time.until(site.panel('panel.move', first)));
  if (moved.entry.members[0]?.outcome !== 'confirmed')
    throw new Error('The move that is to be undone was not confirmed');
  return { ...subject, from: to, to: from };
}

/** The operation id of the move that an undo takes back. */
const UNDONE_ID = '00000000-0000-4000-8000-000000000001';

function send(
  site: Site,
  operation: Operation,
  { operationId, memberId, from, to }: Subject,
  invocationId: string,
): Promise<Result<unknown>> {
  const write = { operationId, memberId, fromSegmentId: from };
  switch (operation) {
    case 'move':
      return site.panel('panel.move', { ...write, toSegmentId: to }, { invocationId });
    case 'remove':
      return site.panel('panel.remove', write, { invocationId });
    case 'undo':
      return site.panel('panel.undo', { operationId, undoes: UNDONE_ID }, { invocationId });
    case 'open':
      return site.panel('panel.open', {}, { invocationId });
    case 'search':
      return site.panel('panel.searchMembers', { query: 'an' }, { invocationId });
    case 'link':
      return site.panel('panel.link', { memberId }, { invocationId });
    case 'unlink':
      return site.panel('panel.unlink', { memberId }, { invocationId });
    case 'check':
      return site.admin('admin.check', { choices: {} }, site.jira.adminAccountId, invocationId);
  }
}

async function readLedger(site: Site): Promise<LedgerEntry[]> {
  const ids = writeRows(site.platform.kvs).map(({ key }) => key);
  const entries = await Promise.all(ids.map((id) => site.app.runAs({}, () => readEntry(id))));
  return entries.flatMap((entry) => entry ?? []);
}
