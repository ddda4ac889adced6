import { randomUUID } from 'node:crypto';
import {
  DEFAULT_PROFILE,
  type CheckChoices,
  type CheckQuestion,
  type CheckReport,
  type ConnectionSettings,
  type Problem,
  type ReadCall,
  type Result,
  type SiteProfile,
  type TestInput,
  type TestStep,
  type TestStepInput,
  type TestStepResult,
} from '../../src/contract';
import type { AdminEntries, NamedProfile, ProfileRead } from '../../sandbox/shorterloop';
import { latenessOf, type ContactLab } from './lab';

/** How often an admin tries again before they give up. */
const MOST_CHECKS = 12;
/**
 * How long an admin waits for a step: a little more than the app says that a write may take to show, for each of the
 * documented forms that are tried in turn.
 */
const MOST_WAIT_MS = 1_800_000;
const LOOK_AGAIN_MS = 30_000;

/** What came of the check: the reports that the admin saw, and where it ended. */
export type Checked = {
  readonly reports: readonly CheckReport[];
  readonly problem: Problem | null;
  /** Why the admin could not answer a question; null where they could. */
  readonly stuck: string | null;
};

/** One step of the test as the admin saw it last. */
export type Tested = { readonly step: TestStep; readonly answer: Result<TestStepResult> };

/** Saves the settings as they are shown in a fresh install, with what only an admin can know. */
export async function saveSettings(lab: ContactLab, key: string): Promise<Problem | null> {
  const { site, named } = lab;
  const { adminEnters } = named;
  const settings: ConnectionSettings = {
    apiOrigin: adminEnters.apiOrigin ?? 'https://api.shorterloop.com',
    initiativeId: site.simulator.initiativeId,
    profile: entered(adminEnters, site.jira.adminAccountId),
  };
  const answer = await lab.run(() => site.admin('admin.save', { settings, key }));
  return answer.kind === 'problem' ? answer.problem : null;
}

/** Runs the check until it has ended, and answers its questions. */
export async function runCheck(lab: ContactLab): Promise<Checked> {
  const reports: CheckReport[] = [];
  let choices: CheckChoices = {};
  for (let tries = 0; tries < MOST_CHECKS; tries += 1) {
    const asked = choices;
    const answer = await lab.run(() => lab.site.admin('admin.check', { choices: asked }));
    if (answer.kind === 'problem') {
      const waitMs = waitOf(answer.problem);
      if (waitMs === null) return { reports, problem: answer.problem, stuck: null };
      await lab.rest(waitMs);
      continue;
    }
    const report = answer.value;
    reports.push(report);
    const pause = report.lines.find((line) => line.code === 'paused');
    const { question } = report;
    if (report.state === 'question' && question !== null) {
      const chosen = answerQuestion(lab, question);
      if (typeof chosen === 'string') return { reports, problem: null, stuck: chosen };
      choices = { ...choices, ...chosen, whole: [...(choices.whole ?? []), ...(chosen.whole ?? [])] };
    } else if (pause === undefined || report.state === 'proven') {
      return { reports, problem: null, stuck: null };
    }
    if (pause !== undefined) await lab.rest(pause.retryAfterMs + 1_000);
  }
  return { reports, problem: null, stuck: `still not done after ${String(MOST_CHECKS)} checks` };
}

/** What came of the test, step by step; a problem where it could not begin. */
export type TestRun = { readonly tested: readonly Tested[]; readonly problem: Problem | null };

/** Tests with the test person, as far as the app lets it: without adding, where adding turns out to be none. */
export async function runTest(lab: ContactLab): Promise<TestRun> {
  const withAdding = lab.named.server.routes.add.length > 0;
  const first = await runSteps(lab, { withAdding, withRemoving: true }, () => true);
  const last = first.tested.at(-1);
  if (last?.step !== 'add' || proves(last)) return first;
  arrangeAgain(lab);
  await lab.rest(latenessOf(lab) + 1_000);
  const second = await runSteps(lab, { withAdding: false, withRemoving: true }, (step) => step === 'remove');
  return { tested: [...first.tested, ...second.tested], problem: second.problem };
}

/** Puts the test people back by hand, as an admin does who was told that they are not where they were. */
function arrangeAgain({ site }: ContactLab): void {
  const { testing, truth } = site.simulator;
  for (const { id, memberIds } of truth.initial)
    if (id === testing?.from || id === testing?.to) site.simulator.arrange(id, memberIds);
}

/** Steps of one plan, until one of them shows that it makes no sense to go on. */
async function runSteps(
  lab: ContactLab,
  wanted: Pick<TestInput, 'withAdding' | 'withRemoving'>,
  isDue: (step: TestStep) => boolean,
): Promise<TestRun> {
  const { testing, members } = lab.site.simulator;
  const [memberId = members[0]?.id ?? 0] = testing?.memberIds ?? [];
  const ends = testing === null ? someEnds(lab, memberId) : { fromSegmentId: testing.from, toSegmentId: testing.to };
  const input: TestInput = { memberId, ...ends, ...wanted };
  const plan = await untilAnswered(lab, () => lab.site.admin('admin.planTest', input));
  if (plan.kind === 'problem') return { tested: [], problem: plan.problem };
  const tested: Tested[] = [];
  for (const step of plan.value.steps.filter(isDue)) {
    const undoes = step === 'moveBack' ? entryIdOf(tested.at(-1)) : null;
    const answer = await runStep(lab, { ...input, step, operationId: randomUUID(), undoes });
    const one = { step, answer };
    tested.push(one);
    const goesOn = step === 'moveThere' ? answer.kind === 'ok' && isConfirmed(answer.value) : proves(one);
    if (!goesOn) break;
  }
  return { tested, problem: null };
}

function entryIdOf(tested: Tested | undefined): string | null {
  return tested?.answer.kind === 'ok' ? tested.answer.value.entry.operationId : null;
}

function proves({ answer }: Tested): boolean {
  return answer.kind === 'ok' && answer.value.proves !== null;
}

function isConfirmed({ entry }: TestStepResult): boolean {
  return entry.members.every(({ outcome }) => outcome === 'confirmed');
}

/** A step, and the same step again while it is not known what came of it. */
async function runStep(lab: ContactLab, input: TestStepInput): Promise<Result<TestStepResult>> {
  for (let waitedMs = 0; ; waitedMs += LOOK_AGAIN_MS) {
    const answer = await untilAnswered(lab, () => lab.site.admin('admin.testStep', input));
    const isOpen = answer.kind === 'ok' && answer.value.entry.state !== 'finished';
    if (!isOpen || waitedMs >= MOST_WAIT_MS) return answer;
    await lab.rest(LOOK_AGAIN_MS);
  }
}

/** Asks again where the app says when to. */
export async function untilAnswered<T>(lab: ContactLab, ask: () => Promise<Result<T>>): Promise<Result<T>> {
  for (let tries = 0; ; tries += 1) {
    const answer = await lab.run(ask);
    const waitMs = answer.kind === 'problem' ? waitOf(answer.problem) : null;
    if (waitMs === null || tries >= 8) return answer;
    await lab.rest(waitMs);
  }
}

/** How long a problem asks to wait, and at least a second; null where waiting helps nothing. */
function waitOf(problem: Problem): number | null {
  const waitMs = 'retryAfterMs' in problem ? problem.retryAfterMs : null;
  if (waitMs === null) return problem.code === 'shorterLoop' && problem.cause === 'rateLimited' ? 60_000 : null;
  return waitMs + 1_000;
}

/** Without prepared segments: from where somebody is to where they are not. */
function someEnds({ site }: ContactLab, memberId: number): Pick<TestInput, 'fromSegmentId' | 'toSegmentId'> {
  const here = site.simulator.truth.membershipsOf(memberId);
  const ids = site.simulator.segments.map(({ id }) => id);
  return { fromSegmentId: here[0] ?? ids[0] ?? 0, toSegmentId: ids.find((id) => !here.includes(id)) ?? 0 };
}

/** What an admin who knows the truth answers; a sentence where no answer that is offered is the right one. */
function answerQuestion({ named, site }: ContactLab, question: CheckQuestion): CheckChoices | string {
  switch (question.ask) {
    case 'segmentId': {
      const { testing } = site.simulator;
      const ids = question.segments.map(({ id }) => id);
      const { oneShows, allShows } = named.server.bad;
      // Where reads show too little of large segments, an admin who has no test segment yet names a large one.
      const size = (id: number): number => site.simulator.truth.membersOf(id)?.length ?? 0;
      const [largest] = [...ids].sort((one, other) => size(other) - size(one));
      const own = oneShows ?? allShows ?? 0;
      const segmentId = own > 0 ? largest : (ids.find((id) => id === testing?.from) ?? ids[0]);
      return segmentId === undefined ? 'no segment is offered to be read alone' : { segmentId };
    }
    case 'memberId':
      return offered(question, named.server.fields.memberId, 'memberId');
    case 'list':
      return offered(question, named.server.envelope.list, 'list');
    case 'whole':
      return isWhole(named, question.call)
        ? { whole: [question.call] }
        : `the admin knows that ${question.call} is cut`;
  }
}

function offered(
  { options }: Extract<CheckQuestion, { ask: 'memberId' | 'list' }>,
  keys: readonly string[],
  choice: 'memberId' | 'list',
): CheckChoices | string {
  const right = keys.join('.');
  if (options.some(({ at }) => at === right)) return { [choice]: right };
  return `${choice}: the right one, ${right}, is not among ${options.map(({ at }) => at).join(', ')}`;
}

const READS: Readonly<Record<ReadCall, ProfileRead>> = {
  listSegments: 'list',
  segmentsWithMembers: 'all',
  segmentWithMembers: 'one',
};

function isWhole({ server }: NamedProfile, call: ReadCall): boolean {
  const { oneShows, allShows } = server.bad;
  const shows: Readonly<Record<ReadCall, number | null>> = {
    listSegments: null,
    segmentsWithMembers: allShows,
    segmentWithMembers: oneShows,
  };
  return server.paging[READS[call]] === null && shows[call] === null;
}

/** The profile of a fresh install, with what an admin entered by hand. */
function entered(adminEnters: AdminEntries, byAccountId: string): SiteProfile {
  const { header, scheme, users, ids } = adminEnters;
  const chosen = { how: 'chosen', atMs: Date.now(), byAccountId } as const;
  const { key, reads, writes, evidence } = DEFAULT_PROFILE;
  const read = (call: ReadCall) => ({ ...reads[call], path: adminEnters[READS[call]] ?? reads[call].path });
  const write = (kind: 'move' | 'remove' | 'add') => {
    const given = adminEnters[kind];
    const form = given === undefined || given.verb === 'GET' ? {} : { verb: given.verb, path: given.path };
    return { ...writes[kind], ...form, users: users ?? writes[kind].users };
  };
  const isKeyGiven = header !== undefined || scheme !== undefined;
  const isWriteGiven = (kind: 'move' | 'remove' | 'add'): boolean =>
    adminEnters[kind] !== undefined || users !== undefined;
  return {
    ...DEFAULT_PROFILE,
    key: { header: header ?? key.header, scheme: scheme === undefined ? key.scheme : scheme },
    ids: ids ?? DEFAULT_PROFILE.ids,
    reads: {
      listSegments: read('listSegments'),
      segmentWithMembers: read('segmentWithMembers'),
      segmentsWithMembers: read('segmentsWithMembers'),
    },
    writes: { move: write('move'), remove: write('remove'), add: write('add') },
    evidence: {
      ...evidence,
      ...(isKeyGiven ? { key: chosen } : {}),
      ...(ids === undefined ? {} : { ids: chosen }),
      ...(adminEnters.list === undefined ? {} : { listSegments: chosen }),
      ...(adminEnters.all === undefined ? {} : { segmentsWithMembers: chosen }),
      ...(adminEnters.one === undefined ? {} : { segmentWithMembers: chosen }),
      ...(isWriteGiven('move') ? { move: chosen } : {}),
      ...(isWriteGiven('remove') ? { remove: chosen } : {}),
      ...(isWriteGiven('add') ? { add: chosen } : {}),
    },
  };
}
