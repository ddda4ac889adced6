import {
  DEFAULT_PROFILE,
  ok,
  type CheckLine,
  type IdForm,
  type KeyPath,
  type MemberShape,
  type ReadCall,
} from '../../../contract';
import {
  countOf,
  idOf,
  hasLeft,
  isLikeEmail,
  learnGone,
  saysNo,
  isSamePath,
  learnList,
  learnMemberCount,
  learnMemberId,
  learnMembers,
  listAt,
  looksCut,
  readSegmentRecords,
  recordsOf,
  sampleOf,
  saysMore,
  valueAt,
  type JsonRecord,
  type LearnedMembers,
  type ListCandidate,
  type SegmentSample,
} from '../../../domain/profile';
import type { Problem } from '../../../contract';
import { shorterLoopProblem } from '../../../usecases/result';
import {
  askAdmin,
  askRead,
  fail,
  isChosen,
  isSlashed,
  isSuccess,
  learnRead,
  problemOf,
  slashed,
  type CheckSession,
  type CheckStep,
  type ReadAnswer,
} from './checkSession';
import type { ListReading } from './checkList';
import { followPaging } from './checkPaging';

/** A segment as the check has read it with its members. */
export type CheckedSegment = {
  readonly segmentId: number;
  readonly name: string;
  readonly elements: readonly unknown[];
  /** Each member's id once. */
  readonly memberIds: ReadonlySet<number>;
  /** How many members the segment says that it has; null where it does not say. */
  readonly told: number | null;
};

/** All segments with their members, as one answer has them: all of them, or the first page. */
export type AllReading = {
  readonly segments: readonly CheckedSegment[];
  readonly shape: { readonly id: KeyPath; readonly name: KeyPath | null; readonly members: KeyPath };
  readonly memberId: KeyPath;
  readonly idForm: IdForm | null;
  /** Those of which nothing can be told: nobody learns from them. */
  readonly unreadable: readonly number[];
};

/**
 * Reads all segments with their members in one call. Null where that can't be done or does not show all of them: then
 * they are read one by one.
 */
export async function checkAll(session: CheckSession, list: ListReading): Promise<CheckStep<AllReading | null>> {
  if (session.profile.readPlan === 'per-segment' && isChosen(session, 'readPlan')) return ok(null);
  const read = await readAll(session, list);
  if (read.kind === 'problem') return read;
  if (read.value.kind === 'problem') return oneByOne(session, read.value.problem);
  const { answer, path, template } = read.value.value;
  const found = findAll(session, answer.json, list);
  if (found === null) return oneByOne(session, problemOf(answer));
  const { records, segments } = found;
  const missing = list.segments.filter(({ id }) => !segments.some(({ segmentId }) => segmentId === id));
  const idsOf = (json: unknown) => idsAt(json, records.at, records.id);
  const first = { call: CALL, path, answer, records: records.at, rows: records.rows, idsOf };
  // One that has every segment of the list is whole at whatever length, unless it says itself that there is more.
  if (missing.length > 0 || !list.isWhole || saysMore(answer)) {
    const whole = await followPaging(session, first);
    if (whole.kind === 'problem') return whole;
    const isCut = whole.value.kind === 'cut' || (whole.value.kind !== 'paged' && missing.length > 0);
    if (isCut) {
      const total = whole.value.total?.count ?? list.segments.length;
      session.lines.push({ code: 'cut', call: CALL, shown: segments.length, total });
      return oneByOne(session, CUT);
    }
  }
  return takeAll(session, { template, list, json: answer.json }, found);
}

const CALL: ReadCall = 'segmentsWithMembers';
/** A list that shows only its first records. */
export const CUT: Problem = { code: 'shorterLoop', cause: 'cut', status: null, retryAfterMs: null };

/** The records of the answer that have the list's segments, and where their members stand. */
type FoundAll = {
  readonly records: ListCandidate;
  readonly raw: readonly JsonRecord[];
  readonly members: LearnedMembers;
  readonly segments: readonly { readonly segmentId: number; readonly record: JsonRecord }[];
};

/** The answer to the call of its own; where there is none, the list itself may have the members. */
async function readAll(
  session: CheckSession,
  list: ListReading,
): Promise<CheckStep<{ kind: 'ok'; value: ReadAnswer } | { kind: 'problem'; problem: Problem }>> {
  const { path } = session.profile.reads[CALL];
  const isOpen = !isChosen(session, CALL);
  const slash = isOpen && isSlashed(session.profile.reads.listSegments.path) && !isSlashed(path);
  const read = await askRead(session, slash ? slashed(path) : path);
  if (read.kind === 'problem') return read;
  if (read.value.kind === 'problem') {
    // What worked before, and only fails this time, says nothing of how the segments are to be read.
    const isKnown = session.stored.proofs[CALL] !== undefined;
    const problem = shorterLoopProblem(read.value.problem);
    return isKnown ? fail(session, CALL, problem) : ok({ kind: 'problem', problem });
  }
  const { answer } = read.value.value;
  if (isSuccess(answer) && findAll(session, answer.json, list) !== null) return ok(read.value);
  const own = list.answer;
  if (isOpen && findAll(session, own.answer.json, list) !== null) return ok(ok(own));
  return ok({ kind: 'problem', problem: problemOf(answer) });
}

/** Reads the answer by what the list has told: the records are those of its segments. */
function findAll(session: CheckSession, json: unknown, list: ListReading): FoundAll | null {
  if (saysNo(json)) return null;
  const wanted = new Set(list.segments.map(({ id }) => id));
  const learned = learnList(json);
  const lists = learned.kind === 'found' ? [learned.list] : learned.kind === 'several' ? learned.lists : [];
  for (const records of lists) {
    const raw = recordsOf(listAt(json, records.at) ?? []);
    const segments = raw.flatMap((record) => {
      const segmentId = idOf(valueAt(record, records.id));
      return segmentId === null ? [] : [{ segmentId, record }];
    });
    if (!segments.some(({ segmentId }) => wanted.has(segmentId))) continue;
    const own = session.profile.reads[CALL].shape.members;
    const chosen = isChosen(session, CALL) && own !== null ? learnMembers(raw, own) : null;
    const members = chosen ?? learnMembers(raw);
    if (members !== null) return { records, raw, members, segments };
  }
  return null;
}

function takeAll(
  session: CheckSession,
  { template, list, json }: { readonly template: string; readonly list: ListReading; readonly json: unknown },
  found: FoundAll,
): CheckStep<AllReading | null> {
  const { records, raw, members, segments } = found;
  const samples = segments.map(({ segmentId, record }) => ({ segmentId, members: listAt(record, members.at) ?? [] }));
  const chosenId = chooseMemberId(session, CALL, members.ids);
  const memberId = learnId(session, CALL, samples, { members, chosen: chosenId });
  if (memberId.kind === 'problem') return memberId;
  const count = learnMemberCount(raw, members.at);
  const known = memberShape(session, CALL, memberId.value, { fields: members.fields, elements: [], like: null });
  const member = withGone(known, chosenGone(session, CALL) ?? learnGone(samples, memberId.value));
  const name = records.name ?? list.shape.name;
  const own = session.profile.reads[CALL].path;
  if (template !== own) session.lines.push({ code: 'path', call: CALL, path: template });
  learnRead(session, CALL, {
    path: template,
    shape: {
      records: records.at,
      id: records.id,
      name,
      members: members.at,
      memberCount: count === null || count.short > 0 ? null : count.at,
      member,
    },
  });
  const read = segments.map(({ segmentId, record }) =>
    checkedSegment(record, {
      segmentId,
      name,
      members: members.at,
      member,
      count: count?.at ?? null,
    }),
  );
  sayMembers(session, CALL, read, members);
  const usual = readSegmentRecords(json, session.profile.reads[CALL].shape);
  const odd = (usual?.read ?? []).filter(({ unreadable }) => unreadable !== undefined);
  const segmentIds = odd.map(({ id }) => id);
  const unreadable = odd.filter((segment) => segment.unreadable === 'segment').map(({ id }) => id);
  if (segmentIds.length > 0) session.lines.push({ code: 'unreadable', segmentIds });
  const shape = { id: records.id, name, members: members.at };
  return ok({ segments: read, shape, memberId: memberId.value, idForm: members.idForm, unreadable });
}

/**
 * A member's places: as another read found them, where these records have them too; then as they were found; and what
 * nobody's record has stays where it was expected.
 */
export function memberShape(
  { profile }: CheckSession,
  call: ReadCall,
  id: KeyPath,
  {
    fields,
    elements,
    like,
  }: { fields: LearnedMembers['fields']; elements: readonly unknown[]; like: MemberShape | null },
): MemberShape {
  const before = profile.reads[call].shape.member;
  const placeOf = (fact: keyof LearnedMembers['fields']): KeyPath | null => {
    const known = like?.[fact] ?? null;
    const isHere = known !== null && elements.some((one) => valueAt(one, known) !== undefined);
    return (isHere ? known : fields[fact]) ?? before?.[fact] ?? null;
  };
  return {
    id,
    email: placeOf('email'),
    name: placeOf('name'),
    firstName: placeOf('firstName'),
    lastName: placeOf('lastName'),
  };
}

/** What the admin chose of a member's ids, as far as the records have it; null where nothing was chosen. */
export function chooseMemberId(session: CheckSession, call: ReadCall, ids: readonly KeyPath[]): KeyPath | null {
  const { memberId } = session.choices;
  const asked = memberId === undefined ? undefined : ids.find((at) => at.join('.') === memberId);
  if (asked !== undefined) {
    session.chosen.add(call);
    return asked;
  }
  const stored = session.profile.reads[call].shape.member?.id;
  const assumed = DEFAULT_PROFILE.reads[call].shape.member?.id ?? [];
  // Who has corrected another part of the read, such as its path, has chosen none of its ids.
  if (stored === undefined || !isChosen(session, call) || isSamePath(stored, assumed)) return null;
  return ids.find((at) => isSamePath(at, stored)) ?? null;
}

/** What the admin chose to tell former members by: a place, an empty one for nothing; null where they chose nothing. */
export function chosenGone(session: CheckSession, call: ReadCall): KeyPath | null {
  return isChosen(session, call) ? (session.profile.reads[call].shape.member?.gone ?? null) : null;
}

/** A member's places with that of what tells former ones; null where nothing does. */
export function withGone(member: MemberShape, gone: KeyPath | null): MemberShape {
  return gone === null ? member : { ...member, gone };
}

/** Which of a member's ids is the person's; asks the admin where two may be. */
export function learnId(
  session: CheckSession,
  call: ReadCall,
  samples: readonly SegmentSample[],
  { members: { ids, fields, seen }, chosen }: { readonly members: LearnedMembers; readonly chosen: KeyPath | null },
): CheckStep<KeyPath> {
  // Nobody is in any segment: what members look like shows once somebody is.
  if (seen === 0) return ok(session.profile.reads[call].shape.member?.id ?? ['id']);
  const learned = learnMemberId(samples, ids, fields);
  if (chosen !== null) {
    session.lines.push({ code: 'memberIds', call, at: chosen.join('.'), others: [] });
    return ok(chosen);
  }
  const others = learned.others.map(({ at, why }) => ({ at: at.join('.'), why }));
  switch (learned.kind) {
    case 'found':
      session.lines.push({ code: 'memberIds', call, at: learned.at.join('.'), others });
      return ok(learned.at);
    case 'several': {
      const options = learned.options.map((at) => ({ at: at.join('.'), sample: sampleOf(samples, at) }));
      return askAdmin({ ask: 'memberId', options });
    }
    case 'none':
      session.lines.push({ code: 'memberIds', call, at: '', others });
      return fail(session, call, { code: 'shorterLoop', cause: 'malformed', status: 200, retryAfterMs: null });
  }
}

/** A segment's members by the places that were learned. */
function checkedSegment(
  record: JsonRecord,
  at: {
    readonly segmentId: number;
    readonly name: KeyPath | null;
    readonly members: KeyPath;
    readonly member: MemberShape;
    readonly count: KeyPath | null;
  },
): CheckedSegment {
  const elements = listAt(record, at.members) ?? [];
  const name = at.name === null ? null : valueAt(record, at.name);
  return {
    segmentId: at.segmentId,
    name: typeof name === 'string' ? name : '',
    elements,
    memberIds: idsOfMembers(elements, at.member),
    told: at.count === null ? null : countOf(valueAt(record, at.count)),
  };
}

/** The ids of those whom records show, without those of whom they say that they have left. */
export function idsOfMembers(elements: readonly unknown[], member: Pick<MemberShape, 'id' | 'gone'>): Set<number> {
  const here = elements.filter((one) => !hasLeft(one, member));
  return new Set(here.map((one) => idOf(valueAt(one, member.id))).filter((id) => id !== null));
}

/** Says what was read of the members, what had to be left out, and which segments can't be told in full. */
export function sayMembers(
  session: CheckSession,
  call: ReadCall,
  segments: readonly CheckedSegment[],
  { at, fields }: LearnedMembers,
): void {
  const shown = segments.flatMap((segment) => segment.elements);
  const member: Pick<MemberShape, 'id' | 'gone'> = session.profile.reads[call].shape.member ?? { id: ['id'] };
  const elements = shown.filter((one) => !hasLeft(one, member));
  const members = new Set(segments.flatMap(({ memberIds }) => [...memberIds])).size;
  const share = (isSo: (one: unknown) => boolean): number =>
    elements.length === 0 ? 0 : Math.floor((elements.filter(isSo).length / elements.length) * 100);
  const isText = (one: unknown, path: KeyPath | null): boolean => {
    const value = path === null ? null : valueAt(one, path);
    return typeof value === 'string' && value.trim() !== '';
  };
  const { email, name, firstName, lastName } = fields;
  session.lines.push({
    code: 'members',
    call,
    segments: segments.length,
    members,
    at: at.join('.'),
    addresses: share((one) => email !== null && isLikeEmail(valueAt(one, email))),
    names: share((one) => isText(one, name) || isText(one, firstName) || isText(one, lastName)),
  });
  const leftOut = elements.filter((one) => idOf(valueAt(one, member.id)) === null).length;
  if (leftOut > 0) session.lines.push({ code: 'leftOut', call, records: leftOut });
  if (member.gone !== undefined && member.gone.length > 0)
    session.lines.push({ code: 'former', call, at: member.gone.join('.'), records: shown.length - elements.length });
}

function idsAt(json: unknown, at: KeyPath, id: KeyPath): ReadonlySet<number> | null {
  const ids = listAt(json, at)?.map((one) => idOf(valueAt(one, id)));
  return ids === undefined ? null : new Set(ids.filter((one) => one !== null));
}

/** Goes on without the one call: said, with why. */
export function oneByOne(session: CheckSession, problem: Problem): CheckStep<null> {
  if (session.profile.readPlan === 'all-at-once' && isChosen(session, 'readPlan')) return fail(session, CALL, problem);
  const line: CheckLine = { code: 'oneByOne', call: CALL, problem };
  session.lines.push(line);
  return ok(null);
}

/** Whether segments seem to be shown with only some of their members: by their own count, or several at a round one. */
export function looksCutWithin(segments: readonly CheckedSegment[]): boolean {
  const lengths = segments.map(({ elements }) => elements.length);
  const most = Math.max(0, ...lengths);
  const isTold = segments.some(({ told, elements }) => told !== null && told > elements.length);
  const isRound = looksCut(most, { goesOn: null, total: null }) && lengths.filter((one) => one === most).length > 1;
  const isExplained = segments.every(({ told, elements }) => told === elements.length);
  return isTold || (isRound && !isExplained);
}
