import { randomUUID } from 'node:crypto';
import {
  resumesByItself,
  type Problem,
  type Proofs,
  type ReadStep,
  type ReportPoint,
  type Result,
  type RunPersonView,
  type RunView,
  type WriteKind,
  type WriteResult,
} from '../../src/contract';
import type { IssueState } from '../../sandbox/jira/types';
import { runCheck, runTest, saveSettings, untilAnswered, type Checked, type Tested } from './admin';
import { latenessOf, type ContactLab } from './lab';
import { isUnusable, targetsOf, triesOf, type Try } from './places';
import { wrongOutcomes } from './statements';

/** Everything that happened between a fresh install and the end of the first day. */
export type Visit = {
  readonly saved: Problem | null;
  readonly checked: Checked;
  readonly tested: readonly Tested[];
  readonly testProblem: Problem | null;
  readonly proofs: Proofs;
  /** What the panel came to: of a move, and of a removal where that was proven. */
  readonly written: readonly Written[];
  readonly run: RunOutcome | null;
  /** A run that adds, where adding was proven. */
  readonly added: RunOutcome | null;
  /** What was told at some moment and was not true then. */
  readonly wrong: readonly string[];
};

/** A write from the panel, as it was told first and as it ended. */
type Written = {
  readonly kind: WriteKind;
  readonly problem: Problem | null;
  /** Null where nothing is recorded. */
  readonly ended: string | null;
};

/** A run, and what its report says of each person. */
export type RunOutcome = {
  readonly problem: Problem | null;
  readonly view: RunView | null;
  readonly people: readonly RunPersonView[];
};

const WRONG_KEY = 'sl_some_other_key';
/** How long anything is waited for that was taken in and does not show. */
const MINUTE_MS = 60_000;
const PATIENCE_MS = 12 * MINUTE_MS;

/** What an admin sees who has typed a wrong key, and what the app says to the right one after that. */
export type Mistyped = {
  readonly checked: Checked;
  readonly corrected: Problem | null;
  readonly after: Checked | null;
};

/** A wrong key, the check of it, and the right one. */
export async function mistype(lab: ContactLab): Promise<Mistyped> {
  await saveSettings(lab, WRONG_KEY);
  const checked = await runCheck(lab);
  await lab.rest(MINUTE_MS + 1_000);
  const corrected = await saveSettings(lab, lab.site.simulator.key);
  return { checked, corrected, after: corrected === null ? await runCheck(lab) : null };
}

/** The settings, the check and the test with a test person. */
export async function begin(lab: ContactLab): Promise<Omit<Visit, 'written' | 'run' | 'added' | 'wrong'>> {
  const saved = await saveSettings(lab, lab.site.simulator.key);
  const checked = await runCheck(lab);
  const isProven = checked.reports.at(-1)?.state === 'proven';
  const { tested, problem: testProblem } = isProven ? await runTest(lab) : { tested: [], problem: null };
  const view = await lab.run(() => lab.site.admin('admin.load'));
  return { saved, checked, tested, testProblem, proofs: view.kind === 'ok' ? view.value.proofs : {} };
}

/** Plays the whole visit. */
export async function visit(lab: ContactLab): Promise<Visit> {
  const wrong: string[] = [];
  const begun = await begin(lab);
  const { proofs } = begun;
  const written: Written[] = [];
  const [moved] = triesOf(lab.site, 1);
  const removed = [...triesOf(lab.site, 2), ...triesOf(lab.site, 1)].find(({ issue }) => issue !== moved?.issue);
  if (proofs.move !== undefined && moved !== undefined) written.push(await writeFromPanel(lab, 'move', moved, wrong));
  if (proofs.remove !== undefined && removed !== undefined)
    written.push(await writeFromPanel(lab, 'remove', removed, wrong));
  const run = proofs.move === undefined ? null : await runOverCrowd(lab);
  const added = proofs.add === undefined ? null : await runOverCrowd(lab, 'add');
  await lab.rest(15 * MINUTE_MS);
  return { ...begun, written, run, added, wrong };
}

/** Moves or removes the reporter of an issue as somebody who works on it would. */
async function writeFromPanel(
  lab: ContactLab,
  kind: 'move' | 'remove',
  { issue, memberId, from, to }: Try,
  wrong: string[],
): Promise<Written> {
  const { site } = lab;
  const problem = await openLinked(lab, issue, memberId);
  if (problem !== null) return { kind, problem, ended: null };
  let operationId = randomUUID();
  const write = () => {
    operationId = randomUUID();
    const input = { operationId, memberId, fromSegmentId: from };
    return untilAnswered<WriteResult>(lab, () =>
      kind === 'move'
        ? site.panel('panel.move', { ...input, toSegmentId: to }, { issue })
        : site.panel('panel.remove', input, { issue }),
    );
  };
  let answer = await write();
  // Who is told to wait tries again, as they are told.
  for (let tries = 0; tries < MOST_TRIES && isToWait(answer); tries += 1) {
    await lab.rest(MINUTE_MS);
    answer = await write();
  }
  if (answer.kind === 'problem') return { kind, problem: answer.problem, ended: null };
  wrong.push(
    ...wrongOutcomes(site.simulator.truth, answer.value.entry, `panel ${kind}`, { latenessMs: latenessOf(lab) }),
  );
  wrong.push(...(await wrongView(lab, issue)));
  return { kind, problem: null, ended: await endOf(lab, operationId) };
}

const MOST_TRIES = 5;

function isToWait(answer: Result<WriteResult>): boolean {
  return answer.kind === 'ok' && answer.value.entry.answer?.cause === 'rateLimited';
}

/** What the panel says of where somebody is, once it reads through and everything has had its time. */
export async function wrongView(lab: ContactLab, issue: IssueState): Promise<string[]> {
  const { site } = lab;
  await lab.rest(latenessOf(lab) + 1_000);
  const seen = await untilAnswered(lab, () => site.panel('panel.readThrough', {}, { issue }));
  if (seen.kind === 'problem' || seen.value.match.state !== 'linked') return [];
  const { id, segmentIds } = seen.value.match.member;
  const usable = (ids: readonly number[]): string =>
    ids
      .filter((one) => !isUnusable(site, one))
      .sort((one, other) => one - other)
      .join();
  const [told, is] = [usable(segmentIds), usable(site.simulator.truth.membershipsOf(id))];
  return told === is ? [] : [`the panel of ${issue} says ${told}, and they are in ${is}`];
}

/** Waits for a write to end, and tells how: its outcome and reason; null where nobody recorded it. */
async function endOf(lab: ContactLab, operationId: string): Promise<string | null> {
  for (let waitedMs = 0; ; waitedMs += MINUTE_MS) {
    const entry = (await lab.ledger()).find((one) => one.operationId === operationId);
    if (entry === undefined) return null;
    const [member] = entry.members;
    const words = `${entry.state} ${String(member?.outcome)} ${String(member?.reason)}`;
    if (entry.state === 'finished' || waitedMs > PATIENCE_MS) return words;
    await lab.rest(MINUTE_MS);
  }
}

/** Opens a panel, and links the reporter by hand where nothing else tells who they are; null once they are linked. */
async function openLinked(lab: ContactLab, issue: IssueState, memberId: number): Promise<Problem | null> {
  const { site } = lab;
  const opened = await untilAnswered(lab, () => site.panel('panel.open', {}, { issue }));
  if (opened.kind === 'problem') return opened.problem;
  if (opened.value.match.state === 'linked') return null;
  const accountId = site.jira.adminAccountId;
  const linked = await untilAnswered(lab, () => site.panel('panel.link', { memberId }, { issue, accountId }));
  if (linked.kind === 'problem') return linked.problem;
  return linked.value.match.state === 'linked' ? null : { code: 'notLinked' };
}

/** Tells the app who everybody is, where a server has no addresses. */
async function linkCrowd({ site, named, run }: ContactLab): Promise<void> {
  const { fields, bad } = named.server;
  if (fields.email !== null && fields.form !== 'bareIds' && !bad.missingEmails) return;
  for (const { accountId, member } of site.jira.crowd)
    await run(() => site.admin('admin.linkReporter', { accountId, memberId: member.id }));
}

/** Moves or adds everybody who reports anything to one segment, by a run. */
export async function runOverCrowd(lab: ContactLab, kind: 'move' | 'add' = 'move'): Promise<RunOutcome> {
  const { site } = lab;
  // Everybody may have been moved to the first one before.
  const [first = 0, second = 0] = targetsOf(site);
  const act = kind === 'add' ? ({ kind, to: second } as const) : ({ kind, from: null, to: first } as const);
  const jql = 'project = ACME';
  await linkCrowd(lab);
  const created = await untilAnswered(lab, () => site.bulk('bulk.create', { source: { kind: 'jql', jql }, act }));
  if (created.kind === 'problem') return { problem: created.problem, view: null, people: [] };
  const { runId } = created.value;
  for (let pageToken: string | null = null; ;) {
    const asked: string | null = pageToken;
    const step: Result<ReadStep> = await untilAnswered(lab, () =>
      site.bulk('bulk.read', { runId, kind: 'jql', jql, pageToken: asked }),
    );
    if (step.kind === 'problem') return { problem: step.problem, view: null, people: [] };
    ({ pageToken } = step.value);
    if (pageToken === null) break;
  }
  const started = await untilAnswered(lab, () => site.bulk('bulk.start', { runId }));
  if (started.kind === 'problem') return { problem: started.problem, view: null, people: [] };
  const view = await settle(lab, runId);
  return { problem: null, view, people: await reportOf(lab, runId) };
}

async function settle(lab: ContactLab, runId: string): Promise<RunView | null> {
  for (let waitedMs = 0; waitedMs < 240 * MINUTE_MS; waitedMs += 5 * MINUTE_MS) {
    const answer = await lab.run(() => lab.site.bulk('bulk.run', { runId }));
    if (answer.kind === 'problem') return null;
    const { state, pause } = answer.value;
    const goesOn = state === 'running' || (state === 'paused' && resumesByItself(pause));
    if (!goesOn) return answer.value;
    await lab.rest(5 * MINUTE_MS);
  }
  const last = await lab.run(() => lab.site.bulk('bulk.run', { runId }));
  return last.kind === 'ok' ? last.value : null;
}

async function reportOf(lab: ContactLab, runId: string): Promise<RunPersonView[]> {
  const people: RunPersonView[] = [];
  for (let after: ReportPoint | null = { group: 1, place: 0 }; after !== null;) {
    const asked: ReportPoint = after;
    const page = await lab.run(() => lab.site.bulk('bulk.report', { runId, after: asked }));
    if (page.kind === 'problem') return people;
    people.push(...page.value.people);
    after = page.value.next;
  }
  return people;
}
