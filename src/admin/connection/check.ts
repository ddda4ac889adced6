import type { Answer, CheckFacts, CheckReport, CheckStep, CheckStepName, ConnectionSettings, OverridableRoute, Problem } from '../../contract';
import { connect, ok, shorterLoopProblem, type Connected } from '../../flow';
import { ASSUMED_READ_ROUTES, type Result, type SegmentWithMembers } from '../../shorterloop';
import { readKey, readPace, readSettings } from '../../store';

const SKIPPED = { state: 'skipped' } as const;
type StepResult = CheckStep['result'];
type Asked = Pick<Connected, 'client' | 'settings'>;

/**
 * Asks Shorter Loop everything that the app relies on, one step after the other, and reports each
 * step: what was asked and what came back. It never writes.
 */
export async function check(): Promise<Answer<CheckReport>> {
  const [settings, key, pace] = await Promise.all([readSettings(), readKey(), readPace()]);
  const connected = connect(settings, key, pace);
  if (connected.kind === 'problem') {
    return ok({ steps: [failed('configured', null, connected.problem, 0), ...skippedReads(null)], usable: false });
  }
  const steps = [passed('configured', null, {}, 0), ...(await checkReads(connected.value))];
  return ok({ steps, usable: steps.every(({ result }) => result.state !== 'failed') && steps.some(isProof) });
}

async function checkReads({ client, settings }: Asked): Promise<CheckStep[]> {
  const list = await timed(client.listSegments());
  if (list.answer.kind === 'failed') {
    const first = failed('segmentsListed', askedOf('listSegments', settings), shorterLoopProblem(list.answer.error), list.tookMs);
    return [first, ...skippedReads(settings).slice(1)];
  }
  const segments = list.answer.value;
  return [
    passed('segmentsListed', askedOf('listSegments', settings), { segments: segments.length }, list.tookMs),
    await checkAllAtOnce({ client, settings }),
    await checkOneSegment({ client, settings }, segments[0]?.id),
  ];
}

async function checkAllAtOnce({ client, settings }: Asked): Promise<CheckStep> {
  const asked = askedOf('segmentsWithMembers', settings);
  if (settings.readPlan !== 'all-at-once') return { name: 'membersRead', asked, result: SKIPPED };
  const { answer, tookMs } = await timed(client.segmentsWithMembers());
  if (answer.kind === 'failed') return failed('membersRead', asked, shorterLoopProblem(answer.error), tookMs);
  return passed('membersRead', asked, { segments: answer.value.length, members: countMembers(answer.value) }, tookMs);
}

async function checkOneSegment({ client, settings }: Asked, segmentId: number | undefined): Promise<CheckStep> {
  const asked = askedOf('segmentWithMembers', settings);
  // An initiative without segments has nothing to read, and nobody to move either.
  if (segmentId === undefined) return { name: 'segmentRead', asked, result: SKIPPED };
  const { answer, tookMs } = await timed(client.segmentWithMembers(segmentId));
  if (answer.kind === 'failed') return failed('segmentRead', asked, shorterLoopProblem(answer.error), tookMs);
  return passed('segmentRead', asked, { segments: 1, members: answer.value.members.length }, tookMs);
}

function countMembers(segments: readonly SegmentWithMembers[]): number {
  return new Set(segments.flatMap(({ members }) => members.map(({ id }) => id))).size;
}

async function timed<T>(work: Promise<Result<T>>): Promise<{ readonly answer: Result<T>; readonly tookMs: number }> {
  const startedMs = Date.now();
  return { answer: await work, tookMs: Date.now() - startedMs };
}

function askedOf(route: OverridableRoute, settings: ConnectionSettings): string {
  return `GET ${settings.routes[route] ?? ASSUMED_READ_ROUTES[route]}`;
}

function skippedReads(settings: ConnectionSettings | null): CheckStep[] {
  const asked = (route: OverridableRoute): string | null => (settings === null ? null : askedOf(route, settings));
  return [
    { name: 'segmentsListed', asked: asked('listSegments'), result: SKIPPED },
    { name: 'membersRead', asked: asked('segmentsWithMembers'), result: SKIPPED },
    { name: 'segmentRead', asked: asked('segmentWithMembers'), result: SKIPPED },
  ];
}

function isProof({ name, result }: CheckStep): boolean {
  return name === 'segmentRead' && result.state === 'passed';
}

function passed(name: CheckStepName, asked: string | null, facts: CheckFacts, tookMs: number): CheckStep {
  const result: StepResult = { state: 'passed', facts, tookMs };
  return { name, asked, result };
}

function failed(name: CheckStepName, asked: string | null, what: Problem, tookMs: number): CheckStep {
  const result: StepResult = { state: 'failed', problem: what, tookMs };
  return { name, asked, result };
}
