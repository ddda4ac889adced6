import { ok, type MemberShape } from '../../../contract';
import type { RawAnswer } from '../../../adapters/shorterloop';
import {
  countOf,
  isRecord,
  learnMemberCount,
  listAt,
  looksCut,
  readOneSegment,
  valueAt,
} from '../../../domain/profile';
import { idsOfMembers, looksCutWithin, type AllReading, type CheckedSegment } from './checkAll';
import { askAdmin, failAnswer, type CheckSession, type CheckStep } from './checkSession';
import { followPaging, hintsOf, keepTotal, type Completeness } from './checkPaging';

const CALL = 'segmentWithMembers';

/** Whether all at once shows everybody whom one segment by itself shows, page after page. */
export async function compareOne(
  session: CheckSession,
  all: AllReading | null,
  { segmentId, path, answer }: { readonly segmentId: number; readonly path: string; readonly answer: RawAnswer },
): Promise<CheckStep<boolean>> {
  const known = all?.segments.find((segment) => segment.segmentId === segmentId) ?? null;
  const { shape } = session.profile.reads[CALL];
  const { records, members, member } = shape;
  const at = [...records, ...(members ?? [])];
  const read = (json: unknown): CheckedSegment | null => {
    const isNobody = readOneSegment(json, shape, segmentId)?.record.members.length === 0;
    const page = listAt(json, at) ?? (isNobody ? [] : null);
    return page === null ? null : segmentOf(segmentId, page, member ?? { id: ['id'] });
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
  // What stands around a list of members alone may be the size of its page.
  const isAround = shape.id === null && hints.total !== null;
  const told = known?.told ?? (isAround ? hints.total.count : toldOf(session, answer.json));
  return conclude(session, { segment: { ...segment, told }, known, all, completeness: completeness.value });
}

/** How many members the answer about one segment says that it has; null where it does not say. */
function toldOf({ profile }: CheckSession, json: unknown): number | null {
  const { records, members } = profile.reads[CALL].shape;
  const record = valueAt(json, records);
  const count = isRecord(record) ? learnMemberCount([record], members) : null;
  return count === null ? null : countOf(valueAt(record, count.at));
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

export function segmentOf(
  segmentId: number,
  elements: readonly unknown[],
  member: Pick<MemberShape, 'id' | 'gone'>,
): CheckedSegment {
  return { segmentId, name: '', elements, memberIds: idsOfMembers(elements, member), told: null };
}

function isEqual(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  return one.size === other.size && [...one].every((id) => other.has(id));
}
