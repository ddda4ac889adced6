import { ok, type KeyPath, type Problem } from '../../../contract';
import type { ShorterLoopError } from '../../../adapters/shorterloop';
import {
  idOf,
  type LearnedOne,
  learnGone,
  learnOne,
  mayListen,
  readOneSegment,
  saysNo,
  tellsNobody,
  valueAt,
} from '../../../domain/profile';
import {
  chooseMemberId,
  chosenGone,
  learnId,
  memberShape,
  sayMembers,
  withGone,
  type AllReading,
  type CheckedSegment,
} from './checkAll';
import { checkLonger } from './checkLonger';
import { nameSegments, type Before, type OneReading } from './chooseSegments';
import { compareOne, segmentOf } from './compareReads';
import { isNoRoute, pickedFrom, pickOne } from './pickOne';
import {
  askRead,
  fail,
  failAnswer,
  failError,
  isChosen,
  isSlashed,
  isSuccess,
  learnRead,
  requestsLeft,
  slashed,
  type CheckSession,
  type CheckStep,
  type ReadAnswer,
} from './checkSession';

const CALL = 'segmentWithMembers';
/** What may follow a segment's path where it is read alone, when the app's assumption does not hold. */
const ENDINGS = ['', '/users', '/members', '/segment-users'];
type Fitting = { readonly read: ReadAnswer; readonly one: LearnedOne };

/** Reads one segment by itself, and compares it with what all of them said of it. */
export async function checkOne(session: CheckSession, before: Before): Promise<CheckStep<OneReading>> {
  const picked = pickedFrom(session, before);
  if (picked !== null) return pickOne(session, picked);
  const named = nameSegments(session, before);
  if (named.kind === 'problem') return named;
  let empty: CheckStep<OneReading> | null = null;
  for (const segmentId of named.value) {
    const read = await readOne(session, before, segmentId);
    if (read.kind === 'problem') return read;
    if (read.value === 'nowhere')
      return before.all === null ? fail(session, CALL, FORBIDDEN) : pickOne(session, before.all);
    if (read.value === null) {
      // One that may not be read shows nothing of the others.
      if (session.choices.segmentId === segmentId) return toOther(session, before, segmentId);
      continue;
    }
    const taken = await takeOne(session, before, { segmentId, ...read.value });
    // Of a segment without members nobody learns what members look like, so another one is read as well.
    const isEmpty = taken.kind === 'ok' && read.value.one.list.length === 0 && before.all === null;
    if (!isEmpty || requestsLeft(session) === 0)
      return taken.kind === 'ok' ? checkLonger(session, before, taken.value) : taken;
    empty = taken;
  }
  return empty ?? fail(session, CALL, FORBIDDEN);
}

/** Whether a route that fails is as good as none: it breaks over an id that it does not know, or is not made yet. */
function isAsGoodAsNone({ status }: ShorterLoopError): boolean {
  return status === 500 || status === 501;
}

function isElsewhere(status: number): boolean {
  return status === 403 || (status >= 300 && status < 400);
}

function shows(all: AllReading | null, segmentId: number): boolean {
  return all?.segments.some((segment) => segment.segmentId === segmentId) === true;
}

function toOther(session: CheckSession, before: Before, refused: number): CheckStep<never> {
  const named = nameSegments(session, before, [refused]);
  return named.kind === 'problem' ? named : fail(session, CALL, FORBIDDEN);
}

const FORBIDDEN: Problem = { code: 'shorterLoop', cause: 'forbidden', status: 403, retryAfterMs: null };

/**
 * The answer about one segment, by the first path that has it. Null where this segment may not be read, or says that it
 * has nobody; `nowhere` where no path has one, and all at once has been read.
 */
async function readOne(
  session: CheckSession,
  { list, all }: Before,
  segmentId: number,
): Promise<CheckStep<Fitting | 'nowhere' | null>> {
  let first: (() => CheckStep<never>) | null = null;
  let isNowhere = true;
  const like = all === null ? { ...list.shape, members: null } : all.shape;
  const segmentIds = new Set(list.segments.map(({ id }) => id));
  for (const template of templates(session)) {
    const read = await askRead(session, template, segmentId);
    if (read.kind === 'problem') return read;
    if (read.value.kind === 'problem') {
      const { problem } = read.value;
      if (!isAsGoodAsNone(problem)) return failError(session, CALL, problem);
      first ??= () => failError(session, CALL, problem);
      continue;
    }
    const { answer } = read.value.value;
    const isAnswer = isSuccess(answer) && !saysNo(answer.json);
    const learned = isAnswer ? learnOne(answer.json, { segmentId, like, segmentIds }) : null;
    // A gateway forbids what it does not know, or sends elsewhere: all at once has shown this very segment.
    const isGateway = isElsewhere(answer.status) && shows(all, segmentId);
    isNowhere &&= learned === null ? isGateway || isNoRoute(answer) : learned.kind === 'none';
    if (learned?.kind === 'found') return ok({ read: read.value.value, one: learned.one });
    if (answer.status === 403 && !isGateway) {
      session.lines.push({ code: 'unreadable', segmentIds: [segmentId] });
      return ok(null);
    }
    // Who is in it can't be seen from one that says that it has nobody: another one shows it.
    if (isAnswer && tellsNobody(answer.json, { segmentId, like, segmentIds })) return ok(null);
    first ??= () => failAnswer(session, CALL, answer);
  }
  if (isNowhere && all !== null && !isChosen(session, CALL)) return ok('nowhere');
  return first?.() ?? fail(session, CALL, FORBIDDEN);
}

function templates(session: CheckSession): readonly string[] {
  const { path } = session.profile.reads[CALL];
  if (isChosen(session, CALL)) return [path];
  const { path: list } = session.profile.reads.listSegments;
  const base = list.replace(/\/*(?:\?.*)?$/, '');
  const others = ENDINGS.map((ending) => `${base}/{id}${ending}`).filter((other) => {
    const isAllowed = session.choices.segmentId !== undefined || !mayListen(other, session.profile.writes);
    return other !== path && isAllowed;
  });
  return [path, ...others].map((one) => (isSlashed(list) ? slashed(one) : one));
}

async function takeOne(
  session: CheckSession,
  { all }: Before,
  { segmentId, read, one }: Fitting & { readonly segmentId: number },
): Promise<CheckStep<OneReading>> {
  const before = all?.segments.find((segment) => segment.segmentId === segmentId) ?? null;
  const memberId = idLike(session, one, { segmentId, all, known: before });
  if (memberId.kind === 'problem') return memberId;
  const { template, path, answer } = read;
  const { members, list } = one;
  if (template !== session.profile.reads[CALL].path) session.lines.push({ code: 'path', call: CALL, path: template });
  const like = session.profile.reads.segmentsWithMembers.shape.member;
  const isUnseen = members.seen === 0 && all !== null && like !== null;
  const known = isUnseen
    ? like
    : memberShape(session, CALL, memberId.value, {
        fields: members.fields,
        elements: list,
        like: all === null ? null : like,
      });
  // Where all of them were read, that told more of who has left than one segment does.
  const learned = all === null ? learnGone([{ segmentId, members: list }], memberId.value) : (like?.gone ?? null);
  const member = withGone(known, chosenGone(session, CALL) ?? learned);
  learnRead(session, CALL, { path: template, shape: { ...one.shape, member } });
  // The very reading of every day: what it can't do is not proven.
  if (readOneSegment(answer.json, session.profile.reads[CALL].shape, segmentId) === null)
    return failAnswer(session, CALL, answer);
  const segment = segmentOf(segmentId, list, member);
  sayMembers(session, CALL, [segment], members);
  const whole = await compareOne(session, all, { segmentId, path, answer });
  return whole.kind === 'problem'
    ? whole
    : ok({ segmentId, idForm: members.idForm, isAllWhole: whole.value, memberIds: segment.memberIds });
}

/** Which of the members' ids is the one that all segments told; without them, the one that can be told from this. */
function idLike(
  session: CheckSession,
  { members, list }: LearnedOne,
  { segmentId, all, known }: { segmentId: number; all: AllReading | null; known: CheckedSegment | null },
): CheckStep<KeyPath> {
  if (members.seen === 0 && all !== null) return ok(all.memberId);
  const chosen = chooseMemberId(session, CALL, members.ids);
  const wanted = known?.memberIds;
  if (chosen !== null || wanted === undefined || wanted.size === 0)
    return learnId(session, CALL, [{ segmentId, members: list }], { members, chosen });
  let best: { readonly at: KeyPath; readonly hits: number } | null = null;
  for (const at of members.ids) {
    const hits = list.filter((one) => wanted.has(idOf(valueAt(one, at)) ?? 0)).length;
    if (hits > (best?.hits ?? 0)) best = { at, hits };
  }
  const at = best?.at ?? members.ids[0] ?? all?.memberId ?? ['id'];
  session.lines.push({ code: 'memberIds', call: CALL, at: at.join('.'), others: [] });
  return ok(at);
}
