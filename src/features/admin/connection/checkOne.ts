import { ok, type IdForm, type KeyPath, type Problem, type Segment } from '../../../contract';
import type { RawAnswer } from '../../../adapters/shorterloop';
import {
  countOf,
  idOf,
  isRecord,
  type LearnedOne,
  learnMemberCount,
  learnOne,
  listAt,
  looksCut,
  mayListen,
  readOneSegment,
  saysNo,
  valueAt,
} from '../../../domain/profile';
import {
  chooseMemberId,
  learnId,
  looksCutWithin,
  memberShape,
  sayMembers,
  type AllReading,
  type CheckedSegment,
} from './checkAll';
import {
  askAdmin,
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
import type { ListReading } from './checkList';
import { followPaging, hintsOf, keepTotal, type Completeness } from './checkPaging';

const CALL = 'segmentWithMembers';
/** What may follow a segment's path where it is read alone, when the app's assumption does not hold. */
const ENDINGS = ['', '/users', '/members', '/segment-users'];
/** How many segments an admin is offered to choose from, and how many are looked at by themselves. */
const MOST_OFFERED = 100;
const MOST_READ = 3;

/** What the check knows before it reads one segment. */
type Before = { readonly list: ListReading; readonly all: AllReading | null };
type Fitting = { readonly read: ReadAnswer; readonly one: LearnedOne };

/** The single read as it was found, and in which form it tells ids. */
export type OneReading = {
  readonly segmentId: number;
  readonly idForm: IdForm | null;
  readonly isAllWhole: boolean;
  readonly memberIds: ReadonlySet<number>;
};

/** Reads one segment by itself, and compares it with what all of them said of it. */
export async function checkOne(session: CheckSession, before: Before): Promise<CheckStep<OneReading>> {
  const named = nameSegments(session, before);
  if (named.kind === 'problem') return named;
  let empty: CheckStep<OneReading> | null = null;
  for (const segmentId of named.value) {
    const read = await readOne(session, before, segmentId);
    if (read.kind === 'problem') return read;
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

function toOther(session: CheckSession, before: Before, refused: number): CheckStep<never> {
  const named = nameSegments(session, before, [refused]);
  return named.kind === 'problem' ? named : fail(session, CALL, FORBIDDEN);
}

const FORBIDDEN: Problem = { code: 'shorterLoop', cause: 'forbidden', status: 403, retryAfterMs: null };

/** The segments to read, the most telling first; asks the admin where a write may listen on the path. */
function nameSegments(
  session: CheckSession,
  { list, all }: Before,
  refused: readonly number[] = [],
): CheckStep<readonly number[]> {
  const segments = byInterest(list, all);
  const { path } = session.profile.reads[CALL];
  const asked = session.choices.segmentId;
  const isThere = segments.some(({ id }) => id === asked) || (!list.isWhole && !isDoubtful(list, all));
  if (asked !== undefined && isThere && !refused.includes(asked)) return ok([asked]);
  const isSafe = !mayListen(path, session.profile.writes) || isProvenPath(session, path);
  const left = segments.filter(({ id }) => !refused.includes(id));
  if (isSafe) return ok(left.slice(0, MOST_READ).map(({ id }) => id));
  const offered = left.slice(0, MOST_OFFERED).map(({ id, name }) => ({ id, name }));
  return askAdmin({ ask: 'segmentId', path, segments: offered });
}

/** Whether segments are read by this very path already: then asking it again is nothing new. */
function isProvenPath({ stored }: CheckSession, path: string): boolean {
  return stored.proofs[CALL] !== undefined && stored.connection.profile.reads[CALL].path === path;
}

/**
 * The segments that show most when they are read by themselves: where some look as if all at once showed only their
 * first members, those alone; otherwise all, those with few members first.
 */
function byInterest(list: ListReading, all: AllReading | null): Segment[] {
  const doubtful = new Set(isDoubtful(list, all) ? doubtfulOf(list, all) : []);
  const read = new Map((all?.segments ?? []).map(({ segmentId, elements }) => [segmentId, elements.length]));
  const size = ({ id, told }: ListReading['segments'][number]): number => read.get(id) ?? told ?? UNKNOWN_SIZE;
  const interest = (segment: ListReading['segments'][number]): number => {
    const members = size(segment);
    return members < 2 ? UNKNOWN_SIZE * 2 - members : members;
  };
  return readable(list, all)
    .filter(({ id }) => doubtful.size === 0 || doubtful.has(id))
    .sort((one, other) => interest(one) - interest(other));
}

/** The segments that can be told in full, as far as it is known: of the others nobody learns anything. */
function readable(list: ListReading, all: AllReading | null): ListReading['segments'] {
  const odd = new Set(all?.unreadable ?? []);
  return list.segments.filter(({ id, name }) => name !== '' && !odd.has(id));
}

const UNKNOWN_SIZE = 1_000_000;

function isDoubtful(list: ListReading, all: AllReading | null): boolean {
  return all !== null && (looksCutWithin(all.segments) || doubtfulOf(list, all).length > 0);
}

/** The segments that say that they have more members than are shown, or, where several are, those cut at one length. */
function doubtfulOf(list: ListReading, all: AllReading | null): number[] {
  const segments = all?.segments ?? [];
  const told = new Map(list.segments.map((segment) => [segment.id, segment.told]));
  const short = segments.filter((one) => (one.told ?? told.get(one.segmentId) ?? 0) > one.elements.length);
  if (short.length > 0) return short.map(({ segmentId }) => segmentId);
  const most = Math.max(0, ...segments.map(({ elements }) => elements.length));
  const longest = looksCutWithin(segments) ? segments.filter(({ elements }) => elements.length === most) : [];
  return longest.map(({ segmentId }) => segmentId);
}

/** The answer about one segment, by the first path that has it. Null where this segment may not be read. */
async function readOne(
  session: CheckSession,
  { list, all }: Before,
  segmentId: number,
): Promise<CheckStep<Fitting | null>> {
  let first: (() => CheckStep<never>) | null = null;
  const like = all === null ? { ...list.shape, members: null } : all.shape;
  const segmentIds = new Set(list.segments.map(({ id }) => id));
  for (const template of templates(session)) {
    const read = await askRead(session, template, segmentId);
    if (read.kind === 'problem') return read;
    if (read.value.kind === 'problem') {
      const { problem } = read.value;
      // A route that breaks over an id that it does not know is as good as none.
      if (problem.status !== 500) return failError(session, CALL, problem);
      first ??= () => failError(session, CALL, problem);
      continue;
    }
    const { answer } = read.value.value;
    const learned =
      isSuccess(answer) && !saysNo(answer.json) ? learnOne(answer.json, { segmentId, like, segmentIds }) : null;
    if (learned?.kind === 'found') return ok({ read: read.value.value, one: learned.one });
    if (answer.status === 403) {
      session.lines.push({ code: 'unreadable', segmentIds: [segmentId] });
      return ok(null);
    }
    first ??= () => failAnswer(session, CALL, answer);
  }
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
  const known = all?.segments.find((segment) => segment.segmentId === segmentId) ?? null;
  const memberId = idLike(session, one, { segmentId, all, known });
  if (memberId.kind === 'problem') return memberId;
  const { template, path, answer } = read;
  const { members, list } = one;
  if (template !== session.profile.reads[CALL].path) session.lines.push({ code: 'path', call: CALL, path: template });
  const like = session.profile.reads.segmentsWithMembers.shape.member;
  const isUnseen = members.seen === 0 && all !== null && like !== null;
  const member = isUnseen
    ? like
    : memberShape(session, CALL, memberId.value, {
        fields: members.fields,
        elements: list,
        like: all === null ? null : like,
      });
  learnRead(session, CALL, { path: template, shape: { ...one.shape, member } });
  // The very reading of every day: what it can't do is not proven.
  if (readOneSegment(answer.json, session.profile.reads[CALL].shape, segmentId) === null)
    return failAnswer(session, CALL, answer);
  const segment = segmentOf(segmentId, list, memberId.value);
  sayMembers(session, CALL, [segment], members);
  const whole = await compareOne(session, all, { segmentId, path, answer });
  return whole.kind === 'problem'
    ? whole
    : ok({ segmentId, idForm: members.idForm, isAllWhole: whole.value, memberIds: segment.memberIds });
}

/** Whether all at once shows everybody whom one segment by itself shows, page after page. */
async function compareOne(
  session: CheckSession,
  all: AllReading | null,
  { segmentId, path, answer }: { readonly segmentId: number; readonly path: string; readonly answer: RawAnswer },
): Promise<CheckStep<boolean>> {
  const known = all?.segments.find((segment) => segment.segmentId === segmentId) ?? null;
  const { records, members, member } = session.profile.reads[CALL].shape;
  const at = [...records, ...(members ?? [])];
  const read = (json: unknown): CheckedSegment | null => {
    const page = listAt(json, at);
    return page === null ? null : segmentOf(segmentId, page, member?.id ?? ['id']);
  };
  const segment = read(answer.json);
  if (segment === null) return failAnswer(session, CALL, answer);
  const rows = segment.elements.length;
  const hints = hintsOf({ answer, records: at, rows });
  const isOnlyLong = known !== null && isEqual(known.memberIds, segment.memberIds);
  // What both reads show is only doubted where the answer itself says that there is more.
  const idsOf = (json: unknown) => read(json)?.memberIds ?? null;
  if (hints.goesOn !== true) keepTotal(session, { call: CALL, rows }, hints.total);
  const completeness: CheckStep<Completeness> =
    isOnlyLong && hints.goesOn !== true && !looksCutWithin(all?.segments ?? [])
      ? ok({ kind: 'whole', total: hints.total })
      : await followPaging(session, { call: CALL, path, answer, records: at, rows, idsOf });
  if (completeness.kind === 'problem') return completeness;
  const told = known?.told ?? toldOf(session, answer.json);
  return conclude(session, { segment: { ...segment, told }, known, all, completeness: completeness.value });
}

/** How many members the answer about one segment says that it has; null where it does not say. */
function toldOf({ profile }: CheckSession, json: unknown): number | null {
  const { records, members } = profile.reads[CALL].shape;
  const record = valueAt(json, records);
  const count = isRecord(record) ? learnMemberCount([record], members) : null;
  return count === null ? null : countOf(valueAt(record, count.at));
}

/**
 * Reads further segments, once one was read and is known, until one shows how members go on: only a long answer does.
 * Where all at once showed how long they are, that is the largest alone. Where a write may listen on that path, the
 * segment that the admin named is read once more before: only when nobody has left it by the first reading, another
 * one is read by the path by which all of them will be.
 */
async function checkLonger(session: CheckSession, before: Before, one: OneReading): Promise<CheckStep<OneReading>> {
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

/** What both reads together come to: whether all at once shows everybody, or why nothing is proven. */
function conclude(
  session: CheckSession,
  {
    segment,
    known,
    all,
    completeness,
  }: { segment: CheckedSegment; known: CheckedSegment | null; all: AllReading | null; completeness: Completeness },
): CheckStep<boolean> {
  const { segmentId, memberIds, elements, told } = segment;
  const { kind, total } = completeness;
  if (kind === 'cut') return cut(session, elements.length, total?.count ?? null);
  // It says itself that it has more members than are shown. At a round number they are cut; at another one it may count
  // others as well, which an admin can tell.
  const isShort = told !== null && told > elements.length && kind !== 'paged';
  if (isShort && (known === null || isEqual(known.memberIds, memberIds)) && isRound(elements.length))
    return cut(session, elements.length, told);
  if (known === null)
    return kind === 'looksCut' || (isShort && !isBelieved(session)) ? askWhole(elements.length) : ok(true);
  const onlyInAll = [...known.memberIds].filter((id) => !memberIds.has(id)).length;
  const onlyInOne = [...memberIds].filter((id) => !known.memberIds.has(id)).length;
  if (onlyInAll === 0 && onlyInOne === 0) {
    const isCut = looksCutWithin(all?.segments ?? []);
    if (kind === 'looksCut' || (isCut && kind === 'paged')) return cutBoth(session, kind, elements.length);
    if (isShort && !isBelieved(session)) return askWhole(elements.length);
    session.lines.push({ code: 'compared', segmentId, members: memberIds.size });
    return ok(true);
  }
  // One shows everybody of whom all at once shows only the first: then the segments are read one by one.
  if (onlyInAll === 0)
    return kind === 'looksCut' ? askWhole(elements.length) : ok(allIsCut(session, known, memberIds.size));
  // One is read page by page: what its first page has not, the next ones have.
  if (onlyInOne === 0 && kind === 'paged') {
    session.lines.push({ code: 'compared', segmentId, members: memberIds.size });
    return ok(true);
  }
  session.lines.push({ code: 'differs', segmentId, onlyInAll, onlyInOne });
  return { kind: 'problem', problem: { state: 'failed', question: null, disproved: CALL } };
}

/** Whether servers like to cut lists at this length. */
function isRound(rows: number): boolean {
  return looksCut(rows, { goesOn: null, total: null });
}

/** Whether an admin has said that the members of one segment are all that there are, whatever is told beside them. */
function isBelieved(session: CheckSession): boolean {
  const isWhole = session.choices.whole?.includes(CALL) === true;
  if (isWhole) session.chosen.add(CALL);
  return isWhole;
}

/** Both reads show the same first members of more: only the one that goes on can be used. */
function cutBoth(session: CheckSession, kind: Completeness['kind'], rows: number): CheckStep<boolean> {
  if (kind === 'looksCut') return askWhole(rows);
  session.lines.push({ code: 'cut', call: 'segmentsWithMembers', shown: rows, total: null });
  return ok(false);
}

function allIsCut(session: CheckSession, { elements }: CheckedSegment, total: number): boolean {
  session.lines.push({ code: 'cut', call: 'segmentsWithMembers', shown: elements.length, total });
  return false;
}

function cut(session: CheckSession, shown: number, total: number | null): CheckStep<never> {
  session.lines.push({ code: 'cut', call: CALL, shown, total });
  return { kind: 'problem', problem: { state: 'failed', question: null, disproved: CALL } };
}

function askWhole(rows: number): CheckStep<never> {
  return askAdmin({ ask: 'whole', call: CALL, rows });
}

function segmentOf(segmentId: number, elements: readonly unknown[], memberId: KeyPath): CheckedSegment {
  const ids = elements.map((one) => idOf(valueAt(one, memberId))).filter((id) => id !== null);
  return { segmentId, name: '', elements, memberIds: new Set(ids), told: null };
}

function isEqual(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  return one.size === other.size && [...one].every((id) => other.has(id));
}
