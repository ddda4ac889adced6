import { z } from 'zod';
import {
  CHECK_STEPS,
  type Result,
  type CheckFacts,
  type CheckStep,
  type CheckStepName,
  type ReadCall,
  ok,
} from '../../../contract';
import { areReadsProven, connect, type Connected } from '../../../usecases/connection';
import { askForFirstRefresh } from '../../../usecases/jobs';
import { isUnreadable } from '../../../usecases/lookup';
import { parseInput, shorterLoopProblem } from '../../../usecases/result';
import {
  type ListedSegment,
  type ShorterLoopResult,
  type SegmentWithMembers,
  type ShorterLoopError,
} from '../../../adapters/shorterloop';
import { readKey, readTokenBucket, readSettings, recordProof, type StoredSettings } from '../../../adapters/store';
import type { AdminRequest } from '../request';

/** How many segments are read to find one with members: only then is it known what members look like. */
const SEGMENTS_TRIED = 4;

const stepSchema = z.object({ step: z.enum(CHECK_STEPS) });

type StepAnswer = ShorterLoopResult<CheckFacts> | { readonly kind: 'skipped' };
type Question = {
  readonly asked: (settings: Connected['settings']) => readonly string[];
  readonly ask: (connected: Connected) => Promise<StepAnswer>;
  /** What a passed answer proves. */
  readonly proves?: ReadCall;
};

/**
 * Runs one step of the check, so that the page can show each as it ends: what was asked and what came
 * back. It never writes to Shorter Loop. What a step proves is kept beside the settings that it was
 * asked with; what a definite answer disproves is taken back.
 */
export async function checkStep(_request: AdminRequest, payload: unknown): Promise<Result<CheckStep>> {
  const input = parseInput(stepSchema, payload);
  if (input.kind === 'problem') return input;
  const name = input.value.step;
  const [settings, key, tokenBucket] = await Promise.all([readSettings(), readKey(), readTokenBucket()]);
  const connected = connect(settings, key, tokenBucket);
  if (connected.kind === 'problem')
    return ok({ name, asked: [], result: { state: 'failed', problem: connected.problem, tookMs: 0 } });
  return ok(await run(name, connected.value, settings));
}

async function run(name: CheckStepName, connected: Connected, stored: StoredSettings | null): Promise<CheckStep> {
  const { asked, ask, proves } = QUESTIONS[name];
  const startedMs = Date.now();
  const found = await ask(connected);
  const tookMs = Date.now() - startedMs;
  if (stored !== null && proves !== undefined && found.kind === 'ok') {
    await recordProof(stored, proves, Date.now());
    if (areReadsProven({ ...stored.proofs, [proves]: startedMs }, stored.connection.profile.readPlan))
      await askForFirstRefresh(stored.connection);
  }
  if (stored !== null && proves !== undefined && found.kind === 'problem' && isDisproof(found.problem))
    await recordProof(stored, proves, null);
  const step = { name, asked: found.kind === 'skipped' ? [] : asked(connected.settings) };
  switch (found.kind) {
    case 'ok':
      return { ...step, result: { state: 'passed', facts: found.value, tookMs } };
    case 'problem':
      return { ...step, result: { state: 'failed', problem: shorterLoopProblem(found.problem), tookMs } };
    case 'skipped':
      return { ...step, result: { state: 'skipped' } };
  }
}

const reads =
  (...routes: ReadCall[]): Question['asked'] =>
  (settings) =>
    routes.map((route) => `GET ${settings.profile.reads[route].path}`);

const QUESTIONS: Readonly<Record<CheckStepName, Question>> = {
  configured: { asked: () => [], ask: async () => passed({}) },
  reachable: { asked: reads('listSegments'), ask: isReachable },
  keyAccepted: { asked: reads('listSegments'), ask: isKeyAccepted },
  initiativeKnown: { asked: reads('listSegments'), ask: isInitiativeKnown },
  segmentsListed: { asked: reads('listSegments'), ask: listSegments, proves: 'listSegments' },
  membersRead: { asked: reads('segmentsWithMembers'), ask: readAllAtOnce, proves: 'segmentsWithMembers' },
  segmentRead: { asked: reads('segmentWithMembers'), ask: readOneSegment, proves: 'segmentWithMembers' },
};

async function isReachable({ client }: Connected): Promise<StepAnswer> {
  const pinged = await client.ping();
  if (pinged.kind === 'ok') return passed({ status: pinged.value });
  // A server in trouble is one that was reached; its trouble shows in the steps that follow.
  const { status } = pinged.problem;
  return status === null ? pinged : passed({ status });
}

async function isKeyAccepted({ client }: Connected): Promise<StepAnswer> {
  const pinged = await client.ping();
  if (pinged.kind === 'problem') return pinged;
  return pinged.value === 401 ? client.listSegments().then(asFailure) : passed({ status: pinged.value });
}

async function isInitiativeKnown({ client }: Connected): Promise<StepAnswer> {
  const pinged = await client.ping();
  if (pinged.kind === 'problem') return pinged;
  const isKnown = pinged.value >= 200 && pinged.value <= 299;
  return isKnown ? passed({ status: pinged.value }) : client.listSegments().then(asFailure);
}

/** The same question as a call, whose failure says why. */
function asFailure(answer: ShorterLoopResult<unknown>): StepAnswer {
  return answer.kind === 'problem' ? answer : passed({ status: 200 });
}

async function listSegments({ client }: Connected): Promise<StepAnswer> {
  const list = await client.listSegments();
  if (list.kind === 'problem') return list;
  return passed({ segments: list.value.length, ...oddFacts(list.value, client.leftOut()) });
}

async function readAllAtOnce({ client, settings }: Connected): Promise<StepAnswer> {
  if (settings.profile.readPlan !== 'all-at-once') return { kind: 'skipped' };
  const all = await client.segmentsWithMembers();
  if (all.kind === 'problem') return all;
  const facts = { segments: all.value.length, members: countMembers(all.value) };
  return passed({ ...facts, ...oddFacts(all.value, client.leftOut()) });
}

async function readOneSegment({ client }: Connected): Promise<StepAnswer> {
  const list = await client.listSegments();
  if (list.kind === 'problem') return list;
  let last: StepAnswer = { kind: 'skipped' };
  const odd: ListedSegment[] = [];
  for (const listed of list.value.slice(0, SEGMENTS_TRIED)) {
    const read = await client.segmentWithMembers(listed.id);
    // One that can't be read shows nothing of how the others are read.
    if (read.kind === 'problem' && !isUnreadable(read.problem)) return read;
    if (read.kind === 'problem') {
      odd.push({ ...listed, unreadable: 'segment' });
      if (last.kind === 'skipped') last = read;
      continue;
    }
    const segments = [...odd, read.value];
    last = passed({ segments: 1, members: read.value.members.length, ...oddFacts(segments, client.leftOut()) });
    if (read.value.members.length > 0) break;
  }
  // An initiative without segments has nothing to read, and nobody to move either.
  return last;
}

function oddFacts(
  segments: readonly Pick<SegmentWithMembers, 'id' | 'unreadable'>[],
  leftOut: number,
): Pick<CheckFacts, 'unreadable' | 'leftOut'> {
  const unreadable = segments.flatMap((segment) => (segment.unreadable === undefined ? [] : [segment.id]));
  return { ...(unreadable.length === 0 ? {} : { unreadable }), ...(leftOut === 0 ? {} : { leftOut }) };
}

function passed(facts: CheckFacts): StepAnswer {
  return { kind: 'ok', value: facts };
}

/** Whether a failure shows that a read does not work, and not only that it did not work this time. */
function isDisproof({ cause }: ShorterLoopError): boolean {
  switch (cause) {
    case 'rateLimited':
    case 'server':
    case 'network':
    case 'timeout':
      return false;
    default:
      return true;
  }
}

function countMembers(segments: readonly SegmentWithMembers[]): number {
  return new Set(segments.flatMap(({ members }) => members.map(({ id }) => id))).size;
}
