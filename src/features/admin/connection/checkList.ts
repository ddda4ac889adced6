import { ok, type CheckLine, type IdForm, type KeyForm, type KeyPath, type Segment } from '../../../contract';
import type { RawAnswer } from '../../../adapters/shorterloop';
import {
  countOf,
  headerNamed,
  idOf,
  isAboutInitiative,
  isAboutKey,
  isLogin,
  saysNo,
  learnList,
  learnMemberCount,
  listAt,
  mask,
  readSegmentRecords,
  recordsOf,
  valueAt,
  type LearnedList,
  type ListCandidate,
} from '../../../domain/profile';
import {
  askAdmin,
  askRead,
  fail,
  failAnswer,
  failError,
  isChosen,
  isRedirect,
  isSlashed,
  isSuccess,
  learnRead,
  slashed,
  type CheckSession,
  type CheckStep,
  type ReadAnswer,
} from './checkSession';
import { followPaging } from './checkPaging';

/** The list of segments as the check has read it: all of it, or its first page. */
export type ListReading = {
  readonly segments: readonly (Segment & { readonly told: number | null })[];
  readonly answer: ReadAnswer;
  readonly shape: Pick<ListCandidate, 'at' | 'id' | 'name'>;
  readonly isWhole: boolean;
  /** How the segments' ids are told. */
  readonly ids: IdForm;
};

type Refused = { readonly key: KeyForm; readonly answer: RawAnswer };
type Read = { readonly read: ReadAnswer; readonly learned: LearnedList };

/**
 * Reads the list of segments, and finds out on the way how the key is to be shown: only an answer that is a list says
 * that it was accepted.
 */
export async function checkList(session: CheckSession): Promise<CheckStep<ListReading>> {
  const found = await findList(session);
  if (found.kind === 'problem') return found;
  const { read, learned } = found.value;
  session.lines.push({ code: 'keyAccepted', key: session.profile.key });
  const before = session.profile.reads.listSegments.path;
  if (read.template !== before) {
    learnRead(session, 'listSegments', { path: read.template });
    session.lines.push({ code: 'path', call: 'listSegments', path: read.template });
  }
  switch (learned.kind) {
    case 'found':
      return takeList(session, read, learned.list);
    case 'several':
      return askAdmin({
        ask: 'list',
        options: learned.lists.map((list) => ({ at: list.at.join('.'), sample: sampleOf(read.answer.json, list) })),
      });
    default:
      return noSegments(session, learned);
  }
}

/** Tries the stored form of the key, and after a refusal the others that are usual. */
async function findList(session: CheckSession): Promise<CheckStep<Read>> {
  const refused: Refused[] = [];
  const keys = keyForms(session);
  for (let tried = 0; tried < keys.length; tried += 1) {
    const key = keys[tried] ?? session.profile.key;
    const read = await readList(session, key, refused.length === 0);
    if (read.kind === 'problem') return read;
    if (read.value.kind === 'problem') {
      if (refused.length === 0) return failError(session, 'listSegments', read.value.problem);
      continue;
    }
    const { answer } = read.value.value;
    const learned = learn(session, answer);
    if (learned.kind !== 'none') {
      if (key !== session.profile.key) session.profile = { ...session.profile, key };
      session.learned.add('key');
      return ok({ read: read.value.value, learned });
    }
    refused.push({ key, answer });
    const header = isChosen(session, 'key') ? null : headerNamed(answer.json);
    if (header !== null && !keys.some((form) => form.header.toLowerCase() === header.toLowerCase()))
      keys.splice(tried + 1, 0, { header, scheme: null });
    // An answer to the question, only of a form that can't be read: another form of the key changes nothing.
    if (isOwnAnswer(answer)) break;
  }
  return refuse(session, refused);
}

/** The list by its path, and where there is nothing under it, with a slash at its end. */
async function readList(
  session: CheckSession,
  key: KeyForm,
  isFirst: boolean,
): Promise<Awaited<ReturnType<typeof askRead>>> {
  const { path } = session.profile.reads.listSegments;
  const read = await askRead(session, path, null, key);
  const answer = read.kind === 'ok' && read.value.kind === 'ok' ? read.value.value.answer : null;
  const isMissing = answer?.status === 404 && !isAboutKey(answer.json);
  if (!isMissing || !isFirst || isSlashed(path) || isChosen(session, 'listSegments')) return read;
  const again = await askRead(session, slashed(path), null, key);
  const isBetter = again.kind === 'problem' || (again.value.kind === 'ok' && again.value.value.answer.status !== 404);
  return isBetter ? again : read;
}

function keyForms(session: CheckSession): KeyForm[] {
  const { key } = session.profile;
  if (isChosen(session, 'key')) return [key];
  const usual: readonly KeyForm[] = [
    { header: 'Authorization', scheme: 'Bearer' },
    { header: 'Authorization', scheme: null },
    { header: 'X-API-Key', scheme: null },
  ];
  return [key, ...usual.filter(({ header, scheme }) => header !== key.header || scheme !== key.scheme)].slice(0, 3);
}

function learn({ choices, profile, ...session }: CheckSession, answer: RawAnswer): LearnedList {
  if (!isSuccess(answer) || saysNo(answer.json)) return { kind: 'none' };
  const open = learnList(answer.json);
  if (choices.list !== undefined && open.kind === 'several') {
    const list = open.lists.find(({ at }) => at.join('.') === choices.list);
    if (list === undefined) return open;
    session.chosen.add('listSegments');
    return { kind: 'found', list };
  }
  if (profile.evidence.listSegments.how !== 'chosen') return open;
  const asChosen = learnList(answer.json, profile.reads.listSegments.shape.records);
  return asChosen.kind === 'none' ? open : asChosen;
}

/** Whether an answer is Shorter Loop's own to the question, and does not refuse it. */
function isOwnAnswer(answer: RawAnswer): boolean {
  return isSuccess(answer) && answer.json !== undefined && !saysNo(answer.json) && !isAboutKey(answer.json);
}

function refuse(session: CheckSession, refused: readonly Refused[]): CheckStep<never> {
  const [first] = refused;
  if (first === undefined) return fail(session, 'listSegments', { code: 'notConfigured', missing: ['key'] });
  // An answer in another form, or that there is nothing under the path, shows that the key was not what was wrong.
  const other = refused.find(
    ({ answer }) => isOwnAnswer(answer) || (answer.status === 404 && !isAboutKey(answer.json)),
  );
  if (!isKeyRefusal(first.answer)) return failAnswer(session, 'listSegments', first.answer);
  if (other !== undefined) return failAnswer(session, 'listSegments', other.answer);
  const line: CheckLine = { code: 'keyRefused', status: first.answer.status, tried: refused.map(({ key }) => key) };
  session.lines.push(line);
  return { kind: 'problem', problem: { state: 'failed', question: null, disproved: 'listSegments' } };
}

/** Whether an answer refuses the key, whatever its status: by its words, by a page to log in, or by being none. */
function isKeyRefusal(answer: RawAnswer): boolean {
  if (answer.status === 401) return true;
  if (isRedirect(answer)) return isLogin(answer.location);
  if (isAboutInitiative(answer.json) && !isAboutKey(answer.json)) return false;
  if (answer.status === 403 || isAboutKey(answer.json)) return true;
  return isSuccess(answer) && answer.json === undefined && /html/i.test(answer.contentType ?? '');
}

async function takeList(session: CheckSession, read: ReadAnswer, list: ListCandidate): Promise<CheckStep<ListReading>> {
  const { answer, path } = read;
  const records = recordsOf(listAt(answer.json, list.at) ?? []);
  const own = session.profile.reads.listSegments.shape;
  const shape = shapeOf(session, list, records, own);
  if (shape.name === null || shape.id === null) return failAnswer(session, 'listSegments', answer);
  learnRead(session, 'listSegments', {
    shape: { ...shape, records: list.at, members: null, member: null },
  });
  // The very reading of every day: what it can't do is not proven.
  if (readSegmentRecords(answer.json, session.profile.reads.listSegments.shape) === null)
    return failAnswer(session, 'listSegments', answer);
  const { id, name, memberCount } = shape;
  const listed = records.flatMap((record) => {
    const segmentId = idOf(valueAt(record, id));
    const text = valueAt(record, name);
    const told = memberCount === null ? null : countOf(valueAt(record, memberCount));
    return segmentId === null ? [] : [{ id: segmentId, name: typeof text === 'string' ? text : '', told }];
  });
  // Some lists have a segment twice.
  const segments = [...new Map(listed.map((segment) => [segment.id, segment])).values()];
  const idsOf = (json: unknown): ReadonlySet<number> | null => {
    const page = listAt(json, list.at);
    const ids = page?.map((one) => idOf(valueAt(one, id))).filter((one) => one !== null);
    return ids === undefined ? null : new Set(ids);
  };
  const whole = await followPaging(session, {
    call: 'listSegments',
    path,
    answer,
    records: list.at,
    rows: list.rows,
    idsOf,
  });
  if (whole.kind === 'problem') return whole;
  const total = whole.value.total?.count ?? null;
  // Of a list that goes on, and does not say how far, nobody has counted the segments.
  const isCounted = total !== null || whole.value.kind === 'whole';
  if (isCounted) {
    const count = Math.max(total ?? 0, segments.length);
    session.lines.push({ code: 'listed', segments: count, at: list.at.join('.') });
  }
  const leftOut = list.rows - listed.length;
  if (leftOut > 0) session.lines.push({ code: 'leftOut', call: 'listSegments', records: leftOut });
  if (whole.value.kind === 'cut') return cut(session, list.rows, total);
  if (whole.value.kind === 'looksCut') return askAdmin({ ask: 'whole', call: 'listSegments', rows: list.rows });
  if (whole.value.kind === 'whole') learnRead(session, 'listSegments', { total: whole.value.total?.at ?? null });
  const reading = { segments, answer: read, shape: { at: list.at, id, name }, ids: list.ids };
  return ok({ ...reading, isWhole: whole.value.kind === 'whole' });
}

/** The places of the segment's facts: as the admin chose them where they can be read, otherwise as they were found. */
function shapeOf(
  session: CheckSession,
  list: ListCandidate,
  records: readonly Readonly<Record<string, unknown>>[],
  own: { readonly id: KeyPath | null; readonly name: KeyPath | null },
): { readonly id: KeyPath | null; readonly name: KeyPath | null; readonly memberCount: KeyPath | null } {
  const memberCount = learnMemberCount(records, null)?.at ?? null;
  const found = { id: list.id, name: list.name, memberCount };
  if (!isChosen(session, 'listSegments')) return found;
  const isRead = (at: KeyPath | null, isSo: (value: unknown) => boolean): boolean =>
    at !== null && records.some((record) => isSo(valueAt(record, at)));
  return {
    id: isRead(own.id, (value) => idOf(value) !== null) ? own.id : found.id,
    name: isRead(own.name, (value) => typeof value === 'string') ? own.name : found.name,
    memberCount,
  };
}

function cut(session: CheckSession, shown: number, total: number | null): CheckStep<never> {
  session.lines.push({ code: 'cut', call: 'listSegments', shown, total });
  return { kind: 'problem', problem: { state: 'failed', question: null, disproved: 'listSegments' } };
}

function noSegments(session: CheckSession, learned: LearnedList): CheckStep<never> {
  if (learned.kind === 'empty') {
    const { shape } = session.profile.reads.listSegments;
    learnRead(session, 'listSegments', { shape: { ...shape, records: learned.at } });
  }
  session.lines.push({ code: 'noSegments' });
  return { kind: 'problem', problem: { state: 'empty', question: null, disproved: null } };
}

/** The first names of a list, masked. */
function sampleOf(json: unknown, { at, name }: ListCandidate): string {
  const records = recordsOf(listAt(json, at) ?? []).slice(0, 3);
  return records.map((record) => mask(name === null ? null : valueAt(record, name))).join(', ');
}
