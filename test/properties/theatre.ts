import { randomUUID } from 'node:crypto';
import type { Result, LedgerEntry, WriteResult } from '../../src/contract';
import { jsonAnswer } from '../../sandbox/forge/wire';
import type { SegmentState } from '../../sandbox/shorterloop';
import { readEntry } from '../../src/adapters/store';
import { caches, refusesLate, showsLate, type OddServer } from '../support/oddServers';
import { boardResolver } from '../../src';
import { createSite, type Site } from '../support/site';
import { mulberry32 } from '../support/random';
import { startVirtualTime } from '../support/virtualTime';
import { ISSUES, type Step, type Story } from './story';

/** What someone was told, by the operation that they asked for; null when the function died before it could tell. */
export type Told = { readonly operationId: string; readonly answer: Result<unknown> | null };

/** A story that was played to its end, the recovery included. */
export type Played = {
  readonly told: readonly Told[];
  /** In the order in which they were recorded. */
  readonly ledger: readonly LedgerEntry[];
  readonly site: Site;
  /** The segments as the story began. */
  readonly initial: readonly SegmentState[];
  /** Two writes about one member that were under way at once. */
  readonly overlaps: readonly string[];
};

type Member = { readonly memberId: number; readonly segmentIds: readonly number[] };

/** Where stories are played: one site, set back to its start before each. */
export async function openTheatre() {
  const site = await createSite({ offline: true, members: 60, segments: 6, settings: { canAdd: true } });
  const start = await stageSite(site);
  const beginning = site.platform.kvs.snapshot();

  async function play(story: Story): Promise<Played> {
    site.platform.kvs.restore(structuredClone(beginning));
    site.simulator.reset();
    site.platform.kvs.setQueryLagMs(story.queryLagMs);
    site.platform.clearRecords();
    const stage = setStage(site, story);
    const time = startVirtualTime(stage.releaseOne);
    const quiet = hush();
    try {
      const told = await time.until(
        Promise.all(story.steps.map((step, index) => act(site, start, story, step, index, stage))),
      );
      stage.end();
      for (let runs = 0; runs < 3; runs += 1) {
        await time.pass(300_000);
        await time.until(site.recovery());
      }
      const ledger = await time.until(Promise.all(stage.recorded.map((id) => site.app.runAs({}, () => readEntry(id)))));
      return {
        told,
        ledger: ledger.flatMap((entry) => entry ?? []),
        site,
        initial: site.simulator.truth.initial,
        overlaps: stage.overlaps,
      };
    } finally {
      stage.leave();
      quiet();
      time.stop();
    }
  }
  return { play, close: site.stop };
}

/** Links every reporter once, so that a story begins where people work. */
async function stageSite(site: Site): Promise<ReadonlyMap<string, Member>> {
  const members = new Map<string, Member>();
  for (const issue of ISSUES) {
    const answer = await site.panel('panel.open', {}, { issue });
    if (answer.kind !== 'ok' || answer.value.match.state !== 'linked')
      throw new Error(`The reporter of ${issue} is not linked`);
    const { id, segmentIds } = answer.value.match.member;
    members.set(issue, { memberId: id, segmentIds });
  }
  return members;
}

type Stage = ReturnType<typeof setStage>;

/** Puts the story's faults and its order of calls between the app and its platform. */
function setStage(site: Site, { faults, storageFailures, order, server }: Story) {
  // Added first, so that it stands behind the stage: what it does later is not one of the app's calls.
  const leaveServer = server === null ? () => undefined : site.platform.intercept(serverOf(server)(site));
  const lateMs = server === null || server.how === 'caches' ? 0 : server.ms;
  for (const { route, nth, fault } of faults) site.simulator.faults.add({ match: { route, nth }, fault });
  const random = mulberry32(order);
  const parked: (() => void)[] = [];
  const recorded: string[] = [];
  const overlaps: string[] = [];
  const writing = new Set<string>();
  const dead = new Set<string>();
  const deaths = new Map<string, { readonly at: number; readonly die: () => void }>();
  const seen = new Map<string, number>();
  let storageCalls = 0;
  let isOver = false;

  const leave = site.platform.intercept(async (call, proceed, init) => {
    const { invocationId, kind, path, method } = call;
    if (isOver) return proceed();
    if (dead.has(invocationId)) return never();
    const nth = (seen.get(invocationId) ?? 0) + 1;
    seen.set(invocationId, nth);
    // Each call arrives when the story lets it: this is what makes the interleaving.
    await new Promise<void>((resolve) => parked.push(resolve));
    const death = deaths.get(invocationId);
    if (death?.at === nth) {
      dead.add(invocationId);
      if (random() < 0.5) void proceed().catch(() => undefined);
      death.die();
      return never();
    }
    if (kind === 'kvs') {
      storageCalls += 1;
      const failure = storageFailures.find((one) => one.nth === storageCalls);
      if (failure?.afterEffect === true) {
        const { status } = await proceed();
        // A batch looks whether its transaction was carried out after all, and goes on with it.
        if (path.endsWith('/transaction')) noteIntention(path, init.body, status, recorded);
      }
      if (failure !== undefined) return jsonAnswer(500, { code: 'UNKNOWN_ERROR', message: 'Something went wrong' });
      const answer = await proceed();
      noteIntention(path, init.body, answer.status, recorded);
      return answer;
    }
    if (kind !== 'egress' || method === 'GET') return proceed();
    const about = init.body ?? '';
    if (writing.has(about)) overlaps.push(`${method} ${path} ${about}`);
    writing.add(about);
    try {
      return await Promise.race([proceed(), aborted(init.signal)]);
    } finally {
      // What was accepted is under way until it is done.
      if (lateMs === 0) writing.delete(about);
      else setTimeout(() => writing.delete(about), lateMs);
    }
  });
  return {
    recorded,
    overlaps,
    leave: () => {
      leave();
      leaveServer();
    },
    end: () => {
      isOver = true;
      site.simulator.faults.clear();
    },
    releaseOne: (): boolean => {
      const [next] = parked.splice(Math.floor(random() * parked.length), 1);
      next?.();
      return next !== undefined;
    },
    dieAt: (invocationId: string, at: number, die: () => void) => deaths.set(invocationId, { at, die }),
  };
}

function serverOf({ how, ms }: NonNullable<Story['server']>): OddServer {
  return { showsLate, refusesLate, caches }[how](ms);
}

/** A write about one member records its intention by itself, a batch in a transaction with the member's lease. */
function noteIntention(path: string, body: string | null, status: number, recorded: string[]): void {
  if (!/\/(entity\/set|transaction)$/.test(path) || body === null || status >= 300) return;
  if (!/"entityName":"ledger"/.test(body) || !/"state":"intended"/.test(body)) return;
  for (const [, id] of body.matchAll(/"key":"([0-9a-f-]{36})"/g))
    if (id !== undefined && !recorded.includes(id)) recorded.push(id);
}

async function act(
  site: Site,
  start: ReadonlyMap<string, Member>,
  story: Story,
  step: Step,
  index: number,
  stage: Stage,
): Promise<Told> {
  const { what, issue, actor, killedAt } = step;
  const operationId = operationIdOf(story, index);
  await new Promise((resolve) => setTimeout(resolve, step.atMs));
  const invocationId = randomUUID();
  const death = new Promise<null>((resolve) => {
    if (killedAt !== null) stage.dieAt(invocationId, killedAt, () => resolve(null));
  });
  const who = { issue, accountId: actor === 0 ? site.jira.defaultAccountId : site.jira.adminAccountId, invocationId };
  const asked = what === 'sameAgain' ? (story.steps[index - 1] ?? step) : step;
  return {
    operationId,
    answer: await Promise.race([send(site, start, story, asked, operationId, { ...who, issue: asked.issue }), death]),
  };
}

/** A step has the operation id of its place in the story; the same click once more has that of the step before. */
function operationIdOf(story: Story, index: number): string {
  const place = story.steps[index]?.what === 'sameAgain' && index > 0 ? index - 1 : index;
  return `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`;
}

function send(
  site: Site,
  start: ReadonlyMap<string, Member>,
  story: Story,
  step: Step,
  operationId: string,
  who: object,
): Promise<Result<unknown>> {
  const { memberId, segmentIds } = start.get(step.issue) ?? { memberId: 0, segmentIds: [] };
  const all = site.simulator.segments.map(({ id }) => id);
  const others = all.filter((id) => !segmentIds.includes(id));
  // Mostly from where the member was as the story began; sometimes from anywhere, as a panel left open would.
  const froms = step.pick % 3 === 0 ? all : segmentIds;
  const fromSegmentId = froms[step.pick % froms.length] ?? 0;
  const toSegmentId = (step.pick % 5 === 0 ? all : others)[step.pick % 2] ?? 0;
  switch (step.what) {
    case 'move':
    case 'sameAgain':
      return site.panel('panel.move', { operationId, memberId, fromSegmentId, toSegmentId }, who);
    case 'remove':
      return site.panel('panel.remove', { operationId, memberId, fromSegmentId }, who);
    case 'add':
      return site.panel('panel.add', { operationId, memberId, toSegmentId }, who);
    case 'addOnBoard': {
      const payload = { fromSegmentId, toSegmentId, writes: [{ operationId, memberId }] };
      const place = { moduleKey: 'segments-board', extension: { project: { id: '10000', key: 'ACME' } } };
      const call = { ...who, ...place, functionKey: 'board.add', payload };
      return site.app.invoke(boardResolver, call) as Promise<Result<unknown>>;
    }
    case 'undo':
      return site.panel('panel.undo', { operationId, undoes: operationIdOf(story, undoneBy(story, step)) }, who);
    case 'open':
      return site.panel('panel.open', {}, who);
  }
}

/** The place of the step that an undo is about: a move from the same issue, if there is one. */
function undoneBy({ steps }: Story, { issue, pick }: Step): number {
  const moves = steps.flatMap(({ what, issue: other }, index) => (what === 'move' && other === issue ? [index] : []));
  return moves[pick % Math.max(1, moves.length)] ?? 0;
}

/** The entry that an answer tells of, or null. */
export function entryIn(answer: Result<unknown> | null): WriteResult['entry'] | null {
  if (answer?.kind !== 'ok') return null;
  const { value } = answer;
  return isWriteResult(value) ? value.entry : null;
}

function isWriteResult(value: unknown): value is WriteResult {
  return typeof value === 'object' && value !== null && 'entry' in value;
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new TypeError('aborted')));
  });
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

function hush(): () => void {
  const { error, warn } = console;
  console.error = () => undefined;
  console.warn = () => undefined;
  return () => {
    console.error = error;
    console.warn = warn;
  };
}
