import { ok } from '../../../contract';
import { mayListen, readOneSegment } from '../../../domain/profile';
import type { AllReading } from './checkAll';
import { isProvenPath, MOST_READ, readable, type Before, type OneReading } from './chooseSegments';
import { compareOne } from './compareReads';
import { askRead, failAnswer, isSuccess, requestsLeft, type CheckSession, type CheckStep } from './checkSession';

const CALL = 'segmentWithMembers';

/**
 * Reads further segments, once one was read and is known, until one shows how members go on: only a long answer does.
 * Where all at once showed how long they are, that is the largest alone. Where a write may listen on that path, the
 * segment that the admin named is read once more before: only when nobody has left it by the first reading, another
 * one is read by the path by which all of them will be.
 */
export async function checkLonger(
  session: CheckSession,
  before: Before,
  one: OneReading,
): Promise<CheckStep<OneReading>> {
  const isSettled = (): boolean => session.profile.reads[CALL].paging.kind !== 'none';
  const longer = longerThan(before, one);
  if (longer.length === 0 || !one.isAllWhole || isSettled()) return ok(one);
  const harmless = await isHarmless(session, before, one);
  if (harmless.kind === 'problem') return harmless;
  if (!harmless.value) return ok(one);
  let isAllWhole: boolean = one.isAllWhole;
  for (const segmentId of longer) {
    // One for the segment, and two to find out how it goes on.
    if (isSettled() || (before.all === null && requestsLeft(session) < 3)) break;
    const whole = await readLonger(session, before.all, segmentId);
    // What is looked at in addition is not waited for: a list that is cut later is told as that.
    if (whole.kind === 'problem' && session.lines.at(-1)?.code === 'paused') {
      session.lines.pop();
      break;
    }
    if (whole.kind === 'problem') return whole;
    isAllWhole = isAllWhole && whole.value;
  }
  return ok({ ...one, isAllWhole });
}

/** The segments that may show how members go on, the most telling first. */
function longerThan({ list, all }: Before, { segmentId, memberIds }: OneReading): number[] {
  const read = new Map((all?.segments ?? []).map((segment) => [segment.segmentId, segment.elements.length]));
  const sizes = readable(list, all)
    .filter(({ id }) => id !== segmentId)
    .map(({ id, told }) => ({ id, size: Math.max(read.get(id) ?? 0, told ?? 0) }));
  const sorted = sizes.sort((first, second) => second.size - first.size);
  if (all === null) return sorted.slice(0, MOST_READ).map(({ id }) => id);
  const [largest] = sorted;
  const isWorth = largest !== undefined && largest.size >= SHORTEST_PAGE && largest.size > memberIds.size;
  return isWorth ? [largest.id] : [];
}

/** Reads one more segment in the form that was learned; whether all at once shows everybody whom it shows. */
async function readLonger(
  session: CheckSession,
  all: AllReading | null,
  segmentId: number,
): Promise<CheckStep<boolean>> {
  const asked = await askRead(session, session.profile.reads[CALL].path, segmentId);
  if (asked.kind === 'problem') return asked;
  if (asked.value.kind === 'problem' || !isSuccess(asked.value.value.answer)) return ok(true);
  const { path, answer } = asked.value.value;
  // One was read in this very form: another that can't be is odd by itself.
  if (readOneSegment(answer.json, session.profile.reads[CALL].shape, segmentId) === null) {
    session.lines.push({ code: 'unreadable', segmentIds: [segmentId] });
    return ok(true);
  }
  return compareOne(session, all, { segmentId, path, answer });
}

/**
 * Whether the named segment's members are still those whom it showed before. False where that can't be told; a problem
 * where somebody is missing: then a reading by this path changes who is in it.
 */
async function isHarmless(
  session: CheckSession,
  { all }: Before,
  { segmentId, memberIds }: OneReading,
): Promise<CheckStep<boolean>> {
  const { path, shape } = session.profile.reads[CALL];
  if (!mayListen(path, session.profile.writes) || isProvenPath(session, path)) return ok(true);
  const known = all?.segments.find((segment) => segment.segmentId === segmentId)?.memberIds ?? memberIds;
  if (requestsLeft(session) < 2) return ok(false);
  const asked = await askRead(session, path, segmentId);
  if (asked.kind === 'problem') return asked;
  if (asked.value.kind === 'problem' || !isSuccess(asked.value.value.answer)) return ok(false);
  const { answer } = asked.value.value;
  const again = readOneSegment(answer.json, shape, segmentId);
  if (again === null) return failAnswer(session, CALL, answer);
  const now = new Set(again.record.members.map(({ id }) => id));
  const onlyInAll = [...known].filter((id) => !now.has(id)).length;
  if (onlyInAll === 0) return ok(true);
  session.lines.push({ code: 'differs', segmentId, onlyInAll, onlyInOne: 0 });
  return { kind: 'problem', problem: { state: 'failed', question: null, disproved: CALL } };
}

/** No server cuts shorter than this. */
const SHORTEST_PAGE = 10;
