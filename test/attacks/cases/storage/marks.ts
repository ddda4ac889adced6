import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ledgerEntry } from '../../../support/ledgerEntry';
import { fillLedger } from '../../../support/ledgerRows';
import { linkedOf, valueOf, type Site } from '../../../support/site';
import type { Attack } from '../../attack';
import { onSite, putPlain, putRow } from '../../onSite';

/** What a clock that is ten years fast would store. */
const farAhead = (): number => Date.now() + 10 * 365 * 24 * 60 * 60 * 1_000;

/** An attack by a stored time: it succeeds when what waits for that time is not done now. */
function mark(name: string, play: (site: Site) => Promise<string | null>): Attack {
  return { finding: 'marks', name: `a time in the future: ${name}`, play: onSite(play) };
}

const silent = (what: string, isDone: boolean): string | null => (isDone ? null : `${what} is silent for ten years`);
const pushed = ({ platform }: Site): boolean => platform.calls.some(({ kind }) => kind === 'queue');

/** Puts a change into the queue of the reporter of the first issue; it would remove them from their segment. */
function queueRemoval(site: Site, notBeforeMs: number): void {
  const { jira, simulator } = site;
  const { id, key, reporterAccountId } = jira.issueFor('one');
  const reporterId = reporterAccountId ?? '';
  const [segmentId] = simulator.truth.membershipsOf(jira.memberFor('one')?.id ?? 0);
  putRow(site, 'queued-change', 'waiting', {
    state: 'queued',
    kind: 'remove',
    source: String(segmentId),
    entryPoint: 'automation',
    actorAccountId: jira.adminAccountId,
    reporterAccountId: reporterId,
    issueId: id,
    issueKey: key,
    askedAtMs: 1,
    notBeforeMs,
    attempt: 1,
  });
  putRow(site, 'change-queue', reporterId, { requests: ['waiting'], revision: 'r' });
}

async function tryMove(site: Site): Promise<boolean> {
  const { member } = linkedOf(valueOf(await site.panel('panel.open', {})));
  const [from] = member.segmentIds;
  const to = site.simulator.segments.find(({ id }) => id !== from)?.id;
  const payload = { operationId: randomUUID(), memberId: member.id, fromSegmentId: from, toSegmentId: to };
  return (await site.panel('panel.move', payload)).kind === 'ok';
}

const rowOf = (site: Site, entity: string): object =>
  z.looseObject({}).parse(site.platform.kvs.entity(entity)[0]?.value ?? {});

async function startRun(site: Site): Promise<string> {
  const { runId } = valueOf(
    await site.bulk('bulk.create', {
      source: { kind: 'accounts' },
      act: { kind: 'move', from: null, to: site.simulator.segments[0]?.id },
    }),
  );
  return runId;
}

const QUEUE: readonly Attack[] = [
  mark('when the queue was woken last', async (site) => {
    queueRemoval(site, 1);
    putPlain(site, 'queued-change-wake-up', farAhead());
    await site.recovery();
    return silent('The queue', pushed(site));
  }),
  mark('before which a queued change rests', async (site) => {
    queueRemoval(site, farAhead());
    await site.recovery();
    await site.platform.queue.idle();
    const waits = site.platform.kvs.entity('queued-change').some(({ value }) => JSON.stringify(value).includes('e12'));
    return silent('The change', !waits && pushed(site));
  }),
  mark('before which a hundred changes rest, ahead of one that is due', async (site) => {
    const soon = Date.now() + 30 * 60_000;
    queueRemoval(site, 1);
    const due = rowOf(site, 'queued-change');
    for (let nth = 0; nth < 120; nth += 1)
      putRow(site, 'queued-change', `resting-${String(nth)}`, { ...due, askedAtMs: 0, notBeforeMs: soon });
    await site.recovery();
    return silent('The change behind them', pushed(site));
  }),
  mark('until which a bulk run has a worker', async (site) => {
    const runId = await startRun(site);
    const row = z.looseObject({ body: z.looseObject({}) }).parse(rowOf(site, 'run'));
    const worker = { id: 'gone', untilMs: farAhead() };
    putRow(site, 'run', runId, { ...row, state: 'running', body: { ...row.body, worker } });
    site.platform.clearRecords();
    await site.recovery();
    return silent('The run', pushed(site));
  }),
];

const WRITES: readonly Attack[] = [
  mark('until which a member is held', async (site) => {
    const memberId = site.jira.memberFor('one')?.id ?? 0;
    putRow(site, 'lease', String(memberId), { operationId: 'gone', untilMs: farAhead(), revision: 'r' });
    return silent('Every change of this member', await tryMove(site));
  }),
  mark('until which a write is unfinished', async (site) => {
    const memberId = site.jira.memberFor('one')?.id ?? 0;
    putRow(site, 'lease', String(memberId), { operationId: 'gone', untilMs: farAhead(), revision: 'r' });
    await site.recovery();
    return silent('The recovery of this member', site.platform.kvs.entity('lease').length === 0);
  }),
  mark('until which Shorter Loop is closed', async (site) => {
    valueOf(await site.panel('panel.open', {}));
    const row = { tokens: 0, atMs: farAhead(), intervalMs: 200, closedUntilMs: farAhead(), slowedAtMs: farAhead() };
    putRow(site, 'rate-limit', 'shorter-loop', { ...row, revision: 'r' });
    return silent('Shorter Loop', await tryMove(site));
  }),
  mark('up to which calls are promised already', async (site) => {
    const row = { tokens: -1e12, atMs: Date.now(), intervalMs: 1e12, closedUntilMs: 0, slowedAtMs: 0 };
    putRow(site, 'rate-limit', 'shorter-loop', { ...row, revision: 'r' });
    const told = await site.panel('panel.open', {});
    const waitMs = told.kind === 'problem' && 'retryAfterMs' in told.problem ? (told.problem.retryAfterMs ?? 0) : 0;
    return silent('Shorter Loop', waitMs <= 2 * 3_600_000);
  }),
];

const UPKEEP: readonly Attack[] = [
  mark('when the upkeep was started last', async (site) => {
    putPlain(site, 'upkeep-started', farAhead());
    site.platform.clearRecords();
    await site.tick();
    return silent('The upkeep', pushed(site));
  }),
  mark('when the round of reports began', async (site) => {
    const ahead = farAhead();
    const cycle = { startedAtMs: ahead, stepAtMs: ahead, finishedAtMs: ahead, place: 0, after: null };
    putPlain(site, 'personal-data-cycle', { ...cycle, reported: 0, erased: 0 });
    await site.upkeep();
    return silent('The report to Atlassian', site.platform.personalData.reported.length > 0);
  }),
  mark('when a round that stands still made its last step', async (site) => {
    const cycle = { startedAtMs: Date.now() - 1, stepAtMs: farAhead(), finishedAtMs: null, place: 0, after: null };
    putPlain(site, 'personal-data-cycle', { ...cycle, reported: 0, erased: 0 });
    await site.upkeep();
    return silent('The report to Atlassian', site.platform.personalData.reported.length > 0);
  }),
  mark('when an account was told of', async (site) => {
    const { reporterAccountId } = site.jira.issueFor('one');
    valueOf(await site.panel('panel.open', {}));
    putRow(site, 'account', reporterAccountId ?? '', { reportedAtMs: farAhead(), updatedAtMs: 1 });
    await site.upkeep();
    const told = site.platform.personalData.reported.some(({ accountId }) => accountId === reporterAccountId);
    return silent('The report of this account', told);
  }),
  mark('for how long the ledger is kept', async (site) => {
    fillLedger(site, [ledgerEntry({ operationId: 'old', intendedAtMs: Date.now() - 400 * 86_400_000 })]);
    putPlain(site, 'ledger-retention', { version: 1, days: 100_000 });
    await site.upkeep();
    return silent('The sweep of the ledger', site.platform.kvs.entity('ledger').length === 0);
  }),
];

const READINGS: readonly Attack[] = [
  mark('until which somebody works on the directory', async (site) => {
    putRow(site, 'refresh', 'directory', {
      run: { lists: { segments: [], leaving: [], rosters: [] } },
      untilMs: farAhead(),
      revision: 'r',
    });
    await site.refreshSlice();
    return silent(
      'The directory',
      site.platform.kvs.plain().some(({ key }) => key === 'directory'),
    );
  }),
  mark('when the directory was refreshed last', async (site) => {
    const last = { startedAtMs: farAhead(), finishedAtMs: farAhead(), changed: 0, memberships: 0 };
    putRow(site, 'refresh', 'directory', {
      run: { lists: { segments: [], leaving: [], rosters: [] }, last },
      untilMs: 0,
      revision: 'r',
    });
    await site.refreshSlice();
    return silent(
      'The directory',
      site.platform.kvs.plain().some(({ key }) => key === 'directory'),
    );
  }),
  mark('when a member was seen', async (site) => {
    const memberId = site.jira.memberFor('one')?.id ?? 0;
    const [expected] = site.simulator.truth.membershipsOf(memberId);
    putRow(site, 'member', String(memberId), { segmentIds: [999], updatedAtMs: farAhead() });
    await site.refreshSlice();
    const row = site.platform.kvs.entity('member').find(({ key }) => key === String(memberId))?.value;
    return silent('What the directory knows of this member', JSON.stringify(row).includes(`[${String(expected)}`));
  }),
];

export const attacks: readonly Attack[] = [...QUEUE, ...WRITES, ...UPKEEP, ...READINGS];
