import { randomUUID } from 'node:crypto';
import type {
  Problem,
  Proofs,
  ReadStep,
  ReportPoint,
  Result,
  RunPersonView,
  RunView,
  WriteKind,
  WriteResult,
} from '../../src/contract';
import { resumesByItself } from '../../src/contract';
import type { Site } from '../support/site';
import { runCheck, runTest, saveSettings, untilAnswered, type Checked, type Tested } from './admin';
import type { ContactLab } from './lab';
import { wrongOutcomes } from './statements';

/** Everything that happened between a fresh install and the end of the first day. */
export type Visit = {
  readonly wrongKey: Checked;
  readonly saved: Problem | null;
  readonly checked: Checked;
  readonly tested: readonly Tested[];
  readonly testProblem: Problem | null;
  readonly proofs: Proofs;
  /** What the panel came to: of a move, and of a removal where that was proven. */
  readonly written: readonly Written[];
  readonly run: RunOutcome | null;
  /** What was told at some moment and was not true then. */
  readonly wrong: readonly string[];
};

/** A write from the panel, as it was told first and as it ended. */
export type Written = {
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
const MINUTE_MS = 60_000;
/** How long anything is waited for that was taken in and does not show. */
const PATIENCE_MS = 12 * MINUTE_MS;

/** Plays the whole visit. */
export async function visit(lab: ContactLab): Promise<Visit> {
  const wrong: string[] = [];
  await saveSettings(lab, WRONG_KEY);
  const wrongKey = await runCheck(lab);
  await lab.rest(MINUTE_MS + 1_000);
  const saved = await saveSettings(lab, lab.site.simulator.key);
  const checked = await runCheck(lab);
  const isProven = checked.reports.at(-1)?.state === 'proven';
  const { tested, problem: testProblem } = isProven ? await runTest(lab) : { tested: [], problem: null };
  noteTested(lab, tested, wrong);
  const view = await lab.run(() => lab.site.admin('admin.load'));
  const proofs = view.kind === 'ok' ? view.value.proofs : {};
  const written: Written[] = [];
  if (proofs.move !== undefined) written.push(await writeFromPanel(lab, 'move', 'one', wrong));
  if (proofs.remove !== undefined) written.push(await writeFromPanel(lab, 'remove', 'many', wrong));
  const run = proofs.move === undefined ? null : await runOverCrowd(lab);
  await lab.rest(15 * MINUTE_MS);
  return { wrongKey, saved, checked, tested, testProblem, proofs, written, run, wrong };
}

function noteTested({ site }: ContactLab, tested: readonly Tested[], wrong: string[]): void {
  // Only the last one is still the case: the others were taken back by those after them.
  const last = tested.at(-1);
  if (last?.answer.kind !== 'ok') return;
  wrong.push(...wrongOutcomes(site.simulator.truth, last.answer.value.entry, `test ${last.step}`));
}

/** Moves or removes the reporter of an issue as somebody who works on it would. */
async function writeFromPanel(
  lab: ContactLab,
  kind: 'move' | 'remove',
  issue: 'one' | 'many',
  wrong: string[],
): Promise<Written> {
  const { site } = lab;
  const opened = await openLinked(lab, issue);
  if (opened.kind === 'problem') return { kind, problem: opened.problem, ended: null };
  const { memberId, segmentIds } = opened.value;
  const operationId = randomUUID();
  const from = segmentIds.find((id) => !isForbidden(site, id)) ?? 0;
  const to = site.simulator.segments.map(({ id }) => id).find((id) => isFree(site, id, segmentIds)) ?? 0;
  const input = { operationId, memberId, fromSegmentId: from };
  const answer = await untilAnswered<WriteResult>(lab, () =>
    kind === 'move'
      ? site.panel('panel.move', { ...input, toSegmentId: to }, { issue })
      : site.panel('panel.remove', input, { issue }),
  );
  if (answer.kind === 'problem') return { kind, problem: answer.problem, ended: null };
  wrong.push(...wrongOutcomes(site.simulator.truth, answer.value.entry, `panel ${kind}`));
  return { kind, problem: null, ended: await endOf(lab, operationId) };
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

type Linked = { readonly memberId: number; readonly segmentIds: readonly number[] };

/** Opens a panel, and links the reporter by hand where nothing else tells who they are. */
async function openLinked(lab: ContactLab, issue: 'one' | 'many'): Promise<Result<Linked>> {
  const { site } = lab;
  const opened = await untilAnswered(lab, () => site.panel('panel.open', {}, { issue }));
  if (opened.kind === 'problem') return opened;
  const known = opened.value.match;
  if (known.state === 'linked')
    return { kind: 'ok', value: { memberId: known.member.id, segmentIds: known.member.segmentIds } };
  const memberId = site.jira.memberFor(issue)?.id ?? 0;
  const linked = await untilAnswered(lab, () => site.panel('panel.link', { memberId }, { issue }));
  if (linked.kind === 'problem') return linked;
  const { match } = linked.value;
  if (match.state !== 'linked') return { kind: 'problem', problem: { code: 'notLinked' } };
  return { kind: 'ok', value: { memberId: match.member.id, segmentIds: match.member.segmentIds } };
}

function isFree(site: Site, id: number, segmentIds: readonly number[]): boolean {
  const { testing } = site.simulator;
  return !segmentIds.includes(id) && id !== testing?.from && id !== testing?.to && !isForbidden(site, id);
}

/** The last of the ordinary segments are those that nobody may read. */
function isForbidden({ simulator }: Site, id: number): boolean {
  const { testing, profile } = simulator;
  const ordinary = simulator.segments.filter((one) => one.id !== testing?.from && one.id !== testing?.to);
  const forbidden = profile?.bad.forbidden ?? 0;
  return forbidden > 0 && ordinary.slice(-forbidden).some((one) => one.id === id);
}

/** Moves everybody who reports anything into one segment, by a run. */
async function runOverCrowd(lab: ContactLab): Promise<RunOutcome> {
  const { site } = lab;
  const to = site.simulator.segments.find(({ id }) => isFree(site, id, []))?.id ?? 0;
  const jql = 'project = ACME';
  const created = await untilAnswered(lab, () =>
    site.bulk('bulk.create', { source: { kind: 'jql', jql }, act: { kind: 'move', from: null, to } }),
  );
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
